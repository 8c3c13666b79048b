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
        /// What the term before lets expect of so many cameras on such days; nil when one of them lies in no term, or there
        /// is none before, or it was hardly watched.
        public var expected: Double?
    }

    public let step: Step
    public let points: [Point]

    /// From which day on a tally must count, so that the term before each term of the span is in it.
    public static func needed(for days: DaySpan, _ calendar: SchoolCalendar) -> Day {
        calendar.terms.map(\.days).filter { $0.last >= days.first && $0.first <= days.last }
            .compactMap { termBefore($0.first, calendar)?.days.first }.min().map { min($0, days.first) } ?? days.first
    }

    /// School days of a term on which something was analysed: fewer are nothing to hold another term against.
    public static let leastWatched = 20

    /// - Parameter watched: What was analysed of the same cameras, from ``needed(for:_:)`` on: more cameras have more
    ///   captures, and none when nothing was analysed.
    public init(_ tally: CaptureTally, watched: AnalysisTally, _ calendar: SchoolCalendar) {
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
                if calendar.isSchoolDay(day) { point.schoolDays += 1 }
                guard let before = Self.termBefore(day, calendar) else {
                    point.expected = nil
                    continue
                }
                let known = rates[before.days.first] ?? WeekdayRates(before.days, tally, watched, calendar)
                rates[before.days.first] = known
                if let expected = point.expected {
                    point.expected = known.rate(of: day, isSchoolDay: calendar.isSchoolDay(day))
                        .map { expected + $0 * Double(watched.cameras(on: day)) }
                }
            }
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

    /// The last term that was over when the day's own began; nil between terms.
    private static func termBefore(_ day: Day, _ calendar: SchoolCalendar) -> SchoolCalendar.Term? {
        let own = calendar.terms.filter { $0.days.first <= day }.max { $0.days.first < $1.days.first }
        guard let own, own.days.contains(day) else { return nil }
        return calendar.terms.filter { $0.days.last < own.days.first }.max { $0.days.first < $1.days.first }
    }
}

/// Standing captures of a camera on an average day of a term, by weekday, school days and days off apart.
private struct WeekdayRates {
    private var sums = [Double](repeating: 0, count: 14)
    /// Cameras × days on which they were analysed.
    private var days = [Double](repeating: 0, count: 14)
    private var schoolDays = 0

    init(_ term: DaySpan, _ tally: CaptureTally, _ watched: AnalysisTally, _ calendar: SchoolCalendar) {
        for number in term.first.number...term.last.number {
            let day = Day(number: number)
            let cameras = watched.cameras(on: day)
            guard day >= tally.seriesFrom, cameras > 0 else { continue }
            let isSchoolDay = calendar.isSchoolDay(day)
            if isSchoolDay { schoolDays += 1 }
            let index = Self.index(of: day, isSchoolDay: isSchoolDay)
            sums[index] += Double(tally.standing(on: day))
            days[index] += Double(cameras)
        }
    }

    /// Of a weekday that the term had none of: the average of all its school days, or days off.
    func rate(of day: Day, isSchoolDay: Bool) -> Double? {
        guard schoolDays >= Trend.leastWatched else { return nil }
        let index = Self.index(of: day, isSchoolDay: isSchoolDay)
        if days[index] > 0 { return sums[index] / days[index] }
        let alike = isSchoolDay ? 0..<7 : 7..<14
        let all = days[alike].reduce(0, +)
        // Days off on which nobody analyses anything are no reason to expect nothing of a whole week.
        return all > 0 ? sums[alike].reduce(0, +) / all : isSchoolDay ? nil : 0
    }

    private static func index(of day: Day, isSchoolDay: Bool) -> Int { day.weekday - 1 + (isSchoolDay ? 0 : 7) }
}
