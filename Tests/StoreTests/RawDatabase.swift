import Foundation
import GRDB

/// The database file as somebody with an SQL shell sees and changes it, without our code and without its triggers.
struct RawDatabase {
    private let queue: DatabaseQueue

    init(_ path: String) throws { queue = try DatabaseQueue(path: path) }

    func run(_ sql: String, _ arguments: StatementArguments = StatementArguments()) throws {
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: sql, arguments: arguments)
        }
    }

    func texts(_ sql: String) throws -> [String] {
        try queue.read { try String.fetchAll($0, sql: sql) }
    }

    func integer(_ sql: String) throws -> Int64? {
        try queue.read { try Int64.fetchOne($0, sql: sql) }
    }

    func bytes(_ sql: String) throws -> [UInt8] {
        try queue.read { try Data.fetchOne($0, sql: sql) }.map { Array($0) } ?? []
    }

    /// Lets the ledger be changed, as an attacker would.
    func disarmLedger() throws {
        try run(
            """
            drop trigger ledger_never_changed; drop trigger ledger_never_deleted; drop trigger ledger_continues;
            pragma ignore_check_constraints = 1
            """)
    }

    /// Runs `body` while this connection holds the write lock.
    func holdLock(_ body: () -> Void) throws {
        try queue.inDatabase { database in
            try database.beginTransaction(.immediate)
            body()
            try database.rollback()
        }
    }

    func close() throws { try queue.close() }
}
