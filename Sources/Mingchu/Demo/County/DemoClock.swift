import Domain
import Synchronization

/// The clock of a simulated year: it stands still until the next thing happens. The use cases read it as they read a
/// machine's.
final class DemoClock: Sendable {
    private let moment: Mutex<UTCTime>

    init(at start: UTCTime) { moment = Mutex(start) }

    var now: UTCTime { moment.withLock { $0 } }

    var source: TimeSource {
        TimeSource(now: { self.now }, monotonic: { .milliseconds(self.now.milliseconds) })
    }

    /// Never backwards: what is late happens now.
    func move(to time: UTCTime) { moment.withLock { $0 = max($0, time) } }
}
