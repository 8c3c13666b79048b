/// The numbers of one span of days, for a report or for what it is held against.
public struct ReportPeriod: Sendable {
    public var days: DaySpan
    public var captures: CaptureTally
    public var analysis: AnalysisTally
    /// Opened in the span.
    public var cases: CaseTally
    /// Closed in the span, whenever they were opened.
    public var closed: Int
    /// Sessions of supervisors; nil = about less than the county.
    public var visits: Int?
    /// Of days on which schools teach: the only ones that are held against one another.
    public let teaching: [RateChange.Sample]

    /// - Parameter today: Later days have not been yet.
    public init(
        captures: CaptureTally, analysis: AnalysisTally, cases: CaseTally, closed: Int, visits: Int?,
        calendar: SchoolCalendar, today: Day
    ) {
        days = analysis.days
        self.captures = captures
        self.analysis = analysis
        self.cases = cases
        self.closed = closed
        self.visits = visits
        let last = min(days.last, today)
        teaching =
            days.first > last
            ? []
            : (days.first.number...last.number).map { Day(number: $0) }.filter(calendar.isSchoolDay).map {
                RateChange.Sample(captures.standing(on: $0), of: analysis.cameras(on: $0))
            }
    }

    public var outcomes: OutcomeCount {
        OutcomeCount(
            Dictionary(
                uniqueKeysWithValues: CaptureOutcome.allCases.map { ($0, captures.total[$0]) }.filter { $0.1 > 0 }))
    }

    func change(_ before: ReportPeriod) -> RateChange { RateChange(teaching, against: before.teaching) }
}
