import Foundation
import Testing

@testable import Domain

/// Ten thousand random histories: everybody tries everything at any time, with pages old and new.
struct CaseHistoryTests {
    static let start = Terms.moment("2026-09-01 00:00")

    @Test(arguments: 0..<20)
    func `no random history reaches an illegal state, loses a deadline, or replays to something else`(
        block: Int
    ) throws {
        var random = SeededRandom(seed: UInt64(1000 + block))
        var reached: Set<CaseState> = []
        for _ in 0..<500 {
            let office = Bool.random(using: &random) ? CaseFile.township : nil
            var file = try CaseFile(
                grade: Grade.allCases.randomElement(using: &random)!, office: office, policies: policies(&random))
            file.now = Self.start + .seconds(Int.random(in: 0...20_000_000, using: &random))
            for _ in 0..<Int.random(in: 1...30, using: &random) {
                step(&file, &random)
                reached.insert(file.current.state)
            }
            check(file)
            try checkReplay(file)
        }
        #expect(reached == Set(CaseState.allCases), "the histories reach every state")
    }

    private func policies(_ random: inout SeededRandom) -> PolicyHistory {
        var policy = CasePolicy.standard
        policy.reinspectionDays = [[7, 30], [1], [3, 10, 20]].randomElement(using: &random)!
        policy.one.rectify = Allowance(
            Int.random(in: 1...30, using: &random), Allowance.Unit.allCases.randomElement(using: &random)!)
        let from = Self.start + .seconds(Int.random(in: 0...25_000_000, using: &random))
        return PolicyHistory([.init(from: from, policy)])
    }

    /// One try, and that a refusal changed nothing.
    private func step(_ file: inout CaseFile, _ random: inout SeededRandom) {
        // Now and then the machine's clock is set back.
        let seconds =
            Int.random(in: 0..<20, using: &random) == 0
            ? -Int.random(in: 0...100_000, using: &random)
            : [0, 60, 5_000, 90_000, 700_000].randomElement(using: &random)!
        file.now = file.now + .seconds(seconds)
        let before = file.current
        let seen =
            Int.random(in: 0..<8, using: &random) == 0 ? Int.random(in: 0...before.version + 1, using: &random) : nil
        // Mostly what makes sense here, so that histories get far.
        let isSensible = Int.random(in: 0..<4, using: &random) != 0
        let (command, who) = isSensible ? sensible(file, &random) : anything(file, &random)
        do {
            try file.does(command, who, seen: seen)
            #expect(file.current.version > before.version)
            if let seen { #expect(seen >= before.materialVersion) }
            if let act = command.act { #expect(who.may(act, at: before.place)) }
        } catch {
            #expect(error is CaseRefusal, "\(command): \(error)")
            #expect(file.current == before)
        }
        check(file)
    }

    private func sensible(_ file: CaseFile, _ random: inout SeededRandom) -> (CaseCommand, Principal) {
        let (boss, head) = (CaseFile.supervisor, CaseFile.head)
        let coin = Int.random(in: 0..<5, using: &random)
        switch file.current.state {
        case .opened: return (.dispatch(CaseFile.notice), boss)
        case .dispatched: return coin == 0 ? (.appeal(reason: "否"), head) : (.acknowledge, head)
        case .acknowledged: return coin == 0 ? (.appeal(reason: "否"), head) : (.begin(), head)
        case .rectifying: return (.submit(CaseFile.submission), head)
        case .submitted: return coin == 0 ? (.return(CaseFile.onSite), boss) : (.pass(CaseFile.onSite), boss)
        case .appealed: return (.decideAppeal(isUpheld: coin == 0, reason: "查"), boss)
        case .reinspection: return (.reinspect(CaseFile.onSite, passed: coin != 0), boss)
        case .closed: return (.reopen(captures: [capture(&random)], reason: "复发"), .node)
        case .withdrawn: return (.comment("看过"), boss)
        }
    }

    private func capture(_ random: inout SeededRandom) -> CaptureID {
        CaseFile.capture(UInt64.random(in: 0...50, using: &random))
    }

    private func anything(_ file: CaseFile, _ random: inout SeededRandom) -> (CaseCommand, Principal) {
        let until = file.now + .seconds(Int.random(in: -100...2_000_000, using: &random))
        let due = Bool.random(using: &random) ? until : nil
        let step = file.rules.escalations(of: file.current, until: file.now).randomElement(using: &random)
        let commands: [CaseCommand] = [
            .dispatch(CaseFile.notice, due: due), .acknowledge, .begin(), .submit(CaseFile.submission),
            .submit(Submission(text: "", appointment: until)), .pass(CaseFile.onSite),
            .return(CaseFile.onSite, due: due), .reinspect(CaseFile.onSite, passed: true),
            .reinspect(CaseFile.onSite, passed: false, due: due),
            .reopen(captures: [capture(&random)], reason: "复发"), .appeal(reason: "否"),
            .decideAppeal(isUpheld: false, reason: "否"), .decideAppeal(isUpheld: true, reason: "是"),
            .askExtension(until: until, reason: "停水"), .extend(until: until, reason: "停水"),
            .refuseExtension(reason: "否"), .transfer(to: CaseFile.otherTownship, reason: "属地"),
            .transfer(to: nil, reason: "提级"), .withdraw(reason: "误报"), .addCapture(capture(&random)),
            .comment("看过"), .urge("快"), .escalate(key: step?.key ?? "none"),
        ]
        return (commands.randomElement(using: &random)!, CaseFile.everybody.randomElement(using: &random)!)
    }

    /// What must hold of every case at every moment.
    private func check(_ file: CaseFile) {
        let (current, rules) = (file.current, file.rules)
        let open = rules.clocks(of: current)
        let running = open.filter(\.isRunning)
        #expect(current.version == file.events.count)
        #expect(current.state.isFinal == running.isEmpty, "a case without a running clock has ended")
        #expect(current.state.isFinal == open.isEmpty)
        #expect(Set(running.map(\.kind)).isSubset(of: current.state.clocks.running))
        #expect(Set(open.filter(\.isPaused).map(\.kind)).isSubset(of: current.state.clocks.paused))
        #expect(Set(open.map(\.kind)).count == open.count, "no clock is there twice")
        #expect((rules.nextDue(of: current) == nil) == current.state.isFinal)
        // Whoever hands in or looks has a deadline that lies after the moment from which it is counted.
        for clock in open { #expect(clock.due > clock.from, "\(clock.kind)") }
        if current.state.isWithSchool { #expect(running.contains { $0.kind == .rectify }) }
        #expect((current.closedAt != nil) == (current.state == .closed))
        let dispatched = file.events.count { $0.change.ledgerAct == .caseDispatched }
        #expect(current.notices.count == dispatched)
        if current.state != .opened && current.state != .withdrawn { #expect(dispatched == current.round) }
        if current.state == .submitted { #expect(current.submission != nil) }
        if current.state == .reinspection { #expect(current.passedAt != nil) }
        #expect(file.events.last?.time == current.changedAt || file.events.count == 1)
        #expect(zip(file.events, file.events.dropFirst()).allSatisfy { $0.time <= $1.time })
        let closings = file.events.indices.filter { file.events[$0].change == .closed }
        for index in closings {
            guard case .reinspected(_, remaining: 0) = file.events[index - 1].change else {
                Issue.record("closed without a passed re-inspection")
                continue
            }
        }
    }

    private func checkReplay(_ file: CaseFile) throws {
        let data = try CaseEventTests.encoder.encode(file.events)
        let events = try JSONDecoder().decode([CaseEvent].self, from: data)
        #expect(events == file.events)
        let replayed = try Case(events)
        #expect(replayed == file.current)
        #expect(file.rules.clockHistory(of: replayed) == file.rules.clockHistory(of: file.current))
        let end = file.now + .seconds(90 * 86_400)
        let steps = file.rules.escalations(of: replayed, until: end)
        #expect(Set(steps.map(\.key)).count == steps.count)
        #expect(steps.allSatisfy { !replayed.escalations.contains($0.key) })
    }
}
