/// The limits of a ``RateRule`` for schools of every level: computed once, some milliseconds, and shared by all watches.
public struct RateCharts: Hashable, Sendable {
    public let rule: RateRule
    private let charts: [CumulativeSum]

    private static let steps = 5...30

    public init(_ rule: RateRule) {
        self.rule = rule
        charts = Self.steps.map {
            CumulativeSum(allowance: Double($0) / 20, meanRunLength: Double(rule.schoolDaysPerFalseWarning))
        }
    }

    /// For a level: its allowance is half of the shift in standard deviations that the rise makes, in steps of 0.05.
    func chart(for day: CountDistribution) -> CumulativeSum {
        guard day.mean > 0 else { return charts[0] }
        let shift = (rule.rise - 1) * day.mean / day.variance.squareRoot()
        let step = Int((shift / 2 * 20).rounded())
        return charts[min(max(step, Self.steps.lowerBound), Self.steps.upperBound) - Self.steps.lowerBound]
    }
}
