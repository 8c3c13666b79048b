public import Domain
import Store

/// Reminders of duties and papers, on their way to schools. (提醒)
///
/// Each cause is a row that exists once, made with its deliveries in one transaction: however often this is asked, by however many
/// processes, nobody is reminded twice of the same. An attempt is kept before its first byte leaves, as with news of cases.
public struct Reminders: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone
    let policy: SendingPolicy
    let rule: ReminderRule

    /// Makes what has become due.
    /// - Returns: When there is something to make next; nil = not today.
    public func make() async throws -> UTCTime? {
        let now = time.now()
        let (zone, rule) = (zone, rule)
        let (found, next) = try await store.read { records in try Self.found(records, rule, zone: zone, now: now) }
        if !found.isEmpty {
            try await store.write { records in
                let routing = try NoticeRouting(records, at: now)
                for (school, cause, content) in found {
                    let reminder = Reminder(id: ReminderID(at: now), school: school, content: content, time: now)
                    guard try records.reminders.add(reminder, cause: cause) else { continue }
                    let channels = try routing.channels(of: .school(school))
                    for channel in channels {
                        try records.reminders.add(
                            ReminderDelivery(
                                id: DeliveryID(at: now), reminder: reminder.id, channel: channel.id, nextTry: now))
                    }
                    try records.ledger.append(
                        .schoolReminded, to: "school/\(school)", by: .node, at: now,
                        payload: ["cause": .string(cause), "channels": .int(Int64(channels.count))])
                }
            }
        }
        return next
    }

    private typealias Found = (school: SchoolID, cause: String, content: Reminder.Content)

    private static func found(
        _ records: Records, _ rule: ReminderRule, zone: TerritoryZone, now: UTCTime
    ) throws -> (found: [Found], next: UTCTime?) {
        let today = Day(of: now, in: zone)
        let plans = try records.duties.plans()
        var (found, next): ([Found], [UTCTime]) = ([], [])
        let isPaperTime = now >= today.time(minute: rule.paperMinute, in: zone)
        let papers = isPaperTime ? Dictionary(grouping: try records.papers.all(in: .county), by: \.school) : [:]
        if !isPaperTime { next.append(today.time(minute: rule.paperMinute, in: zone)) }
        for school in try records.places.schools() {
            var wanted = (papers[school.id] ?? []).compactMap { rule.paper($0, on: today) }
            if plans.plans(of: school.id).plan(on: today) != nil {
                let standings = try DutyStandings(records, zone: zone, now: now, school: school, plans: plans)
                wanted += rule.duties(
                    try standings.due(in: DaySpan(today, through: today)), at: now)
                if let time = rule.next(standings.schedule.due(on: today), after: now) { next.append(time) }
            }
            for (cause, content) in wanted where try !records.reminders.isKnown(cause: cause, of: school.id) {
                found.append((school.id, cause, content))
            }
        }
        return (found, next.min())
    }

    /// Takes what is due as this process's to send. Each must be given back to ``finish(_:with:)`` within the policy's lease.
    public func claim(limit: Int) async throws -> [OutgoingReminder] {
        let now = time.now()
        guard limit > 0, try await store.read({ try !$0.reminders.due(at: now, limit: 1).isEmpty }) else { return [] }
        let (policy, zone) = (policy, zone)
        return try await store.write { records in
            try records.reminders.due(at: now, limit: limit).compactMap { delivery in
                guard let channel = try records.channels.channel(delivery.channel),
                    let reminder = try records.reminders.reminder(delivery.reminder),
                    let school = try records.places.school(reminder.school)
                else { return nil }
                guard delivery.state == .waiting else {
                    // Whoever had it is gone.
                    try records.finish(delivery, with: .unknown(SendFault(.interrupted)), channel, policy, at: now)
                    return nil
                }
                guard channel.isEnabled, !reminder.isStale(at: now) else {
                    try records.finish(delivery, with: .refused(SendFault(.switchedOff)), channel, policy, at: now)
                    return nil
                }
                let (minute, day) = (now.milliseconds / 60_000, Day(of: now, in: zone))
                let use = try records.channels.use(of: channel.id, minute: minute, day: day.number)
                var begun = delivery
                guard use.inMinute < policy.minuteCap, use.inDay < policy.dailyCap else {
                    begun.nextTry = UTCTime(milliseconds: (minute + 1) * 60_000)
                    _ = try records.reminders.change(begun, from: .waiting, attempts: delivery.attempts)
                    return nil
                }
                (begun.state, begun.attempts, begun.nextTry) = (.sending, delivery.attempts + 1, now + policy.lease)
                guard try records.reminders.change(begun, from: .waiting, attempts: delivery.attempts) else {
                    return nil
                }
                try records.channels.noteUse(of: channel.id, minute: minute, day: day.number)
                return OutgoingReminder(delivery: begun, channel: channel, reminder: reminder, school: school.name)
            }
        }
    }

    public func finish(_ outgoing: OutgoingReminder, with outcome: SendOutcome) async throws {
        let (now, policy) = (time.now(), policy)
        try await store.write { records in
            guard let current = try records.reminders.delivery(outgoing.delivery.id), current.state == .sending,
                current.attempts == outgoing.delivery.attempts
            else { return }
            try records.finish(current, with: outcome, outgoing.channel, policy, at: now)
        }
    }

    /// When something has to be sent or settled.
    public func nextTime() async throws -> UTCTime? { try await store.read { try $0.reminders.nextTime() } }
}

/// A reminder that this process has undertaken to send, once.
public struct OutgoingReminder: Sendable {
    public var delivery: ReminderDelivery
    public var channel: NoticeChannel
    public var reminder: Reminder
    public var school: String
}

extension Reminder {
    /// Once its time is over, a reminder of what is to be done helps nobody.
    fileprivate func isStale(at now: UTCTime) -> Bool {
        switch content {
        case .duties(_, let due): due < now
        case .paper: false
        }
    }
}

extension Records {
    fileprivate func finish(
        _ delivery: ReminderDelivery, with outcome: SendOutcome, _ channel: NoticeChannel, _ policy: SendingPolicy,
        at now: UTCTime
    ) throws {
        var after = delivery
        (after.state, after.nextTry) = policy.next(
            after: outcome, tries: delivery.attempts, on: channel.kind, at: now)
        switch outcome {
        case .sent(let answer): (after.fault, after.answer) = (nil, answer)
        case .later(let fault), .refused(let fault), .unknown(let fault):
            (after.fault, after.answer) = (fault.kind, fault.answer)
        }
        guard try reminders.change(after, from: delivery.state, attempts: delivery.attempts),
            after.state != .waiting
        else { return }
        try ledger.append(
            after.state == .sent ? .reminderSent : .reminderFailed, to: "delivery/\(delivery.id)", by: .node, at: now,
            payload: [
                "channel": .string("\(delivery.channel)"), "attempts": .int(Int64(delivery.attempts)),
                "fault": after.fault.map { .string($0.rawValue) } ?? .null,
                "uncertain": after.state == .uncertain ? .bool(true) : .null,
            ])
    }
}
