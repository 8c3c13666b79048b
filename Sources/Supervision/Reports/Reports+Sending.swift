import Crypto
public import Domain
import Store

/// A report whose time has come.
public struct DueReport: Hashable, Sendable {
    public var schedule: ReportSchedule
    public var span: ReportSpan

    public var name: ReportName { span.name }
}

extension Reports {
    /// What has to be sent by now and was not yet, the oldest first: computed from the records, so that nothing is lost while
    /// the program is off.
    public func due() async throws -> [DueReport] {
        let (now, zone) = (time.now(), zone)
        return try await store.read { records in
            let schedules = try records.reports.schedules()
            guard schedules.contains(where: \.isEnabled) else { return [] }
            let calendar = try records.rules.calendar() ?? SchoolCalendar()
            return try schedules.flatMap { schedule in
                let spans = try schedule.due(at: now, calendar, in: zone).filter {
                    try !records.reports.hasIssue(key: schedule.key($0))
                }
                guard !spans.isEmpty, try Self.mayReceive(schedule.receiver, schedule.territory, records) else {
                    return [DueReport]()
                }
                return spans.map { DueReport(schedule: schedule, span: $0) }
            }.sorted { ($0.span.days.last, $0.schedule.id) < ($1.span.days.last, $1.schedule.id) }
        }
    }

    /// Finishes a due report and puts it on its way, in one transaction: whoever comes second changes nothing.
    /// - Returns: nil = it was finished already, or its schedule has changed since.
    public func send(_ due: DueReport, document: [UInt8]) async throws -> ReportIssue? {
        let now = time.now()
        let issue = try await store.write { records -> ReportIssue? in
            let schedule = due.schedule
            guard try records.reports.schedule(schedule.id) == schedule,
                try Self.mayReceive(schedule.receiver, schedule.territory, records)
            else { return nil }
            let issue = ReportIssue(
                id: ReportIssueID(at: now), schedule: schedule.id, kind: due.span.kind, days: due.span.days,
                territory: schedule.territory, language: schedule.language, madeAt: now,
                sha256: Array(SHA256.hash(data: document)), sizeBytes: document.count)
            guard try records.reports.add(issue, key: schedule.key(due.span), document: document) else { return nil }
            try Self.enter(issue, records, by: .node, at: now)
            for channel in try Self.channels(of: schedule, records) {
                try records.deliveries.add(
                    Delivery(
                        id: DeliveryID(at: now), cargo: .report(issue.id), channel: channel.id, nextTry: now,
                        madeAt: now))
            }
            return issue
        }
        if issue != nil { subscribers.tell(nil) }
        return issue
    }
}
