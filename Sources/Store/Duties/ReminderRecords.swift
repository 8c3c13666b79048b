public import Domain

/// Reminders of schools, and their way to channels.
public struct ReminderRecords {
    let connection: any Connection

    /// - Returns: false when the school was reminded of this already.
    public func add(_ reminder: Reminder, cause: String) throws -> Bool {
        try connection.execute(
            """
            insert into reminder (id, cause, school_id, content, made_ms)
            values (\(reminder.id), \("\(reminder.school)/\(cause)"), \(reminder.school),
              \(try JSONColumn.text(reminder.content)), \(reminder.time))
            on conflict (cause) do nothing
            """) > 0
    }

    public func isKnown(cause: String, of school: SchoolID) throws -> Bool {
        try connection.exists("select 1 from reminder where cause = \("\(school)/\(cause)")")
    }

    public func reminder(_ id: ReminderID) throws -> Reminder? {
        try connection.first("select id, school_id, content, made_ms from reminder where id = \(id)") { row in
            Reminder(id: try row.value(0), school: try row.value(1), content: try row.json(2), time: try row.value(3))
        }
    }

    public func add(_ delivery: ReminderDelivery) throws {
        try connection.execute(
            """
            insert into reminder_delivery (id, reminder_id, channel_id, state, attempts, next_ms, fault, answer)
            values (\(delivery.id), \(delivery.reminder), \(delivery.channel), \(delivery.state), \(delivery.attempts),
              \(delivery.nextTry), \(delivery.fault?.rawValue), \(delivery.answer))
            on conflict (reminder_id, channel_id) do nothing
            """)
    }

    /// Waiting, and due; or under way and given up by whoever had it.
    public func due(at time: UTCTime, limit: Int) throws -> [ReminderDelivery] {
        try connection.all(
            """
            select \(columns) from reminder_delivery where next_ms <= \(time) and next_ms is not null
            order by next_ms, id limit \(limit)
            """, ReminderDelivery.init(row:))
    }

    public func delivery(_ id: DeliveryID) throws -> ReminderDelivery? {
        try connection.first(
            "select \(columns) from reminder_delivery where id = \(id)", ReminderDelivery.init(row:))
    }

    /// - Parameter attempts: How many there had been when the caller looked; nothing is changed when there are more.
    public func change(_ delivery: ReminderDelivery, from state: Delivery.State, attempts: Int) throws -> Bool {
        try connection.execute(
            """
            update reminder_delivery set state = \(delivery.state), attempts = \(delivery.attempts),
              next_ms = \(delivery.nextTry), fault = \(delivery.fault?.rawValue), answer = \(delivery.answer)
            where id = \(delivery.id) and state = \(state) and attempts = \(attempts)
            """) > 0
    }

    public func nextTime() throws -> UTCTime? {
        try connection.value(
            "select min(next_ms) from reminder_delivery where next_ms is not null", as: UTCTime?.self) ?? nil
    }
}

private let columns: SQL = "id, reminder_id, channel_id, state, attempts, next_ms, fault, answer"

extension ReminderDelivery {
    fileprivate init(row: borrowing Row) throws {
        var fault: SendFault.Kind?
        if let name: String = try row.value(6) {
            guard let kind = SendFault.Kind(rawValue: name) else { throw row.badValue(6, "a fault") }
            fault = kind
        }
        self.init(
            id: try row.value(0), reminder: try row.value(1), channel: try row.value(2), state: try row.value(3),
            attempts: try row.value(4), nextTry: try row.value(5), fault: fault, answer: try row.value(7))
    }
}
