/// Something that was found at an activity. (现场发现)
public struct ActivityFinding: Hashable, Sendable {
    public let id: ActivityFindingID
    public var activity: ActivityID
    public var school: SchoolID
    public var area: AreaID?
    /// What a case would be about: 1…60 characters.
    public var matter: String
    public var grade: Grade
    /// 0…500 characters; may name people, so that it is never public.
    public var note: String
    /// Put right while everybody was there.
    public var isMended: Bool
    public var time: UTCTime
    /// nil = no case was made of it.
    public var caseID: CaseID?

    public init(
        id: ActivityFindingID, activity: ActivityID, school: SchoolID, area: AreaID? = nil, matter: String,
        grade: Grade, note: String = "", isMended: Bool = false, time: UTCTime, caseID: CaseID? = nil
    ) {
        self.id = id
        self.activity = activity
        self.school = school
        self.area = area
        self.matter = matter
        self.grade = grade
        self.note = note
        self.isMended = isMended
        self.time = time
        self.caseID = caseID
    }
}

public typealias ActivityFindingID = Identifier<ActivityFinding>

/// A photograph of an activity, made anew without what the telephone had written into it. (活动照片)
public struct ActivityPhoto: Hashable, Sendable {
    public let id: ActivityPhotoID
    public var activity: ActivityID
    /// What it shows; nil = the activity itself.
    public var finding: ActivityFindingID?
    /// 0…100 characters.
    public var caption: String
    /// Everybody who can be recognised in it has agreed, as somebody says who let it pass.
    public var isPublic: Bool
    /// Below the folder of activities.
    public var path: String
    public var sizeBytes: Int
    public var sha256: [UInt8]
    public var time: UTCTime

    public init(
        id: ActivityPhotoID, activity: ActivityID, finding: ActivityFindingID? = nil, caption: String = "",
        isPublic: Bool = false, path: String, sizeBytes: Int, sha256: [UInt8], time: UTCTime
    ) {
        self.id = id
        self.activity = activity
        self.finding = finding
        self.caption = caption
        self.isPublic = isPublic
        self.path = path
        self.sizeBytes = sizeBytes
        self.sha256 = sha256
        self.time = time
    }

    public static let mostOfOne = 60
}

public typealias ActivityPhotoID = Identifier<ActivityPhoto>

/// What somebody who came thinks of it, given by the code of the sign-up. (反馈)
public struct ActivityFeedback: Hashable, Sendable {
    public var signUp: SignUpID
    public var activity: ActivityID
    public var role: ActivityRole
    /// 1…5
    public var stars: Int
    /// 0…500 characters.
    public var words: String
    public var time: UTCTime
    /// Stars always count; words are public only when somebody let them pass.
    public var isPublic: Bool

    public init(
        signUp: SignUpID, activity: ActivityID, role: ActivityRole, stars: Int, words: String, time: UTCTime,
        isPublic: Bool = false
    ) {
        self.signUp = signUp
        self.activity = activity
        self.role = role
        self.stars = stars
        self.words = words
        self.time = time
        self.isPublic = isPublic
    }

    public static let stars = 1...5
    public static let longest = 500
}
