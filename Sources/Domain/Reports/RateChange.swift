/// Whether a rate of counts has changed from one span to another, with how sure one can be. (变化)
///
/// Days differ more than chance alone lets them (one bad day makes twenty captures), so variance is estimated from the days
/// themselves: quasi-Poisson, φ = max(1, χ²/degrees of freedom) (McCullagh and Nelder 1989, §6.2), and the interval of the ratio
/// is that of its logarithm with Student's t.
public struct RateChange: Hashable, Sendable {
    /// A day: what was counted, and how many cameras watched.
    public struct Sample: Hashable, Sendable {
        public var count: Int
        public var exposure: Int

        public init(_ count: Int, of exposure: Int) {
            self.count = count
            self.exposure = exposure
        }
    }

    public enum Verdict: String, Hashable, Sendable {
        case fewer
        case more
        /// The interval holds "no change".
        case undecided
        /// Too few captures or days for an interval that says anything.
        case tooFew
    }

    public static let leastCount = 20
    public static let leastDays = 3

    public let count: Int
    public let exposure: Int
    public let countBefore: Int
    public let exposureBefore: Int
    /// Rate / rate before; nil = ``Verdict/tooFew``.
    public let ratio: Double?
    /// 95 %.
    public let interval: ClosedRange<Double>?

    public init(_ days: [Sample], against before: [Sample]) {
        let days = days.filter { $0.exposure > 0 }
        let before = before.filter { $0.exposure > 0 }
        count = days.reduce(0) { $0 + $1.count }
        exposure = days.reduce(0) { $0 + $1.exposure }
        countBefore = before.reduce(0) { $0 + $1.count }
        exposureBefore = before.reduce(0) { $0 + $1.exposure }
        guard count + countBefore >= Self.leastCount, days.count >= Self.leastDays, before.count >= Self.leastDays
        else {
            (ratio, interval) = (nil, nil)
            return
        }
        // Half a count more on both sides, so that none has an interval too.
        let (now, then) = (Double(count) + 0.5, Double(countBefore) + 0.5)
        let ratio = now / Double(exposure) / (then / Double(exposureBefore))
        let freedom = days.count + before.count - 2
        let spread = max(1, (Self.chiSquare(days) + Self.chiSquare(before)) / Double(freedom))
        let error = (spread * (1 / now + 1 / then)).squareRoot() * Self.student(freedom)
        self.ratio = ratio
        interval = ratio * (-error).exponential...ratio * error.exponential
    }

    public var verdict: Verdict {
        guard let interval else { return .tooFew }
        if interval.upperBound < 1 { return .fewer }
        return interval.lowerBound > 1 ? .more : .undecided
    }

    /// Pearson's, of days against their span's own rate.
    private static func chiSquare(_ days: [Sample]) -> Double {
        let count = days.reduce(0) { $0 + $1.count }
        let exposure = days.reduce(0) { $0 + $1.exposure }
        guard count > 0 else { return 0 }
        let rate = Double(count) / Double(exposure)
        return days.reduce(0) { sum, day in
            let expected = rate * Double(day.exposure)
            let difference = Double(day.count) - expected
            return sum + difference * difference / expected
        }
    }

    /// The 97.5 % quantile, by the Cornish–Fisher expansion (Abramowitz and Stegun 26.7.5): within 0.1 % from 4 degrees on.
    static func student(_ freedom: Int) -> Double {
        let z = StandardNormal.quantile(0.975)
        let n = Double(freedom)
        let (z3, z5, z7) = (z * z * z, z * z * z * z * z, z * z * z * z * z * z * z)
        let z9 = z7 * z * z
        return z + (z3 + z) / (4 * n) + (5 * z5 + 16 * z3 + 3 * z) / (96 * n * n)
            + (3 * z7 + 19 * z5 + 17 * z3 - 15 * z) / (384 * n * n * n)
            + (79 * z9 + 776 * z7 + 1482 * z5 - 1920 * z3 - 945 * z) / (92_160 * n * n * n * n)
    }
}
