import Domain
import Store
import Testing

@testable import Supervision

/// One byte of a case's entry in the ledger is another.
struct DamagedCaseTests {
    @Test(arguments: Engine.all, [1, 200])
    func `a case that can't be read is named, and the ladders behind it are climbed`(
        engine: Engine, batch: Int
    ) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            // The oldest: its time comes first.
            let damaged = try await county.opened()
            var others: Set<CaseID> = []
            for _ in 0..<3 { others.insert(try await county.opened()) }
            try await office.tamperWithLedger(
                "update ledger set payload = '[' || substr(payload, 2) where subject = 'case/\(damaged)'")
            county.clock.advance(by: .seconds(4 * 86_400))
            var named: [CaseID] = []
            for _ in 0..<8 {
                let climb = try await county.cases.escalate(limit: batch)
                named += climb.unreadable.keys
            }
            // Once in an hour.
            #expect(named == [damaged])
            let escalated = try await office.ledger(.caseEscalated).map(\.subject)
            #expect(Set(escalated) == Set(others.map { "case/\($0)" }))
            let idle = try await county.cases.escalate()
            #expect(idle.steps == 0 && idle.unreadable.isEmpty)
            #expect(idle.lookAgain.map { $0 > county.clock.now } == true)
            county.clock.advance(by: Cases.retryOfUnreadable)
            let again = try await county.cases.escalate()
            #expect(again.unreadable.keys.map { $0 } == [damaged])
            #expect(again.unreadable[damaged]?.contains("ledger entry") == true)
            #expect(try await county.cases.unreadable(for: office.administrator) == [1])
            #expect(try await county.cases.unreadable(for: county.head) == [])
            // Put right from a backup.
            try await office.tamper(
                "update ledger set payload = '{' || substr(payload, 2) where subject = 'case/\(damaged)'")
            county.clock.advance(by: Cases.retryOfUnreadable)
            #expect(try await county.cases.escalate().steps > 0)
            #expect(try await county.cases.unreadable(for: office.administrator) == [])
        }
    }

    @Test(arguments: Engine.all) func `an old case that can't be read keeps no new one from being opened`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let old = try await county.closed()
            try await office.tamperWithLedger(
                "update ledger set payload = '[' || substr(payload, 2) where subject = 'case/\(old)'")
            let again = try await county.opened()
            #expect(again != old)
            #expect(try await county.cases.sheet(again, for: county.supervisor).current.state == .opened)
            #expect(try await county.cases.unreadable(for: office.administrator) == [1])
        }
    }

    @Test(arguments: Engine.all) func `what is wrong with all records is no case's fault`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            _ = try await county.opened()
            county.clock.advance(by: .seconds(4 * 86_400))
            try await office.tamper("alter table notification rename to hidden")
            await #expect(throws: StoreError.self) { try await county.cases.escalate() }
        }
    }
}
