public import Domain

/// The append-only ledger, inside a transaction.
public struct LedgerRecords {
    let connection: any Connection
    static let chain = "county"

    /// Adds an entry to the end of the chain; it is there exactly when the caller's transaction is.
    @discardableResult
    public func append(
        _ act: LedgerAct, to subject: String, by actor: LedgerActor, at time: UTCTime, payload: [String: JSON] = [:]
    ) throws -> LedgerEntry {
        let head = try connection.first(
            "select sequence, sha256 from ledger where chain = \(Self.chain) order by sequence desc limit 1"
        ) { row in (sequence: try row.value(0, as: Int64.self), hash: try row.value(1, as: [UInt8].self)) }
        let sequence = (head?.sequence ?? 0) + 1
        let previous = head?.hash ?? LedgerHash.none
        let text = JSON.object(payload).canonical
        let hash = LedgerHash.of(
            chain: Self.chain, sequence: sequence, time: time.milliseconds,
            texts: [actor.description, act.rawValue, subject, text], previous: previous)
        try connection.execute(
            """
            insert into ledger (chain, sequence, time_ms, actor, act, subject, payload, previous_sha256, sha256)
            values (\(Self.chain), \(sequence), \(time), \(actor.description), \(act), \(subject), \(text),
              \(previous), \(hash))
            """)
        return LedgerEntry(
            sequence: sequence, time: time, actor: actor, act: act, subject: subject, payload: text,
            previousHash: previous, hash: hash)
    }

    /// 0 for an empty ledger.
    var lastSequence: Int64 {
        get throws {
            try connection.value("select coalesce(max(sequence), 0) from ledger where chain = \(Self.chain)") ?? 0
        }
    }

    /// Newest first, before a sequence (nil = from the end).
    ///
    /// All of them, or those of one subject, in the order of the chain; of one act or actor or of a span in the order of
    /// their times, which a clock that was set may have made another one.
    public func entries(_ filter: LedgerFilter, before sequence: Int64?, limit: Int) throws -> [LedgerEntry] {
        try connection.all(statement(filter, before: sequence, limit: limit), LedgerEntry.init(row:))
    }

    func statement(_ filter: LedgerFilter, before sequence: Int64?, limit: Int) -> SQL {
        let isByTime =
            filter.subject == nil && (filter.act != nil || filter.span != nil || filter.actor != nil)
        var sql: SQL = """
            select sequence, time_ms, actor, act, subject, payload, previous_sha256, sha256 from ledger
            where chain = \(Self.chain)
            """
        // Of a subject always, so that SQLite goes along the subject's index: without it the table's own order would do,
        // from the newest entry back through all of them.
        if let last = filter.last ?? (filter.subject == nil ? nil : .max) { sql = sql + " and sequence <= \(last)" }
        if let sequence { sql = sql + (isByTime ? isBefore(sequence) : " and sequence < \(sequence)") }
        if let act = filter.act { sql = sql + " and act = \(act)" }
        if let subject = filter.subject { sql = sql + " and subject = \(subject)" }
        if let actor = filter.actor { sql = sql + " and actor = \(actor.description)" }
        if let span = filter.span { sql = sql + " and time_ms >= \(span.start) and time_ms < \(span.end)" }
        let order: SQL = isByTime ? " order by time_ms desc, sequence desc" : " order by sequence desc"
        return sql + order + " limit \(limit)"
    }

    /// Newest first by their times, before the entry of a sequence (nil = from the end).
    /// - Parameter condition: Begins with `and`.
    func entries(
        of act: LedgerAct, _ condition: SQL, before sequence: Int64?, limit: Int
    ) throws -> [LedgerEntry] {
        let sql: SQL = """
            select sequence, time_ms, actor, act, subject, payload, previous_sha256, sha256 from ledger
            where chain = \(Self.chain) and act = \(act)
            """
        let before = sequence.map(isBefore) ?? ""
        return try connection.all(
            sql + before + condition + " order by time_ms desc, sequence desc limit \(limit)", LedgerEntry.init(row:))
    }

    private func isBefore(_ sequence: Int64) -> SQL {
        """
         and (time_ms, sequence) < (select b.time_ms, b.sequence from ledger as b
          where b.chain = \(Self.chain) and b.sequence = \(sequence))
        """
    }

    public func count(of act: LedgerAct) throws -> Int {
        try connection.value("select count(*) from ledger where chain = \(Self.chain) and act = \(act)") ?? 0
    }

    /// The sequence of the last entry with one of these acts; 0 when there is none.
    public func lastSequence(of acts: [LedgerAct]) throws -> Int64 {
        var last: Int64 = 0
        for act in acts { last = max(last, try connection.value(lastStatement(act), as: Int64.self) ?? 0) }
        return last
    }

    /// The largest of an expression: looked for among the act's entries, not from the ledger's end back to the last one.
    func lastStatement(_ act: LedgerAct) -> SQL {
        "select coalesce(max(sequence + 0), 0) from ledger where chain = \(Self.chain) and act = \(act)"
    }
}

extension LedgerEntry {
    fileprivate init(row: borrowing Row) throws {
        guard let actor = LedgerActor(try row.value(2, as: String.self)) else { throw row.badValue(2, "an actor") }
        self.init(
            sequence: try row.value(0), time: try row.value(1), actor: actor, act: try row.value(3),
            subject: try row.value(4), payload: try row.value(5), previousHash: try row.value(6),
            hash: try row.value(7))
    }
}
