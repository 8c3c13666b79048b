public import Domain
import Store

/// The ledger as those who may read it see it. (账本) Needs ``Permission/readLedger``.
public struct LedgerReading: Sendable {
    let store: Store
    let time: TimeSource

    /// Newest first.
    /// - Parameters:
    ///   - sequence: Only entries before it; nil = from the end.
    ///   - limit: 1…1000; taken as the nearest of these.
    public func page(
        _ filter: LedgerFilter = LedgerFilter(), before sequence: Int64? = nil, limit: Int = 100,
        for principal: Principal
    ) async throws -> [LedgerEntry] {
        guard principal.may(.readLedger) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            try records.ledger.entries(filter, before: sequence, limit: min(max(limit, 1), 1000))
        }
    }

    /// Reads every entry and proves the chain.
    public func verify(for principal: Principal) async throws -> LedgerVerdict {
        guard principal.may(.readLedger) else { throw SupervisionError.notPermitted }
        return try await store.verifyLedger()
    }

    /// Enters that the program has started.
    public func noteStart(version: String) async throws {
        let now = time.now()
        try await store.write { records in
            _ = try records.ledger.append(
                .nodeStarted, to: "node", by: .node, at: now, payload: ["version": .string(version)])
        }
    }
}
