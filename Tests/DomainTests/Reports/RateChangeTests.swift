import Testing

@testable import Domain

struct RateChangeTests {
    private typealias Sample = RateChange.Sample

    @Test func `the quantile of Student's t is that of the tables`() {
        for (freedom, expected) in [(4, 2.7764), (6, 2.4469), (8, 2.3060), (10, 2.2281), (20, 2.0860), (60, 2.0003)] {
            #expect(abs(RateChange.student(freedom) - expected) < expected * 0.002, "\(freedom)")
        }
    }

    @Test func `a clear fall and a clear rise are told, with an interval around the ratio`() throws {
        let many = [Sample](repeating: Sample(20, of: 10), count: 20)
        let few = [Sample](repeating: Sample(10, of: 10), count: 20)
        let fall = RateChange(few, against: many)
        #expect(fall.verdict == .fewer)
        let interval = try #require(fall.interval)
        let ratio = try #require(fall.ratio)
        #expect(abs(ratio - 0.5) < 0.01 && interval.contains(ratio) && interval.upperBound < 0.6)
        #expect(RateChange(many, against: few).verdict == .more)
        #expect(RateChange(many, against: many).verdict == .undecided)
        let none = [Sample](repeating: Sample(0, of: 10), count: 20)
        #expect(RateChange(none, against: many).verdict == .fewer)
    }

    @Test func `twice the cameras with twice the captures is no change`() {
        let before = [Sample](repeating: Sample(10, of: 5), count: 20)
        let after = [Sample](repeating: Sample(20, of: 10), count: 20)
        #expect(RateChange(after, against: before).verdict == .undecided)
    }

    @Test func `too few captures or days say nothing`() {
        let one = [Sample](repeating: Sample(1, of: 5), count: 9)
        #expect(RateChange(one, against: one).verdict == .tooFew)
        let day = [Sample(500, of: 5), Sample(500, of: 5)]
        #expect(RateChange(day, against: [Sample](repeating: Sample(9, of: 5), count: 20)).verdict == .tooFew)
        #expect(RateChange([], against: []).verdict == .tooFew)
        // Days on which nobody watched are no days.
        #expect(RateChange([Sample](repeating: Sample(9, of: 0), count: 20), against: day).verdict == .tooFew)
    }

    /// Days that differ twice as much as chance lets them: a Poisson interval would claim a change in more than every fifth pair.
    @Test func `without a change one is claimed in about one pair of twenty, however days differ`() {
        var random = SeededRandom(seed: 7)
        for (lowest, days) in [(5.0, 22), (0.0, 22), (0.0, 5)] {
            var claims = 0
            let pairs = 2000
            for _ in 0..<pairs {
                let change = RateChange(
                    Self.days(days, lowest: lowest, &random), against: Self.days(days, lowest: lowest, &random))
                if change.verdict != .undecided { claims += 1 }
            }
            #expect(Double(claims) / Double(pairs) < 0.07, "\(lowest), \(days) days: \(claims)")
            #expect(claims > 0)
        }
    }

    /// Counts around 5 a day; `lowest` 5 = Poisson, 0 = a mean that is drawn anew each day between 0 and 10.
    private static func days(_ count: Int, lowest: Double, _ random: inout SeededRandom) -> [Sample] {
        (0..<count).map { _ in
            let mean = lowest + Double.random(in: 0...1, using: &random) * (10 - 2 * lowest)
            // Knuth's: products of uniform numbers until they fall below e^-mean.
            let limit = (-mean).exponential
            var (product, drawn) = (Double.random(in: 0..<1, using: &random), 0)
            while product > limit {
                drawn += 1
                product *= Double.random(in: 0..<1, using: &random)
            }
            return Sample(drawn, of: 4)
        }
    }
}
