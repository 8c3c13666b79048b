import GRDB
import Synchronization

/// Makes writes that wait at the same moment durable with one commit, each under its own savepoint.
///
/// A commit waits for the disk once or twice; with many cameras' index rows that wait is shared.
/// As long as what is waited for: every entry belongs to a caller that awaits it.
final class WriteQueue: Sendable {
    private struct State {
        var waiting: [any PendingWrite] = []
        var isDraining = false
    }

    private let pool: DatabasePool
    private let state = Mutex(State())
    /// Bounds how long the first of a group waits for the last.
    private static let largestGroup = 64

    init(_ pool: DatabasePool) { self.pool = pool }

    func run<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let write = WriteOf(body, continuation)
            let mustStart = state.withLock { state in
                state.waiting.append(write)
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if mustStart { pool.asyncWriteWithoutTransaction { [self] in drain($0) } }
        }
    }

    private func drain(_ database: GRDB.Database) {
        while let group = nextGroup() {
            do {
                try commit(group, database)
                for write in group { write.finish() }
            } catch {
                let error = (error as? DatabaseError).map { StoreError($0, doing: "keeping records") } ?? error
                for write in group { write.fail(error) }
            }
        }
    }

    private func nextGroup() -> [any PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [any PendingWrite], _ database: GRDB.Database) throws {
        try database.beginTransaction(.immediate)
        do {
            let connection = SQLiteConnection(database)
            for write in group {
                try database.execute(sql: "savepoint one_write")
                if write.run(connection) {
                    try database.execute(sql: "release savepoint one_write")
                } else if database.isInsideTransaction {
                    try database.execute(sql: "rollback to savepoint one_write")
                    try database.execute(sql: "release savepoint one_write")
                } else {
                    // A full or failing disk makes SQLite roll back everything, this group's other writes too.
                    throw write.failure ?? StoreError(.failed, doing: "keeping records")
                }
            }
            try database.commit()
        } catch {
            if database.isInsideTransaction { try database.rollback() }
            throw error
        }
    }
}

private protocol PendingWrite: Sendable {
    /// False when the body threw.
    func run(_ connection: SQLiteConnection) -> Bool
    var failure: (any Error)? { get }
    /// The commit has been made: hands the body's result or error to the caller.
    func finish()
    func fail(_ error: any Error)
}

/// `@unchecked`: `result` is only touched on the writer's queue, between `run` and `finish`.
private final class WriteOf<T: Sendable>: PendingWrite, @unchecked Sendable {
    private let body: @Sendable (any Connection) throws -> T
    private let continuation: CheckedContinuation<T, any Error>
    private var result: Result<T, any Error>?

    init(_ body: @escaping @Sendable (any Connection) throws -> T, _ continuation: CheckedContinuation<T, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    func run(_ connection: SQLiteConnection) -> Bool {
        let result = Result { try body(connection) }
        self.result = result
        return failure == nil
    }

    var failure: (any Error)? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    func finish() {
        guard let result else { preconditionFailure("finished before it ran") }
        continuation.resume(with: result)
    }

    func fail(_ error: any Error) { continuation.resume(throwing: error) }
}
