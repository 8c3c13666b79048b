public import Domain

/// Why people open recordings, for each session and school, and the register of what they saw.
public struct ViewingRecords {
    let connection: any Connection

    /// A reason given before in the same session is replaced.
    public func set(
        _ reason: ViewingReason, of school: SchoolID, session tokenSHA256: [UInt8], at time: UTCTime, until end: UTCTime
    ) throws {
        try connection.execute(
            """
            insert into viewing_reason (token_sha256, school_id, reason, given_ms, expires_ms)
            values (\(tokenSHA256), \(school), \(try JSONColumn.text(reason)), \(time), \(end))
            on conflict (token_sha256, school_id) do update
              set reason = excluded.reason, given_ms = excluded.given_ms, expires_ms = excluded.expires_ms
            """)
    }

    /// nil when none was given in this session, or it holds no longer.
    public func reason(of school: SchoolID, session tokenSHA256: [UInt8], at time: UTCTime) throws -> ViewingReason? {
        try connection.first(
            """
            select reason from viewing_reason
            where token_sha256 = \(tokenSHA256) and school_id = \(school) and expires_ms > \(time)
            """
        ) { row in try row.json(0) }
    }

    /// Ledger entries of viewings and exports, newest first, before a sequence (nil = from the end).
    public func entries(_ filter: ViewingFilter, before sequence: Int64?, limit: Int) throws -> [LedgerEntry] {
        var condition: SQL = ""
        if let person = filter.person {
            condition = condition + " and actor = \(LedgerActor.person(person).description)"
        }
        if let span = filter.span { condition = condition + " and time_ms >= \(span.start) and time_ms < \(span.end)" }
        if let school = filter.school {
            condition =
                condition + """
                     and subject in (select 'camera/' || camera.id from camera
                      join area on area.id = camera.area_id where area.school_id = \(school))
                    """
        }
        // One after the other: the index by act has each in order, both together would have to be sorted whole.
        let ledger = LedgerRecords(connection: connection)
        let found = try [LedgerAct.footageViewed, .footageExported].flatMap { act in
            try ledger.entries(of: act, condition, before: sequence, limit: limit)
        }
        return Array(found.sorted { ($0.time, $0.sequence) > ($1.time, $1.sequence) }.prefix(limit))
    }
}
