/// Somebody's place at an activity, alone or with others. (报名)
public struct SignUp: Hashable, Sendable {
    public enum State: String, Sendable, Hashable, CaseIterable, Codable {
        case confirmed
        /// On the waiting list. (候补)
        case waiting
        case cancelled
        case came
        /// Was expected and did not come.
        case absent
    }

    public let id: SignUpID
    /// Stands in the address of its own page, and in the QR code that is shown at the door.
    public let code: PublicCode
    public let guest: Guest
    public internal(set) var state: State
    /// How many came; none before they did.
    public internal(set) var came: HeadCount
    /// Added at the door.
    public let isWalkIn: Bool
    public let madeAt: UTCTime
    /// When the waiting list let it in.
    public internal(set) var movedUpAt: UTCTime?

    public init(
        id: SignUpID, code: PublicCode, guest: Guest, state: State = .waiting, came: HeadCount = .none,
        isWalkIn: Bool = false, madeAt: UTCTime, movedUpAt: UTCTime? = nil
    ) {
        self.id = id
        self.code = code
        self.guest = guest
        self.state = state
        self.came = came
        self.isWalkIn = isWalkIn
        self.madeAt = madeAt
        self.movedUpAt = movedUpAt
    }

    /// The places that it takes.
    public var heads: HeadCount {
        switch state {
        case .confirmed: guest.heads
        case .came: came
        case .waiting, .cancelled, .absent: .none
        }
    }
}

public typealias SignUpID = Identifier<SignUp>

/// Who signs up.
public struct Guest: Hashable, Sendable {
    /// 1…40 characters; of pupils “class 3(2)” or a first name. Empty once it was erased.
    public var name: String
    public var role: ActivityRole
    /// Of that role: 1…10 from the public page, 1…200 by staff.
    public var count: Int
    /// Pupils who come along with a parent, not named: 0…5.
    public var pupils: Int
    public var phone: String?
    public var mail: String?
    /// May be in photographs that are made public.
    public var consents: Bool
    /// In which they are written to.
    public var language: NoticeChannel.Language

    public init(
        _ name: String, as role: ActivityRole, count: Int = 1, pupils: Int = 0, phone: String? = nil,
        mail: String? = nil, consents: Bool = false, language: NoticeChannel.Language = .simplifiedChinese
    ) {
        self.name = name
        self.role = role
        self.count = count
        self.pupils = pupils
        self.phone = phone
        self.mail = mail
        self.consents = consents
        self.language = language
    }

    public static let mostAlone = 10
    public static let mostByStaff = 200
    public static let mostPupils = 5

    public var heads: HeadCount { HeadCount([role: count]) + HeadCount([.pupil: pupils]) }

    public enum Flaw: Error, Hashable, Sendable {
        /// Pupils are signed up by a parent or their school.
        case roleAlone
        /// Nothing by which a pupil could be reached is taken in.
        case contactOfPupil
        case count
        case pupils
    }

    public func check(byStaff: Bool) throws(Flaw) {
        guard byStaff || role.signsUpAlone else { throw .roleAlone }
        guard role != .pupil || (phone == nil && mail == nil) else { throw .contactOfPupil }
        guard (1...(byStaff ? Self.mostByStaff : Self.mostAlone)).contains(count) else { throw .count }
        guard (0...(role == .parent ? Self.mostPupils : 0)).contains(pupils) else { throw .pupils }
    }
}
