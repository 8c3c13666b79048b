import Testing

@testable import Domain

struct EscalationTests {
    func steps(_ file: CaseFile, until: String) -> [String] {
        file.rules.escalations(of: file.current, until: Terms.moment(until)).map {
            "\($0.clock.rawValue) \($0.measure.rawValue) \(Terms.text($0.time))"
        }
    }

    @Test(
        arguments: [
            ("2026-11-23 09:15", []),
            ("2026-11-23 09:16", ["acknowledge nextLevel 2026-11-23 09:15"]),
            (
                "2026-11-24 08:59",
                ["acknowledge nextLevel 2026-11-23 09:15", "rectify reminder 2026-11-24 07:00"]
            ),
            (
                "2026-11-29 09:00",
                [
                    "acknowledge nextLevel 2026-11-23 09:15", "rectify reminder 2026-11-24 07:00",
                    "rectify yellowCard 2026-11-24 09:00",
                ]
            ),
            (
                "2026-11-29 09:01",
                [
                    "acknowledge nextLevel 2026-11-23 09:15", "rectify reminder 2026-11-24 07:00",
                    "rectify yellowCard 2026-11-24 09:00", "rectify countyLeader 2026-11-29 09:00",
                    "rectify redCard 2026-11-29 09:00",
                ]
            ),
        ] as [(String, [String])])
    func `grade I climbs from reminder over yellow and red card to the county's leader`(
        until: String, expected: [String]
    ) throws {
        #expect(steps(try .inState(.dispatched, grade: .one), until: until) == expected)
    }

    @Test(arguments: [(Grade.two, "2026-11-26 19:30"), (.three, "2026-11-30 19:30")])
    func `grades II and III go to the next level at the deadline`(grade: Grade, due: String) throws {
        let file = try CaseFile.inState(.acknowledged, grade: grade)
        #expect(steps(file, until: "2027-01-01 00:00").last == "rectify nextLevel \(due)")
        let last = try #require(
            file.rules.escalations(of: file.current, until: Terms.moment("2027-01-01 00:00")).last)
        #expect(last.to == [.townshipOffice(CaseFile.township)])
    }

    @Test func `each level's next level is told`() throws {
        let late = Terms.moment("2027-01-10 00:00")
        func receivers(_ state: CaseState) throws -> [Body] {
            let file = try CaseFile.inState(state)
            return file.rules.escalations(of: file.current, until: late).last?.to ?? []
        }
        #expect(try receivers(.opened) == [.countyLeadership])
        #expect(try receivers(.submitted) == [.marketRegulation])
        #expect(try receivers(.appealed) == [.countyLeadership])
        #expect(try receivers(.reinspection) == [.marketRegulation])
        let card = try CaseFile.inState(.rectifying, grade: .one)
        let yellow = card.rules.escalations(of: card.current, until: late).first { $0.measure == .yellowCard }
        #expect(
            yellow?.to == [
                .school(CaseFile.school), .townshipOffice(CaseFile.township), .marketRegulation, .educationBureau,
            ])
    }

    @Test func `a step is entered once, however often it is computed`() throws {
        var file = try CaseFile.inState(.dispatched, grade: .one)
        file.now = Terms.moment("2026-11-24 10:00")
        let first = file.rules.escalations(of: file.current, until: file.now)
        for step in first { try file.does(.escalate(key: step.key), .node) }
        #expect(file.rules.escalations(of: file.current, until: file.now).isEmpty)
        for step in first {
            #expect(throws: CaseRefusal.alreadyDone) { try file.does(.escalate(key: step.key), .node) }
        }
        #expect(Set(first.map(\.key)).count == first.count)
        #expect(
            file.rules.nextEscalation(of: file.current, after: file.now) == Terms.moment("2026-11-29 09:00"))
    }

    @Test func `who handed in late is not spared because nobody looked in time`() throws {
        var file = try CaseFile.inState(.acknowledged, grade: .one)
        try file.does(.submit(CaseFile.submission), CaseFile.head, at: "2026-11-24 10:00")
        #expect(steps(file, until: "2026-12-31 00:00").contains("rectify yellowCard 2026-11-24 09:00"))
        #expect(!steps(file, until: "2026-12-31 00:00").contains { $0.hasPrefix("rectify redCard") })
        try file.does(.pass(CaseFile.onSite), CaseFile.officer)
        #expect(steps(file, until: "2026-12-31 00:00").contains("rectify yellowCard 2026-11-24 09:00"))
    }

    @Test func `who hands in on time is not blamed for a late review`() throws {
        var file = try CaseFile.inState(.submitted, grade: .one)
        try file.does(.pass(CaseFile.onSite), CaseFile.officer, at: "2026-11-30 10:00")
        #expect(!steps(file, until: "2027-01-31 00:00").contains { $0.hasPrefix("rectify") })
        #expect(steps(file, until: "2027-01-31 00:00").contains("review nextLevel 2026-11-23 13:00"))
        let rectify = try #require(file.rules.clockHistory(of: file.current).first { $0.kind == .rectify })
        #expect(rectify.stoppedAt == Terms.moment("2026-11-23 09:00") && !rectify.isOverdue(at: file.now))
    }

    @Test func `who hands in on time is left alone, and a new deadline has new steps`() throws {
        var file = try CaseFile.inState(.submitted, grade: .one)
        #expect(!steps(file, until: "2026-11-23 12:00").contains { $0.hasPrefix("rectify") })
        try file.does(.return(CaseFile.onSite), CaseFile.officer, at: "2026-11-23 10:00")
        let keys = file.rules.escalations(of: file.current, until: Terms.moment("2026-11-25 00:00")).map(\.key)
        try file.does(.extend(until: Terms.moment("2026-11-26 10:00"), reason: "停水"), CaseFile.officer)
        let others = file.rules.escalations(of: file.current, until: Terms.moment("2026-11-27 00:00")).map(\.key)
        #expect(!keys.isEmpty && Set(keys).isDisjoint(with: others.filter { $0.contains("rectify") }))
    }

    @Test func `while a clock stands still no step comes`() throws {
        let file = try CaseFile.inState(.appealed, grade: .one)
        #expect(!steps(file, until: "2027-01-31 00:00").contains { $0.hasPrefix("rectify") })
    }

    @Test func `an appeal that is upheld takes the steps with it that were reached before`() throws {
        var file = try CaseFile.inState(.acknowledged, grade: .one)
        try file.does(.appeal(reason: "不属实"), CaseFile.head, at: "2026-11-24 10:00")
        #expect(steps(file, until: "2026-11-24 11:00").contains("rectify yellowCard 2026-11-24 09:00"))
        try file.does(.decideAppeal(isUpheld: true, reason: "属实"), CaseFile.supervisor)
        #expect(steps(file, until: "2027-01-31 00:00").isEmpty)
    }
}
