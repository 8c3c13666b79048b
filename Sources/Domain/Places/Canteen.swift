/// A canteen of a school that has more than one. (食堂)
public struct Canteen: Hashable, Sendable {
    public let id: CanteenID
    public var school: SchoolID
    public var name: String

    public init(id: CanteenID, school: SchoolID, name: String) {
        self.id = id
        self.school = school
        self.name = name
    }
}
