/// A school with a canteen. (学校)
public struct School: Hashable, Sendable {
    public let id: SchoolID
    public var name: String

    public init(id: SchoolID, name: String) {
        self.id = id
        self.name = name
    }
}
