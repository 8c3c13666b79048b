public import Domain

/// Figures as the county reports them.
extension CaseRecords {
    /// When closed cases were opened again, and whose they are.
    public func reopened(in span: TimeSpan) throws -> [(school: SchoolID, time: UTCTime)] {
        try connection.all(
            """
            select c.school_id, l.time_ms from ledger as l join case_file as c on c.id = substr(l.subject, 6)
            where l.chain = \(LedgerRecords.chain) and l.act = \(LedgerAct.caseReopened)
              and l.time_ms >= \(span.start) and l.time_ms < \(span.end)
            """
        ) { row in (try row.value(0), try row.value(1)) }
    }

    /// What became of the captures whose rule was met in a span.
    public func outcomes(_ span: TimeSpan, school: SchoolID?, in territory: Territory?) throws -> OutcomeCount {
        var within = SQL.ofWatched(territory)
        if let school { within = within + " and \(SQL.ofWatched(.school(school)))" }
        var count = OutcomeCount()
        try connection.forEach(
            """
            select c.judgement, c.case_state, count(*) from capture as c
            where c.met_ms >= \(span.start) and c.met_ms < \(span.end) and \(within) group by c.judgement, c.case_state
            """
        ) { row in
            let judgement: String = try row.value(0)
            let state: CaseState? = try row.value(1, as: String?.self).flatMap(CaseState.init(rawValue:))
            let outcome: CaptureOutcome =
                if let state {
                    CaptureOutcome(nil, state)
                } else {
                    switch CaptureFilter.Judged(rawValue: judgement) {
                    case .waiting?: .waiting
                    case .confirmed?: .confirmed
                    case .rejected?: .rejected
                    case .duplicate?: .duplicate
                    case nil: throw row.badValue(0, "a judgement")
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
