import Domain
import Synchronization

/// How often one network may do something that needs no account. (限次)
final class VisitLimits: Sendable {
    private struct Window {
        var start: Duration
        var count = 0
    }

    /// People of a school, and of a mobile network, may all come from one address.
    static let signUpsAnHour = 60
    static let othersAnHour = 240
    private static let length = Duration.seconds(3600)
    private static let mostWindows = 20_000

    private let windows = Mutex<[String: Window]>([:])

    /// - Parameter now: Of a clock that only goes forward.
    /// - Throws: ``SupervisionError/tooManyAttempts(retryAfter:)``
    func pass(_ what: String, from address: String, most: Int, at now: Duration) throws(SupervisionError) {
        let key = "\(what) \(remoteNetwork(of: address))"
        let wait: Duration? = windows.withLock { windows in
            if windows.count >= Self.mostWindows { windows = windows.filter { now - $0.value.start < Self.length } }
            // Many more networks than a county has: whoever comes from them, the page stays up for the others.
            if windows.count >= Self.mostWindows, windows[key] == nil { windows.removeAll() }
            var window = windows[key] ?? Window(start: now)
            if now - window.start >= Self.length { window = Window(start: now) }
            guard window.count < most else { return window.start + Self.length - now }
            window.count += 1
            windows[key] = window
            return nil
        }
        if let wait { throw .tooManyAttempts(retryAfter: wait) }
    }
}
