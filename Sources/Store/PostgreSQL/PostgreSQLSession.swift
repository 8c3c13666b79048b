import CPostgres
import Domain
import Glibc

/// A connection to a server, used by one thread at a time.
final class PostgreSQLSession {
    private let raw: OpaquePointer
    private var statements = StatementCache(limit: 256)
    /// A statement's rows are being read.
    private var isBusy = false
    /// There is nothing in the transaction that a rollback to ``readingMark`` could undo.
    private(set) var isReading = false
    /// The server has called the running transaction off because of another one: running it again helps.
    private(set) var hasConflict = false

    private var isAbandoned = false

    /// The savepoint in a reading transaction from which it goes on after a statement was called off.
    private static let readingMark = "reading"

    private init(_ raw: OpaquePointer) { self.raw = raw }

    deinit { PQfinish(raw) }

    static func open(_ address: ServerAddress, lockTimeout: Duration) throws(StoreError) -> PostgreSQLSession {
        // What stands before `dbname` are defaults, what stands behind it the address can't change.
        let options = [
            ("application_name", "mingchu"), ("connect_timeout", "10"), ("target_session_attrs", "read-write"),
            ("keepalives_idle", "30"), ("keepalives_interval", "10"), ("tcp_user_timeout", "30000"),
            ("dbname", address.uri.reveal()), ("client_encoding", "UTF8"),
        ]
        let raw = withCStrings(options.map(\.0)) { names in
            withCStrings(options.map(\.1)) { values in PQconnectdbParams(names, values, 1) }
        }
        guard let raw, PQstatus(raw) == CONNECTION_OK else {
            let error = StoreError(connecting: raw, to: address)
            PQfinish(raw)
            throw error
        }
        let session = PostgreSQLSession(raw)  // From here, every way out closes it.
        shim_silence_notices(raw)
        try session.setUp(lockTimeout: lockTimeout)
        return session
    }

    private func setUp(lockTimeout: Duration) throws(StoreError) {
        let doing = "connecting to the database"
        guard PQserverVersion(raw) >= 150_000 else {
            throw StoreError(
                .unsuitableServer, doing: doing,
                detail: "PostgreSQL 15 or newer is needed, this one is \(PQserverVersion(raw) / 10_000)")
        }
        // What a commit promises must not depend on the server's, the database's or the user's settings. A transaction
        // whose client is silent is ended by the server: it may hold the turn to write.
        try run(
            """
            select set_config('synchronous_commit',
              case current_setting('synchronous_commit') when 'remote_apply' then 'remote_apply' else 'on' end, false);
            set idle_in_transaction_session_timeout = '30s';
            set lock_timeout = \(lockTimeout.inMicroseconds / 1000);
            set client_min_messages = error
            """, doing: doing)
        guard let encoding = PQparameterStatus(raw, "server_encoding"), String(cString: encoding) == "UTF8" else {
            throw StoreError(
                .unsuitableServer, doing: doing,
                detail: "the database's encoding is not UTF8: create database … encoding 'UTF8' template template0")
        }
    }

    /// The connection is of no more use.
    var isLost: Bool { isAbandoned || PQstatus(raw) == CONNECTION_BAD }

    /// A statement has failed: the server takes no other until the transaction, or a savepoint, is rolled back.
    var hasFailed: Bool { PQtransactionStatus(raw) == PQTRANS_INERROR }

    // MARK: Transactions

    func beginReading() throws(StoreError) {
        hasConflict = false
        try run(
            "begin isolation level repeatable read read only; savepoint \(Self.readingMark)", doing: "reading records")
        isReading = true
    }

    func endReading() throws(StoreError) {
        isReading = false
        try run("commit", doing: "reading records")
    }

    /// Waits until no other writer of any process is in a transaction; the snapshot is taken after that.
    func beginWriting() throws(StoreError) {
        hasConflict = false
        try run(
            "begin isolation level repeatable read; lock table write_turn in exclusive mode", doing: "keeping records")
    }

    /// - Throws: ``StoreError/Kind/outcomeUnknown`` when the server's answer was lost.
    func commit() throws(StoreError) {
        do throws(StoreError) {
            // A transaction that had failed before ends like this too, and says so only here.
            guard try run("commit", doing: "keeping records") == "COMMIT" else {
                throw StoreError(.failed, doing: "keeping records", detail: "a statement of it had failed")
            }
        } catch {
            throw isLost ? StoreError(.outcomeUnknown, doing: "keeping records") : error
        }
    }

    func rollBack() {
        isReading = false
        guard !isLost else { return }
        do {
            try run("rollback", doing: "taking back changes")
        } catch {
            // Whatever state it is in, the next transaction must not begin in it.
            isAbandoned = true
        }
    }

    // MARK: Statements

    /// Runs statements without values.
    /// - Returns: What the server says of the last: `COMMIT`, `ROLLBACK`, …
    @discardableResult
    func run(_ script: String, doing: String) throws(StoreError) -> String {
        try mustBeFree()
        let result = PQexec(raw, script)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
            throw failure(result, doing: doing)
        }
        return String(cString: PQcmdStatus(result))
    }

    /// - Returns: How many rows it changed.
    func execute(_ sql: SQL) throws(StoreError) -> Int {
        try mustBeFree()
        let parameters = try PostgreSQLParameters(sql.values)
        let name = try prepare(sql, parameters)
        let result = parameters.withArguments { count, values, lengths, formats in
            PQexecPrepared(raw, name, count, values, lengths, formats, 1)
        }
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK || PQresultStatus(result) == PGRES_TUPLES_OK else {
            throw failure(result, doing: "keeping records")
        }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    /// Row by row, so that a large result never lies in memory as a whole.
    func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Bool) throws {
        try mustBeFree()
        let parameters = try PostgreSQLParameters(sql.values)
        let name = try prepare(sql, parameters)
        let isSent = parameters.withArguments { count, values, lengths, formats in
            PQsendQueryPrepared(raw, name, count, values, lengths, formats, 1)
        }
        guard isSent == 1, PQsetSingleRowMode(raw) == 1 else { throw failure(nil, doing: "reading records") }
        isBusy = true
        defer { isBusy = false }
        while let result = PQgetResult(raw) {
            defer { PQclear(result) }
            switch PQresultStatus(result) {
            case PGRES_SINGLE_TUPLE:
                do {
                    if try body(Row(columns: PostgreSQLColumns(result: result))) { continue }
                } catch {
                    try passOverRest()
                    throw error
                }
                return try passOverRest()
            case PGRES_TUPLES_OK, PGRES_COMMAND_OK: continue
            default:
                while let rest = PQgetResult(raw) { PQclear(rest) }
                throw failure(result, doing: "reading records")
            }
        }
        if isLost { throw failure(nil, doing: "reading records") }
    }

    /// Reads away the rows that nobody wants; many of them are called off, where the transaction can go on after that.
    private func passOverRest() throws(StoreError) {
        var isCalledOff = false
        var error: StoreError?
        var passed = 0
        while let result = PQgetResult(raw) {
            defer { PQclear(result) }
            passed += 1
            if isReading, passed == Self.rowsPassedOver {
                callOff()
                isCalledOff = true
            }
            if PQresultStatus(result) == PGRES_FATAL_ERROR { error = failure(result, doing: "reading records") }
        }
        isBusy = false
        if isLost { throw failure(nil, doing: "reading records") }
        if isCalledOff {
            // The request to stop may come so late that it hits this statement.
            if (try? run("rollback to savepoint \(Self.readingMark)", doing: "reading records")) == nil {
                try run("rollback to savepoint \(Self.readingMark)", doing: "reading records")
            }
        } else if let error {
            throw error
        }
    }

    /// Reading away so many is cheaper than asking the server over a connection of its own to stop.
    private static let rowsPassedOver = 1000

    private func callOff() {
        let cancel = PQgetCancel(raw)
        defer { PQfreeCancel(cancel) }
        var message = [CChar](repeating: 0, count: 256)
        // When it can't be asked, all rows are read away.
        _ = PQcancel(cancel, &message, Int32(message.count))
    }

    private func failure(_ result: OpaquePointer?, doing: String) -> StoreError {
        var error = StoreError(result: result, doing: doing)
        if error.kind == .conflict { hasConflict = true }
        if isLost { error.kind = .connectionLost }
        return error
    }

    private func mustBeFree() throws(StoreError) {
        guard !isBusy else {
            throw StoreError(.failed, doing: "asking the database", detail: "while a statement's rows are being read")
        }
    }

    private func prepare(_ sql: SQL, _ parameters: PostgreSQLParameters) throws(StoreError) -> String {
        var text = sql.texts[0]
        for (index, part) in sql.texts.dropFirst().enumerated() { text += "$\(index + 1)" + part }
        let key = StatementCache.Key(text: text, types: parameters.types)
        if let name = statements.name(key) { return name }
        let name = statements.freshName()
        let result = PQprepare(raw, name, text, Int32(parameters.types.count), parameters.types)
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else { throw failure(result, doing: "asking the database") }
        if let old = statements.insert(key, name: name) { try run("deallocate \(old)", doing: "asking the database") }
        return name
    }
}

private func withCStrings<R>(_ strings: [String], _ body: ([UnsafePointer<CChar>?]) -> R) -> R {
    let copies = strings.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies.map { UnsafePointer($0) } + [nil])
}
