/// Media time in ticks of 1/90,000 s: the clock of RTP video (RFC 6184 §8.2.1, RFC 7798 §7.1) and of our tracks.
///
/// Not a wall-clock time: its zero is wherever the stream began.
public struct Time90k: Hashable, Comparable, Sendable, Codable {
    public var ticks: Int64

    public init(ticks: Int64) { self.ticks = ticks }
    public init(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        ticks = seconds * 90_000 + attoseconds / 11_111_111_111_111
    }

    public static let zero = Time90k(ticks: 0)

    public var duration: Duration { .microseconds(ticks * 100 / 9) }
    public var seconds: Double { Double(ticks) / 90_000 }
    /// Whole milliseconds, rounded to the nearest.
    public var milliseconds: Int64 { (ticks + (ticks >= 0 ? 45 : -45)) / 90 }

    public static func < (a: Time90k, b: Time90k) -> Bool { a.ticks < b.ticks }
    public static func + (a: Time90k, b: Time90k) -> Time90k { Time90k(ticks: a.ticks + b.ticks) }
    public static func - (a: Time90k, b: Time90k) -> Time90k { Time90k(ticks: a.ticks - b.ticks) }
    public static func += (a: inout Time90k, b: Time90k) { a.ticks += b.ticks }
}
