public import Domain

extension ConcernRecords {
    /// Those that wait for an answer first, the one that is due first, first; then the newest.
    public func list(
        _ filter: ConcernFilter, in territory: Territory?, at now: UTCTime, offset: Int = 0, limit: Int
    ) throws -> [ConcernSummary] {
        try connection.all(
            """
            select c.id, school.id, school.name, school.township_id, school.kind, c.state, c.received_ms, c.due_ms,
              c.answered_ms, c.ended_ms, c.case_id, c.taken_by, s.change
            from concern as c join school on school.id = c.school_id
              join concern_step as s on s.concern_id = c.id and s.version = 1
            where \(matching(filter, in: territory, at: now))
            order by case when c.due_ms is null then 1 else 0 end, c.due_ms, c.received_ms desc, c.id desc
            limit \(limit) offset \(offset)
            """, ConcernSummary.init(row:))
    }

    public func count(_ filter: ConcernFilter, in territory: Territory?, at now: UTCTime) throws -> Int {
        try connection.value(
            """
            select count(*) from concern as c join school on school.id = c.school_id
            where \(matching(filter, in: territory, at: now))
            """) ?? 0
    }

    /// When schools were spoken of, for the patrol list: not by those that were turned down or taken back.
    public func ofSchools(in span: TimeSpan) throws -> [(school: SchoolID, time: UTCTime)] {
        try connection.all(
            """
            select school_id, received_ms from concern where received_ms >= \(span.start)
              and received_ms < \(span.end) and state not in ('rejected', 'withdrawn')
            """
        ) { row in (try row.value(0), try row.value(1)) }
    }

    /// How many wait for an answer, by school; schools without any are missing.
    public func countOpen(in territory: Territory?) throws -> [SchoolID: Int] {
        let rows = try connection.all(
            """
            select c.school_id, count(*) from concern as c join school on school.id = c.school_id
            where c.due_ms is not null and \(SQL.schoolTouches(territory)) group by c.school_id
            """
        ) { (try $0.value(0, as: SchoolID.self), try $0.value(1, as: Int.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    /// Answered ones: any of them may have come to its end.
    public func answered(limit: Int) throws -> [ConcernID] {
        try connection.all(
            "select id from concern where state = 'answered' order by answered_ms, id limit \(limit)"
        ) { try $0.value(0) }
    }

    private func matching(_ filter: ConcernFilter, in territory: Territory?, at now: UTCTime) -> SQL {
        var sql: SQL = "\(SQL.schoolTouches(territory))"
        switch filter.stage {
        case nil: break
        case .open?: sql = sql + " and c.due_ms is not null"
        case .overdue?: sql = sql + " and c.due_ms < \(now)"
        case .askedBack?: sql = sql + " and c.state = 'askedBack'"
        case .answered?: sql = sql + " and c.state = 'answered'"
        case .ended?: sql = sql + " and c.ended_ms is not null"
        }
        if let school = filter.school { sql = sql + " and c.school_id = \(school)" }
        if let span = filter.span {
            sql = sql + " and c.received_ms >= \(span.start) and c.received_ms < \(span.end)"
        }
        return sql
    }
}

extension ConcernSummary {
    fileprivate init(row: borrowing Row) throws {
        let kind: String? = try row.value(4)
        let first: ConcernChange = try row.json(12)
        var photos = 0
        if case .received(_, let all) = first { photos = all.count }
        self.init(
            id: try row.value(0),
            school: School(
                id: try row.value(1), name: try row.value(2), township: try row.value(3),
                kind: kind.flatMap(School.Kind.init(rawValue:))),
            state: try row.value(5), receivedAt: try row.value(6), due: try row.value(7), answeredAt: try row.value(8),
            endedAt: try row.value(9), caseID: try row.value(10), takenBy: try row.value(11), text: first.text ?? "",
            photoCount: photos)
    }
}
