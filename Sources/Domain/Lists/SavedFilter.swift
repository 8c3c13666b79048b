/// What somebody looks for again and again, under a name. (常用筛选)
public struct SavedFilter: Hashable, Sendable {
    /// The lists that can be filtered and the filter kept; the raw value is what records keep.
    public enum List: String, Sendable, Hashable, CaseIterable, Codable {
        case captures
        case cases
    }

    /// A parameter of the list and its value.
    public struct Term: Hashable, Sendable, Codable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// As many as one person may have for all lists.
    public static let most = 30
    /// Characters of a name.
    public static let longestName = 40

    public let id: SavedFilterID
    public var owner: PersonID
    public var list: List
    public var name: String
    /// In the order of the list's own parameters.
    public var terms: [Term]
    /// The body whose people see it besides its owner; nil = nobody.
    public var sharedWith: Body?

    public init(
        id: SavedFilterID, owner: PersonID, list: List, name: String, terms: [Term], sharedWith: Body? = nil
    ) {
        self.id = id
        self.owner = owner
        self.list = list
        self.name = name
        self.terms = terms
        self.sharedWith = sharedWith
    }
}

public typealias SavedFilterID = Identifier<SavedFilter>
