public import Domain
public import Store

/// Signed statements of what the ledger was, in the records and in a file beside them. (检查点)
public struct Checkpoints: Sendable {
    private let store: Store
    private let time: TimeSource
    private let key: SigningKey
    private let file: CheckpointFile

    /// How old the last one may become while the ledger grows.
    static let interval = Duration.seconds(3600)
    /// How many entries may come after it.
    static let mostEntries: Int64 = 1000

    public init(store: Store, time: TimeSource, key: SigningKey, file: CheckpointFile) {
        self.store = store
        self.time = time
        self.key = key
        self.file = file
    }

    /// Ed25519, 32 bytes; everybody may know it.
    public var publicKey: [UInt8] { key.publicKey }

    /// Signs the ledger as it is; nil when the last checkpoint says the same. It is in the records and in the file when
    /// this returns.
    /// - Throws: `CheckpointFinding` when the ledger is not what the last checkpoint says it was.
    public func make() async throws -> Checkpoint? {
        let now = time.now()
        let made = try await store.write { [key] records in
            try records.checkpoints.make(with: key, at: now)
        }
        try await fillFile()
        return made
    }

    /// Makes one when the ledger has grown since the last, and that is an hour old or many entries back.
    public func makeIfDue() async throws -> Checkpoint? {
        let now = time.now()
        let isDue = try await store.read { records in
            guard let last = try records.checkpoints.last() else { return true }
            // A clock that was set back must not silence it until that hour comes again.
            guard now >= last.time + Self.interval || now < last.time else {
                return try records.checkpoints.entriesSinceLast() >= Self.mostEntries
            }
            return try records.checkpoints.isBehind()
        }
        return isDue ? try await make() : nil
    }

    public func last() async throws -> Checkpoint? { try await store.read { try $0.checkpoints.last() } }

    /// Writes down what a crash kept from the file.
    public func fillFile() async throws {
        let number = try await file.lastNumber()
        let lacking = try await store.read { [key] records in
            try records.checkpoints.signed(by: key.publicKey, after: number)
        }
        try await file.append(lacking)
    }

    /// Proves every checkpoint: those of the records, of the file, and of files that somebody has kept elsewhere.
    /// Needs ``Permission/readLedger``.
    /// - Parameter kept: Name and content of each.
    public func verify(
        kept: [(name: String, bytes: [UInt8])] = [], for principal: Principal
    ) async throws -> CheckpointVerdict {
        guard principal.may(.readLedger) else { throw SupervisionError.notPermitted }
        return try await store.verifyCheckpoints(file: file, ownKey: key.publicKey, kept: kept)
    }
}
