public import Domain

/// News and reports on their way to channels.
public struct DeliveryRecords {
    let connection: any Connection

    /// False when this goes to this channel already.
    @discardableResult
    public func add(_ delivery: Delivery) throws -> Bool {
        var (news, report): (NotificationID?, ReportIssueID?)
        switch delivery.cargo {
        case .news(let id): news = id
        case .report(let id): report = id
        }
        return try connection.execute(
            """
            insert into delivery (id, notification_id, channel_id, state, attempts, tries, next_ms, attempted_ms, fault,
              answer, sent_ms, made_ms, report_id)
            values (\(delivery.id), \(news), \(delivery.channel), \(delivery.state),
              \(delivery.attempts), \(delivery.tries), \(delivery.nextTry), \(delivery.attemptedAt),
              \(delivery.fault?.kind.rawValue), \(delivery.storedAnswer), \(delivery.sentAt), \(delivery.madeAt),
              \(report))
            on conflict do nothing
            """) > 0
    }

    public func delivery(_ id: DeliveryID) throws -> Delivery? {
        try connection.first("select \(columns) from delivery as d where d.id = \(id)", Delivery.init(row:))
    }

    /// - Parameter attempts: How many there had been when the caller looked; nothing is changed when there are more.
    @discardableResult
    public func change(_ delivery: Delivery, from state: Delivery.State, attempts: Int) throws -> Bool {
        try connection.execute(
            """
            update delivery set state = \(delivery.state), attempts = \(delivery.attempts), tries = \(delivery.tries),
              next_ms = \(delivery.nextTry), attempted_ms = \(delivery.attemptedAt),
              fault = \(delivery.fault?.kind.rawValue), answer = \(delivery.storedAnswer), sent_ms = \(delivery.sentAt)
            where id = \(delivery.id) and state = \(state) and attempts = \(attempts)
            """) > 0
    }

    /// Waiting and due, through channels that are switched on and have nothing under way: the oldest of each.
    public func due(at time: UTCTime, limit: Int) throws -> [Delivery] {
        try connection.all(
            """
            select \(columns) from delivery as d join channel on channel.id = d.channel_id
            where d.next_ms <= \(time) and d.next_ms is not null and d.state = 'waiting' and channel.is_enabled = 1
              and not exists (select 1 from delivery as o where o.channel_id = d.channel_id and o.next_ms is not null
                and (o.state = 'sending' or (o.state = 'waiting' and (o.next_ms, o.id) < (d.next_ms, d.id))))
            order by d.next_ms, d.id limit \(limit)
            """, Delivery.init(row:))
    }

    /// Attempts that nobody has ended in their time: whoever made them is gone.
    public func abandoned(at time: UTCTime, limit: Int) throws -> [Delivery] {
        try connection.all(
            """
            select \(columns) from delivery as d where d.next_ms <= \(time) and d.next_ms is not null
              and d.state = 'sending' order by d.next_ms, d.id limit \(limit)
            """, Delivery.init(row:))
    }

    /// When the next one has to be looked at; nil = none waits.
    public func nextTime() throws -> UTCTime? {
        try connection.value(
            """
            select min(d.next_ms) from delivery as d join channel on channel.id = d.channel_id
            where d.next_ms is not null and (d.state = 'sending' or channel.is_enabled = 1)
            """, as: UTCTime?.self) ?? nil
    }

    /// Everything that waits for this channel goes on no earlier.
    public func postpone(_ channel: ChannelID, until time: UTCTime) throws {
        try connection.execute(
            """
            update delivery set next_ms = \(time)
            where channel_id = \(channel) and state = 'waiting' and next_ms < \(time)
            """)
    }

    /// Those that wait for this channel.
    public func waiting(for channel: ChannelID) throws -> [Delivery] {
        try connection.all(
            """
            select \(columns) from delivery as d
            where d.channel_id = \(channel) and d.state = 'waiting' and d.next_ms is not null order by d.next_ms, d.id
            """, Delivery.init(row:))
    }

    /// Newest first.
    /// - Parameter last: The last one of the page before; nil = from the newest.
    public func list(_ filter: DeliveryFilter, after last: DeliveryID?, limit: Int) throws -> [Delivery] {
        var sql: SQL = "select \(columns) from delivery as d"
        var joint: SQL = " where"
        func add(_ condition: SQL) {
            sql = sql + joint + condition
            joint = " and"
        }
        if let state = filter.state { add(" d.state = \(state)") }
        if let channel = filter.channel { add(" d.channel_id = \(channel)") }
        if let id = filter.caseID {
            add(" d.notification_id in (select n.id from notification as n where n.case_id = \(id))")
        }
        if let id = filter.warningID {
            add(" d.notification_id in (select n.id from notification as n where n.warning_id = \(id))")
        }
        if let last {
            add(" (d.made_ms, d.id) < (select l.made_ms, l.id from delivery as l where l.id = \(last))")
        }
        return try connection.all(sql + " order by d.made_ms desc, d.id desc limit \(limit)", Delivery.init(row:))
    }

    /// Of those that did not arrive, or maybe not.
    public func count(of state: Delivery.State) throws -> Int {
        try connection.value("select count(*) from delivery where state = \(state)") ?? 0
    }
}

private let columns: SQL = """
    d.id, d.notification_id, d.channel_id, d.state, d.attempts, d.tries, d.next_ms, d.attempted_ms, d.fault, d.answer,
    d.sent_ms, d.made_ms, d.report_id
    """

extension Delivery {
    fileprivate var storedAnswer: String { fault?.answer ?? answer ?? "" }

    fileprivate init(row: borrowing Row) throws {
        let answer: String = try row.value(9)
        var fault: SendFault?
        if let name: String = try row.value(8) {
            guard let kind = SendFault.Kind(rawValue: name) else { throw row.badValue(8, "a fault") }
            fault = SendFault(kind, answer: answer)
        }
        let news: NotificationID? = try row.value(1)
        let report: ReportIssueID? = try row.value(12)
        guard let cargo = news.map(Delivery.Cargo.news) ?? report.map(Delivery.Cargo.report) else {
            throw row.badValue(1, "news or a report")
        }
        self.init(
            id: try row.value(0), cargo: cargo, channel: try row.value(2), state: try row.value(3),
            attempts: try row.value(4), tries: try row.value(5), nextTry: try row.value(6),
            attemptedAt: try row.value(7), fault: fault, answer: fault == nil && !answer.isEmpty ? answer : nil,
            sentAt: try row.value(10), madeAt: try row.value(11))
    }
}
