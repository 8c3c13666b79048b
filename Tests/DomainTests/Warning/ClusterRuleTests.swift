import Testing

@testable import Domain

struct ClusterRuleTests {
    private static let townships = (0..<6).map { TownshipID(UUIDv7(at: UTCTime(milliseconds: Int64($0) << 20))) }
    private static let expected = [12.0, 20, 6, 30, 15, 9]

    private static func draw(_ mean: Double, _ phi: Double, _ random: inout SeededRandom) -> Int {
        let distribution = CountDistribution(mean: mean, overdispersion: phi)
        var (left, count) = (Double.random(in: 0..<1, using: &random), 0)
        while count < 1000 {
            left -= distribution.probability(of: count)
            if left < 0 { return count }
            count += 1
        }
        return count
    }

    /// Windows in which the whole county rises and falls together; variance 2 × mean in each township.
    private static func windows(_ count: Int, dispersion: Double, seed: UInt64) -> [[ClusterRule.Part]] {
        var random = SeededRandom(seed: seed)
        return (0..<count).map { _ in
            let county = Double.random(in: 0.5...2, using: &random)
            return zip(townships, expected).map { township, expected in
                let mean = expected * county
                return ClusterRule.Part(
                    township, count: draw(mean, (dispersion - 1) / mean, &random), expected: expected)
            }
        }
    }

    @Test(arguments: [1.0, 2])
    func `false clusters are no more than chosen, and not far fewer`(dispersion: Double) {
        let windows = Self.windows(6000, dispersion: dispersion, seed: 3)
        let learned = ClusterRule.dispersion(of: windows)
        #expect(abs(learned / dispersion - 1) < 0.06)
        let days = DaySpan(Day(number: 0), through: Day(number: 4))
        let test = BackTest(
            ClusterRule(schoolDays: 5, falseWarningsPerSchoolYear: 4), windows: windows.map { (days, $0) },
            dispersion: dispersion)
        // 6,000 windows of 5 days are 153.8 school years: 615 at most, with chance; discreteness takes some.
        let most = 6000.0 * 5 / 195 * 4
        #expect(test.expectedFalse == most)
        #expect(Double(test.hits.count) < most + 4 * most.squareRoot())
        #expect(Double(test.hits.count) > 0.5 * most)
    }

    @Test func `a township with more than its share is named with its numbers`() throws {
        var parts = zip(Self.townships, Self.expected).map { ClusterRule.Part($0, count: Int($1), expected: $1) }
        let days = DaySpan(Terms.day("2026-11-02"), through: Terms.day("2026-11-06"))
        let rule = ClusterRule(item: .rodent)
        #expect(rule.clusters(among: parts, in: days, dispersion: 1).isEmpty)
        parts[2].count = 22
        let cluster = try #require(rule.clusters(among: parts, in: days, dispersion: 1).first)
        #expect(cluster.township == Self.townships[2] && cluster.count == 22 && cluster.total == 108)
        #expect(abs(cluster.expected - 108 * 6 / 92) < 1e-9 && cluster.probability < 1e-4 && cluster.townships == 6)
        // Thrice the county is nobody's cluster.
        let all = parts.map { ClusterRule.Part($0.township, count: Int($0.expected) * 3, expected: $0.expected) }
        #expect(rule.clusters(among: all, in: days, dispersion: 1).isEmpty)
        #expect(rule.clusters(among: [], in: days, dispersion: 1).isEmpty)
        #expect(rule.clusters(among: [parts[2]], in: days, dispersion: 1).isEmpty)
        #expect(ClusterRule.dispersion(of: []) == 1.5)
    }
}
