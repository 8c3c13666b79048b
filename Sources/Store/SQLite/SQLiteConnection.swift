import GRDB
import GRDBSQLite

/// ``Connection`` inside a GRDB access. GRDB prepares, caches, binds and steps; columns are read from SQLite directly.
struct SQLiteConnection: Connection {
    private let database: GRDB.Database

    init(_ database: GRDB.Database) { self.database = database }

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Bool) throws {
        do {
            let statement = try prepare(sql)
            let cursor = try GRDB.Row.fetchCursor(statement)
            let columns = SQLiteColumns(statement: statement.sqliteStatement)
            while try cursor.next() != nil {
                guard try body(Row(columns: columns)) else { return }
            }
        } catch let error as DatabaseError {
            throw StoreError(error, doing: "reading records")
        }
    }

    @discardableResult
    func execute(_ sql: SQL) throws -> Int {
        do {
            let statement = try prepare(sql)
            try statement.execute()
            return database.changesCount
        } catch let error as DatabaseError {
            throw StoreError(error, doing: "keeping records")
        }
    }

    func run(script: String) throws {
        do {
            try database.execute(sql: script)
        } catch let error as DatabaseError {
            throw StoreError(error, doing: "changing the schema")
        }
    }

    private func prepare(_ sql: SQL) throws -> Statement {
        let statement = try database.cachedStatement(sql: sql.texts.joined(separator: "?"))
        // Resets it and takes the last values away. GRDB's own binding would cut a text at its first NUL.
        statement.setUncheckedArguments(StatementArguments())
        for (index, value) in sql.values.enumerated() {
            let code = value.bind(to: statement.sqliteStatement, at: CInt(index + 1))
            guard code == SQLITE_OK else { throw DatabaseError(resultCode: ResultCode(rawValue: code)) }
        }
        return statement
    }
}

extension SQLValue {
    fileprivate func bind(to statement: OpaquePointer, at index: CInt) -> CInt {
        // SQLITE_TRANSIENT, a macro with a cast: SQLite copies the bytes before it returns.
        let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
        switch self {
        case .null: return sqlite3_bind_null(statement, index)
        case .integer(let value): return sqlite3_bind_int64(statement, index, value)
        case .real(let value): return sqlite3_bind_double(statement, index, value)
        case .text(var value):
            return value.withUTF8 { bytes in
                // An empty text may have no address, which would make it null.
                guard !bytes.isEmpty else { return sqlite3_bind_text(statement, index, "", 0, transient) }
                return bytes.withMemoryRebound(to: CChar.self) {
                    sqlite3_bind_text(statement, index, $0.baseAddress, CInt($0.count), transient)
                }
            }
        case .blob(let value):
            guard !value.isEmpty else { return sqlite3_bind_zeroblob(statement, index, 0) }
            return value.withUnsafeBytes {
                sqlite3_bind_blob(statement, index, $0.baseAddress, CInt($0.count), transient)
            }
        }
    }
}

/// Reads the columns of the row on which a statement stands.
private struct SQLiteColumns: Columns {
    let statement: OpaquePointer

    func value(at index: Int) -> SQLValue {
        let column = CInt(index)
        switch sqlite3_column_type(statement, column) {
        case SQLITE_INTEGER: return .integer(sqlite3_column_int64(statement, column))
        case SQLITE_FLOAT: return .real(sqlite3_column_double(statement, column))
        case SQLITE_TEXT: return .text(String(decoding: bytes(at: index), as: UTF8.self))
        case SQLITE_BLOB: return .blob([UInt8](bytes(at: index)))
        default: return .null
        }
    }

    func bytes(at index: Int) -> UnsafeRawBufferPointer {
        // The pointer must be asked for before the length: it may convert the value.
        let bytes = sqlite3_column_blob(statement, CInt(index))
        let count = Int(sqlite3_column_bytes(statement, CInt(index)))
        return UnsafeRawBufferPointer(start: bytes, count: bytes == nil ? 0 : count)
    }

    func name(at index: Int) -> String {
        sqlite3_column_name(statement, CInt(index)).map { String(cString: $0) } ?? "\(index)"
    }
}
