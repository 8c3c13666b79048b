public import Domain

/// The ledger as those who may read it see it. (账本) Needs ``Permission/readLedger``.
public struct LedgerReading: Sendable {
    /// Newest first.
    /// - Parameters:
    ///   - sequence: Only entries before it; nil = from the end.
    ///   - limit: 1…1000.
    public func page(
        _ filter: LedgerFilter = LedgerFilter(), before sequence: Int64? = nil, limit: Int = 100,
        for principal: Principal
    ) async throws -> [LedgerEntry] { fatalError() }

    /// Reads every entry and proves the chain.
    public func verify(for principal: Principal) async throws -> LedgerVerdict { fatalError() }

    /// Enters that the program has started.
    public func noteStart(version: String) async throws { fatalError() }
}
