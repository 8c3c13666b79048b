public import Domain

/// What bodies are told.
public struct NotificationRecords {
    let connection: any Connection

    /// False when this news is there already.
    @discardableResult
    public func add(_ notification: Notification) throws -> Bool {
        try connection.execute(
            """
            insert into notification (id, key, case_id, warning_id, body, notice, made_ms)
            values (\(notification.id), \(notification.key), \(notification.caseID), \(notification.warningID),
              \(notification.body.description), \(try notification.subject.column), \(notification.time))
            on conflict (key) do nothing
            """) > 0
    }

    /// Of cases, newest first.
    /// - Parameter last: The last one of the page before; nil = from the newest.
    public func list(of body: Body, after last: NotificationID?, limit: Int) throws -> [Notification] {
        var sql: SQL = """
            select id, key, case_id, body, notice, made_ms, warning_id from notification as n where n.body = \(body.description)
            """
        if let last {
            sql =
                sql
                + " and (n.made_ms, n.id) < (select l.made_ms, l.id from notification as l where l.id = \(last))"
        }
        return try connection.all(sql + " order by n.made_ms desc, n.id desc limit \(limit)", Notification.init(row:))
    }

    public func notification(_ id: NotificationID) throws -> Notification? {
        try connection.first(
            "select id, key, case_id, body, notice, made_ms, warning_id from notification where id = \(id)",
            Notification.init(row:))
    }

    /// Those of which nobody has settled yet which channels they go to, oldest first.
    public func unrouted(limit: Int) throws -> [Notification] {
        try connection.all(
            """
            select id, key, case_id, body, notice, made_ms, warning_id from notification where routed_ms is null
            order by made_ms, id limit \(limit)
            """, Notification.init(row:))
    }

    /// False when somebody was faster.
    public func setRouted(_ id: NotificationID, at time: UTCTime) throws -> Bool {
        try connection.execute(
            "update notification set routed_ms = \(time) where id = \(id) and routed_ms is null") > 0
    }

    /// Of a warning, in the order of their bodies: who was told.
    public func list(of warning: WarningID) throws -> [Notification] {
        try connection.all(
            """
            select id, key, case_id, body, notice, made_ms, warning_id from notification where warning_id = \(warning)
            order by body
            """, Notification.init(row:))
    }

    /// How many came since somebody last read them, at most `limit`.
    public func countUnread(of body: Body, by person: PersonID, limit: Int) throws -> Int {
        try connection.value(
            """
            select count(*) from (select 1 from notification where body = \(body.description) and made_ms >
              coalesce((select read_ms from notification_read where person_id = \(person)), -1) limit \(limit)) as unread
            """) ?? 0
    }

    /// Everything up to that moment.
    public func setRead(by person: PersonID, until time: UTCTime) throws {
        try connection.execute(
            """
            insert into notification_read (person_id, read_ms) values (\(person), \(time))
            on conflict (person_id) do update set read_ms = excluded.read_ms
              where notification_read.read_ms < excluded.read_ms
            """)
    }
}

extension Notification {
    fileprivate init(row: borrowing Row) throws {
        guard let body = Body(try row.value(3, as: String.self)) else { throw row.badValue(3, "a body") }
        let caseID: CaseID? = try row.value(2)
        let subject: Notification.Subject
        if let warning: WarningID = try row.value(6) {
            subject = .warning(warning)
        } else if let caseID {
            subject = .ofCase(caseID, try row.json(4))
        } else {
            subject = .affair(try row.json(4))
        }
        self.init(
            id: try row.value(0), key: try row.value(1), subject: subject, body: body, time: try row.value(5))
    }
}

extension Notification.Subject {
    /// Of a warning there is nothing to say that its row does not.
    fileprivate var column: String? {
        get throws {
            switch self {
            case .ofCase(_, let notice): try JSONColumn.text(notice)
            case .affair(let affair): try JSONColumn.text(affair)
            case .warning: nil
            }
        }
    }
}
