import Testing

@testable import Domain

struct RateWatchTests {
    private static let open = Terms.calendar.openDays(in: Terms.span("2026-09-01", "2027-06-30"))
    private static let school = Territory.school(SchoolID(UUIDv7(at: UTCTime(milliseconds: 9))))

    /// A count by its own distribution.
    private static func draw(_ distribution: CountDistribution, _ random: inout SeededRandom) -> Int {
        var (left, count) = (Double.random(in: 0..<1, using: &random), 0)
        while count < 1000 {
            left -= distribution.probability(of: count)
            if left < 0 { return count }
            count += 1
        }
        return count
    }

    private static func profile(_ mean: Double, _ phi: Double) -> CountyProfile {
        CountyProfile(
            mean: mean, betweenSchools: 0.3, betweenTerms: 0.01, weekdays: [1.1, 1, 1, 0.9, 1, 1, 1],
            overdispersion: phi)
    }

    private static let charts = RateCharts(RateRule(schoolDaysPerFalseWarning: 40, seed: 99))

    /// Schools whose levels and terms are drawn from the model itself: here the promise is exact, and chance alone differs.
    @Test(arguments: [(0.3, 0.2), (3, 0.15), (12, 0.1)])
    func `false warnings come as often as chosen, at any level`(mean: Double, phi: Double) {
        let profile = Self.profile(mean, phi)
        var random = SeededRandom(seed: 31)
        var (warnings, days) = (0, 0)
        for _ in 0..<80 {
            var school = Baseline(profile)
            let id = Territory.school(SchoolID(UUIDv7(at: UTCTime(milliseconds: 9), using: &random)))
            var watch = RateWatch(Self.charts, of: id, baseline: school)
            for open in Self.open {
                // Counts are drawn from what the baseline expects, given what it has learned: its own prediction.
                school.begin(open)
                let day = DayCount(open, Self.draw(school.expected(on: open), &random))
                school.learn(day)
                if watch.take(day) != nil { warnings += 1 }
                days += 1
            }
        }
        // Four standard deviations; a chart that begins anew each term warns a little later.
        let expected = Double(days) / 40
        #expect(abs(Double(warnings) - expected) < 4 * expected.squareRoot() + 0.03 * expected)
    }

    @Test func `a warning carries the numbers of its excess`() throws {
        let profile = CountyProfile(
            mean: 3, betweenSchools: 0.001, betweenTerms: 0.0025, weekdays: Array(repeating: 1, count: 7),
            overdispersion: 0)
        var watch = RateWatch(Self.charts, of: Self.school, baseline: Baseline(profile))
        for open in Self.open.prefix(10) { #expect(watch.take(DayCount(open, 2)) == nil) }
        #expect(watch.pressure == 0)
        let rise = try #require(Self.open.dropFirst(10).lazy.compactMap { watch.take(DayCount($0, 8)) }.first)
        #expect(rise.since == Self.open[10].day && rise.count == 8 * rise.schoolDays && rise.schoolDays <= 3)
        #expect(abs(rise.expected - 3 * Double(rise.schoolDays)) < 0.5)
        #expect(rise.until == Self.open[9 + rise.schoolDays].day && rise.schoolDaysPerFalseWarning == 40)
        #expect(watch.pressure == 0, "it begins anew")
    }

    @Test func `the same history and seed give the same warnings`() {
        var random = SeededRandom(seed: 6)
        let counts = Self.open.map { DayCount($0, Int.random(in: 0...6, using: &random)) }
        func warnings(_ seed: UInt64) -> [RateRise] {
            var watch = RateWatch(
                RateCharts(RateRule(schoolDaysPerFalseWarning: 20, seed: seed)), of: Self.school,
                baseline: Baseline(Self.profile(3, 0.1)))
            return counts.compactMap { watch.take($0) }
        }
        #expect(warnings(1) == warnings(1) && !warnings(1).isEmpty)
        let rule = RateRule(seed: 1)
        let ties = (0..<1000).map { rule.tie(Self.school, Day(number: 20_000 + $0)) }
        #expect(ties.allSatisfy { 0 < $0 && $0 < 1 } && Set(ties).count == 1000)
        #expect(abs(ties.reduce(0, +) / 1000 - 0.5) < 0.04)
        #expect(rule.tie(.county, Day(number: 1)) != RateRule(seed: 2).tie(.county, Day(number: 1)))
    }

    /// A county of gamma levels, with a Friday of its own and days that differ.
    @Test func `a profile is found again from its county's history`() {
        var random = SeededRandom(seed: 14)
        let history = (0..<60).map { index in
            let level = [1.5, 3, 4.5][index % 3]
            return Self.open.map { open in
                let mean = level * (open.day.weekday == 5 ? 1.4 : 1) * (open.season == .spring ? 1.2 : 1)
                return DayCount(open, Self.draw(CountDistribution(mean: mean, overdispersion: 0.2), &random))
            }
        }
        let profile = CountyProfile(history: history)
        #expect(abs(profile.weekdays[4] / profile.weekdays[0] - 1.4) < 0.07)
        #expect(abs(profile.spring / profile.autumn - 1.2) < 0.05)
        #expect(abs(profile.overdispersion - 0.2) < 0.03)
        // (1.5² + 0 + 1.5²) / 3 / 3² = 1/6.
        #expect(abs(profile.betweenSchools - 1.0 / 6) < 0.03)
        #expect(profile.betweenTerms < 0.006)
        let baseline = Baseline(profile, history: history[2])
        #expect(abs(baseline.level / (4.5 * 1.08 * 1.1) - 1) < 0.12 && baseline.uncertainty < 0.01)
        #expect(CountyProfile(history: []) == .unknown)
        #expect(CountyProfile(history: [Self.open.map { DayCount($0, 0) }]) == .unknown)
    }

    @Test func `open days know their term, and skip holidays`() {
        #expect(!Self.open.contains { $0.day == Terms.day("2026-10-01") })
        #expect(Self.open.contains { $0.day == Terms.day("2026-10-10") && $0.season == .autumn })
        #expect(Self.open.last.map { $0.term == Terms.day("2027-02-22") && $0.season == .spring } == true)
        #expect(!Self.open.contains { $0.day > Terms.day("2027-01-22") && $0.day < Terms.day("2027-02-22") })
    }

    @Test func `a back-test says what would have been, and what chance alone makes`() {
        var random = SeededRandom(seed: 40)
        let history = Dictionary(
            uniqueKeysWithValues: (0..<20).map { index in
                let id = Territory.school(SchoolID(UUIDv7(at: UTCTime(milliseconds: 9), using: &random)))
                let counts = Self.open.enumerated().map { number, open in
                    // One school has thrice as many from its hundredth day on.
                    let mean = index == 0 && number >= 100 ? 9.0 : 3
                    return DayCount(open, Self.draw(CountDistribution(mean: mean, overdispersion: 0.1), &random))
                }
                return (id, counts)
            })
        let test = BackTest(RateRule(seed: 5), history: history, learned: 60)
        #expect(test.watchedDays == 20 * (Self.open.count - 60))
        #expect(test.expectedFalse == Double(test.watchedDays) / 195)
        #expect(test.hits.contains { (Self.open[100].day...Self.open[104].day).contains($0.day) })
        #expect(test.byPlace.values.reduce(0, +) == test.hits.count)
        #expect(test.hits.map(\.day) == test.hits.map(\.day).sorted())
        #expect(test.chanceOfSoMany.map { (0...1).contains($0) } == true)
        #expect(BackTest(RateRule(seed: 5), history: history, learned: 60) == test)
    }
}
