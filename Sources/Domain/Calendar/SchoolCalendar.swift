/// When schools teach: terms, holidays and make-up days. (校历)
///
/// Where the calendar knows nothing (before its first term, long after its last), its weekdays are school days: a
/// deadline that comes a little early is better than none.
public struct SchoolCalendar: Hashable, Sendable, Codable {
    /// Both terms of a year, each from its first to its last day of teaching. (学期)
    public struct Term: Hashable, Sendable, Codable {
        public var name: String
        public var days: DaySpan

        public init(_ name: String, _ days: DaySpan) {
            self.name = name
            self.days = days
        }
    }

    /// Days of a term without teaching. (节假日)
    public struct Holiday: Hashable, Sendable, Codable {
        public var name: String
        public var days: DaySpan

        public init(_ name: String, _ days: DaySpan) {
            self.name = name
            self.days = days
        }
    }

    public var terms: [Term]
    public var holidays: [Holiday]
    /// Days off on which there is teaching after all. (调休上课)
    public var makeUpDays: Set<Day>
    /// Days of teaching in an ordinary week, 1 = Monday … 7 = Sunday. A boarding school may have six.
    public var weekdays: Set<Int>

    public init(
        terms: [Term] = [], holidays: [Holiday] = [], makeUpDays: Set<Day> = [], weekdays: Set<Int> = [1, 2, 3, 4, 5]
    ) {
        self.terms = terms
        self.holidays = holidays
        self.makeUpDays = makeUpDays
        self.weekdays = weekdays
    }

    /// Longer than any summer holiday (1 July to 31 August = 62 days): after that, somebody forgot to enter a term.
    static let longestBreakDays = 70

    public func isSchoolDay(_ day: Day) -> Bool {
        if makeUpDays.contains(day) { return true }
        if holidays.contains(where: { $0.days.contains(day) }) { return false }
        return weekdays.contains(day.weekday) && !isBetweenTerms(day)
    }

    private func isBetweenTerms(_ day: Day) -> Bool {
        if terms.contains(where: { $0.days.contains(day) }) { return false }
        guard let previous = terms.map(\.days.last).filter({ $0 < day }).max() else { return false }
        return day - previous <= Self.longestBreakDays
    }
}
