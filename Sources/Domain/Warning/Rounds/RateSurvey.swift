/// A rate rule over all schools: what is learned, and from which day on each is watched. (基线监测)
public struct RateSurvey: Sendable {
    /// Fewer school days of the county say nothing.
    public static let leastLearned = 60

    public let rule: RateRule
    private let counts: [SchoolID: [DayCount]]
    /// Up to here days are learned from; nil = too few are there.
    public let watchedFrom: Day?
    /// Open days of the county so far.
    public let openDays: Int

    init(_ rule: RateRule, counts: [SchoolID: [DayCount]], learned: Learned = .untilTerm) {
        self.rule = rule
        self.counts = counts
        let days = WarningHistory.openDays(counts)
        openDays = days.count
        watchedFrom = Self.watchedFrom(days, learned)
    }

    enum Learned: Sendable {
        /// All before the term that runs, but no fewer than ``leastLearned``.
        case untilTerm
        /// For a back-test: a school year, or half of what is there.
        case toTry
    }

    private static func watchedFrom(_ days: [OpenDay], _ learned: Learned) -> Day? {
        guard days.count > leastLearned, let last = days.last else { return nil }
        switch learned {
        case .untilTerm:
            let start = last.term ?? halfYear(of: last.day)
            let before = days.count { $0.day < start }
            return before >= leastLearned ? start : days[leastLearned].day
        case .toTry: return days[max(leastLearned, min(RateRule.schoolYearDays, days.count / 2))].day
        }
    }

    /// Where no calendar tells a term.
    private static func halfYear(of day: Day) -> Day {
        let year = Int(day.description.prefix(4)) ?? 1970
        let july = Day("\(year)-07-01") ?? day
        return day < july ? Day("\(year)-01-01") ?? day : july
    }

    /// In the order of days.
    func rises() -> [(school: SchoolID, rise: RateRise)] {
        var found: [(school: SchoolID, rise: RateRise)] = []
        walk { school, _, _, _, rise in if let rise { found.append((school, rise)) } }
        return found.sorted { ($0.rise.until, $0.school) < ($1.rise.until, $1.school) }
    }

    /// School days on which a warning could have come, over all schools.
    var watchedDays: Int {
        guard let from = watchedFrom else { return 0 }
        return counts.values.reduce(0) { $0 + $1.count { $0.open.day >= from } }
    }

    /// One school's days as the rule saw them.
    func chart(of school: SchoolID) -> [RateChartDay] {
        var days: [RateChartDay] = []
        walk(only: school) { _, day, expected, pressure, rise in
            days.append(
                RateChartDay(
                    day: day.open.day, count: day.count, expected: expected.mean, usual: Self.usual(expected),
                    pressure: rise == nil ? pressure : 1, isWarning: rise != nil))
        }
        return days
    }

    /// Of 20 days at most one has more.
    private static func usual(_ day: CountDistribution) -> Int {
        var count = Int(day.mean)
        while day.probability(atLeast: count + 1) > 0.05, count < 100_000 { count += 1 }
        return count
    }

    private func walk(
        only school: SchoolID? = nil, _ body: (SchoolID, DayCount, CountDistribution, Double, RateRise?) -> Void
    ) {
        guard let from = watchedFrom else { return }
        let charts = RateCharts(rule)
        // In a fixed order: sums of floating-point numbers are the same in each run.
        let all = counts.sorted { $0.key < $1.key }
        let profile = CountyProfile(history: all.map { $0.value.filter { $0.open.day < from } })
        for (id, days) in all where school == nil || school == id {
            let past = days.filter { $0.open.day < from }
            var watch = RateWatch(charts, of: .school(id), baseline: Baseline(profile, history: past))
            for day in days.dropFirst(past.count) {
                var before = watch.baseline
                before.begin(day.open)
                let rise = watch.take(day)
                body(id, day, before.expected(on: day.open), watch.pressure, rise)
            }
        }
    }
}

/// A day of a school under a ``RateRule``. (监测日)
public struct RateChartDay: Hashable, Sendable {
    public var day: Day
    public var count: Int
    public var expected: Double
    /// So many or fewer on 19 of 20 days.
    public var usual: Int
    /// How far the sum is on its way to a warning: 0…1.
    public var pressure: Double
    public var isWarning: Bool
}
