public import Domain

/// Who has looked at which school, and when.
public struct PatrolRecords {
    let connection: any Connection

    public func add(_ look: PatrolLook) throws {
        try connection.execute(
            """
            insert into patrol_look (id, school_id, person_id, looked_ms, note)
            values (\(look.id), \(look.school), \(look.by), \(look.time), \(look.note))
            """)
    }

    public func remove(_ id: PatrolLookID) throws {
        try connection.execute("delete from patrol_look where id = \(id)")
    }

    public func look(_ id: PatrolLookID) throws -> PatrolLook? {
        try connection.first("select \(Self.columns) from patrol_look where id = \(id)", PatrolLook.init(row:))
    }

    /// When each school was last looked at; where nobody ever did, when the school came in.
    public func lastLooks() throws -> [SchoolID: (time: UTCTime, isLook: Bool)] {
        var looks: [SchoolID: (time: UTCTime, isLook: Bool)] = [:]
        try connection.forEach(
            """
            select school.id, school.created_ms, max(l.looked_ms) from school
            left join patrol_look as l on l.school_id = school.id group by school.id, school.created_ms
            """
        ) { row in
            let looked: UTCTime? = try row.value(2)
            let created: UTCTime = try row.value(1)
            looks[try row.value(0)] = (looked ?? created, looked != nil)
            return true
        }
        return looks
    }

    /// Newest first.
    public func looks(in span: TimeSpan, limit: Int) throws -> [PatrolLook] {
        try connection.all(
            """
            select \(Self.columns) from patrol_look where looked_ms >= \(span.start) and looked_ms < \(span.end)
            order by looked_ms desc, id desc limit \(limit)
            """, PatrolLook.init(row:))
    }

    private static let columns: SQL = "id, school_id, person_id, looked_ms, note"
}

extension PatrolLook {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), school: try row.value(1), by: try row.value(2), time: try row.value(3),
            note: try row.value(4))
    }
}
