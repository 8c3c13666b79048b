/// What a message says: news of a case as it stands when the message is sent.
public struct CaseNews: Hashable, Sendable {
    public var caseID: CaseID
    /// What people call the case by.
    public var number: Int
    public var notice: CaseNotice
    public var school: String
    public var matter: CaseMatter
    public var grade: Grade
    public var body: Body
    /// The next deadline; nil = none runs.
    public var due: CaseSummary.Due?
    /// When it happened.
    public var time: UTCTime

    public init(
        caseID: CaseID, number: Int, notice: CaseNotice, school: String, matter: CaseMatter, grade: Grade, body: Body,
        due: CaseSummary.Due?, time: UTCTime
    ) {
        self.caseID = caseID
        self.number = number
        self.notice = notice
        self.school = school
        self.matter = matter
        self.grade = grade
        self.body = body
        self.due = due
        self.time = time
    }
}

/// What a message says: that a warning was given. (预警消息)
public struct WarningNews: Hashable, Sendable {
    public var id: WarningID
    public var warning: Warning
    /// What its place is called; nil = the county.
    public var place: String?
    public var body: Body
    public var time: UTCTime

    public init(id: WarningID, warning: Warning, place: String?, body: Body, time: UTCTime) {
        self.id = id
        self.warning = warning
        self.place = place
        self.body = body
        self.time = time
    }
}

/// What messages are about.
public enum News: Hashable, Sendable {
    case ofCase(CaseNews)
    case ofWarning(WarningNews)
    case affair(AffairNews)

    public var body: Body {
        switch self {
        case .ofCase(let news): news.body
        case .ofWarning(let news): news.body
        case .affair(let news): news.body
        }
    }

    public var time: UTCTime {
        switch self {
        case .ofCase(let news): news.time
        case .ofWarning(let news): news.time
        case .affair(let news): news.time
        }
    }

    /// nil = it is not about a case.
    public var affair: AffairNews? { if case .affair(let news) = self { news } else { nil } }
    public var aboutCase: CaseNews? { if case .ofCase(let news) = self { news } else { nil } }
}

extension CaseNotice {
    /// As other programs know it.
    public var name: String {
        switch self {
        case .dispatched: "dispatched"
        case .acknowledged: "acknowledged"
        case .submitted: "submitted"
        case .passed: "passed"
        case .returned: "returned"
        case .reinspectionFailed: "reinspection-failed"
        case .closed: "closed"
        case .reopened: "reopened"
        case .appealed: "appealed"
        case .appealUpheld: "appeal-upheld"
        case .appealRejected: "appeal-rejected"
        case .extensionAsked: "extension-asked"
        case .extended: "extended"
        case .extensionRefused: "extension-refused"
        case .transferred: "transferred"
        case .withdrawn: "withdrawn"
        case .urged: "urged"
        case .escalated: "escalated"
        }
    }
}

/// A message in words, for any channel.
public struct NoticeMessage: Hashable, Sendable {
    /// One line.
    public var subject: String
    public var lines: [String]
    /// The page that it is about; nil = this node's public address is not set.
    public var address: String?
    /// In words: `打开案件`.
    public var addressLabel: String
    /// Only mail takes them along.
    public var attachments: [NoticeAttachment]

    public init(
        subject: String, lines: [String], address: String?, addressLabel: String, attachments: [NoticeAttachment] = []
    ) {
        self.subject = subject
        self.lines = lines
        self.address = address
        self.addressLabel = addressLabel
        self.attachments = attachments
    }
}

/// A file that goes with a letter.
public struct NoticeAttachment: Hashable, Sendable {
    /// In any script.
    public var name: String
    /// `application/pdf`
    public var mediaType: String
    public var bytes: [UInt8]

    public init(name: String, mediaType: String, bytes: [UInt8]) {
        self.name = name
        self.mediaType = mediaType
        self.bytes = bytes
    }
}
