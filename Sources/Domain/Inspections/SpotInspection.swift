/// One school's inspection on the spot. (现场检查)
///
/// Planned → begun → handed in → confirmed by the school, or disputed and then decided. Events come in by
/// ``apply(_:at:)``; what follows from them goes out as effects.
public struct SpotInspection: Hashable, Sendable, Codable {
    public enum State: String, Hashable, Sendable, CaseIterable, Codable {
        case planned
        case begun
        case handedIn
        case confirmed
        case disputed
        case decided
        case withdrawn

        /// Nothing was handed in yet, and something may be.
        public var isOpen: Bool { self == .planned || self == .begun }
        public var hasResult: Bool { !isOpen && self != .withdrawn }
    }

    /// Somebody's word.
    public struct Word: Hashable, Sendable, Codable {
        public var by: PersonID
        public var time: UTCTime
        public var text: String
        /// What it is about.
        public var items: [String]
    }

    public let id: SpotInspectionID
    public let school: SchoolID
    public let plan: InspectionPlanID?
    public let draw: InspectionDrawID?
    /// Who was drawn or named; empty = whoever is in charge of the school's territory.
    public let inspectors: [PersonID]
    public let due: Day
    public internal(set) var template: InspectionTemplate.Version
    public internal(set) var state: State
    /// Counts the events, so that two who act at once are told apart.
    public internal(set) var version: Int
    public internal(set) var begun: Word?
    public internal(set) var report: InspectionReport?
    /// Reports of others who were there too, or who came too late: kept, without a result. (补充记录)
    public internal(set) var supplements: [InspectionReport]
    public internal(set) var confirmation: Word?
    public internal(set) var dispute: Word?
    /// Its items are those whose failing was taken back.
    public internal(set) var decision: Word?
    public internal(set) var withdrawal: Word?
    /// What failed items have become.
    public internal(set) var cases: [String: CaseID]

    public init(
        id: SpotInspectionID, of school: SchoolID, plan: InspectionPlanID? = nil, draw: InspectionDrawID? = nil,
        template: InspectionTemplate.Version, inspectors: [PersonID] = [], due: Day
    ) {
        self.id = id
        self.school = school
        self.plan = plan
        self.draw = draw
        self.template = template
        self.inspectors = inspectors
        self.due = due
        state = .planned
        version = 1
        supplements = []
        cases = [:]
    }

    /// Days after handing in on which the school may say that it is wrong.
    public static let disputeTime = Duration.seconds(5 * 86_400)

    /// Until when the school may dispute; nil when nothing was handed in.
    public var disputeEnd: UTCTime? { report.map { $0.received + Self.disputeTime } }

    public func result(by template: InspectionTemplate) -> InspectionResult? {
        guard state.hasResult, let report else { return nil }
        return InspectionResult(report, by: template, revoked: Set(decision?.items ?? []))
    }

    /// nil when there is no result.
    public func standing(at now: UTCTime) -> GradeStanding? {
        switch state {
        case .planned, .begun, .withdrawn: nil
        case .disputed: .underReview
        case .confirmed, .decided: .final
        case .handedIn: disputeEnd.map { now < $0 ? .provisional(until: $0) : .final }
        }
    }

    /// Failed items that may become cases now: none while the school disputes.
    public func casesToOpen(by template: InspectionTemplate) -> [InspectionResult.Failure] {
        guard state != .disputed, let result = result(by: template) else { return [] }
        return result.failures.filter { cases[$0.item] == nil }
    }
}

public typealias SpotInspectionID = Identifier<SpotInspection>
