/// How many of a known total fall to one of several places, when each has its expected share. (条件分布)
///
/// Of independent Poisson counts a part of the total is binomial. Of negative binomial ones whose variance is the same
/// multiple of the mean, it is beta-binomial (Johnson, Kotz, Balakrishnan, Discrete Multivariate Distributions, ch. 40).
struct SharedCount {
    var total: Int
    /// Expected in the place, and in all others: above 0.
    var expectedHere: Double
    var expectedElsewhere: Double
    /// Variance / mean of counts: 1 = Poisson.
    var dispersion: Double

    /// P(X ≥ count).
    func probability(atLeast count: Int) -> Double {
        guard count > 0 else { return 1 }
        guard count <= total, expectedHere > 0 else { return 0 }
        guard expectedElsewhere > 0 else { return 1 }
        // One trial after another (Pólya's urn): P(x + 1) / P(x), from 0 on, in logarithms against vanishing.
        let step = max(0, dispersion - 1)
        var logarithm = 0.0
        let all = expectedHere + expectedElsewhere
        for trial in 0..<total {
            let drawn = Double(trial) * step
            logarithm += ((expectedElsewhere + drawn) / (all + drawn)).logarithm
        }
        var tail = 0.0
        for x in 0...total {
            if x >= count { tail += logarithm.exponential }
            guard x < total else { break }
            let here = expectedHere + Double(x) * step
            let elsewhere = expectedElsewhere + Double(total - x - 1) * step
            logarithm += (Double(total - x) / Double(x + 1) * here / elsewhere).logarithm
        }
        return min(1, tail)
    }
}
