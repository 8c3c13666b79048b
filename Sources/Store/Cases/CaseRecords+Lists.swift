public import Domain

/// `territory`: whose cases may be looked at; nil = none.
extension CaseRecords {
    /// - Parameter last: The last case of the page before; nil = from the first.
    public func list(
        _ filter: CaseFilter, _ order: CaseOrder, in territory: Territory?, at now: UTCTime, after last: CaseID?,
        limit: Int
    ) throws -> [CaseSummary] {
        try list(matching(filter, territory, now), order, after: last, limit: limit)
    }

    /// Of these alone.
    public func list(
        _ ids: [CaseID], _ order: CaseOrder, after last: CaseID?, limit: Int
    ) throws -> [CaseSummary] {
        try list("c.id in \(SQL.list(ids))", order, after: last, limit: limit)
    }

    private func list(
        _ condition: SQL, _ order: CaseOrder, after last: CaseID?, limit: Int
    ) throws -> [CaseSummary] {
        var sql = "select \(columns) from \(tables) where \(condition)" as SQL
        let (key, isDescending) = order.key
        if let last {
            let side: SQL = isDescending ? "<" : ">"
            sql =
                sql
                + " and (\(key), c.id) \(side) (select \(order.lastKey), l.id from case_file as l where l.id = \(last))"
        }
        let direction: SQL = isDescending ? "desc" : "asc"
        return try connection.all(
            sql + " order by \(key) \(direction), c.id \(direction) limit \(limit)", CaseSummary.init(row:))
    }

    /// From a position on, in its order.
    public func list(
        _ filter: CaseFilter, from position: CasePosition, in territory: Territory?, at now: UTCTime, limit: Int
    ) throws -> [CaseSummary] {
        let (key, isDescending) = position.order.key
        let side: SQL = isDescending ? "<" : ">"
        let direction: SQL = isDescending ? "desc" : "asc"
        return try connection.all(
            """
            select \(columns) from \(tables) where \(matching(filter, territory, now))
              and (\(key), c.id) \(side) (\(position.key), \(position.id))
            order by \(key) \(direction), c.id \(direction) limit \(limit)
            """, CaseSummary.init(row:))
    }

    public func count(_ filter: CaseFilter, in territory: Territory?, at now: UTCTime) throws -> Int {
        try connection.value("select count(*) from case_file as c where \(matching(filter, territory, now))") ?? 0
    }

    /// All that match, in no order; nil = there are more.
    public func few(
        _ filter: CaseFilter, in territory: Territory?, at now: UTCTime, atMost limit: Int
    ) throws -> [CaseID]? {
        let found: [CaseID] = try connection.all(
            "select c.id from case_file as c where \(matching(filter, territory, now)) limit \(limit + 1)"
        ) { row in try row.value(0) }
        return found.count <= limit ? found : nil
    }

    public func countByState(in territory: Territory?) throws -> [CaseState: Int] {
        var condition = SQL.caseLies(in: territory)
        if case .county = territory {
            // Nearly all are closed: counted as what the others leave, since counting everything reads no case.
            let others = CaseState.allCases.filter { $0 != .closed }.map(\.rawValue)
            condition = condition + " and c.state in \(SQL.list(others))"
        }
        var counts = Dictionary(
            uniqueKeysWithValues: try connection.all(
                "select c.state, count(*) from case_file as c where \(condition) group by c.state"
            ) { row in (try row.value(0, as: CaseState.self), try row.value(1, as: Int.self)) })
        if case .county = territory {
            let closed = try countAll() - counts.values.reduce(0, +)
            if closed > 0 { counts[.closed] = closed }
        }
        return counts
    }

    public func summary(_ id: CaseID) throws -> CaseSummary? {
        try connection.first("select \(columns) from \(tables) where c.id = \(id)", CaseSummary.init(row:))
    }

    public func id(number: Int) throws -> CaseID? {
        try connection.value("select id from case_file where number = \(number)")
    }

    /// The case that a capture is part of.
    public func id(of capture: CaptureID) throws -> CaseID? {
        try connection.value("select case_id from case_capture where capture_id = \(capture)")
    }

    public func captures(of id: CaseID) throws -> [CaptureID] {
        try connection.all("select capture_id from case_capture where case_id = \(id) order by capture_id") { row in
            try row.value(0)
        }
    }

    /// Those of a school about one matter, changed last first: where a new violation may belong.
    public func about(_ matter: CaseMatter, at school: SchoolID, limit: Int) throws -> [CaseSummary] {
        try connection.all(
            """
            select \(columns) from \(tables) where c.school_id = \(school) and c.matter = \(matter.description)
            order by c.changed_ms desc, c.id desc limit \(limit)
            """, CaseSummary.init(row:))
    }

    /// Those whose ladder must be looked at, the longest waiting first.
    public func toLookAt(until now: UTCTime, limit: Int) throws -> [CaseID] {
        try connection.all(
            "select id from case_file where look_ms <= \(now) order by look_ms, id limit \(limit)"
        ) { row in try row.value(0) }
    }

    /// When the next one must be looked at.
    public func nextLook() throws -> UTCTime? {
        try connection.value("select min(look_ms) from case_file where look_ms is not null", as: UTCTime?.self) ?? nil
    }

    /// Those that have not ended, in the order of their identifiers.
    public func running(of school: SchoolID?, after last: CaseID?, limit: Int) throws -> [CaseID] {
        var sql: SQL = "select id from case_file where state not in ('closed', 'withdrawn')"
        if let school { sql = sql + " and school_id = \(school)" }
        if let last { sql = sql + " and id > \(last)" }
        return try connection.all(sql + " order by id limit \(limit)") { row in try row.value(0) }
    }

    /// In the order of their identifiers.
    public func identifiers(after last: CaseID?, limit: Int) throws -> [CaseID] {
        var sql: SQL = "select id from case_file"
        if let last { sql = sql + " where id > \(last)" }
        return try connection.all(sql + " order by id limit \(limit)") { row in try row.value(0) }
    }

    public func countAll() throws -> Int { try connection.value("select count(*) from case_file") ?? 0 }
}

extension CaseOrder {
    fileprivate var key: (SQL, isDescending: Bool) {
        switch self {
        case .changed: ("c.changed_ms", true)
        case .opened: ("c.opened_ms", true)
        case .oldest: ("c.opened_ms", false)
        case .due: ("coalesce(c.due_ms, 9223372036854775807)", false)
        }
    }

    fileprivate var lastKey: SQL {
        switch self {
        case .changed: "l.changed_ms"
        case .opened, .oldest: "l.opened_ms"
        case .due: "coalesce(l.due_ms, 9223372036854775807)"
        }
    }
}

private let tables: SQL = """
    case_file as c join school on school.id = c.school_id left join township on township.id = c.township_id
    """

private let columns: SQL = """
    c.id, c.number, c.version, c.state, c.grade, c.matter, c.round, c.opened_ms, c.changed_ms, c.closed_ms, c.due_ms,
    c.due_kind, c.canteen_id, c.area_id, school.id, school.name, school.township_id, school.kind, township.id,
    township.name, (select count(*) from case_capture where case_capture.case_id = c.id),
    (select min(case_capture.capture_id) from case_capture join evidence_file
        on evidence_file.capture_id = case_capture.capture_id and evidence_file.kind = 'first'
        where case_capture.case_id = c.id)
    """

private func matching(_ filter: CaseFilter, _ territory: Territory?, _ now: UTCTime) -> SQL {
    var sql = SQL.caseLies(in: territory)
    if let stage = filter.stage {
        sql = sql + " and c.state in \(SQL.list(stage.states.map(\.rawValue).sorted()))"
        if stage == .overdue { sql = sql + " and c.due_ms < \(now)" }
    }
    if let grade = filter.grade { sql = sql + " and c.grade = \(grade.rawValue)" }
    if let matter = filter.matter { sql = sql + " and c.matter = \(matter.description)" }
    if let school = filter.school { sql = sql + " and c.school_id = \(school)" }
    if let township = filter.township { sql = sql + " and c.township_id = \(township)" }
    if let span = filter.span { sql = sql + " and c.opened_ms >= \(span.start) and c.opened_ms < \(span.end)" }
    for word in (filter.text ?? "").lowercased().split(whereSeparator: \.isWhitespace).prefix(8) {
        var pattern = "%"
        for character in word {
            if "%_\\".contains(character) { pattern.append("\\") }
            pattern.append(character)
        }
        pattern.append("%")
        let number = word.drop { $0 == "#" }
        sql = sql + " and (c.search like \(pattern) escape '\\'"
        if let number = Int(number) { sql = sql + " or c.number = \(number)" }
        sql = sql + " or c.school_id in (select s.id from school as s where lower(s.name) like \(pattern) escape '\\'))"
    }
    return sql
}

extension CaseSummary {
    fileprivate init(row: borrowing Row) throws {
        guard let grade = Grade(rawValue: try row.value(4)) else { throw row.badValue(4, "a grade") }
        guard let matter = CaseMatter(try row.value(5, as: String.self)) else { throw row.badValue(5, "a matter") }
        var due: Due?
        if let time: UTCTime = try row.value(10), let kind: String = try row.value(11) {
            guard let kind = CaseClock.Kind(rawValue: kind) else { throw row.badValue(11, "a clock") }
            due = Due(kind, at: time)
        }
        var office: Township?
        if let id: TownshipID = try row.value(18) { office = Township(id: id, name: try row.value(19)) }
        self.init(
            id: try row.value(0), number: try row.value(1), version: try row.value(2), state: try row.value(3),
            grade: grade, matter: matter,
            school: School(
                id: try row.value(14), name: try row.value(15), township: try row.value(16), kind: try row.kind(17)),
            office: office, canteen: try row.value(12), area: try row.value(13), round: try row.value(6),
            openedAt: try row.value(7), changedAt: try row.value(8), closedAt: try row.value(9), due: due,
            captureCount: try row.value(20), cover: try row.value(21))
    }
}
