/// A report that is sent by itself when its span is over. (定期报告)
public struct ReportSchedule: Hashable, Sendable {
    public let id: ReportScheduleID
    public var kind: ReportKind
    /// What it is about: county, township or school.
    public var territory: Territory
    /// Through whose mail channels it goes.
    public var receiver: NoticeChannel.Owner
    public var language: NoticeChannel.Language
    /// Days after the first one that follows the span: 0 = Monday, the first of the month, the day after the term. 0…27.
    public var delayDays: Int
    /// After midnight, 0…1439.
    public var minute: Int
    public var isEnabled: Bool
    /// What was due before is not sent: since it was made, or switched on again.
    public var since: UTCTime

    public static let delays = 0...27
    /// After so long nobody waits for a report any more.
    public static let longestLateness = Duration.seconds(35 * 86_400)

    public init(
        id: ReportScheduleID, kind: ReportKind, territory: Territory, receiver: NoticeChannel.Owner,
        language: NoticeChannel.Language, delayDays: Int, minute: Int, isEnabled: Bool = true, since: UTCTime
    ) {
        self.id = id
        self.kind = kind
        self.territory = territory
        self.receiver = receiver
        self.language = language
        self.delayDays = delayDays
        self.minute = minute
        self.isEnabled = isEnabled
        self.since = since
    }

    /// When the report of a span is sent.
    public func due(_ span: ReportSpan, in zone: TerritoryZone) -> UTCTime {
        (span.days.last + 1 + delayDays).time(minute: minute, in: zone)
    }

    /// Spans whose report is to be sent by now, the oldest first. What has been sent, others know.
    public func due(at now: UTCTime, _ calendar: SchoolCalendar, in zone: TerritoryZone) -> [ReportSpan] {
        guard isEnabled else { return [] }
        let earliest = max(since, now - Self.longestLateness)
        // As many weeks as may be late, and be delayed.
        return ReportSpan.last(12, kind, upTo: Day(of: now, in: zone), calendar).filter {
            let due = due($0, in: zone)
            return earliest <= due && due <= now
        }.reversed()
    }

    /// When the next one is sent; nil = the calendar has no term that is yet to end.
    public func next(after now: UTCTime, _ calendar: SchoolCalendar, in zone: TerritoryZone) -> UTCTime? {
        let ahead = Day(of: now, in: zone) + 366
        return ReportSpan.last(60, kind, upTo: ahead, calendar).map { due($0, in: zone) }.filter { $0 > now }.min()
    }

    /// The same for the same report, whoever makes it and when.
    public func key(_ span: ReportSpan) -> String { "\(id)/\(span.name)" }
}

public typealias ReportScheduleID = Identifier<ReportSchedule>

extension Body {
    /// What its people answer for. (辖区)
    public var territory: Territory {
        switch self {
        case .marketRegulation, .educationBureau, .countyLeadership: .county
        case .townshipOffice(let id): .township(id)
        case .school(let id): .school(id)
        }
    }
}
