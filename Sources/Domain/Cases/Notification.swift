/// News of a case for a body, once. (通知)
public struct Notification: Hashable, Sendable {
    /// What it tells of.
    public enum Subject: Hashable, Sendable {
        case ofCase(CaseID, CaseNotice)
        case warning(WarningID)
    }

    public let id: NotificationID
    /// The same for the same news, whoever makes it and when.
    public var key: String
    public var subject: Subject
    public var body: Body
    public var time: UTCTime

    public init(id: NotificationID, key: String, subject: Subject, body: Body, time: UTCTime) {
        self.id = id
        self.key = key
        self.subject = subject
        self.body = body
        self.time = time
    }

    public init(id: NotificationID, key: String, caseID: CaseID, body: Body, notice: CaseNotice, time: UTCTime) {
        self.init(id: id, key: key, subject: .ofCase(caseID, notice), body: body, time: time)
    }

    /// nil = it is not about a case.
    public var caseID: CaseID? { if case .ofCase(let id, _) = subject { id } else { nil } }
    public var notice: CaseNotice? { if case .ofCase(_, let notice) = subject { notice } else { nil } }
    public var warningID: WarningID? { if case .warning(let id) = subject { id } else { nil } }
}
