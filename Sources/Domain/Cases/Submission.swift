/// What somebody adds to a case as proof. (附件)
public struct Attachment: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case photo
        case video
        case document
    }

    public let id: AttachmentID
    public var kind: Kind
    /// 64 hexadecimal digits: the ledger proves the file.
    public var sha256: String

    public init(id: AttachmentID, kind: Kind, sha256: String) {
        self.id = id
        self.kind = kind
        self.sha256 = sha256
    }
}

/// What a school hands in when it has rectified. (整改反馈)
public struct Submission: Hashable, Sendable, Codable {
    public var text: String
    public var attachments: [Attachment]
    /// When the school will show it live, instead of or beside the rest. (预约视频核查)
    public var appointment: UTCTime?

    public init(text: String, attachments: [Attachment] = [], appointment: UTCTime? = nil) {
        self.text = text
        self.attachments = attachments
        self.appointment = appointment
    }

    public var isEmpty: Bool { text.trimmingBlanks().isEmpty && attachments.isEmpty && appointment == nil }
}

/// A look at what was done: a review of what was handed in, or a re-inspection. (审核、复查)
public struct Inspection: Hashable, Sendable, Codable {
    public enum Method: String, Sendable, Hashable, CaseIterable, Codable {
        /// What was handed in, on the screen.
        case onScreen
        /// Live or recorded footage.
        case footage
        case onSite
    }

    public var method: Method
    public var note: String
    public var attachments: [Attachment]

    public init(_ method: Method, note: String = "", attachments: [Attachment] = []) {
        self.method = method
        self.note = note
        self.attachments = attachments
    }
}
