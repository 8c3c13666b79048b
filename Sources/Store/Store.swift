public import Domain

/// All records of the product, behind queries named after the question they answer.
public final class Store: Sendable {
    private let database: any Database
    private let key: SealingKey

    private init(_ database: any Database, key: SealingKey) {
        self.database = database
        self.key = key
    }

    /// Opens the database, makes its file when there is none, and brings its schema up to date.
    /// - Throws: ``StoreError``.
    public static func open(at address: RecordsAddress, key: SealingKey, now: UTCTime) async throws -> Store {
        let database: any Database =
            switch address {
            case .file(let path): try await SQLiteDatabase.open(at: path)
            case .server(let uri): try await PostgreSQLDatabase.open(at: uri)
            }
        do {
            try await Migration.apply(to: database, at: now)
            try await checkKey(key, in: database)
        } catch {
            try? await database.close()
            throw error
        }
        return Store(database, key: key)
    }

    /// Reads on one unchanging snapshot.
    public func read<T: Sendable>(_ body: @escaping @Sendable (Records) throws -> T) async throws -> T {
        try await database.read { [key] connection in try body(Records(connection: connection, key: key)) }
    }

    /// One transaction: durable when this returns, undone as a whole when `body` throws.
    /// `body` must change nothing outside of the database.
    public func write<T: Sendable>(_ body: @escaping @Sendable (Records) throws -> T) async throws -> T {
        try await database.write { [key] connection in try body(Records(connection: connection, key: key)) }
    }

    public var footage: FootageIndex { FootageIndex(database: database) }

    /// Proves every entry of the ledger against the one before it.
    public func verifyLedger() async throws -> LedgerVerdict {
        try await LedgerProof.run(on: database)
    }

    /// Proves every checkpoint of the records, of the file beside them and of files that somebody has kept.
    /// - Parameters:
    ///   - ownKey: The key whose checkpoints the file must have.
    ///   - kept: Name and content of each.
    public func verifyCheckpoints(
        file: CheckpointFile, ownKey: [UInt8], kept: [(name: String, bytes: [UInt8])] = []
    ) async throws -> CheckpointVerdict {
        try await CheckpointProof.run(
            on: database, file: file, ownKey: ownKey,
            kept: kept.map { CheckpointProof.Kept(name: $0.name, bytes: $0.bytes) })
    }

    /// Copies the database into a new file as of one moment, while it is used: a database of SQLite, or a dump for
    /// PostgreSQL's `pg_restore`. The key file is not part of it.
    public func backUp(to path: String) async throws { try await database.backUp(to: path) }

    /// Waits for what is running, then closes the files.
    public func close() async throws { try await database.close() }

    /// A known text, sealed when the database was made, tells a wrong key at start-up rather than camera by camera.
    private static func checkKey(_ key: SealingKey, in database: any Database) async throws {
        let purpose = "key check"
        let known = Array("mingchu".utf8)
        try await database.write { connection in
            let sealed: [UInt8]? = try connection.value("select value from meta where name = 'key_check'")
            if let sealed {
                guard key.open(sealed, purpose: purpose) == known else {
                    throw StoreError(.wrongKey, doing: "opening the database")
                }
            } else {
                let sealed = try key.seal(known, purpose: purpose)
                try connection.execute("insert into meta (name, value) values ('key_check', \(sealed))")
            }
        }
    }
}
