/// One school under a ``RateRule``: counts go in day by day, a warning comes out. (单校监测) Where a school has too few
/// for that, its township or the county may be watched as one.
///
/// Each count becomes a standard normal score under what the baseline expected of it; the scores are summed
/// (``CumulativeSum``). Since the score's distribution is the same whatever the school, the weekday and the term, one
/// limit holds for all, and the time between false warnings is the chosen one.
public struct RateWatch: Sendable {
    private let charts: RateCharts
    public let place: Territory
    public private(set) var baseline: Baseline
    private var chart: CumulativeSum
    private var term: Day?
    private var sum = 0.0
    private var run: Run?

    private struct Run: Sendable {
        var since: Day
        var schoolDays = 0
        var count = 0
        var expected = 0.0
    }

    public init(_ charts: RateCharts, of place: Territory, baseline: Baseline) {
        self.charts = charts
        self.place = place
        self.baseline = baseline
        chart = charts.chart(for: baseline.averageDay)
    }

    public var rule: RateRule { charts.rule }

    /// How far the sum is on its way to a warning: 0…1.
    public var pressure: Double { min(1, sum / chart.limit) }

    /// - Precondition: Days come in order, each once.
    public mutating func take(_ day: DayCount) -> RateRise? {
        baseline.begin(day.open)
        if term != day.open.term {
            // A term of its own: nothing is carried over, and the chart fits the level that is known now.
            (term, sum, run) = (day.open.term, 0, nil)
            chart = charts.chart(for: baseline.averageDay)
        }
        let expected = baseline.expected(on: day.open)
        let score = expected.score(day.count, tie: rule.tie(place, day.open.day))
        baseline.learn(day)
        sum = max(0, sum + score - chart.allowance)
        guard sum > 0 else {
            run = nil
            return nil
        }
        var current = run ?? Run(since: day.open.day)
        current.schoolDays += 1
        current.count += day.count
        current.expected += expected.mean
        run = current
        guard sum > chart.limit else { return nil }
        (sum, run) = (0, nil)
        return RateRise(
            since: current.since, until: day.open.day, schoolDays: current.schoolDays, count: current.count,
            expected: current.expected, schoolDaysPerFalseWarning: rule.schoolDaysPerFalseWarning)
    }
}
