/// A report that was finished: its document never changes, and its hash is in the ledger. (定稿)
public struct ReportIssue: Hashable, Sendable {
    public let id: ReportIssueID
    /// nil = somebody finished it by hand.
    public var schedule: ReportScheduleID?
    public var kind: ReportKind
    public var days: DaySpan
    public var territory: Territory
    public var language: NoticeChannel.Language
    public var madeAt: UTCTime
    /// Of the document (PDF).
    public var sha256: [UInt8]
    public var sizeBytes: Int

    public var name: ReportName { ReportName(kind, from: days.first) }

    public init(
        id: ReportIssueID, schedule: ReportScheduleID?, kind: ReportKind, days: DaySpan, territory: Territory,
        language: NoticeChannel.Language, madeAt: UTCTime, sha256: [UInt8], sizeBytes: Int
    ) {
        self.id = id
        self.schedule = schedule
        self.kind = kind
        self.days = days
        self.territory = territory
        self.language = language
        self.madeAt = madeAt
        self.sha256 = sha256
        self.sizeBytes = sizeBytes
    }
}

public typealias ReportIssueID = Identifier<ReportIssue>
