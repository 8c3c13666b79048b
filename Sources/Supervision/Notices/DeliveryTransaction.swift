import Domain
import Store

/// Deliveries inside one transaction, each final step with its ledger entry.
struct DeliveryTransaction {
    let records: Records

    /// What came of an attempt that somebody made.
    func finish(
        _ begun: Delivery, with outcome: SendOutcome, policy: SendingPolicy, at now: UTCTime
    ) throws {
        guard let current = try records.deliveries.delivery(begun.id),
            let channel = try records.channels.channel(begun.channel)
        else { return }
        let isOurs = current.state == .sending && current.attempts == begun.attempts
        // Somebody took this attempt for dead. Only that it arrived is still worth knowing, so that it isn't sent again.
        guard isOurs || (outcome.fault == nil && current.state != .sent && current.state != .sending) else { return }
        var after = current
        (after.state, after.nextTry) = policy.next(after: outcome, tries: begun.tries, on: channel.kind, at: now)
        after.fault = outcome.fault
        if case .sent(let answer) = outcome {
            after.answer = answer
            after.sentAt = now
        }
        if after.state == .waiting, !channel.isEnabled { (after.state, after.nextTry) = (.failed, nil) }
        try keep(after, from: current, at: now)
    }

    func giveUp(_ delivery: Delivery, _ fault: SendFault, at now: UTCTime) throws {
        var after = delivery
        (after.state, after.nextTry, after.fault) = (.failed, nil, fault)
        try keep(after, from: delivery, at: now)
    }

    private func keep(_ after: Delivery, from before: Delivery, at now: UTCTime) throws {
        guard try records.deliveries.change(after, from: before.state, attempts: before.attempts) else { return }
        switch after.state {
        case .waiting, .sending: break
        case .sent: try enter(.noticeSent, after, by: .node, at: now)
        case .failed, .uncertain: try enter(.noticeFailed, after, by: .node, at: now)
        }
    }

    func enter(_ act: LedgerAct, _ delivery: Delivery, by actor: LedgerActor, at now: UTCTime) throws {
        var payload = try subject(of: delivery.cargo)
        payload["channel"] = .string(delivery.channel.description)
        payload["attempts"] = .int(Int64(delivery.attempts))
        if act == .noticeFailed, let fault = delivery.fault { payload["fault"] = .string(fault.kind.rawValue) }
        if delivery.state == .uncertain { payload["uncertain"] = .bool(true) }
        // What does not apply is written as nothing: each entry of a kind has the same members.
        for name in ["case", "warning", "report", "affair", "body", "fault", "uncertain"] where payload[name] == nil {
            payload[name] = .null
        }
        try records.ledger.append(act, to: "delivery/\(delivery.id)", by: actor, at: now, payload: payload)
    }

    /// What is sent, and to whom.
    private func subject(of cargo: Delivery.Cargo) throws -> [String: JSON] {
        switch cargo {
        case .report(let id): return ["report": .string(id.description)]
        case .news(let id):
            guard let news = try records.notifications.notification(id) else { return [:] }
            var payload: [String: JSON] = ["body": .string(news.body.description)]
            switch news.subject {
            case .ofCase(let id, _): payload["case"] = .string(id.description)
            case .warning(let id): payload["warning"] = .string(id.description)
            case .affair(let affair): payload["affair"] = .string(affair.kind.rawValue)
            }
            return payload
        }
    }
}
