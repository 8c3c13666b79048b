public import Domain
import Store

/// Ways by which news leave the product. (通知渠道) Needs ``Permission/managePeople``.
public struct Channels: Sendable {
    let store: Store
    let time: TimeSource
    let subscribers: Subscribers<DeliveryID?>

    public func list(for principal: Principal) async throws -> [NoticeChannel] {
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.channels.all() }
    }

    public func channel(_ id: ChannelID, for principal: Principal) async throws -> NoticeChannel {
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        guard let channel = try await store.read({ try $0.channels.channel(id) }) else {
            throw SupervisionError.notFound
        }
        return channel
    }

    @discardableResult
    public func add(_ draft: ChannelDraft, by principal: Principal) async throws -> NoticeChannel {
        let now = time.now()
        return try await store.write { records in
            try principal.require(.managePeople, records)
            let channel = try draft.checked(ChannelID(at: now), over: nil)
            try Self.checkOwner(of: channel, records)
            try records.channels.add(channel, at: now)
            try records.ledger.append(
                .channelAdded, to: "channel/\(channel.id)", by: principal.actor, at: now, payload: channel.ledgerPayload
            )
            return channel
        }
    }

    /// Switching off ends what waits for it: old news are not sent when it is switched on again.
    @discardableResult
    public func change(_ id: ChannelID, _ draft: ChannelDraft, by principal: Principal) async throws -> NoticeChannel {
        let now = time.now()
        let channel = try await store.write { records in
            try principal.require(.managePeople, records)
            guard let before = try records.channels.channel(id) else { throw SupervisionError.notFound }
            let after = try draft.checked(id, over: before)
            guard after != before else { return after }
            try Self.checkOwner(of: after, records)
            try records.channels.change(after)
            if !after.isEnabled {
                for delivery in try records.deliveries.waiting(for: id) {
                    try DeliveryTransaction(records: records).giveUp(delivery, SendFault(.switchedOff), at: now)
                }
            }
            try records.ledger.append(
                .channelChanged, to: "channel/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload).merging(
                    before.hiddenChanges(to: after)
                ) { _, new in new })
            return after
        }
        subscribers.tell(nil)
        return channel
    }

    /// Somebody has sent a message through it to try it.
    public func noteTrial(of id: ChannelID, _ outcome: SendOutcome, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(.managePeople, records)
            guard try records.channels.channel(id) != nil else { throw SupervisionError.notFound }
            _ = try records.ledger.append(
                .channelTried, to: "channel/\(id)", by: principal.actor, at: now, payload: outcome.ledgerPayload)
        }
    }

    private static func checkOwner(of channel: NoticeChannel, _ records: Records) throws {
        let isKnown =
            switch channel.owner {
            case .person(let id): try records.people.person(id) != nil
            case .body(.school(let id)): try records.places.school(id) != nil
            case .body(.townshipOffice(let id)): try records.places.township(id) != nil
            case .body(.marketRegulation), .body(.educationBureau), .body(.countyLeadership): true
            }
        guard isKnown else { throw SupervisionError.invalid(.owner, .unknown) }
    }
}

extension NoticeChannel {
    /// Neither its address, which may hold a robot's key or be somebody's own, nor its key.
    var ledgerPayload: [String: JSON] {
        [
            "name": .string(name), "owner": .string(owner.description), "channelKind": .string(kind.rawValue),
            "scope": .string(scope.rawValue), "language": .string(language.rawValue), "enabled": .bool(isEnabled),
        ]
    }

    /// What differs and can't be shown.
    func hiddenChanges(to after: NoticeChannel) -> [String: JSON] {
        var hidden: [JSON] = []
        if address != after.address { hidden.append("address") }
        if key != after.key { hidden.append("key") }
        return hidden.isEmpty ? [:] : ["changed": .array(hidden)]
    }
}

extension SendOutcome {
    var fault: SendFault? {
        switch self {
        case .sent: nil
        case .later(let fault), .refused(let fault), .unknown(let fault): fault
        }
    }

    var ledgerPayload: [String: JSON] {
        ["sent": .bool(fault == nil), "fault": fault.map { .string($0.kind.rawValue) } ?? .null]
    }
}
