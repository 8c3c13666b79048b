public import Domain

/// `territory`: whose warnings may be looked at; nil = none.
extension WarningRecords {
    /// Newest first.
    /// - Parameter last: The last one of the page before; nil = from the newest.
    public func list(
        _ filter: WarningFilter, in territory: Territory?, after last: WarningID?, limit: Int
    ) throws -> [WarningFile] {
        var sql: SQL = "select \(Self.columns) from warning as w where \(Self.matching(filter, territory))"
        if let last {
            sql = sql + " and (w.given_ms, w.id) < (select l.given_ms, l.id from warning as l where l.id = \(last))"
        }
        return try connection.all(sql + " order by w.given_ms desc, w.id desc limit \(limit)", WarningFile.init(row:))
    }

    public func count(_ filter: WarningFilter, in territory: Territory?) throws -> Int {
        try connection.value("select count(*) from warning as w where \(Self.matching(filter, territory))") ?? 0
    }

    /// How rules fared: of each kind how many were given, became a case, were settled, were unfounded.
    public func endings(in territory: Territory?) throws -> [WarningRule.Kind: WarningEndingCount] {
        var counts: [WarningRule.Kind: WarningEndingCount] = [:]
        try connection.forEach(
            "select w.kind, w.ending from warning as w where \(Self.lies(in: territory))"
        ) { row in
            let kind: WarningRule.Kind = try row.value(0)
            let text: String? = try row.value(1)
            counts[kind, default: WarningEndingCount()].add(try text == nil ? nil : row.json(1, as: WarningEnding.self))
            return true
        }
        return counts
    }

    /// In the order of their identifiers, with what the row says of its own of key and kind.
    public func files(
        after last: WarningID?, limit: Int
    ) throws -> [(file: WarningFile, key: String, kind: String)] {
        var sql: SQL = "select \(Self.columns), w.key, w.kind from warning as w"
        if let last { sql = sql + " where w.id > \(last)" }
        return try connection.all(sql + " order by w.id limit \(limit)") { row in
            (try WarningFile(row: row), try row.value(10), try row.value(11))
        }
    }

    public func countAll() throws -> Int { try connection.value("select count(*) from warning") ?? 0 }

    /// Cases whose next deadline is over, with their schools.
    public func deadlines(before time: UTCTime) throws -> [(school: SchoolID, case: CaseID, due: UTCTime)] {
        try connection.all(
            """
            select c.school_id, c.id, c.due_ms from case_file as c
            where c.due_ms < \(time) and c.state not in ('closed', 'withdrawn') order by c.due_ms, c.id
            """
        ) { row in (try row.value(0), try row.value(1), try row.value(2)) }
    }

    /// Warnings of schools that somebody should take seriously, for the patrol list: not those that were unfounded.
    public func ofSchools(in span: TimeSpan) throws -> [(school: SchoolID, time: UTCTime)] {
        try connection.all(
            """
            select w.school_id, w.given_ms from warning as w where w.given_ms >= \(span.start)
              and w.given_ms < \(span.end) and w.school_id is not null
              and (w.ending is null or w.ending not like '{"unfounded"%')
            """
        ) { row in (try row.value(0), try row.value(1)) }
    }

    private static func matching(_ filter: WarningFilter, _ territory: Territory?) -> SQL {
        var sql = lies(in: territory)
        switch filter.state {
        case nil: break
        case .open?: sql = sql + " and w.over_ms is null and w.ended_ms is null"
        case .over?: sql = sql + " and w.over_ms is not null and w.ended_ms is null"
        case .ended?: sql = sql + " and w.ended_ms is not null"
        }
        if let kind = filter.kind { sql = sql + " and w.kind = \(kind)" }
        if let school = filter.school { sql = sql + " and w.school_id = \(school)" }
        if let township = filter.township { sql = sql + " and w.township_id = \(township)" }
        if let span = filter.span { sql = sql + " and w.given_ms >= \(span.start) and w.given_ms < \(span.end)" }
        return sql
    }

    private static func lies(in territory: Territory?) -> SQL {
        switch territory {
        case nil: "1 = 0"
        case .county?: "1 = 1"
        case .township(let id)?: "w.township_id = \(id)"
        case .school(let id)?: "w.school_id = \(id)"
        // Warnings are of schools, not of one of their canteens.
        case .canteen?: "1 = 0"
        }
    }
}
