public import Domain

/// Browsers that are signed in, known by the SHA-256 of their token.
public struct SessionRecords {
    let connection: any Connection

    public struct Session: Hashable, Sendable {
        public var person: PersonID
        public var created: UTCTime
        public var expires: UTCTime

        public init(person: PersonID, created: UTCTime, expires: UTCTime) {
            self.person = person
            self.created = created
            self.expires = expires
        }
    }

    /// nil when there is none or it has expired.
    public func session(_ tokenSHA256: [UInt8], at time: UTCTime) throws -> Session? {
        try connection.first(
            """
            select person_id, created_ms, expires_ms from session
            where token_sha256 = \(tokenSHA256) and expires_ms > \(time)
            """
        ) { row in
            Session(person: try row.value(0), created: try row.value(1), expires: try row.value(2))
        }
    }

    public func add(_ session: Session, token sha256: [UInt8], remoteAddress: String) throws {
        try connection.execute(
            """
            insert into session (token_sha256, person_id, remote_address, created_ms, expires_ms)
            values (\(sha256), \(session.person), \(remoteAddress), \(session.created), \(session.expires))
            """)
    }

    public func extend(_ tokenSHA256: [UInt8], to expires: UTCTime) throws {
        try connection.execute("update session set expires_ms = \(expires) where token_sha256 = \(tokenSHA256)")
    }

    public func remove(_ tokenSHA256: [UInt8]) throws {
        try connection.execute("delete from session where token_sha256 = \(tokenSHA256)")
    }

    /// Ends the person's sessions, all but the one of `kept`.
    public func removeAll(of person: PersonID, except kept: [UInt8]? = nil) throws {
        try connection.execute(
            "delete from session where person_id = \(person) and token_sha256 <> \(kept ?? [UInt8]())")
    }

    public func removeExpired(at time: UTCTime) throws {
        try connection.execute("delete from session where expires_ms <= \(time)")
    }
}
