import Testing

@testable import Domain

struct CaseEffectTests {
    /// Effects of the last event of the file.
    func effects(_ file: CaseFile) throws -> [CaseEffect] {
        let last = try #require(file.events.last)
        return try file.rules.effects(of: last, on: file.events.count == 1 ? nil : Case(file.events.dropLast()))
    }

    func receivers(_ effects: [CaseEffect]) -> [Body] {
        effects.compactMap { if case .notify(let body, _) = $0 { body } else { nil } }
    }

    @Test func `a dispatch goes to office, education bureau and school at once, and starts their clocks`() throws {
        let effects = try effects(.inState(.dispatched))
        #expect(
            receivers(effects) == [.townshipOffice(CaseFile.township), .educationBureau, .school(CaseFile.school)])
        #expect(effects.contains(.notify(.educationBureau, .dispatched(CaseFile.notice))))
        #expect(effects.contains(.stop(.dispatch)))
        let scheduled = effects.compactMap { if case .schedule(let clock) = $0 { clock.kind } else { nil } }
        #expect(scheduled == [.acknowledge, .rectify])
    }

    @Test func `where no office handles the case, two are told`() throws {
        var file = try CaseFile(office: nil)
        try file.does(.dispatch(CaseFile.notice), CaseFile.supervisor)
        #expect(receivers(try effects(file)) == [.educationBureau, .school(CaseFile.school)])
        #expect(file.current.handler == .marketRegulation)
    }

    @Test func `an appeal pauses what the school had to do, and its rejection lets it go on`() throws {
        var file = try CaseFile.inState(.dispatched)
        try file.does(.appeal(reason: "不属实"), CaseFile.head)
        let paused = try effects(file)
        #expect(paused.contains(.pause(.acknowledge)) && paused.contains(.pause(.rectify)))
        try file.does(.decideAppeal(isUpheld: false, reason: "不成立"), CaseFile.supervisor)
        let resumed = try effects(file)
        #expect(resumed.contains(.stop(.appeal)))
        #expect(resumed.contains { if case .schedule(let clock) = $0 { clock.kind == .rectify } else { false } })
        #expect(receivers(resumed).count == 3)
    }

    @Test func `a case that was never sent out is withdrawn without a word`() throws {
        #expect(receivers(try effects(.inState(.withdrawn))).isEmpty)
        var file = try CaseFile.inState(.dispatched)
        try file.does(.withdraw(reason: "误报"), CaseFile.supervisor)
        #expect(receivers(try effects(file)).count == 3)
    }

    @Test func `who has the ball is urged`() throws {
        for (state, body) in [
            (CaseState.opened, Body.marketRegulation), (.rectifying, .school(CaseFile.school)),
            (.submitted, .townshipOffice(CaseFile.township)), (.appealed, .marketRegulation),
        ] {
            var file = try CaseFile.inState(state)
            try file.does(.urge("请尽快"), CaseFile.education)
            #expect(receivers(try effects(file)) == [body])
        }
    }
}
