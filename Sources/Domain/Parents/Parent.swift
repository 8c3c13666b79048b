public typealias ParentID = Identifier<Parent>
public typealias ParentInvitationID = Identifier<ParentInvitation>

/// Somebody of a class's families who is signed in on their own phone: sees what the county opens to parents beside the
/// public's page, and no page of supervision. (家长)
public struct Parent: Hashable, Sendable {
    /// Why a parent isn't one any more.
    public enum Ending: String, Hashable, Sendable, CaseIterable, Codable {
        /// By the school, alone or with the whole class.
        case revoked
        /// By the parent.
        case left
        /// The school year is over.
        case expired
    }

    public let id: ParentID
    public let invitation: ParentInvitationID
    /// As they want to be called, `王同学家长`; nil once it has ended.
    public var name: String?
    public var joinedAt: UTCTime
    /// The end of the school year in which they joined.
    public var expires: UTCTime
    public var endedAt: UTCTime?
    public var ending: Ending?

    /// Characters: enough for "mother of …", too few for a file on a child.
    public static let nameLength = 2...20
    public static let longestPhone = 30

    public init(
        id: ParentID, invitation: ParentInvitationID, name: String?, joinedAt: UTCTime, expires: UTCTime,
        endedAt: UTCTime? = nil, ending: Ending? = nil
    ) {
        self.id = id
        self.invitation = invitation
        self.name = name
        self.joinedAt = joinedAt
        self.expires = expires
        self.endedAt = endedAt
        self.ending = ending
    }

    public func isActive(at time: UTCTime) -> Bool { endedAt == nil && time < expires }
}

/// What a class is given to come in by, once for each family. (班级邀请)
public struct ParentInvitation: Hashable, Sendable {
    public let id: ParentInvitationID
    public let school: SchoolID
    /// As the school calls the class: `3年2班`.
    public var className: String
    /// How many may come in by it.
    public var mostUses: Int
    /// Nobody comes in by it from then on.
    public var until: UTCTime
    public var madeAt: UTCTime
    /// The class was revoked, with all who had come in.
    public var endedAt: UTCTime?

    public static let classNameLength = 1...20
    /// Two parents of each child of a large class, and some.
    public static let uses = 1...200

    public init(
        id: ParentInvitationID, school: SchoolID, className: String, mostUses: Int, until: UTCTime, madeAt: UTCTime,
        endedAt: UTCTime? = nil
    ) {
        self.id = id
        self.school = school
        self.className = className
        self.mostUses = mostUses
        self.until = until
        self.madeAt = madeAt
        self.endedAt = endedAt
    }

    /// - Parameter used: How many have come in by it, those who have gone since counted.
    public func isOpen(at time: UTCTime, used: Int) -> Bool { endedAt == nil && time < until && used < mostUses }
}
