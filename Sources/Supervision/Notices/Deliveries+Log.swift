public import Domain
import Store

/// A delivery as the log shows it.
public struct DeliveryEntry: Sendable {
    public var delivery: Delivery
    public var channel: NoticeChannel
    public var content: Content

    public enum Content: Sendable {
        case news(Notification, About?)
        case report(ReportIssue)
    }

    /// What news are about, as it stands now.
    public enum About: Sendable {
        case ofCase(CaseSummary)
        case warning(Warning)
    }
}

/// The log of deliveries. Needs ``Permission/managePeople``.
extension Deliveries {
    /// Newest first.
    /// - Parameter last: The last one of the page before; nil = from the newest.
    public func list(
        _ filter: DeliveryFilter = DeliveryFilter(), after last: DeliveryID? = nil, limit: Int = 60,
        for principal: Principal
    ) async throws -> [DeliveryEntry] {
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            let found = try records.deliveries.list(filter, after: last, limit: min(max(limit, 1), 1000))
            var channels: [ChannelID: NoticeChannel] = [:]
            for channel in try records.channels.all() { channels[channel.id] = channel }
            return try found.compactMap { delivery in
                guard let channel = channels[delivery.channel],
                    let content = try Self.entry(of: delivery.cargo, records)
                else { return nil }
                return DeliveryEntry(delivery: delivery, channel: channel, content: content)
            }
        }
    }

    private static func entry(of cargo: Delivery.Cargo, _ records: Records) throws -> DeliveryEntry.Content? {
        switch cargo {
        case .news(let id):
            try records.notifications.notification(id).map { .news($0, try about($0.subject, records)) }
        case .report(let id): try records.reports.issue(id).map { .report($0) }
        }
    }

    private static func about(_ subject: Notification.Subject, _ records: Records) throws -> DeliveryEntry.About? {
        switch subject {
        case .ofCase(let id, _): try records.cases.summary(id).map { .ofCase($0) }
        case .warning(let id): try records.warnings.warning(id).map { .warning($0.warning) }
        case .affair: nil
        }
    }

    public func count(of state: Delivery.State, for principal: Principal) async throws -> Int {
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.deliveries.count(of: state) }
    }

    /// Sends what failed, or maybe did not arrive, once more: with all its tries, and the same identifier.
    /// - Throws: ``SupervisionError/Conflict/deliveryMoved`` when it is on its way already or has arrived;
    ///   ``SupervisionError/Conflict/channelOff``.
    public func sendAgain(_ id: DeliveryID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.managePeople, records)
            guard let current = try records.deliveries.delivery(id) else { throw SupervisionError.notFound }
            guard try records.channels.channel(current.channel)?.isEnabled == true else {
                throw SupervisionError.conflict(.channelOff)
            }
            guard current.canBeSentAgain else { throw SupervisionError.conflict(.deliveryMoved) }
            var after = current
            (after.state, after.nextTry, after.tries) = (.waiting, now, 0)
            guard try records.deliveries.change(after, from: current.state, attempts: current.attempts) else {
                throw SupervisionError.conflict(.deliveryMoved)
            }
            try DeliveryTransaction(records: records).enter(.noticeResent, after, by: principal.actor, at: now)
        }
        subscribers.tell(id)
    }
}
