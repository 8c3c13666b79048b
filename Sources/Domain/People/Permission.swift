/// An act at a place: what somebody may do or not, for pages, API, media and exports alike.
public struct Permission: Hashable, Sendable {
    public var act: Act
    public var place: PlacePath

    public init(_ act: Act, at place: PlacePath) {
        self.act = act
        self.place = place
    }
}

extension Person {
    /// The one answer: the role's row of the matrix, inside the person's territory, while the account is switched on.
    public func may(_ act: Act, at place: PlacePath) -> Bool { territory(for: act)?.contains(place) == true }

    /// Where this person may do that: what lists are narrowed to. nil = nowhere.
    public func territory(for act: Act) -> Territory? { isEnabled && role.may(act) ? territory : nil }

    public func may(_ permission: Permission) -> Bool { may(permission.act, at: permission.place) }
}

/// The whole county's.
extension Permission {
    public static let manageGrid = Permission(.manageGrid, at: .county)
    public static let configureCameras = Permission(.manageCameras, at: .county)
    public static let managePeople = Permission(.managePeople, at: .county)
    public static let readViewings = Permission(.readViewings, at: .county)
    public static let readLedger = Permission(.readLedger, at: .county)
}
