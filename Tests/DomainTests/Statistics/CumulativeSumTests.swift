import Testing

@testable import Domain

struct CumulativeSumTests {
    /// One-sided run lengths: twice the two-sided ones of Montgomery, Introduction to Statistical Quality Control, table 9.3
    /// (k = 0.5), and those of which Hawkins (1993) gives the limits for a two-sided 370.
    @Test(
        arguments: [
            (0.5, 4, 336, 0.01), (0.5, 5, 930, 0.01), (0.25, 8.01, 740, 0.01), (0.75, 3.34, 740, 0.01),
            (1, 2.52, 740, 0.02), (1.5, 1.61, 740, 0.02),
        ] as [(Double, Double, Double, Double)])
    func `run lengths are those of published tables`(k: Double, h: Double, length: Double, tolerance: Double) {
        #expect(abs(CumulativeSum.runLength(allowance: k, limit: h) / length - 1) < tolerance)
    }

    @Test(arguments: [20.0, 195, 2000], [0.1, 0.25, 0.6, 1, 1.5])
    func `a limit has the run length that was chosen`(length: Double, allowance: Double) {
        let chart = CumulativeSum(allowance: allowance, meanRunLength: length)
        let found = CumulativeSum.runLength(allowance: allowance, limit: chart.limit)
        #expect(abs(found / length - 1) < 1e-6)
    }

    @Test func `normal scores signal as often as chosen`() {
        let chart = CumulativeSum(allowance: 0.6, meanRunLength: 50)
        var random = SeededRandom(seed: 77)
        var (sum, signals) = (0.0, 0)
        let steps = 200_000
        for _ in 0..<steps {
            sum = max(0, sum + StandardNormal.quantile(Double.random(in: 1e-12..<1, using: &random)) - chart.allowance)
            if sum > chart.limit { (sum, signals) = (0, signals + 1) }
        }
        // 4,000 expected, and four standard deviations of such a count.
        #expect(abs(signals - steps / 50) < 260)
    }
}
