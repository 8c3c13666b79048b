import Synchronization

/// Whether the machine keeps up: from how long pictures wait follows in how many of them people are searched.
final class Pressure: Sendable {
    private static let most = 5
    /// Once a second it may change by one.
    private static let interval: Int64 = 1_000_000_000
    private static let tooLong: Int64 = 900_000_000
    private static let short: Int64 = 300_000_000

    private struct State {
        var every = 1
        var longest: Int64 = 0
        var since: Int64 = 0
    }

    private let state = Mutex(State())

    var every: Int { state.withLock { $0.every } }

    /// - Parameter waited: from arrival to the end of its analysis, in nanoseconds.
    func note(waited: Int64) { note(waited: waited, now: StageTimes.now) }

    func note(waited: Int64, now: Int64) {
        state.withLock { state in
            state.longest = max(state.longest, waited)
            guard now - state.since > Self.interval else { return }
            if state.longest > Self.tooLong {
                state.every = min(state.every + 1, Self.most)
            } else if state.longest < Self.short {
                state.every = max(state.every - 1, 1)
            }
            state.longest = 0
            state.since = now
        }
    }
}
