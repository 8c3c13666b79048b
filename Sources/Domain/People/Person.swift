/// Somebody who signs in. (人员)
public struct Person: Hashable, Sendable {
    public let id: PersonID
    /// What is typed to sign in: unique without regard to case, 2…64 characters.
    public var account: String
    public var name: String
    public var role: Role
    /// For a school's own people: the only school whose kitchens they see.
    public var school: SchoolID?
    public var isEnabled: Bool
    /// The first thing asked after signing in with a password that somebody else chose.
    public var mustChangePassword: Bool

    public init(
        id: PersonID, account: String, name: String, role: Role, school: SchoolID? = nil, isEnabled: Bool = true,
        mustChangePassword: Bool = false
    ) {
        self.id = id
        self.account = account
        self.name = name
        self.role = role
        self.school = school
        self.isEnabled = isEnabled
        self.mustChangePassword = mustChangePassword
    }
}

public enum Role: String, Sendable, CaseIterable, Codable {
    case administrator
    case supervisor
    /// A school's food-safety officer or head teacher.
    case school
}
