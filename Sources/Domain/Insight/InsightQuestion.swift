/// What figures are asked for. (统计口径)
public struct InsightQuestion: Hashable, Sendable {
    public var days: DaySpan
    /// What may be looked at, and what somebody chose of it.
    public var territory: Territory
    public var item: CaptureItem?
    public var area: Area.Kind?

    public init(
        _ days: DaySpan, in territory: Territory = .county, item: CaptureItem? = nil, area: Area.Kind? = nil
    ) {
        self.days = days
        self.territory = territory
        self.item = item
        self.area = area
    }

    /// Whether a camera's captures count.
    public func asks(about camera: CameraPlace) -> Bool {
        territory.contains(camera.place) && (area == nil || camera.area == area)
    }

    /// Whether a case counts, whenever it was. Cases have no kind of area of their own: `areas` has those of the county.
    public func asks(about fact: CaseFact, areas: [AreaID: Area.Kind]) -> Bool {
        guard territory.contains(fact.place) else { return false }
        if let item, fact.matter != .item(item) { return false }
        return area == nil || fact.area.flatMap { areas[$0] } == area
    }
}

/// Where a camera hangs, a removed one too.
public struct CameraPlace: Hashable, Sendable {
    public var place: PlacePath
    public var area: Area.Kind

    public init(_ place: PlacePath, _ area: Area.Kind) {
        self.place = place
        self.area = area
    }
}
