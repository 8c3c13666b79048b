import NIOCore

/// When a connection is looked at next.
///
/// All connections of an event loop are looked at in the same moments, so that it wakes up once for all of them: two
/// hundred cameras cost twenty-five wake-ups a second, not thousands.
enum Pacing {
    /// Adds 20 ms of delay on average; 3 Mbit/s are 15 kB in this time, less than a socket's buffer holds.
    static let stream = TimeAmount.milliseconds(40)
    /// More is waiting than one look takes.
    static let busy = TimeAmount.milliseconds(5)
    /// A datagram socket's buffer of 200 kB holds a keyframe for no longer.
    static let datagrams = TimeAmount.milliseconds(10)

    static func next(_ interval: TimeAmount, after now: NIODeadline) -> NIODeadline {
        let step = UInt64(interval.nanoseconds)
        return .uptimeNanoseconds((now.uptimeNanoseconds / step + 1) * step)
    }
}
