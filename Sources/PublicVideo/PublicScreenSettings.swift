public import Domain

/// How a camera's pictures are made public. (公开画面参数)
public struct PublicScreenSettings: Sendable, Hashable {
    /// How long after it was taken a picture is seen: time to search what follows it, and for somebody to cut it.
    public var delay: Duration
    /// What stands in the corner beside the time: the school.
    public var label: String
    public var zone: TerritoryZone
    /// Whether the camera has a sub-stream.
    public var hasSub: Bool

    public static let delays = 10...30

    /// - Parameter delay: 10…30 s; what lies outside is set to the nearer end.
    public init(delay: Duration, label: String, zone: TerritoryZone, hasSub: Bool) {
        self.delay = min(max(delay, .seconds(Self.delays.lowerBound)), .seconds(Self.delays.upperBound))
        self.label = label
        self.zone = zone
        self.hasSub = hasSub
    }

    /// The size in which a camera's picture fits into the public one: even numbers.
    public static func size(of width: Int, _ height: Int) -> (width: Int, height: Int) {
        let scale = min(1, Double(Self.width) / Double(width), Double(Self.height) / Double(height))
        func even(_ value: Double, _ most: Int) -> Int { min(most, max(2, Int(value.rounded()) & ~1)) }
        return (even(Double(width) * scale, Self.width), even(Double(height) * scale, Self.height))
    }

    /// Pixels, always: whatever the camera's shape.
    static let width = 640
    static let height = 360
    /// Pictures a second.
    static let rate = 8
    static let interval = Duration.milliseconds(1000 / rate)
    /// Pictures in a segment: two seconds.
    static let segmentPictures = 16
    /// A picture is shown again for so long when the next one is late; then a notice is.
    static let patience = Duration.seconds(1)
    /// After so long without a request nobody watches.
    static let idle = Duration.seconds(30)
    /// A stage that has not moved for so long has failed: nothing more is given out.
    static let stall = Duration.milliseconds(1500)
    /// Until the first picture: the models are read, the fonts found.
    static let longestStart = Duration.seconds(20)
}
