/// What happened in a span and a part of the county, as numbers: pages, files and letters put them into words. (报告)
public struct Report: Sendable {
    public var span: ReportSpan
    public var territory: Territory
    public var madeAt: UTCTime
    /// False while the span goes on: what is told is of the days so far.
    public var isOver: Bool
    public var period: ReportPeriod
    /// The span before.
    public var before: ReportPeriod?
    /// The same span a term before.
    public var termBefore: ReportPeriod?
    public var trend: Trend
    public var ranking: SchoolRanking
    /// The worst first.
    public var availability: [CameraAvailability]
    /// Not yet closed, and a deadline for rectifying was missed: the longest first.
    public var overdue: [CaseFact]
    /// nil = about less than the county, whose supervisors are not told apart.
    public var duties: [ReportDuty]?

    public init(
        span: ReportSpan, territory: Territory, madeAt: UTCTime, isOver: Bool, period: ReportPeriod,
        before: ReportPeriod?, termBefore: ReportPeriod?, trend: Trend, ranking: SchoolRanking,
        availability: [CameraAvailability], overdue: [CaseFact], duties: [ReportDuty]?
    ) {
        self.span = span
        self.territory = territory
        self.madeAt = madeAt
        self.isOver = isOver
        self.period = period
        self.before = before
        self.termBefore = termBefore
        self.trend = trend
        self.ranking = ranking
        self.availability = availability
        self.overdue = overdue
        self.duties = duties
    }

    public var change: RateChange? { before.map(period.change) }
    public var changeOfTerm: RateChange? { termBefore.map(period.change) }

    /// In the order in which a report tells.
    public var sections: [ReportSection] {
        ReportSection.allCases.filter { section in
            switch section {
            case .schools: if case .school = territory { false } else { true }
            case .duties: duties != nil
            default: true
            }
        }
    }
}

/// A part of a report: a question, its finding, its numbers.
public enum ReportSection: String, Hashable, Sendable, CaseIterable {
    /// What the county reports. (监管数据)
    case figures
    /// Is it getting better? (变化)
    case change
    /// From the picture to the closed case. (闭环)
    case funnel
    case items
    case schools
    case overdue
    case repeated
    /// How often the program was right. (准确率)
    case precision
    /// Could the cameras watch? (在线率)
    case cameras
    /// What supervisors did. (履职)
    case duties
}

/// What one supervisor did in a span. (履职)
public struct ReportDuty: Hashable, Sendable {
    public var person: Person
    /// Captures of the span on which this person's verdict holds.
    public var verdicts: Int
    /// Sessions.
    public var visits: Int
    /// Schools looked at by turns. (巡查)
    public var looks: Int

    public init(person: Person, verdicts: Int, visits: Int, looks: Int) {
        self.person = person
        self.verdicts = verdicts
        self.visits = visits
        self.looks = looks
    }
}
