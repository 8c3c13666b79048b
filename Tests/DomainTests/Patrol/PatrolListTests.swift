import Testing

@testable import Domain

struct PatrolListTests {
    private static func schools(_ count: Int) -> [SchoolID] {
        var random = SeededRandom(seed: 1)
        return (0..<count).map { _ in SchoolID(UUIDv7(at: UTCTime(milliseconds: 5), using: &random)) }
    }

    private static func risk(_ rate: Double) -> SchoolRisk {
        SchoolRisk(rate: rate, deviation: 0, parts: [.init(source: .county, rate: rate, events: 0, latest: nil)])
    }

    /// Risks that change at random each day, looks out of turn, schools that come in: who does the list keeps the promise.
    @Test(arguments: 0..<60 as Range<UInt64>)
    func `who does each day's list looks at every school in time`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let rule = PatrolRule(
            schoolsADay: Int.random(in: 1...6, using: &random), withinSchoolDays: Int.random(in: 1...25, using: &random)
        )
        let pool = Self.schools(Int.random(in: 1...90, using: &random))
        var since: [SchoolID: Int] = [:]
        for school in pool.prefix(max(1, pool.count / 2)) { since[school] = 0 }
        var waiting = pool.dropFirst(since.count)
        let liesOverwhelmingly = seed % 2 == 0
        for _ in 0..<300 {
            for school in since.keys { since[school, default: 0] += 1 }
            while let next = waiting.first, random.next() % 20 == 0 {
                since[next] = 0
                waiting = waiting.dropFirst()
            }
            let candidates = since.sorted { $0.key < $1.key }.enumerated().map { index, entry in
                let rate = liesOverwhelmingly && index < 3 ? 1000 : Double.random(in: 0...5, using: &random)
                return PatrolRule.Candidate(entry.key, schoolDaysSince: entry.value, risk: Self.risk(rate))
            }
            let list = rule.list(candidates)
            #expect(Set(list.entries.map(\.school)).count == list.entries.count)
            #expect(!list.isCatchingUp, "those who do their lists never get longer ones")
            for entry in list.entries {
                #expect(entry.schoolDaysSince <= rule.withinSchoolDays)
                since[entry.school] = 0
            }
            #expect(since.values.allSatisfy { $0 < rule.withinSchoolDays })
            if random.next() % 3 == 0, let extra = since.keys.sorted().randomElement(using: &random) {
                since[extra] = 0
            }
        }
    }

    @Test(arguments: 0..<20 as Range<UInt64>)
    func `lists that were not done are caught up on the next day that one is`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        let rule = PatrolRule(schoolsADay: 4, withinSchoolDays: 10)
        let ages = Self.schools(40).map { ($0, Int.random(in: 1...60, using: &random)) }
        let list = rule.list(ages.map { PatrolRule.Candidate($0.0, schoolDaysSince: $0.1, risk: Self.risk(1)) })
        let listed = Set(list.entries.map(\.school))
        // Everyone late is in it, before all others, and what remains can be done with four a day.
        #expect(ages.allSatisfy { $0.1 < 10 || listed.contains($0.0) })
        for day in 1...10 {
            #expect(ages.count { !listed.contains($0.0) && 10 - $0.1 <= day } <= 4 * day)
        }
        #expect(list.entries.first?.reason == .due && list.isCatchingUp == (list.entries.count > 4))
    }

    @Test func `what is not due goes by risk, and who was looked at today is not listed`() {
        let schools = Self.schools(6)
        let rule = PatrolRule(schoolsADay: 3, withinSchoolDays: 20)
        let list = rule.list(
            schools.enumerated().map { index, school in
                PatrolRule.Candidate(
                    school, schoolDaysSince: index == 5 ? 0 : 1, risk: Self.risk(Double(index)))
            })
        // One of three places is used up.
        #expect(list.entries.map(\.school) == [schools[4], schools[3]])
        #expect(list.entries.allSatisfy { $0.reason == .risk })
        #expect(rule.list([]).entries.isEmpty)
        #expect(PatrolRule(schoolsADay: 1, withinSchoolDays: 20).schoolsADay(for: 41) == 3)
    }

    @Test func `parameters have ranges`() {
        #expect(
            PatrolRule().isValid && !PatrolRule(schoolsADay: 0).isValid && !PatrolRule(withinSchoolDays: 201).isValid)
    }
}
