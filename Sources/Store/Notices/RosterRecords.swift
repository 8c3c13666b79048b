public import Domain

/// Who answers for which body.
public struct RosterRecords {
    let connection: any Connection

    /// nil = the body has none.
    public func roster(of body: Body) throws -> DutyRoster? {
        try connection.first("select roster from duty_roster where body = \(body.description)") { try $0.json(0) }
    }

    public func all() throws -> [DutyRoster] {
        try connection.all("select roster from duty_roster order by body") { try $0.json(0) }
    }

    public func set(_ roster: DutyRoster) throws {
        try connection.execute(
            """
            insert into duty_roster (body, roster) values (\(roster.body.description), \(try JSONColumn.text(roster)))
            on conflict (body) do update set roster = excluded.roster
            """)
    }

    public func remove(_ body: Body) throws {
        try connection.execute("delete from duty_roster where body = \(body.description)")
    }
}
