public import Domain
public import Store

/// What the early warning asks other parts of the product for. A part that isn't there answers nothing, and its rule is
/// not offered.
public struct WarningSources: Sendable {
    /// Licences, certificates and trainings of every school, as they hold now.
    public var papers: (@Sendable (Records) throws -> [SchoolID: [ExpiryRule.Paper]])?
    /// Of one duty in a span of days: when it was due and its time is over, and whether it was done in time.
    public var duties: (@Sendable (Records, SchoolDuty, DaySpan) throws -> [SchoolID: [WarningGround.DutyRecord]])?

    public init(
        papers: (@Sendable (Records) throws -> [SchoolID: [ExpiryRule.Paper]])? = nil,
        duties: (@Sendable (Records, SchoolDuty, DaySpan) throws -> [SchoolID: [WarningGround.DutyRecord]])? = nil
    ) {
        self.papers = papers
        self.duties = duties
    }

    public static let none = WarningSources()

    /// What schools keep themselves: their papers, and what they did of their duties.
    static func records(time: TimeSource, zone: TerritoryZone) -> WarningSources {
        WarningSources(
            papers: { records in
                Dictionary(grouping: try records.papers.all(in: .county), by: \.school).mapValues { $0.map(\.fact) }
            },
            duties: { records, duty, days in
                try Duties.facts(days, in: .county, records, zone: zone, now: time.now()).compactMapValues { $0[duty] }
            })
    }

    func offers(_ kind: WarningRule.Kind) -> Bool {
        switch kind {
        case .expiring: papers != nil
        case .duties: duties != nil
        case .rate, .repeated, .cluster, .backlog, .overdue, .camerasOff, .night: true
        }
    }
}
