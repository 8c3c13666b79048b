/// News for a body, once. (通知)
public struct Notification: Hashable, Sendable {
    /// What it tells of.
    public enum Subject: Hashable, Sendable {
        case ofCase(CaseID, CaseNotice)
        case warning(WarningID)
        case affair(Affair)
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
    public var affair: Affair? { if case .affair(let affair) = subject { affair } else { nil } }
    public var warningID: WarningID? { if case .warning(let id) = subject { id } else { nil } }
}

/// Something that is no case and that a body must know. (事项)
public struct Affair: Hashable, Sendable, Codable {
    /// The raw value is what records and other programs know it by.
    public enum Kind: String, Hashable, Sendable, CaseIterable, Codable {
        /// Somebody waits for an answer.
        case concernReceived = "concern-received"
        /// Nobody has answered within the time.
        case concernOverdue = "concern-overdue"
        /// What was found on the spot: the school may still say that it is wrong.
        case inspectionHandedIn = "inspection-handed-in"
        /// The school has said so: somebody must decide.
        case inspectionDisputed = "inspection-disputed"
        case inspectionDecided = "inspection-decided"

        /// Something is late: channels that carry nothing but that carry it.
        public var isEscalation: Bool {
            switch self {
            case .concernOverdue: true
            case .concernReceived, .inspectionHandedIn, .inspectionDisputed, .inspectionDecided: false
            }
        }
    }

    public var kind: Kind
    /// As the ledger names it: `concern/<id>`, `inspection/<id>`.
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
