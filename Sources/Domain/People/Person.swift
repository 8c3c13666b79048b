/// Somebody who signs in. (人员)
public struct Person: Hashable, Sendable {
    public let id: PersonID
    /// What is typed to sign in: unique without regard to case, 2…64 characters.
    public var account: String
    public var name: String
    public var role: Role
    /// For a school's own people: the only school whose kitchens they see.
    public var school: SchoolID?
    /// For a township office's people, and for others who are narrowed to one township.
    public var township: TownshipID?
    /// For those who look after one canteen of a school with several.
    public var canteen: CanteenID?
    public var isEnabled: Bool
    /// The first thing asked after signing in with a password that somebody else chose.
    public var mustChangePassword: Bool

    public init(
        id: PersonID, account: String, name: String, role: Role, school: SchoolID? = nil, township: TownshipID? = nil,
        canteen: CanteenID? = nil, isEnabled: Bool = true, mustChangePassword: Bool = false
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.role = role
        self.school = school
        self.township = township
        self.canteen = canteen
        self.isEnabled = isEnabled
        self.mustChangePassword = mustChangePassword
    }

    /// Where this person's permissions hold: the smallest place that the account is bound to.
    /// nil = nowhere: a township's or a school's account without its township or school.
    public var territory: Territory? {
        if role.ground == .township && township == nil { return nil }
        if role.ground == .school && school == nil { return nil }
        if let canteen { return .canteen(canteen) }
        if let school { return .school(school) }
        if let township { return .township(township) }
        return .county
    }

    /// On whose behalf this person acts; nil for those who only look.
    public var body: Body? {
        switch role {
        case .administrator, .supervisor: .marketRegulation
        case .township: township.map(Body.townshipOffice)
        case .education: .educationBureau
        case .school: school.map(Body.school)
        case .viewer, .hall: nil
        }
    }
}
