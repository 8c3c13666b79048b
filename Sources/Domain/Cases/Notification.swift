/// News of a case for a body, once. (通知)
public struct Notification: Hashable, Sendable {
    public let id: NotificationID
    /// The same for the same news, whoever makes it and when.
    public var key: String
    public var caseID: CaseID
    public var body: Body
    public var notice: CaseNotice
    public var time: UTCTime

    public init(id: NotificationID, key: String, caseID: CaseID, body: Body, notice: CaseNotice, time: UTCTime) {
        self.id = id
        self.key = key
        self.caseID = caseID
        self.body = body
        self.notice = notice
        self.time = time
    }
}
