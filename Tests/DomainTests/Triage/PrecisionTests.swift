import Testing

@testable import Domain

struct PrecisionTests {
    /// Bounds by R's binom.confint(method = "wilson"), also in Newcombe (1998), table I.
    @Test(
        arguments: [
            (81, 263, Proportion.Confidence.ninetyFive, 0.2553, 0.3662), (15, 148, .ninetyFive, 0.0624, 0.1605),
            (0, 20, .ninetyFive, 0.0000, 0.1611), (1, 29, .ninetyFive, 0.0061, 0.1718),
            (10, 10, .ninetyFive, 0.7225, 1), (50, 100, .ninetyFive, 0.4038, 0.5962),
            (0, 0, .ninetyFive, 0, 1),
        ] as [(Int, Int, Proportion.Confidence, Double, Double)])
    func `Wilson's interval has its known bounds`(
        successes: Int, trials: Int, confidence: Proportion.Confidence, lower: Double, upper: Double
    ) {
        let interval = Proportion.wilson(successes: successes, of: trials, confidence: confidence)
        #expect(abs(interval.lowerBound - lower) < 0.00006)
        #expect(abs(interval.upperBound - upper) < 0.00006)
    }

    @Test func `an interval holds the share, lies within 0 and 1, and widens with confidence`() {
        for trials in 1...60 {
            for successes in 0...trials {
                let proportion = Proportion(successes, of: trials)
                let narrow = proportion.wilson(.ninety)
                let wide = proportion.wilson(.ninetyNine)
                #expect(narrow.contains(proportion.value ?? -1))
                #expect(0 <= wide.lowerBound && wide.lowerBound <= narrow.lowerBound)
                #expect(narrow.upperBound <= wide.upperBound && wide.upperBound <= 1)
            }
        }
    }

    @Test func `duplicates say nothing about precision, merged captures are true ones`() {
        let capture = CaptureID(at: UTCTime(milliseconds: 1))
        let verdicts: [Verdict] = [
            .confirmed, .merged(into: CaseID(at: UTCTime(milliseconds: 2))), .duplicate(of: capture),
            .rejected(reason: .reflection),
        ]
        #expect(Proportion(of: verdicts) == Proportion(2, of: 3))
    }

    @Test func `the lowest threshold that would have been precise enough is advised, with its price`() throws {
        // False ones below 0.6, true ones from 0.5: at 0.55 four in five are true.
        let wrong = (0..<20).map { ThresholdAdvice.Judged(score: 0.40 + Double($0) * 0.01, isTrue: false) }
        let right = (0..<25).map { ThresholdAdvice.Judged(score: 0.50 + Double($0) * 0.01, isTrue: true) }
        let advice = try #require(ThresholdAdvice.advise(on: wrong + right, current: 0.4))
        #expect(advice.threshold == 0.55 && advice.before == Proportion(25, of: 45))
        #expect(advice.after == Proportion(20, of: 25))
        #expect(advice.keptTrue == 0.8 && advice.sparedFalse == 0.75)
    }

    @Test func `no advice is given without enough verdicts, without need, or where no threshold would do`() {
        typealias Judged = ThresholdAdvice.Judged
        let mixed = (0..<40).map { Judged(score: 0.5, isTrue: $0 % 2 == 0) }
        #expect(ThresholdAdvice.advise(on: mixed, current: 0.4) == nil)
        #expect(ThresholdAdvice.advise(on: Array(mixed.prefix(29)), current: 0.4) == nil)
        let good = (0..<40).map { Judged(score: 0.5, isTrue: $0 % 5 != 0) }
        #expect(ThresholdAdvice.advise(on: good, current: 0.4) == nil)
        // Nine true ones above 0.9 are too few to go by.
        let lucky = mixed + (0..<9).map { _ in Judged(score: 0.95, isTrue: true) }
        #expect(ThresholdAdvice.advise(on: lucky, current: 0.4) == nil)
    }

    @Test func `whatever was judged, advice keeps what it promises`() {
        var random = SeededRandom(seed: 5)
        for _ in 0..<500 {
            let judged = (0..<Int.random(in: 0...120, using: &random)).map { _ in
                ThresholdAdvice.Judged(
                    score: Double.random(in: 0...1, using: &random), isTrue: Bool.random(using: &random))
            }
            let current = Double.random(in: 0.05...0.99, using: &random)
            guard let advice = ThresholdAdvice.advise(on: judged, current: current) else { continue }
            #expect(advice.threshold > current && (advice.after.value ?? 0) >= 0.8 && advice.after.trials >= 10)
            #expect((0...1).contains(advice.keptTrue) && (0...1).contains(advice.sparedFalse))
        }
    }
}
