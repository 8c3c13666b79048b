/// A moment: UTC milliseconds since 1970-01-01, the form in which the database keeps times.
public struct UTCTime: Hashable, Comparable, Sendable, Codable {
    public var milliseconds: Int64

    public init(milliseconds: Int64) { self.milliseconds = milliseconds }

    public init(from decoder: any Decoder) throws {
        milliseconds = try decoder.singleValueContainer().decode(Int64.self)
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(milliseconds)
    }

    public static func < (a: UTCTime, b: UTCTime) -> Bool { a.milliseconds < b.milliseconds }

    public static func + (time: UTCTime, duration: Duration) -> UTCTime {
        UTCTime(milliseconds: time.milliseconds + duration.inMilliseconds)
    }

    public static func - (time: UTCTime, duration: Duration) -> UTCTime {
        UTCTime(milliseconds: time.milliseconds - duration.inMilliseconds)
    }

    public static func - (a: UTCTime, b: UTCTime) -> Duration { .milliseconds(a.milliseconds - b.milliseconds) }
}

extension Duration {
    /// Whole milliseconds, rounded towards zero.
    public var inMilliseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1000 + attoseconds / 1_000_000_000_000_000
    }

    /// Seconds as a floating-point number, for display and statistics.
    public var inSeconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
