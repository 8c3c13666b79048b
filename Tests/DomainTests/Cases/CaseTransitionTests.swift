import Testing

@testable import Domain

struct CaseTransitionTests {
    /// Every command with somebody who may give it, the states in which it does something, and where it leads
    /// (nil = the state stays).
    static let table: [(name: String, command: CaseCommand, who: Principal, from: Set<CaseState>, to: CaseState?)] = {
        let live = Set(CaseState.allCases.filter { !$0.isFinal })
        let withSchool: Set<CaseState> = [.dispatched, .acknowledged, .rectifying]
        let (boss, officer, head) = (CaseFile.supervisor, CaseFile.officer, CaseFile.head)
        let later = Terms.moment("2026-12-20 10:00")
        return [
            ("dispatch", .dispatch(CaseFile.notice), boss, [.opened], .dispatched),
            ("acknowledge", .acknowledge, head, [.dispatched], .acknowledged),
            ("receive a copy", .acknowledge, CaseFile.education, live.subtracting([.opened]), nil),
            ("begin", .begin(plan: "培训"), head, [.dispatched, .acknowledged], .rectifying),
            ("submit", .submit(CaseFile.submission), head, withSchool, .submitted),
            ("pass", .pass(CaseFile.onSite), officer, [.submitted], .reinspection),
            ("return", .return(CaseFile.onSite), officer, [.submitted], .rectifying),
            ("fail", .reinspect(CaseFile.onSite, passed: false), officer, [.reinspection], .rectifying),
            ("reopen", .reopen(captures: [CaseFile.capture(1)], reason: "复发"), boss, [.closed], .opened),
            ("appeal", .appeal(reason: "不属实"), head, withSchool, .appealed),
            ("uphold", .decideAppeal(isUpheld: true, reason: "属实"), boss, [.appealed], .withdrawn),
            ("reject", .decideAppeal(isUpheld: false, reason: "不成立"), boss, [.appealed], .acknowledged),
            ("ask for time", .askExtension(until: later, reason: "停水"), head, withSchool, nil),
            ("extend", .extend(until: later, reason: "停水"), officer, withSchool, nil),
            ("transfer", .transfer(to: CaseFile.otherTownship, reason: "属地"), boss, live, nil),
            ("withdraw", .withdraw(reason: "误报"), boss, live, .withdrawn),
            ("add a capture", .addCapture(CaseFile.capture(1)), officer, live, nil),
            ("comment", .comment("看过"), head, Set(CaseState.allCases), nil),
            ("urge", .urge("请尽快"), CaseFile.education, live, nil),
        ]
    }()

    @Test(arguments: table.indices, CaseState.allCases)
    func `each command leads where it should from each state, or is refused and changes nothing`(
        row: Int, state: CaseState
    ) throws {
        let (name, command, who, from, to) = Self.table[row]
        var file = try CaseFile.inState(state)
        let before = file
        if from.contains(state) {
            try file.does(command, who)
            #expect(file.current.state == to ?? state, "\(name)")
            #expect(file.current.version > before.current.version)
            #expect(try Case(file.events) == file.current)
        } else {
            #expect(throws: CaseRefusal.notNow(state), "\(name)") { try file.does(command, who) }
            #expect(file.current == before.current && file.events == before.events)
        }
    }

    @Test(arguments: table.indices)
    func `nobody gives a command whose act the matrix or the territory refuses`(row: Int) throws {
        let (name, command, _, from, _) = Self.table[row]
        let act = try #require(command.act)
        for who in CaseFile.everybody {
            var file = try CaseFile.inState(try #require(from.first))
            let mayDoIt = who.may(act, at: file.current.place)
            var refusal: CaseRefusal?
            do { try file.does(command, who) } catch { refusal = error as? CaseRefusal }
            #expect((refusal == .notPermitted) == !mayDoIt, "\(name)")
        }
    }

    @Test func `the second of two who decide at once gets the current version, and nothing is lost`() throws {
        var file = try CaseFile.inState(.submitted)
        let seen = file.current.version
        try file.does(.pass(CaseFile.onSite), CaseFile.officer)
        let after = file.current
        #expect(throws: CaseRefusal.conflict(current: seen + 1)) {
            try file.does(.return(CaseFile.onSite), CaseFile.supervisor, seen: seen)
        }
        #expect(file.current == after)
        #expect(throws: CaseRefusal.conflict(current: seen + 1)) {
            try file.does(.comment("?"), CaseFile.supervisor, seen: seen + 2)
        }
    }

    @Test func `what only adds to the file stands in nobody's way`() throws {
        var file = try CaseFile.inState(.rectifying)
        let seen = file.current.version
        try file.does(.comment("抓紧"), CaseFile.supervisor)
        try file.does(.urge("请尽快"), CaseFile.education)
        try file.does(.submit(CaseFile.submission), CaseFile.head, seen: seen)
        #expect(file.current.state == .submitted && file.current.version == seen + 3)
    }

    @Test func `after a transfer the new office handles the case, and the old one no longer`() throws {
        var file = try CaseFile.inState(.submitted)
        try file.does(.transfer(to: CaseFile.otherTownship, reason: "属地"), CaseFile.supervisor)
        #expect(throws: CaseRefusal.notPermitted) { try file.does(.pass(CaseFile.onSite), CaseFile.officer) }
        try file.does(.pass(CaseFile.onSite), CaseFile.otherOfficer)
        #expect(file.current.handler == .townshipOffice(CaseFile.otherTownship))
    }

    @Test func `a school appeals once in a round, and a rejected appeal goes back to where it was`() throws {
        var file = try CaseFile.inState(.dispatched)
        try file.does(.appeal(reason: "不属实"), CaseFile.head)
        try file.does(.decideAppeal(isUpheld: false, reason: "不成立"), CaseFile.supervisor)
        #expect(file.current.state == .dispatched)
        #expect(throws: CaseRefusal.alreadyAppealed) { try file.does(.appeal(reason: "再申诉"), CaseFile.head) }
    }

    @Test func `a school that hands in at once has acknowledged with it`() throws {
        var file = try CaseFile.inState(.dispatched)
        try file.does(.submit(CaseFile.submission), CaseFile.head)
        #expect(file.events.suffix(2).map(\.change) == [.acknowledged, .submitted(submission: CaseFile.submission)])
        #expect(file.current.received == [.school(CaseFile.school)])
    }

    @Test(
        arguments: [
            (.submit(Submission(text: " ")), CaseFile.head, .rectifying, .emptySubmission),
            (.return(Inspection(.onScreen)), CaseFile.officer, .submitted, .reasonMissing),
            (.withdraw(reason: " \n"), CaseFile.supervisor, .rectifying, .reasonMissing),
            (
                .comment(String(repeating: "字", count: 4001)), CaseFile.head, .rectifying,
                .textTooLong
            ),
            (.addCapture(CaseFile.capture(0)), CaseFile.officer, .rectifying, .alreadyDone),
            (.transfer(to: CaseFile.township, reason: "x"), CaseFile.supervisor, .rectifying, .alreadyDone),
            (.refuseExtension(reason: "x"), CaseFile.officer, .rectifying, .noExtensionAsked),
            (.escalate(key: "x"), .node, .rectifying, .notDue),
            (.escalate(key: "x"), .console, .rectifying, .notPermitted),
            (
                .dispatch(CaseFile.notice, due: Terms.moment("2026-11-23 09:00")), CaseFile.supervisor, .opened,
                .badDeadline(after: Terms.moment("2026-11-23 09:00"))
            ),
            (
                .extend(until: Terms.moment("2026-11-26 19:30"), reason: "x"), CaseFile.officer, .rectifying,
                .badDeadline(after: Terms.moment("2026-11-26 19:30"))
            ),
            (
                .reinspect(CaseFile.onSite, passed: true), CaseFile.officer, .reinspection,
                .tooEarly(until: Terms.moment("2026-11-30 00:00"))
            ),
            (.reopen(captures: [CaseFile.capture(0)], reason: ""), CaseFile.supervisor, .closed, .alreadyDone),
        ] as [(CaseCommand, Principal, CaseState, CaseRefusal)])
    func `a command that makes no sense is refused with the reason`(
        command: CaseCommand, who: Principal, state: CaseState, refusal: CaseRefusal
    ) throws {
        var file = try CaseFile.inState(state)
        let before = file.current
        #expect(throws: refusal) { try file.does(command, who) }
        #expect(file.current == before)
    }

    @Test func `more time is asked for once and given as often as the policy says`() throws {
        var file = try CaseFile.inState(.acknowledged)
        let ask = CaseCommand.askExtension(until: Terms.moment("2026-11-30 12:00"), reason: "停水")
        try file.does(ask, CaseFile.head)
        #expect(throws: CaseRefusal.extensionAlreadyAsked) { try file.does(ask, CaseFile.head) }
        try file.does(.refuseExtension(reason: "不准"), CaseFile.officer)
        try file.does(.extend(until: Terms.moment("2026-11-30 12:00"), reason: "停水"), CaseFile.officer)
        try file.does(.extend(until: Terms.moment("2026-12-01 12:00"), reason: "停水"), CaseFile.officer)
        #expect(throws: CaseRefusal.tooManyExtensions(most: 2)) {
            try file.does(.extend(until: Terms.moment("2026-12-02 12:00"), reason: "停水"), CaseFile.officer)
        }
        #expect(file.current.extensionRequest == nil)
    }

    @Test func `a case closes only when its last re-inspection has passed, and a failed one starts them anew`() throws {
        var file = try CaseFile.inState(.reinspection)
        try file.does(.reinspect(CaseFile.onSite, passed: true), CaseFile.officer, at: "2026-11-30 08:00")
        #expect(file.current.state == .reinspection)
        try file.does(.reinspect(CaseFile.onSite, passed: false), CaseFile.officer, at: "2026-12-02 08:00")
        #expect(file.current.state == .rectifying)
        try file.does(.submit(CaseFile.submission), CaseFile.head)
        try file.does(.pass(CaseFile.onSite), CaseFile.officer)
        #expect(file.current.reinspectionsPassed == 0)
        try file.does(.reinspect(CaseFile.onSite, passed: true), CaseFile.officer, at: "2026-12-09 08:00")
        try file.does(.reinspect(CaseFile.onSite, passed: true), CaseFile.officer, at: "2027-01-04 08:00")
        #expect(file.current.state == .closed && file.current.closedAt == file.now)
        #expect(file.events.suffix(2).map(\.change.ledgerAct) == [.caseReinspected, .caseClosed])
    }
}
