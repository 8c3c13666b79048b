public import Domain

/// Answers that a request gets again when it comes again.
public struct AnswerRecords {
    let connection: any Connection

    public struct Kept: Hashable, Sendable {
        /// SHA-256 of the request.
        public var fingerprint: [UInt8]
        public var status: Int
        public var headers: [String: String]
        public var body: [UInt8]

        public init(fingerprint: [UInt8], status: Int, headers: [String: String], body: [UInt8]) {
            self.fingerprint = fingerprint
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    /// - Parameter start: Those that were kept earlier count no more.
    public func answer(to key: String, of asker: String, since start: UTCTime) throws -> Kept? {
        try connection.first(
            """
            select fingerprint, status, headers, body from api_answer
            where asker = \(asker) and key = \(key) and kept_ms > \(start)
            """
        ) { row in
            Kept(
                fingerprint: try row.value(0), status: try row.value(1), headers: try row.json(2),
                body: try row.value(3))
        }
    }

    public func keep(_ answer: Kept, to key: String, of asker: String, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into api_answer (asker, key, fingerprint, status, headers, body, kept_ms)
            values (\(asker), \(key), \(answer.fingerprint), \(answer.status), \(try JSONColumn.text(answer.headers)),
              \(answer.body), \(time))
            """)
    }

    /// Those that were kept until then.
    public func removeOld(until time: UTCTime) throws {
        try connection.execute("delete from api_answer where kept_ms <= \(time)")
    }
}
