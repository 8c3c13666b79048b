import Testing

@testable import Domain

struct DistributionTests {
    /// By SciPy 1.17: poisson, nbinom (n = 1/φ, p = 1/(1 + φμ)): P(X = x), P(X ≥ x).
    @Test(
        arguments: [
            (2, 0, 5, 0.03608940886309672, 0.052653017343711125), (2, 0.3, 5, 0.04615390943607275, 0.09309351602022355),
            (0.02, 0.5, 1, 0.019411802958552916, 0.01970395059307913), (3.5, 0.15, 0, 0.06000687937620384, 1),
            (3.5, 0.15, 12, 0.002166674140439812, 0.004211198181830608),
            (250, 0.1, 400, 0.0008793940887282514, 0.04628873584363638),
            (900, 0, 1000, 5.926953285414436e-05, 0.0005499022657117818),
            (900, 0.05, 600, 0.0007136613980135839, 0.9455911502148437),
        ] as [(Double, Double, Int, Double, Double)])
    func `counts have their known probabilities`(mean: Double, phi: Double, count: Int, at: Double, atLeast: Double) {
        let distribution = CountDistribution(mean: mean, overdispersion: phi)
        #expect(abs(distribution.probability(of: count) / at - 1) < 1e-10)
        #expect(abs(distribution.probability(atLeast: count) / atLeast - 1) < 1e-10)
    }

    /// SciPy's norm.ppf and norm.cdf.
    @Test func `the normal distribution has its known values`() {
        for (p, x) in [
            (1e-20, -9.262340089798409), (1e-6, -4.753424308822899), (0.01, -2.3263478740408408),
            (0.3, -0.5244005127080409), (0.5, 0), (0.975, 1.959963984540054),
        ] {
            #expect(abs(StandardNormal.quantile(p) - x) < 1e-14 * max(1, abs(x)))
        }
        for (x, p) in [
            (-8, 6.22096057427174e-16), (-3.5, 0.00023262907903552502), (-1, 0.15865525393145707), (0, 0.5),
            (0.7, 0.758036347776927), (2.9, 0.998134186699616),
        ] {
            #expect(abs(StandardNormal.atMost(x) / p - 1) < 1e-12)
        }
    }

    @Test func `logarithm and exponential undo each other, and have known values`() {
        #expect(abs(2.0.logarithm - 0.6931471805599453) < 1e-16)
        #expect(abs(10.0.logarithm - 2.302585092994046) < 1e-15)
        #expect(abs(1e-300.logarithm + 690.7755278982137) < 1e-12)
        #expect(abs(1.0.exponential - 2.718281828459045) < 1e-15)
        #expect(abs((-700.0).exponential / 9.85967654375977e-305 - 1) < 1e-13)
        #expect(0.0.logarithm == -.infinity && (-1.0).logarithm.isNaN && (-800.0).exponential == 0)
        var random = SeededRandom(seed: 3)
        for _ in 0..<10_000 {
            let x = Double.random(in: -600...600, using: &random)
            #expect(abs(x.exponential.logarithm - x) <= 2e-13 * max(1, abs(x) / 100))
        }
    }

    @Test func `probabilities add up to one, and means are what they are called`() {
        var random = SeededRandom(seed: 8)
        for _ in 0..<30 {
            let mean = Double.random(in: 0.01...12, using: &random)
            let phi = random.next() % 3 == 0 ? 0 : Double.random(in: 1e-9...1, using: &random)
            let distribution = CountDistribution(mean: mean, overdispersion: phi)
            let all = (0..<450).map { distribution.probability(of: $0) }
            let found: Double = all.enumerated().reduce(0) { $0 + $1.element * Double($1.offset) }
            #expect(abs(all.reduce(0, +) - 1) < 1e-9)
            #expect(abs(found / mean - 1) < 1e-8)
            let parts = distribution.parts(Int(mean))
            #expect(abs(parts.below + parts.at + parts.above - 1) < 1e-10)
        }
    }

    /// Kolmogorov and Smirnov: √n · distance passes 1.95 once in a thousand.
    @Test(arguments: [(0.05, 0.2), (0.8, 0), (3, 0.3), (30, 0.1)])
    func `scores of counts are standard normal, whatever the mean`(mean: Double, phi: Double) {
        let distribution = CountDistribution(mean: mean, overdispersion: phi)
        var random = SeededRandom(seed: 21)
        let rounds = 20_000
        let scores = (0..<rounds).map { _ in
            // A count by its own distribution: the first whose sum passes a uniform number.
            var (left, count) = (Double.random(in: 0..<1, using: &random), 0)
            while count < 400 {
                left -= distribution.probability(of: count)
                if left < 0 { break }
                count += 1
            }
            return distribution.score(count, tie: Double.random(in: 0..<1, using: &random))
        }.sorted()
        let distance =
            scores.enumerated().map {
                abs(StandardNormal.atMost($0.element) - (Double($0.offset) + 0.5) / Double(rounds))
            }.max() ?? 1
        #expect(distance * Double(rounds).squareRoot() < 1.95)
    }

    /// SciPy: betabinom(n, a, b).sf(x − 1) with a = expected / (D − 1); binom for D = 1.
    @Test func `a share of a total has its known probabilities`() {
        func tail(_ count: Int, _ total: Int, _ here: Double, _ elsewhere: Double, _ dispersion: Double) -> Double {
            SharedCount(total: total, expectedHere: here, expectedElsewhere: elsewhere, dispersion: dispersion)
                .probability(atLeast: count)
        }
        #expect(abs(tail(11, 30, 6, 24, 1) / 0.02561625533532658 - 1) < 1e-12)
        #expect(abs(tail(6, 10, 2.5, 7.5, 2) / 0.07111740112304688 - 1) < 1e-12)
        #expect(abs(tail(9, 40, 2.5, 22.5, 1.5) / 0.05444985136457914 - 1) < 1e-12)
        #expect(tail(0, 5, 1, 1, 1) == 1 && tail(6, 5, 1, 1, 1) == 0 && tail(5, 5, 1, 0, 2) == 1)
        #expect(tail(400, 5000, 300, 4700, 1) < 1e-4)
    }
}
