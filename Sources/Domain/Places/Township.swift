/// A township of the county, and the territory of one market-regulation office. (乡镇)
public struct Township: Hashable, Sendable {
    public let id: TownshipID
    public var name: String

    public init(id: TownshipID, name: String) {
        self.id = id
        self.name = name
    }
}
