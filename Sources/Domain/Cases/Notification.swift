/// News for a body, once. (通知)
public struct Notification: Hashable, Sendable {
    /// What it is about.
    public enum News: Hashable, Sendable {
        case ofCase(CaseID, CaseNotice)
        case affair(Affair)
    }

    public let id: NotificationID
    /// The same for the same news, whoever makes it and when.
    public var key: String
    public var news: News
    public var body: Body
    public var time: UTCTime

    public init(id: NotificationID, key: String, news: News, body: Body, time: UTCTime) {
        self.id = id
        self.key = key
        self.news = news
        self.body = body
        self.time = time
    }

    public init(id: NotificationID, key: String, caseID: CaseID, body: Body, notice: CaseNotice, time: UTCTime) {
        self.init(id: id, key: key, news: .ofCase(caseID, notice), body: body, time: time)
    }

    /// nil = it is about no case.
    public var caseID: CaseID? { if case .ofCase(let id, _) = news { id } else { nil } }
    public var affair: Affair? { if case .affair(let affair) = news { affair } else { nil } }
    /// What happened to the case.
    public var notice: CaseNotice? { if case .ofCase(_, let notice) = news { notice } else { nil } }
}

/// Something that is no case and that a body must know. (事项)
public struct Affair: Hashable, Sendable, Codable {
    /// The raw value is what records and other programs know it by.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        /// Nobody has answered within the time.
        case concernOverdue = "concern-overdue"

        /// Something is late: channels that carry nothing but that carry it.
        public var isEscalation: Bool {
            switch self {
            case .concernOverdue: true
            }
        }
    }

    public var kind: Kind
    /// As the ledger names it: `concern/<id>`.
    public var subject: String
    public var school: SchoolID?

    public init(_ kind: Kind, subject: String, school: SchoolID?) {
        self.kind = kind
        self.subject = subject
        self.school = school
    }
}

/// What a message about an affair says.
public struct AffairNews: Hashable, Sendable {
    public var affair: Affair
    public var school: String?
    public var body: Body
    public var time: UTCTime

    public init(affair: Affair, school: String?, body: Body, time: UTCTime) {
        self.affair = affair
        self.school = school
        self.body = body
        self.time = time
    }
}
