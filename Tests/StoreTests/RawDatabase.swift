import Domain
import Foundation
import GRDB

@testable import Store

/// The database as somebody with an SQL shell sees and changes it, without our code and without its triggers.
protocol RawDatabase {
    func run(_ sql: String) throws
    func texts(_ sql: String) throws -> [String]
    func integer(_ sql: String) throws -> Int64?
    func bytes(_ sql: String) throws -> [UInt8]
    /// Lets the ledger be changed, as an attacker would.
    func disarmLedger() throws
    /// The same for its checkpoints.
    func disarmCheckpoints() throws
    /// Runs `body` while this connection holds the write lock.
    func holdLock(_ body: () -> Void) throws
    func close() throws
}

struct RawSQLite: RawDatabase {
    private let queue: DatabaseQueue

    init(_ path: String) throws { queue = try DatabaseQueue(path: path) }

    func run(_ sql: String) throws {
        try queue.writeWithoutTransaction { database in
            try database.execute(sql: sql)
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

    func disarmLedger() throws {
        try run(
            """
            drop trigger ledger_never_changed; drop trigger ledger_never_deleted; drop trigger ledger_continues;
            pragma ignore_check_constraints = 1
            """)
    }

    func disarmCheckpoints() throws {
        try run(
            """
            drop trigger checkpoint_never_changed; drop trigger checkpoint_never_deleted;
            drop trigger checkpoint_head_never_changed; drop trigger checkpoint_head_never_deleted;
            pragma ignore_check_constraints = 1; pragma foreign_keys = 0
            """)
    }

    func holdLock(_ body: () -> Void) throws {
        try queue.inDatabase { database in
            try database.beginTransaction(.immediate)
            body()
            try database.rollback()
        }
    }

    func close() throws { try queue.close() }
}

struct RawPostgreSQL: RawDatabase {
    private let session: PostgreSQLSession

    init(_ uri: Secret) throws {
        session = try PostgreSQLSession.open(ServerAddress(uri), lockTimeout: .seconds(10))
    }

    func run(_ sql: String) throws { try session.run(sql, doing: "testing") }

    func texts(_ sql: String) throws -> [String] {
        var texts: [String] = []
        try session.forEach(SQL(stringLiteral: sql)) { row in
            texts.append(try row.value(0))
            return true
        }
        return texts
    }

    func integer(_ sql: String) throws -> Int64? {
        try PostgreSQLConnection(session: session).value(SQL(stringLiteral: sql))
    }

    func bytes(_ sql: String) throws -> [UInt8] {
        try PostgreSQLConnection(session: session).value(SQL(stringLiteral: sql)) ?? []
    }

    func disarmLedger() throws { try disarm("ledger") }

    func disarmCheckpoints() throws {
        try disarm("checkpoint_head")
        try disarm("checkpoint")
    }

    private func disarm(_ table: String) throws {
        try run(
            """
            do $$ declare name text; begin
              for name in
                select conname from pg_constraint where conrelid = '\(table)'::regclass and contype in ('c', 'f')
              loop
                execute format('alter table \(table) drop constraint %I', name);
              end loop;
            end $$;
            alter table \(table) disable trigger user
            """)
    }

    func holdLock(_ body: () -> Void) throws {
        try run("begin; lock table write_turn in exclusive mode")
        body()
        try run("rollback")
    }

    func close() {}
}

extension Engine {
    /// Literals of bytes, and of a text that has these bytes.
    func blob(_ hexadecimal: String) -> String { self == .sqlite ? "x'\(hexadecimal)'" : "'\\x\(hexadecimal)'::bytea" }
    func text(_ hexadecimal: String) -> String {
        self == .sqlite ? "cast(\(blob(hexadecimal)) as text)" : "convert_from(\(blob(hexadecimal)), 'UTF8')"
    }

    /// A text column's bytes.
    func bytes(of column: String) -> String {
        self == .sqlite ? "cast(\(column) as blob)" : "convert_to(\(column), 'UTF8')"
    }
}
