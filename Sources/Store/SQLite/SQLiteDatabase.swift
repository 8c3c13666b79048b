import Dispatch
import Domain
import GRDB
import Glibc

/// ``Database`` on one SQLite file in WAL mode: one writer, several readers, other processes beside it.
final class SQLiteDatabase: Database {
    var engine: Engine { .sqlite }

    private let pool: DatabasePool
    private let writes: WriteQueue

    private init(_ pool: DatabasePool) {
        self.pool = pool
        writes = WriteQueue(pool)
    }

    /// - Parameter busyTimeout: Another process holds the lock only for the length of a transaction; longer is a fault.
    static func open(at path: String, busyTimeout: Duration = .seconds(10)) async throws -> SQLiteDatabase {
        let pool = try await offPool {
            var configuration = Configuration()
            configuration.label = "mingchu"
            configuration.busyMode = .timeout(busyTimeout.inSeconds)
            configuration.maximumReaderCount = 4
            configuration.prepareDatabase { database in
                // 8 MiB of pages for each connection. Never mapped: a failing disk must be an error, not a signal.
                try database.execute(sql: "pragma cache_size = -8192; pragma mmap_size = 0")
            }
            let pool = try openPool(at: path, configuration, waitingUpTo: busyTimeout)
            try pool.writeWithoutTransaction { database in
                // GRDB sets NORMAL with WAL: a power cut would then take back what we have confirmed.
                try database.execute(sql: "pragma synchronous = full; pragma journal_size_limit = 67108864")
            }
            return pool
        } doing: {
            "opening the database \(path)"
        }
        return SQLiteDatabase(pool)
    }

    /// Two that turn a new file to WAL at once would each wait for the other to let go of its read lock, so SQLite
    /// refuses one of them at once and doesn't ask the busy handler; the refused one comes again.
    private static func openPool(
        at path: String, _ configuration: Configuration, waitingUpTo busyTimeout: Duration
    ) throws -> DatabasePool {
        let end = ContinuousClock.now + busyTimeout
        while true {
            do {
                return try DatabasePool(path: path, configuration: configuration)
            } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY && ContinuousClock.now < end {
                // 5 to 20 ms, so that those who were refused together don't come together again.
                usleep(.random(in: 5_000...20_000))
            }
        }
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        do {
            return try await pool.read { database in try body(SQLiteConnection(database)) }
        } catch let error as DatabaseError {
            throw StoreError(error, doing: "reading the database")
        }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await writes.run(body)
    }

    func backUp(to path: String) async throws {
        try await Self.offPool { [pool] in
            try pool.backup(to: DatabaseQueue(path: path))
        } doing: {
            "copying the database to \(path)"
        }
    }

    func close() async throws {
        try await Self.offPool { [pool] in
            try pool.close()
        } doing: {
            "closing the database"
        }
    }

    /// Runs `body` on a thread that is no other's: a copy may take minutes.
    private static func offPool<T: Sendable>(
        _ body: @escaping @Sendable () throws -> T, doing: @escaping @Sendable () -> String
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "mingchu.store.file").async {
                do {
                    continuation.resume(returning: try body())
                } catch let error as DatabaseError {
                    continuation.resume(throwing: StoreError(error, doing: doing()))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
