/// The two clocks of a machine, as one value, so that tests can set them.
public struct TimeSource: Sendable {
    /// The wall clock: can be set, jump and step back.
    public let now: @Sendable () -> UTCTime
    /// Time since some fixed moment, which only goes forward (CLOCK_MONOTONIC).
    public let monotonic: @Sendable () -> Duration

    public init(now: @escaping @Sendable () -> UTCTime, monotonic: @escaping @Sendable () -> Duration) {
        self.now = now
        self.monotonic = monotonic
    }
}
