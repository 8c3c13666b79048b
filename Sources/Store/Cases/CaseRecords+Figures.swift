public import Domain

/// Figures as the county reports them.
extension CaseRecords {
    /// What became of the captures whose rule was met in a span.
    public func outcomes(_ span: TimeSpan, school: SchoolID?, in territory: Territory?) throws -> OutcomeCount {
        var sql: SQL = """
            select v.kind, f.state, count(*) from capture as c left join verdict as v on v.capture_id = c.id
              left join case_capture as p on p.capture_id = c.id left join case_file as f on f.id = p.case_id
            where c.met_ms >= \(span.start) and c.met_ms < \(span.end) and c.camera_id in (
              select camera.id from camera join area on area.id = camera.area_id
              where \(SQL.areaLies(in: territory))
            """
        if let school { sql = sql + " and area.school_id = \(school)" }
        var count = OutcomeCount()
        try connection.forEach(sql + ") group by v.kind, f.state") { row in
            let kind: String? = try row.value(0)
            let state: CaseState? = try row.value(1, as: String?.self).flatMap(CaseState.init(rawValue:))
            let outcome: CaptureOutcome =
                if let state {
                    CaptureOutcome(nil, state)
                } else {
                    switch kind {
                    case nil: .waiting
                    case "rejected": .rejected
                    case "duplicate": .duplicate
                    default: .confirmed
                    }
                }
            count.counts[outcome, default: 0] += try row.value(2, as: Int.self)
            return true
        }
        return count
    }

    /// Cases that were opened, and those that were closed, in a span.
    public func openedAndClosed(
        _ span: TimeSpan, school: SchoolID?, in territory: Territory?
    ) throws -> (opened: Int, closed: Int) {
        var within = SQL.caseLies(in: territory)
        if let school { within = within + " and c.school_id = \(school)" }
        func count(_ column: SQL) throws -> Int {
            try connection.value(
                """
                select count(*) from case_file as c
                where \(within) and c.\(column) >= \(span.start) and c.\(column) < \(span.end)
                """) ?? 0
        }
        return (try count("opened_ms"), try count("closed_ms"))
    }
}

extension LedgerRecords {
    /// Sessions that people of these roles began in a span. (监管访问次数)
    public func countVisits(of roles: [Role], in span: TimeSpan) throws -> Int {
        var list: SQL = "''"
        for role in roles { list = list + ", \(role.rawValue)" }
        return try connection.value(
            """
            select count(*) from ledger as l join person on 'person/' || person.id = l.actor
            where l.chain = \(Self.chain) and l.act = \(LedgerAct.signedIn) and l.time_ms >= \(span.start)
              and l.time_ms < \(span.end) and person.role in (\(list))
            """) ?? 0
    }
}
