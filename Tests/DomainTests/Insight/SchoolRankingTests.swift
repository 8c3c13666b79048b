import Testing

@testable import Domain

struct SchoolRankingTests {
    private static func schools(_ count: Int) -> [SchoolID] {
        var random = SeededRandom(seed: 3)
        return (0..<count).map { _ in SchoolID(UUIDv7(at: Terms.moment("2026-09-01 08:00"), using: &random)) }.sorted()
    }

    @Test func `few captures rank nobody, many do`() {
        let schools = Self.schools(3)
        let days = Dictionary(uniqueKeysWithValues: schools.map { ($0, 100) })
        let few = SchoolRanking(counts: [schools[0]: 3, schools[1]: 2, schools[2]: 1], cameraDays: days)
        #expect(few.entries.map(\.ranks) == [1...3, 1...3, 1...3])
        #expect(!few.tellsAnything)
        let many = SchoolRanking(counts: [schools[0]: 400, schools[1]: 210, schools[2]: 200], cameraDays: days)
        #expect(many.entries.map(\.ranks) == [1...1, 2...3, 2...3])
        #expect(many.tellsAnything)
    }

    @Test func `it is the rate that ranks, not the number`() {
        let schools = Self.schools(2)
        let ranking = SchoolRanking(
            counts: [schools[0]: 300, schools[1]: 200], cameraDays: [schools[0]: 3000, schools[1]: 200])
        #expect(ranking.entries.map(\.school) == [schools[1], schools[0]])
        #expect(ranking.entries.map(\.rate) == [100, 10])
    }

    @Test func `who was hardly watched is not ranked, and named`() {
        let schools = Self.schools(4)
        let ranking = SchoolRanking(
            counts: [schools[0]: 5, schools[3]: 9],
            cameraDays: [schools[0]: 19, schools[1]: 20, schools[2]: SchoolRanking.leastCameraDays * 10])
        #expect(ranking.entries.map(\.school).sorted() == [schools[1], schools[2]])
        #expect(ranking.tooLittle == [schools[0], schools[3]])
        #expect(ranking.entries.allSatisfy { $0.interval.lowerBound == 0 && $0.count == 0 })
    }

    @Test(arguments: [
        // Exact limits: χ² quantiles (Garwood 1936).
        (0, 0.0, 3.689), (1, 0.0253, 5.572), (3, 0.619, 8.767), (10, 4.795, 18.39), (100, 81.36, 121.63),
    ]) func `intervals are those of the Poisson distribution`(count: Int, lower: Double, upper: Double) {
        let interval = PoissonInterval.of(count)
        #expect(abs(interval.lowerBound - lower) <= 0.06 * max(1, lower))
        #expect(abs(interval.upperBound - upper) <= 0.02 * upper)
    }
}
