import GRDB

/// Makes writes that wait at the same moment durable with one commit, each under its own savepoint.
final class WriteQueue: Sendable {
    private let pool: DatabasePool
    private let waiting = WaitingWrites()

    init(_ pool: DatabasePool) { self.pool = pool }

    func run<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await waiting.run(body) { pool.asyncWriteWithoutTransaction { [self] in drain($0) } }
    }

    private func drain(_ database: GRDB.Database) {
        while let group = waiting.nextGroup() {
            do {
                try commit(group, database)
                for write in group { write.finish() }
            } catch {
                let error = (error as? DatabaseError).map { StoreError($0, doing: "keeping records") } ?? error
                for write in group { write.fail(error) }
            }
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
