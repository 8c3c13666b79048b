import Testing

@testable import Domain

struct CaseTallyTests {
    private static let opened = Terms.moment("2026-11-02 09:00")

    private func school(_ seed: UInt64) -> SchoolID {
        var random = SeededRandom(seed: seed)
        return SchoolID(UUIDv7(at: Self.opened, using: &random))
    }

    private func fact(
        _ number: Int, _ state: CaseState = .closed, school: SchoolID, item: CaptureItem = .noHat, round: Int = 1,
        steps hours: [Int?], closed: Int? = nil, late: Int? = nil
    ) -> CaseFact {
        var random = SeededRandom(seed: UInt64(number))
        func time(_ hours: Int?) -> UTCTime? { hours.map { Self.opened + .seconds($0 * 3600) } }
        return CaseFact(
            id: CaseID(UUIDv7(at: Self.opened, using: &random)), number: number, matter: .item(item), grade: .two,
            state: state, school: school, office: nil, canteen: nil, area: nil, round: round, openedAt: Self.opened,
            closedAt: time(closed),
            steps: CaseSteps(
                dispatched: time(hours[0]), acknowledged: time(hours[1]), submitted: time(hours[2]),
                passed: time(hours[3])), lateFrom: time(late))
    }

    @Test func `a withdrawn case is no school's fault, a missed deadline is one`() {
        let school = school(1)
        let tally = CaseTally(
            [
                fact(1, school: school, steps: [1, 2, 10, 12], closed: 90),
                fact(2, .withdrawn, school: school, steps: [1, nil, nil, nil], late: 5),
                fact(3, .rectifying, school: school, item: .phone, steps: [3, 4, nil, nil], late: 50),
                fact(4, .rectifying, school: school, item: .rodent, steps: [3, 4, nil, nil], late: 150),
                fact(5, .opened, school: school, item: .insect, steps: [nil, nil, nil, nil]),
            ], at: Self.opened + .seconds(100 * 3600))
        #expect(tally.opened == 5 && tally.withdrawn == 1 && tally.dispatched == 3 && tally.submitted == 1)
        #expect(tally.inTime == 2, "a deadline that is still to come is not missed")
        #expect(tally.closed == 1 && tally.repeated.isEmpty)
        #expect(tally.steps[.dispatch]?.count == 3)
        #expect(tally.steps[.dispatch]?.median == .seconds(3 * 3600))
        #expect(tally.steps[.submit]?.median == .seconds(9 * 3600))
        #expect(tally.steps[.close]?.ninth == .seconds(90 * 3600))
    }

    @Test func `what comes again is counted by school and matter, reopened ones too`() {
        let schools = [school(1), school(2)]
        let tally = CaseTally(
            [
                fact(1, school: schools[0], steps: [1, 1, 1, 1]), fact(2, school: schools[1], steps: [1, 1, 1, 1]),
                fact(3, school: schools[0], steps: [1, 1, 1, 1]), fact(4, school: schools[0], steps: [1, 1, 1, 1]),
                fact(5, school: schools[1], item: .rodent, round: 2, steps: [1, 1, 1, 1]),
            ], at: Self.opened)
        #expect(tally.repeated.map(\.times) == [3, 2])
        #expect(tally.repeated.map(\.school) == schools)
        #expect(tally.repeated[1].reopenings == 1)
    }

    @Test func `nine of ten are at most the ninth`() {
        let spread = CaseTally.Spread((1...10).map { .seconds($0) })
        #expect(spread?.median == .seconds(5) && spread?.ninth == .seconds(9))
        #expect(CaseTally.Spread([.seconds(4)])?.ninth == .seconds(4))
        #expect(CaseTally.Spread([]) == nil)
    }
}
