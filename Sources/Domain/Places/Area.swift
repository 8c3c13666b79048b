/// A part of a canteen that cameras watch. (区域)
public struct Area: Hashable, Sendable {
    /// The three kinds of area that every canteen must show (切配区、洗消区、烹饪区), and the rest.
    public enum Kind: String, Sendable, CaseIterable, Codable {
        case preparation
        case washing
        case cooking
        case other
    }

    public let id: AreaID
    public var school: SchoolID
    /// nil = the school has one canteen, which needs no name.
    public var canteen: CanteenID?
    public var kind: Kind
    /// Free text; empty = the name of the kind in the reader's language.
    public var name: String

    public init(id: AreaID, school: SchoolID, canteen: CanteenID? = nil, kind: Kind, name: String = "") {
        self.id = id
        self.school = school
        self.canteen = canteen
        self.kind = kind
        self.name = name
    }
}
