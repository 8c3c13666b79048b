/// A school with a canteen. (学校)
public struct School: Hashable, Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case kindergarten
        case primary
        case middle
        /// Primary and middle school in one (九年一贯制).
        case nineYear
        case high
        case vocational
        case other
    }

    public let id: SchoolID
    public var name: String
    /// Whose office supervises it; nil = the county's bureau does so itself, until somebody assigns the school.
    public var township: TownshipID?
    /// nil until somebody says.
    public var kind: Kind?

    public init(id: SchoolID, name: String, township: TownshipID? = nil, kind: Kind? = nil) {
        self.id = id
        self.name = name
        self.township = township
        self.kind = kind
    }

    public var path: PlacePath { PlacePath(township: township, school: id) }
}
