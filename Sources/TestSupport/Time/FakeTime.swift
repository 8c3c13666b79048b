public import Domain
import Synchronization

/// A clock that tests set and step. The wall clock and the monotonic one move apart as on a real machine:
/// ``jump(by:)`` is somebody setting the wall clock, ``advance(by:)`` is time going by.
public final class FakeTime: Sendable {
    private struct State {
        var wall: UTCTime
        var monotonic: Duration
    }

    private let state: Mutex<State>

    /// - Parameter wall: 2026-11-23T00:00:00Z unless told otherwise.
    public init(wall: UTCTime = UTCTime(milliseconds: 1_795_392_000_000), monotonic: Duration = .seconds(1000)) {
        state = Mutex(State(wall: wall, monotonic: monotonic))
    }

    public var source: TimeSource {
        TimeSource(now: { self.now }, monotonic: { self.monotonic })
    }

    public var now: UTCTime { state.withLock { $0.wall } }
    public var monotonic: Duration { state.withLock { $0.monotonic } }

    /// Time goes by: both clocks move.
    public func advance(by duration: Duration) {
        precondition(duration >= .zero, "time does not go backwards; jump(by:) sets the wall clock")
        state.withLock {
            $0.wall = $0.wall + duration
            $0.monotonic += duration
        }
    }

    /// Somebody sets the wall clock: only that one moves, forwards or backwards.
    public func jump(by duration: Duration) {
        state.withLock { $0.wall = $0.wall + duration }
    }
}
