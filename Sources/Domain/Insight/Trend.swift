/// Standing captures along a span, held against the term before. (趋势)
public struct Trend: Hashable, Sendable {
    public enum Step: String, Hashable, Sendable {
        case day
        case week
        case month
    }

    public struct Point: Hashable, Sendable {
        public var days: DaySpan
        public var count: Int
        /// Days on which schools taught.
        public var schoolDays: Int
        /// What the term before lets expect of so many days of these weekdays; nil where the calendar knows of none.
        public var expected: Double?
    }

    public let step: Step
    public let points: [Point]

    /// From which day on a tally must count, so that the term before the first one is in it.
    public static func needed(for days: DaySpan, _ calendar: SchoolCalendar) -> Day {
        termBefore(days.first, calendar)?.days.first ?? days.first
    }

    public init(_ tally: CaptureTally, _ calendar: SchoolCalendar) {
        let days = tally.question.days
        let length = days.last - days.first + 1
        step = length <= 45 ? .day : length <= 210 ? .week : .month
        var rates: [Day: WeekdayRates] = [:]
        var points: [Point] = []
        var day = days.first
        while day <= days.last {
            let end = min(days.last, Self.end(of: step, from: day))
            var point = Point(days: DaySpan(day, through: end), count: 0, schoolDays: 0, expected: 0)
            for number in day.number...end.number {
                let day = Day(number: number)
                point.count += tally.standing(on: day)
                guard calendar.isSchoolDay(day) else { continue }
                point.schoolDays += 1
                guard let before = Self.termBefore(day, calendar) else {
                    point.expected = nil
                    continue
                }
                let known = rates[before.days.first] ?? WeekdayRates(before.days, tally, calendar)
                rates[before.days.first] = known
                if let rate = known[day], let expected = point.expected {
                    point.expected = expected + rate
                } else {
                    point.expected = nil
                }
            }
            // Days off alone have nothing to be held against.
            if point.schoolDays == 0 { point.expected = nil }
            points.append(point)
            day = end + 1
        }
        self.points = points
    }

    /// What is counted against what was to be expected, over all points that have both. nil = there is nothing before.
    public var change: (count: Int, expected: Double)? {
        let told = points.filter { $0.expected != nil }
        let expected = told.reduce(0) { $0 + ($1.expected ?? 0) }
        return told.isEmpty || expected <= 0 ? nil : (told.reduce(0) { $0 + $1.count }, expected)
    }

    private static func end(of step: Step, from day: Day) -> Day {
        switch step {
        case .day: return day
        case .week: return day + (7 - day.weekday)
        case .month:
            var last = day
            let month = CivilTime(millisecondsSince1970: Int64(day.number) * 86_400_000).month
            while CivilTime(millisecondsSince1970: Int64(last.number + 1) * 86_400_000).month == month {
                last = last + 1
            }
            return last
        }
    }

    /// The last term that was over when the day's own began.
    private static func termBefore(_ day: Day, _ calendar: SchoolCalendar) -> SchoolCalendar.Term? {
        let own = calendar.terms.filter { $0.days.first <= day }.max { $0.days.first < $1.days.first }
        guard let own else { return nil }
        return calendar.terms.filter { $0.days.last < own.days.first }.max { $0.days.first < $1.days.first }
    }
}

/// Standing captures of an average school day of a term, by weekday.
private struct WeekdayRates {
    private var sums = [Double](repeating: 0, count: 7)
    private var days = [Double](repeating: 0, count: 7)

    init(_ term: DaySpan, _ tally: CaptureTally, _ calendar: SchoolCalendar) {
        for number in term.first.number...term.last.number {
            let day = Day(number: number)
            guard calendar.isSchoolDay(day), day >= tally.seriesFrom else { continue }
            sums[day.weekday - 1] += Double(tally.standing(on: day))
            days[day.weekday - 1] += 1
        }
    }

    /// A weekday that the term had none of: the average of all.
    subscript(day: Day) -> Double? {
        let index = day.weekday - 1
        if days[index] > 0 { return sums[index] / days[index] }
        let all = days.reduce(0, +)
        return all > 0 ? sums.reduce(0, +) / all : nil
    }
}
