public import Domain

/// When a picture was taken: by the stream's own clock, which everything is measured with, and by the wall's.
public struct Moment: Sendable, Hashable {
    public var time: Time90k
    public var wall: UTCTime

    public init(time: Time90k, wall: UTCTime) {
        self.time = time
        self.wall = wall
    }

    /// Seconds after another moment of the same stream.
    public func seconds(since other: Moment) -> Double { (time - other.time).seconds }
}
