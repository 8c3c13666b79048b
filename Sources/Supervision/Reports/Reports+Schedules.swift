public import Domain
import Store

/// A schedule as somebody typed it.
public struct ReportScheduleDraft: Hashable, Sendable {
    public var kind: ReportKind
    public var territory: Territory
    public var receiver: NoticeChannel.Owner
    public var language: NoticeChannel.Language
    public var delayDays: Int
    public var minute: Int

    public init(
        kind: ReportKind, territory: Territory, receiver: NoticeChannel.Owner,
        language: NoticeChannel.Language = .simplifiedChinese, delayDays: Int = 0, minute: Int = 450
    ) {
        self.kind = kind
        self.territory = territory
        self.receiver = receiver
        self.language = language
        self.delayDays = delayDays
        self.minute = minute
    }
}

/// A schedule with what becomes of it.
public struct ReportScheduleSheet: Hashable, Sendable {
    public var schedule: ReportSchedule
    /// nil = switched off, or no term is to come.
    public var next: UTCTime?
    /// Mail channels of the receiver that are switched on; 0 = it reaches nobody.
    public var channels: Int
    /// Whether the receiver may still read it, and the place is still there.
    public var mayReceive: Bool
}

/// Which reports are sent when and to whom. Needs ``Act/scheduleReports`` at the county.
extension Reports {
    private static let permission = Permission(.scheduleReports, at: .county)

    public func schedules(for principal: Principal) async throws -> [ReportScheduleSheet] {
        guard principal.may(Self.permission) else { throw SupervisionError.notPermitted }
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let calendar = try records.rules.calendar() ?? SchoolCalendar()
            return try records.reports.schedules().map { schedule in
                ReportScheduleSheet(
                    schedule: schedule, next: schedule.isEnabled ? schedule.next(after: now, calendar, in: zone) : nil,
                    channels: try Self.channels(of: schedule, records).count,
                    mayReceive: try Self.mayReceive(schedule.receiver, schedule.territory, records))
            }
        }
    }

    @discardableResult
    public func schedule(_ draft: ReportScheduleDraft, by principal: Principal) async throws -> ReportSchedule {
        let now = time.now()
        guard ReportSchedule.delays.contains(draft.delayDays) else {
            throw SupervisionError.invalid(
                .delay,
                .outOfRange(minimum: ReportSchedule.delays.lowerBound, maximum: ReportSchedule.delays.upperBound))
        }
        guard (0..<1440).contains(draft.minute) else { throw SupervisionError.invalid(.hours, .implausible) }
        return try await store.write { records in
            try principal.require(Self.permission, records)
            guard try Self.path(of: draft.territory, records) != nil else {
                throw SupervisionError.invalid(.school, .unknown)
            }
            guard try Self.mayReceive(draft.receiver, draft.territory, records) else {
                throw SupervisionError.invalid(.owner, .notAllowed)
            }
            let schedule = ReportSchedule(
                id: ReportScheduleID(at: now), kind: draft.kind, territory: draft.territory, receiver: draft.receiver,
                language: draft.language, delayDays: draft.delayDays, minute: draft.minute, since: now)
            try records.reports.set(schedule)
            try records.ledger.append(
                .reportScheduled, to: "report-schedule/\(schedule.id)", by: principal.actor, at: now,
                payload: schedule.ledgerPayload)
            return schedule
        }
    }

    /// What was due while it was off is not sent.
    public func setEnabled(_ isEnabled: Bool, of id: ReportScheduleID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Self.permission, records)
            guard let before = try records.reports.schedule(id) else { throw SupervisionError.notFound }
            guard before.isEnabled != isEnabled else { return }
            var after = before
            after.isEnabled = isEnabled
            if isEnabled { after.since = now }
            try records.reports.set(after)
            try records.ledger.append(
                .reportScheduleChanged, to: "report-schedule/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
        }
    }

    /// What was sent stays.
    public func removeSchedule(_ id: ReportScheduleID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            try principal.require(Self.permission, records)
            guard let before = try records.reports.schedule(id) else { throw SupervisionError.notFound }
            try records.reports.remove(id)
            try records.ledger.append(
                .reportScheduleRemoved, to: "report-schedule/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload)
        }
    }

    /// Nobody is sent more than they may read.
    static func mayReceive(
        _ receiver: NoticeChannel.Owner, _ territory: Territory, _ records: Records
    ) throws -> Bool {
        guard let path = try path(of: territory, records) else { return false }
        switch receiver {
        case .body(let body):
            let isThere =
                switch body {
                case .school(let id): try records.places.school(id) != nil
                case .townshipOffice(let id): try records.places.township(id) != nil
                case .marketRegulation, .educationBureau, .countyLeadership: true
                }
            return isThere && body.territory.contains(path)
        case .person(let id): return try records.people.person(id)?.may(.readFigures, at: path) ?? false
        }
    }

    static func channels(of schedule: ReportSchedule, _ records: Records) throws -> [NoticeChannel] {
        try records.channels.enabled(of: schedule.receiver).filter { $0.kind == .mail }
    }
}

extension ReportSchedule {
    var ledgerPayload: [String: JSON] {
        [
            "kind": .string(kind.rawValue), "place": .string("\(territory)"), "receiver": .string("\(receiver)"),
            "language": .string(language.rawValue), "delayDays": .int(Int64(delayDays)),
            "minute": .int(Int64(minute)), "enabled": .bool(isEnabled),
        ]
    }
}
