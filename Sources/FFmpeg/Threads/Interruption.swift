import Glibc
import Synchronization

/// Stops blocking work from outside: by a flag, and by a deadline that the work sets for itself.
///
/// FFmpeg asks it about ten times a second while it waits for the network.
public final class Interruption: Sendable {
    private let cancelled = Atomic(false)
    /// Nanoseconds of CLOCK_MONOTONIC; `Int64.max` = none.
    private let deadline = Atomic(Int64.max)

    public init() {}

    public func cancel() { cancelled.store(true, ordering: .relaxed) }
    public var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Sleeps until a moment of ``now``, or for less when cancelled (which is noticed within 0.2 s).
    ///
    /// - Returns: False when cancelled.
    public func sleep(until moment: Duration) -> Bool {
        while !isCancelled {
            let left = moment - Self.now
            guard left > .zero else { return true }
            let slice = min(left, .milliseconds(200))
            var time = timespec(tv_sec: 0, tv_nsec: Int(slice.components.attoseconds / 1_000_000_000))
            nanosleep(&time, nil)
        }
        return false
    }

    /// CLOCK_MONOTONIC.
    public static var now: Duration { .nanoseconds(nanoseconds) }

    func setDeadline(after duration: Duration) {
        let (seconds, attoseconds) = duration.components
        deadline.store(Self.nanoseconds + seconds * 1_000_000_000 + attoseconds / 1_000_000_000, ordering: .relaxed)
    }

    func clearDeadline() { deadline.store(.max, ordering: .relaxed) }

    var mustStop: Bool { isCancelled || Self.nanoseconds >= deadline.load(ordering: .relaxed) }

    private static var nanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
