/// Where something is, from the county down: every question of permission names one. (位置)
///
/// What is nil lies below the place, or is not known; a territory that would need it then does not contain the place.
public struct PlacePath: Hashable, Sendable, Codable {
    public var township: TownshipID?
    public var school: SchoolID?
    public var canteen: CanteenID?
    public var area: AreaID?
    public var camera: CameraID?

    public init(
        township: TownshipID? = nil, school: SchoolID? = nil, canteen: CanteenID? = nil, area: AreaID? = nil,
        camera: CameraID? = nil
    ) {
        self.township = township
        self.school = school
        self.canteen = canteen
        self.area = area
        self.camera = camera
    }

    public static let county = PlacePath()

    public func canteen(_ canteen: CanteenID) -> PlacePath {
        var path = self
        path.canteen = canteen
        return path
    }

    /// - Precondition: This is the path of the area's school.
    public func area(_ area: Area) -> PlacePath {
        precondition(school == area.school, "an area lies in its school")
        var path = self
        (path.canteen, path.area) = (area.canteen, area.id)
        return path
    }

    public func camera(_ camera: CameraID) -> PlacePath {
        var path = self
        path.camera = camera
        return path
    }
}
