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
    public func may(_ act: Act, at place: PlacePath) -> Bool {
        isEnabled && role.may(act) && territory?.contains(place) == true
    }

    public func may(_ permission: Permission) -> Bool { may(permission.act, at: permission.place) }
}

/// Questions that know no more than a school. Without its township, a township's officer is refused: ask with the
/// school's path wherever it is at hand.
extension Permission {
    public static func see(_ school: SchoolID) -> Permission { Permission(.see, at: PlacePath(school: school)) }
    /// Live pictures and recordings.
    public static func watch(_ school: SchoolID) -> Permission { Permission(.replay, at: PlacePath(school: school)) }
    public static func export(_ school: SchoolID) -> Permission { Permission(.export, at: PlacePath(school: school)) }

    /// The whole county's.
    public static let configureCameras = Permission(.manageCameras, at: .county)
    public static let managePeople = Permission(.managePeople, at: .county)
    public static let readLedger = Permission(.readLedger, at: .county)
}
