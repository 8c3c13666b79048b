public import Domain

/// Reports that were finished, and those that are sent by themselves.
public struct ReportRecords {
    let connection: any Connection

    /// The oldest first.
    public func schedules() throws -> [ReportSchedule] {
        try connection.all("select \(scheduleColumns) from report_schedule order by id", ReportSchedule.init(row:))
    }

    public func schedule(_ id: ReportScheduleID) throws -> ReportSchedule? {
        try connection.first(
            "select \(scheduleColumns) from report_schedule where id = \(id)", ReportSchedule.init(row:))
    }

    /// Adds a schedule, or takes the place of what was known of it.
    public func set(_ schedule: ReportSchedule) throws {
        try connection.execute(
            """
            insert into report_schedule (\(scheduleColumns))
            values (\(schedule.id), \(schedule.kind), \(schedule.territory.description),
              \(schedule.receiver.description), \(schedule.language), \(schedule.delayDays), \(schedule.minute),
              \(schedule.isEnabled), \(schedule.since))
            on conflict (id) do update set kind = excluded.kind, territory = excluded.territory,
              receiver = excluded.receiver, language = excluded.language, delay_days = excluded.delay_days,
              minute = excluded.minute, is_enabled = excluded.is_enabled, since_ms = excluded.since_ms
            """)
    }

    public func remove(_ id: ReportScheduleID) throws {
        try connection.execute("delete from report_schedule where id = \(id)")
    }

    /// False when there is one with this key already: then nothing is changed.
    public func add(_ issue: ReportIssue, key: String, document: [UInt8]) throws -> Bool {
        try connection.execute(
            """
            insert into report_issue (id, key, schedule_id, kind, first_day, last_day, territory, language, made_ms,
              sha256, document)
            values (\(issue.id), \(key), \(issue.schedule), \(issue.kind), \(issue.days.first.number),
              \(issue.days.last.number), \(issue.territory.description), \(issue.language), \(issue.madeAt),
              \(issue.sha256), \(document))
            on conflict (key) do nothing
            """) > 0
    }

    public func hasIssue(key: String) throws -> Bool {
        try connection.exists("select 1 from report_issue where key = \(key)")
    }

    public func issue(_ id: ReportIssueID) throws -> ReportIssue? {
        try connection.first("select \(issueColumns) from report_issue where id = \(id)", ReportIssue.init(row:))
    }

    public func document(of id: ReportIssueID) throws -> [UInt8]? {
        try connection.first("select document from report_issue where id = \(id)") { try $0.value(0) }
    }

    /// Of one span and place, the newest first.
    public func issues(of name: ReportName, in territory: Territory) throws -> [ReportIssue] {
        try connection.all(
            """
            select \(issueColumns) from report_issue
            where territory = \(territory.description) and kind = \(name.kind) and first_day = \(name.first.number)
            order by made_ms desc, id desc
            """, ReportIssue.init(row:))
    }

    /// Of all spans of a place, the newest first.
    public func issues(in territory: Territory, limit: Int) throws -> [ReportIssue] {
        try connection.all(
            """
            select \(issueColumns) from report_issue where territory = \(territory.description)
            order by made_ms desc, id desc limit \(limit)
            """, ReportIssue.init(row:))
    }
}

private let scheduleColumns: SQL = """
    id, kind, territory, receiver, language, delay_days, minute, is_enabled, since_ms
    """

private let issueColumns: SQL = """
    id, schedule_id, kind, first_day, last_day, territory, language, made_ms, sha256, length(document)
    """

extension ReportSchedule {
    fileprivate init(row: borrowing Row) throws {
        guard let territory = Territory(try row.value(2, as: String.self)) else {
            throw row.badValue(2, "a territory")
        }
        guard let receiver = NoticeChannel.Owner(try row.value(3, as: String.self)) else {
            throw row.badValue(3, "a receiver")
        }
        self.init(
            id: try row.value(0), kind: try row.value(1), territory: territory, receiver: receiver,
            language: try row.value(4), delayDays: try row.value(5), minute: try row.value(6),
            isEnabled: try row.value(7), since: try row.value(8))
    }
}

extension ReportIssue {
    fileprivate init(row: borrowing Row) throws {
        guard let territory = Territory(try row.value(5, as: String.self)) else {
            throw row.badValue(5, "a territory")
        }
        let days: (first: Int, last: Int) = (try row.value(3), try row.value(4))
        guard days.first <= days.last else { throw row.badValue(4, "a day no earlier than the first") }
        self.init(
            id: try row.value(0), schedule: try row.value(1), kind: try row.value(2),
            days: DaySpan(Day(number: days.first), through: Day(number: days.last)), territory: territory,
            language: try row.value(6), madeAt: try row.value(7), sha256: try row.value(8),
            sizeBytes: try row.value(9))
    }
}
