/// ``Connection`` inside a transaction of a session.
struct PostgreSQLConnection: Connection {
    let session: PostgreSQLSession

    func forEach(_ sql: SQL, _ body: (borrowing Row) throws -> Bool) throws { try session.forEach(sql, body) }

    @discardableResult
    func execute(_ sql: SQL) throws -> Int { try session.execute(sql) }

    func run(script: String) throws { try session.run(script, doing: "changing the schema") }
}
