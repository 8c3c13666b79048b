/// The normal distribution with mean 0 and variance 1. (标准正态分布)
enum StandardNormal {
    static func density(_ x: Double) -> Double { 0.3989422804014327 * (-x * x / 2).exponential }

    /// P(Z ≤ x), to 14 digits; far below as well.
    static func atMost(_ x: Double) -> Double { x > 0 ? 1 - upperTail(x) : upperTail(-x) }

    /// P(Z > x) of x ≥ 0.
    private static func upperTail(_ x: Double) -> Double {
        if x > 38 { return 0 }
        if x < 3 {
            // Marsaglia (2004), Evaluating the Normal Distribution, J. Stat. Software 11(4).
            var (sum, term, odd) = (x, x, 3.0)
            while term > sum * 1e-17 {
                term *= x * x / odd
                sum += term
                odd += 2
            }
            return 0.5 - sum * density(x)
        }
        // Mills' ratio as Laplace's continued fraction.
        var fraction = x
        for step in stride(from: 60.0, through: 1, by: -1) { fraction = x + step / fraction }
        return density(x) / fraction
    }

    /// The x with P(Z ≤ x) = p, 0 < p < 1. Wichura (1988), algorithm AS 241 (PPND16), Applied Statistics 37, about 16 digits.
    static func quantile(_ p: Double) -> Double {
        let q = p - 0.5
        if abs(q) <= 0.425 {
            let r = 0.180625 - q * q
            return q * polynomial(middle, r) / polynomial(middleBelow, r)
        }
        let r = (-(q < 0 ? p : 1 - p).logarithm).squareRoot()
        let x =
            r <= 5
            ? polynomial(far, r - 1.6) / polynomial(farBelow, r - 1.6)
            : polynomial(farther, r - 5) / polynomial(fartherBelow, r - 5)
        return q < 0 ? -x : x
    }

    private static func polynomial(_ coefficients: [Double], _ x: Double) -> Double {
        var sum = 0.0
        for coefficient in coefficients.reversed() { sum = sum * x + coefficient }
        return sum
    }

    // Lowest power first.
    private static let middle = [
        3.3871328727963666080, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
        45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
    ]
    private static let middleBelow = [
        1, 42.313330701600911252, 687.18700749205790830, 5394.1960214247511077, 21213.794301586595867,
        39307.895800092710610, 28729.085735721942674, 5226.4952788528545610,
    ]
    private static let far = [
        1.42343711074968357734, 4.63033784615654529590, 5.76949722146069140550, 3.64784832476320460504,
        1.27045825245236838258, 0.241780725177450611770, 0.0227238449892691845833, 7.74545014278341407640e-4,
    ]
    private static let farBelow = [
        1, 2.05319162663775882187, 1.67638483018380384940, 0.689767334985100004550, 0.148103976427480074590,
        0.0151986665636164571966, 5.47593808499534494600e-4, 1.05075007164441684324e-9,
    ]
    private static let farther = [
        6.65790464350110377720, 5.46378491116411436990, 1.78482653991729133580, 0.296560571828504891230,
        0.0265321895265761230930, 0.00124266094738807843860, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
    ]
    private static let fartherBelow = [
        1, 0.599832206555887937690, 0.136929880922735805310, 0.0148753612908506148525, 7.86869131145613259100e-4,
        1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15,
    ]
}
