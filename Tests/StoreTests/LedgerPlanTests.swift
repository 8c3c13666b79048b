import Domain
import Testing

@testable import Store

/// How SQLite goes through the ledger: a plan that reads all of it is not noticed before there are millions of entries.
struct LedgerPlanTests {
    private static let person = PersonID(at: TemporaryStore.now)
    private static let span = TimeSpan(start: TemporaryStore.now, duration: .seconds(3600))

    static let filters: [(LedgerFilter, String)] = [
        (LedgerFilter(subject: "case/x"), "ledger_by_subject (chain=? AND subject=?"),
        (LedgerFilter(subject: "case/x", last: 7), "ledger_by_subject (chain=? AND subject=?"),
        (LedgerFilter(act: .caseClosed), "ledger_by_act (chain=? AND act=?"),
        (LedgerFilter(actor: .person(person)), "ledger_by_actor (chain=? AND actor=?"),
        (LedgerFilter(span: span), "ledger_by_time (chain=? AND time_ms>?"),
    ]

    @Test(arguments: filters) func `what is asked for is found along its index`(
        filter: LedgerFilter, index: String
    ) async throws {
        try await withStore(.sqlite) { store, _ in
            try await store.read { records in
                for before in [nil, Int64(5)] {
                    let statement = records.ledger.statement(filter, before: before, limit: .max)
                    let plan = try records.connection.all("explain query plan " + statement) { row in
                        try row.value(3, as: String.self)
                    }
                    #expect(plan.contains { $0.contains(index) }, "\(plan)")
                }
            }
        }
    }

    @Test func `the last entry of an act is looked for among that act's`() async throws {
        try await withStore(.sqlite) { store, _ in
            try await store.read { records in
                let plan = try records.connection.all(
                    "explain query plan " + records.ledger.lastStatement(.cameraChanged)
                ) { row in try row.value(3, as: String.self) }
                #expect(plan.contains { $0.contains("ledger_by_act (chain=? AND act=?") }, "\(plan)")
            }
        }
    }
}
