/// The seam between records and the engine that keeps them.
///
/// Bodies are synchronous and run on the engine's own threads, never on Swift's cooperative pool. A connection is
/// only valid inside its body. SQL is in the dialect that SQLite 3.40 and PostgreSQL 15 share (docs/design/records.md).
protocol Database: Sendable {
    var engine: Engine { get }

    /// Runs `body` on one unchanging snapshot. Readers don't wait for the writer, nor for one another.
    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Runs `body` in a transaction that is durable when this returns, and undone as a whole when `body` throws.
    ///
    /// Writes run one after the other, those of other processes too. Those that wait may be made durable together:
    /// each is still all or nothing by itself, but a commit that fails, fails them all. `body` must change nothing
    /// outside of the database: it may be run again from its beginning.
    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T

    /// Copies everything into a new file, as of one moment, while reads and writes go on.
    func backUp(to path: String) async throws

    /// Waits for running bodies, then lets go of the files. Nothing may be asked afterwards.
    func close() async throws
}

/// What keeps the records; schema files are each engine's own.
enum Engine: Sendable {
    case sqlite
    case postgreSQL
}

/// One transaction's way to the engine.
///
/// A statement that fails ends the transaction: a body that catches the error must throw another.
protocol Connection {
    /// Runs one statement and lends each row of its result to `body` in turn, until that returns false.
    ///
    /// `body` must run no other statement: the connection is busy with this one.
    func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Bool) throws

    /// Runs one statement that returns no rows.
    /// - Returns: How many rows it inserted, updated or deleted.
    @discardableResult
    func execute(_ sql: SQL) throws -> Int

    /// Runs the statements of a file that ships with the program, one after the other.
    func run(script: String) throws
}

extension Connection {
    func all<T>(_ sql: SQL, _ decode: (borrowing Row) throws -> T) throws -> [T] {
        var values: [T] = []
        try forEach(sql) { row in
            values.append(try decode(row))
            return true
        }
        return values
    }

    func first<T>(_ sql: SQL, _ decode: (borrowing Row) throws -> T) throws -> T? {
        var value: T?
        try forEach(sql) { row in
            value = try decode(row)
            return false
        }
        return value
    }

    /// The first column of the first row.
    func value<T: SQLConvertible>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        try first(sql) { row in try row.value(0) }
    }

    func exists(_ sql: SQL) throws -> Bool {
        try first(sql) { _ in true } ?? false
    }
}
