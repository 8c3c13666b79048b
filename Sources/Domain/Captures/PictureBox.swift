/// A rectangle in shares of a picture's width and height, so that it fits the picture at every size: 0…1 each.
public struct PictureBox: Sendable, Hashable, Codable {
    public var x: Double
    public var y: Double
    public var width: Double
    public var height: Double

    public init(x: Double, y: Double, width: Double, height: Double) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    public var area: Double { max(0, width) * max(0, height) }
    public var centre: PicturePoint { PicturePoint(x: x + width / 2, y: y + height / 2) }
    /// Where somebody stands: the middle of the lower edge.
    public var foot: PicturePoint { PicturePoint(x: x + width / 2, y: y + height) }

    /// What both cover; nil when they don't touch.
    public func intersection(_ other: PictureBox) -> PictureBox? {
        let (left, top) = (max(x, other.x), max(y, other.y))
        let (right, bottom) = (min(x + width, other.x + other.width), min(y + height, other.y + other.height))
        guard right > left, bottom > top else { return nil }
        return PictureBox(x: left, y: top, width: right - left, height: bottom - top)
    }

    public func union(_ other: PictureBox) -> PictureBox {
        let (left, top) = (min(x, other.x), min(y, other.y))
        return PictureBox(
            x: left, y: top, width: max(x + width, other.x + other.width) - left,
            height: max(y + height, other.y + other.height) - top)
    }

    /// Intersection over union, 0…1.
    public func overlap(_ other: PictureBox) -> Double {
        guard let common = intersection(other)?.area else { return 0 }
        return common / (area + other.area - common)
    }

    /// Grown on every side by shares of its own size.
    public func grown(horizontally: Double, vertically: Double) -> PictureBox {
        PictureBox(
            x: x - width * horizontally, y: y - height * vertically, width: width * (1 + 2 * horizontally),
            height: height * (1 + 2 * vertically))
    }

    /// Without what lies beyond the picture's edges.
    public var clipped: PictureBox {
        intersection(PictureBox(x: 0, y: 0, width: 1, height: 1)) ?? PictureBox(x: 0, y: 0, width: 0, height: 0)
    }
}

/// A point in shares of a picture's width and height.
public struct PicturePoint: Sendable, Hashable, Codable {
    public var x: Double
    public var y: Double

    public init(x: Double, y: Double) {
        self.x = x
        self.y = y
    }
}

/// An area that somebody has drawn on a camera's picture: a closed line through 3…64 points. (多边形区域)
public struct PictureZone: Sendable, Hashable, Codable {
    public static let pointCounts = 3...64
    public var points: [PicturePoint]

    public init(_ points: [PicturePoint]) { self.points = points }

    /// Whether it can be used: enough points, all of them in the picture.
    public var isValid: Bool {
        Self.pointCounts.contains(points.count)
            && points.allSatisfy { (0...1).contains($0.x) && (0...1).contains($0.y) }
    }

    /// By the even-odd rule.
    public func contains(_ point: PicturePoint) -> Bool {
        var isInside = false
        var previous = points.last
        for corner in points {
            if let before = previous, (corner.y > point.y) != (before.y > point.y) {
                let crossing = corner.x + (point.y - corner.y) / (before.y - corner.y) * (before.x - corner.x)
                if point.x < crossing { isInside.toggle() }
            }
            previous = corner
        }
        return isInside
    }
}
