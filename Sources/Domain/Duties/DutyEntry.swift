/// A version of what a school entered for something to do. (自查记录)
public struct DutyEntry: Hashable, Sendable {
    public let id: DutyEntryID
    public var school: SchoolID
    public var slot: DutySlot
    /// 1 = the first; each correction is one more, and the earlier ones are kept.
    public var version: Int
    public var record: DutyRecord
    /// Photographs that go with it, at most ``mostPhotos``.
    public var photos: [SchoolFileID]
    public var by: PersonID
    public var time: UTCTime
    /// Why it was corrected: 2…200 characters; empty for the first version.
    public var reason: String

    public static let mostPhotos = 3
    public static let longestReason = 200
    /// So many days after its period something that was left out can still be entered; it stays late.
    public static let lateDays = 31

    public init(
        id: DutyEntryID, school: SchoolID, slot: DutySlot, version: Int, record: DutyRecord,
        photos: [SchoolFileID] = [],
        by person: PersonID, time: UTCTime, reason: String = ""
    ) {
        self.id = id
        self.school = school
        self.slot = slot
        self.version = version
        self.record = record
        self.photos = photos
        by = person
        self.time = time
        self.reason = reason
    }
}

public typealias DutyEntryID = Identifier<DutyEntry>

/// Something to do and where the school stands with it. (履行情况)
public struct DutyStanding: Hashable, Sendable {
    public var due: DutySchedule.Due
    public var state: DutyState
    /// When it was first entered.
    public var first: UTCTime?
    /// Of the version that holds.
    public var problems: Int

    public var slot: DutySlot { due.slot }
    /// It is held against the school: left out, or done too late.
    public var isMissed: Bool { due.counts && state == .missed }

    public init(_ due: DutySchedule.Due, first: UTCTime?, problems: Int = 0, now: UTCTime) {
        self.due = due
        state = DutyState(first: first, due: due.time, now: now)
        self.first = first
        self.problems = problems
    }
}

/// A file that belongs to a school: a photograph of a duty, the picture of a licence.
public struct SchoolFile: Hashable, Sendable {
    public let id: SchoolFileID
    public var school: SchoolID
    /// Somebody's own paper: seen by those who may see these.
    public var isPersonal: Bool
    /// As the sender's machine called it.
    public var name: String
    /// What its first bytes say that it is.
    public var mediaType: String
    public var sizeBytes: Int
    /// Of the whole file, 64 lower-case digits.
    public var sha256: String
    /// Below the folder of attachments.
    public var path: String

    public init(
        id: SchoolFileID, school: SchoolID, isPersonal: Bool, name: String, mediaType: String, sizeBytes: Int,
        sha256: String, path: String
    ) {
        self.id = id
        self.school = school
        self.isPersonal = isPersonal
        self.name = name
        self.mediaType = mediaType
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.path = path
    }
}

public typealias SchoolFileID = Identifier<SchoolFile>
