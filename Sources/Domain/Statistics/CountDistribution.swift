/// How many in a day: Poisson, or negative binomial where days differ more than chance alone makes them. (计数分布)
public struct CountDistribution: Hashable, Sendable {
    /// 0 … 10,000.
    public var mean: Double
    /// φ of variance = mean + φ · mean²: 0 = Poisson … 10. (过度离散)
    public var overdispersion: Double

    public init(mean: Double, overdispersion: Double = 0) {
        self.mean = min(max(mean, 0), 10_000)
        self.overdispersion = min(max(overdispersion, 0), 10)
    }

    public var variance: Double { mean + overdispersion * mean * mean }

    /// What lies below a count, at it, above it: each summed by itself, so that small ones keep their digits.
    struct Parts {
        var below: Double
        var at: Double
        var above: Double
    }

    /// - Parameter count: 0 or more.
    func parts(_ count: Int) -> Parts {
        guard mean > 0 else { return Parts(below: count > 0 ? 1 : 0, at: count == 0 ? 1 : 0, above: 0) }
        // P(x + 1) / P(x) = (mean + x·φ·mean/(…)) / (x + 1): Panjer's recursion for both distributions.
        let share = overdispersion * mean / (1 + overdispersion * mean)
        let start = overdispersion > 0 ? mean / (1 + overdispersion * mean) : mean
        var zero = overdispersion > 0 ? -(1 + overdispersion * mean).logarithm / overdispersion : -mean
        // log1p: what 1 + x has lost of a tiny x would be multiplied by 1 / φ.
        if overdispersion * mean < 1e-5 { zero = -mean * (1 - overdispersion * mean / 2) }
        var (below, at) = (0.0, 1.0)
        for x in 0..<count {
            below += at
            at *= (start + share * Double(x)) / Double(x + 1)
            if at + below > 1e200 {
                (below, at, zero) = (below * 1e-200, at * 1e-200, zero + 460.51701859880916)
            }
        }
        var (above, next, x) = (0.0, at, count)
        // Below the mean what is left over is large, and the difference from 1 exact enough.
        if Double(count) > mean {
            repeat {
                next *= (start + share * Double(x)) / Double(x + 1)
                above += next
                x += 1
            } while next > above * 1e-16 && x < 1_000_000
        }
        let scale = zero.exponential
        let sums = (below: min(1, below * scale), at: min(1, at * scale))
        return Parts(
            below: sums.below, at: sums.at,
            above: Double(count) > mean ? above * scale : max(0, 1 - sums.below - sums.at))
    }

    /// P(X = count).
    public func probability(of count: Int) -> Double { count < 0 ? 0 : parts(count).at }

    /// P(X ≥ count).
    public func probability(atLeast count: Int) -> Double {
        guard count > 0 else { return 1 }
        let parts = parts(count)
        return min(1, parts.at + parts.above)
    }

    /// The count as a normal score: exactly standard normal when the count is distributed so.
    ///
    /// A count has only whole values, so its place among them is drawn: with `tie` uniform in 0…1 the distribution
    /// function's jump is spread evenly (Stevens 1950; "randomized quantile residual", Dunn and Smyth 1996).
    /// - Parameter tie: 0…1; the same tie, the same score.
    func score(_ count: Int, tie: Double) -> Double {
        let parts = parts(count)
        let least = 1e-300
        let upper = parts.above + tie * parts.at
        if upper < 0.5 { return -StandardNormal.quantile(max(least, upper)) }
        return StandardNormal.quantile(min(max(least, parts.below + (1 - tie) * parts.at), 1 - 1e-16))
    }
}
