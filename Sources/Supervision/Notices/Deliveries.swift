public import Domain
import Store

/// A message that this process has undertaken to send, once.
public struct Outgoing: Sendable {
    public var delivery: Delivery
    public var channel: NoticeChannel
    public var content: Content

    public enum Content: Sendable {
        case news(News)
        /// With its document.
        case report(ReportIssue, [UInt8])
    }

    /// nil = it is something else.
    public var news: News? { if case .news(let news) = content { news } else { nil } }
}

/// News on their way out of the product. (投递)
///
/// An attempt is kept before its first byte leaves, with a lease. What a crash leaves behind is tried again when the receiver
/// can tell a repeated message, and is else shown as uncertain.
public struct Deliveries: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let policy: SendingPolicy
    let subscribers: Subscribers<DeliveryID?>

    /// Whenever somebody asks for something again, or a channel changes. nil = of no delivery in particular.
    public func changes() -> AsyncStream<DeliveryID?> { subscribers.stream() }

    /// Settles which channels news go to: all of one piece of news in one transaction, or nothing.
    /// - Returns: How many pieces of news; fewer than `limit` = there are no more.
    public func route(limit: Int = 100) async throws -> Int {
        let now = time.now()
        guard try await store.read({ try !$0.notifications.unrouted(limit: 1).isEmpty }) else { return 0 }
        return try await store.write { records in
            let routing = try NoticeRouting(records, at: now)
            let unrouted = try records.notifications.unrouted(limit: limit)
            for news in unrouted where try records.notifications.setRouted(news.id, at: now) {
                for channel in try routing.channels(for: news) {
                    try records.deliveries.add(
                        Delivery(
                            id: DeliveryID(at: now), cargo: .news(news.id), channel: channel.id, nextTry: now,
                            madeAt: now))
                }
            }
            return unrouted.count
        }
    }

    /// Settles attempts that nobody ended in their time.
    public func recover(limit: Int = 100) async throws -> Int {
        let now = time.now()
        guard try await store.read({ try !$0.deliveries.abandoned(at: now, limit: 1).isEmpty }) else { return 0 }
        let policy = policy
        return try await store.write { records in
            let abandoned = try records.deliveries.abandoned(at: now, limit: limit)
            for delivery in abandoned {
                try DeliveryTransaction(records: records).finish(
                    delivery, with: .unknown(SendFault(.interrupted)), policy: policy, at: now)
            }
            return abandoned.count
        }
    }

    /// Takes what is due, at most one of each channel, as this process's to send. Each must be given back to
    /// ``finish(_:with:)`` within the policy's lease.
    public func claim(limit: Int) async throws -> [Outgoing] {
        let now = time.now()
        guard limit > 0, try await store.read({ try !$0.deliveries.due(at: now, limit: 1).isEmpty }) else { return [] }
        let (policy, zone) = (policy, zone)
        return try await store.write { records in
            try records.deliveries.due(at: now, limit: limit).compactMap { delivery in
                guard let channel = try records.channels.channel(delivery.channel),
                    let content = try Self.content(of: delivery.cargo, records)
                else { return nil }
                let minute = now.milliseconds / 60_000
                let day = Day(of: now, in: zone)
                let use = try records.channels.use(of: channel.id, minute: minute, day: day.number)
                if use.inDay >= policy.dailyCap {
                    try records.deliveries.postpone(channel.id, until: (day + 1).time(minute: 0, in: zone))
                    return nil
                }
                if use.inMinute >= policy.minuteCap {
                    try records.deliveries.postpone(
                        channel.id, until: UTCTime(milliseconds: (minute + 1) * 60_000))
                    return nil
                }
                var begun = delivery
                begun.state = .sending
                begun.attempts += 1
                begun.tries += 1
                begun.attemptedAt = now
                begun.nextTry = now + policy.lease
                guard try records.deliveries.change(begun, from: .waiting, attempts: delivery.attempts) else {
                    return nil
                }
                try records.channels.noteUse(of: channel.id, minute: minute, day: day.number)
                return Outgoing(delivery: begun, channel: channel, content: content)
            }
        }
    }

    public func finish(_ outgoing: Outgoing, with outcome: SendOutcome) async throws {
        let now = time.now()
        let policy = policy
        try await store.write { records in
            try DeliveryTransaction(records: records).finish(outgoing.delivery, with: outcome, policy: policy, at: now)
        }
    }

    /// When something has to be sent or settled; nil = when something changes.
    public func nextTime() async throws -> UTCTime? { try await store.read { try $0.deliveries.nextTime() } }

    private static func content(of cargo: Delivery.Cargo, _ records: Records) throws -> Outgoing.Content? {
        switch cargo {
        case .news(let id): return try news(of: id, records).map(Outgoing.Content.news)
        case .report(let id):
            guard let issue = try records.reports.issue(id), let document = try records.reports.document(of: id) else {
                return nil
            }
            return .report(issue, document)
        }
    }

    private static func news(of id: NotificationID, _ records: Records) throws -> News? {
        guard let news = try records.notifications.notification(id) else { return nil }
        switch news.subject {
        case .ofCase(let id, let notice):
            guard let summary = try records.cases.summary(id) else { return nil }
            return .ofCase(
                CaseNews(
                    caseID: id, number: summary.number, notice: notice, school: summary.school.name,
                    matter: summary.matter, grade: summary.grade, body: news.body, due: summary.due, time: news.time))
        case .warning(let id):
            guard let file = try records.warnings.warning(id) else { return nil }
            var names = WarningNames(records)
            return .ofWarning(
                WarningNews(
                    id: id, warning: file.warning, place: try names.name(of: file.warning.place), body: news.body,
                    time: news.time))
        case .affair(let affair):
            return .affair(
                AffairNews(
                    affair: affair, school: try affair.school.flatMap { try records.places.school($0)?.name },
                    body: news.body, time: news.time))
        }
    }
}
