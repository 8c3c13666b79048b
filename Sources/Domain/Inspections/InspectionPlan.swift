/// Every school of a territory is to be inspected by a day: at the start of spring or autumn term. (检查计划)
public struct InspectionPlan: Hashable, Sendable, Codable {
    public enum Season: String, Hashable, Sendable, CaseIterable, Codable {
        case springStart
        case autumnStart
        case other
    }

    public let id: InspectionPlanID
    /// 1…100 characters.
    public var title: String
    public var season: Season
    public var territory: Territory
    public var template: InspectionTemplate.Version
    public var due: Day
    public var created: UTCTime
    public var by: PersonID

    public init(
        id: InspectionPlanID, title: String, season: Season, territory: Territory,
        template: InspectionTemplate.Version, due: Day, created: UTCTime, by person: PersonID
    ) {
        self.id = id
        self.title = title
        self.season = season
        self.territory = territory
        self.template = template
        self.due = due
        self.created = created
        by = person
    }
}

public typealias InspectionPlanID = Identifier<InspectionPlan>

/// How far a plan or a draw has come.
public struct InspectionProgress: Hashable, Sendable {
    public var counts: [SpotInspection.State: Int]

    public init(_ counts: [SpotInspection.State: Int] = [:]) { self.counts = counts }

    public subscript(state: SpotInspection.State) -> Int { counts[state] ?? 0 }
    /// Without those that were withdrawn.
    public var total: Int { counts.reduce(0) { $1.key == .withdrawn ? $0 : $0 + $1.value } }
    /// A report was handed in, whatever became of it.
    public var done: Int { counts.reduce(0) { $1.key.hasResult ? $0 + $1.value : $0 } }
    /// 0…1; nothing to do is all done.
    public var share: Double { total == 0 ? 1 : Double(done) / Double(total) }
}
