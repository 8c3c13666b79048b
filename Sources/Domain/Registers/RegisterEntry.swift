/// One entry of a register, as its last version says. (登记)
public struct RegisterEntry: Hashable, Sendable {
    public let id: RegisterEntryID
    public let kind: RegisterKind
    /// nil = of the county.
    public let school: SchoolID?
    /// 1, and one more with each change; no version is ever lost.
    public var version: Int
    /// By the fields' names.
    public var values: [String: String]
    public var changedAt: UTCTime
    public var files: [KeptFile]

    public init(
        id: RegisterEntryID, kind: RegisterKind, school: SchoolID?, version: Int, values: [String: String],
        changedAt: UTCTime, files: [KeptFile] = []
    ) {
        self.id = id
        self.kind = kind
        self.school = school
        self.version = version
        self.values = values
        self.changedAt = changedAt
        self.files = files
    }

    /// Names of what is expected and not there; `file` = the paper or picture.
    public var missing: [String] {
        var missing = kind.fields.filter { $0.isExpected && values[$0.name] == nil }.map(\.name)
        // Who has taken the consent back need not give it.
        if kind == .staff, values["withdrawnOn"] != nil { missing.removeAll { $0 == "consentedOn" } }
        if kind.expectsFile, files.isEmpty { missing.append("file") }
        return missing
    }

    /// A request whose answer is late.
    public func isOverdue(on today: Day) -> Bool {
        guard kind == .requests, values["answeredOn"] == nil, let due = day("dueOn") else { return false }
        return due < today
    }

    public func day(_ name: String) -> Day? { values[name].flatMap { Day($0) } }
}

public typealias RegisterEntryID = Identifier<RegisterEntry>

/// What somebody once wrote into an entry.
public struct RegisterVersion: Hashable, Sendable {
    public var number: Int
    public var values: [String: String]
    public var time: UTCTime
    public var actor: LedgerActor

    public init(number: Int, values: [String: String], time: UTCTime, actor: LedgerActor) {
        self.number = number
        self.values = values
        self.time = time
        self.actor = actor
    }
}

/// A file that somebody has sent, on the disk. (文件)
public struct KeptFile: Hashable, Sendable {
    public let attachment: Attachment
    /// As the sender's machine called it.
    public var name: String
    /// What its first bytes say that it is.
    public var mediaType: String
    public var sizeBytes: Int
    /// Below the folder of attachments.
    public var path: String

    public init(_ attachment: Attachment, name: String, mediaType: String, sizeBytes: Int, path: String) {
        self.attachment = attachment
        self.name = name
        self.mediaType = mediaType
        self.sizeBytes = sizeBytes
        self.path = path
    }
}
