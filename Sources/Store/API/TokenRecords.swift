public import Domain

/// Tokens of the API, known by the SHA-256 of their text.
public struct TokenRecords {
    let connection: any Connection

    /// nil when there is none; it may have expired.
    public func token(_ sha256: [UInt8]) throws -> APIToken? {
        try connection.first(
            "select \(columns) from api_token where token_sha256 = \(sha256)", APIToken.init(row:))
    }

    public func token(_ id: APITokenID) throws -> APIToken? {
        try connection.first("select \(columns) from api_token where id = \(id)", APIToken.init(row:))
    }

    /// Newest first.
    public func tokens(of person: PersonID) throws -> [APIToken] {
        try connection.all(
            "select \(columns) from api_token where person_id = \(person) order by id desc", APIToken.init(row:))
    }

    public func add(_ token: APIToken, sha256: [UInt8]) throws {
        let scopes = token.scopes.map(\.rawValue).sorted().joined(separator: " ")
        try connection.execute(
            """
            insert into api_token (id, person_id, name, token_sha256, scopes, created_ms, expires_ms, used_ms)
            values (\(token.id), \(token.person), \(token.name), \(sha256), \(scopes), \(token.created),
              \(token.expires), \(token.lastUsed))
            """)
    }

    public func setUsed(_ id: APITokenID, at time: UTCTime) throws {
        try connection.execute("update api_token set used_ms = \(time) where id = \(id)")
    }

    public func remove(_ id: APITokenID) throws {
        try connection.execute("delete from api_token where id = \(id)")
    }
}

private let columns: SQL = "id, person_id, name, scopes, created_ms, expires_ms, used_ms"

extension APIToken {
    fileprivate init(row: borrowing Row) throws {
        // A scope that an older version of the program does not know opens nothing.
        let scopes = try row.value(3, as: String.self).split(separator: " ").compactMap { Scope(rawValue: String($0)) }
        self.init(
            id: try row.value(0), person: try row.value(1), name: try row.value(2), scopes: Set(scopes),
            created: try row.value(4), expires: try row.value(5), lastUsed: try row.value(6))
    }
}
