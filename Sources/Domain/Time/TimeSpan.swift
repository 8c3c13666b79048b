/// A half-open span of time: `start` belongs to it, `end` does not.
public struct TimeSpan: Hashable, Sendable, Codable {
    public var start: UTCTime
    public var end: UTCTime

    /// - Precondition: `start <= end`.
    public init(start: UTCTime, end: UTCTime) {
        precondition(start <= end, "a span can't end before it starts")
        self.start = start
        self.end = end
    }

    public init(start: UTCTime, duration: Duration) {
        self.init(start: start, end: start + duration)
    }

    public var duration: Duration { end - start }
    public var isEmpty: Bool { start == end }
    public func contains(_ time: UTCTime) -> Bool { start <= time && time < end }
    public func overlaps(_ other: TimeSpan) -> Bool { start < other.end && other.start < end }

    /// The part that both spans share; nil when they don't touch.
    public func intersection(_ other: TimeSpan) -> TimeSpan? {
        let from = max(start, other.start)
        let to = min(end, other.end)
        return from < to ? TimeSpan(start: from, end: to) : nil
    }
}
