/// Where a panel lies on a scene's grid, in cells from the upper left corner. (版位)
public struct HallFrame: Hashable, Sendable, Codable {
    /// Of the whole screen: a cell is 80 × 90 pixels of 1920 × 1080.
    public static let columns = 24
    public static let rows = 12

    public var x: Int
    public var y: Int
    public var width: Int
    public var height: Int

    public init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    /// Whether it has a size and lies on the grid as a whole.
    public var isOnGrid: Bool {
        (0..<Self.columns).contains(x) && (0..<Self.rows).contains(y) && (1...Self.columns).contains(width)
            && (1...Self.rows).contains(height) && x + width <= Self.columns && y + height <= Self.rows
    }

    public func overlaps(_ other: HallFrame) -> Bool {
        x < other.x + other.width && other.x < x + width && y < other.y + other.height && other.y < y + height
    }
}
