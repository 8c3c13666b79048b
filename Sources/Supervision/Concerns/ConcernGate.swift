import Crypto
import Domain
import Synchronization

/// How many concerns come from one network and for one school. Nothing of it is kept anywhere but in memory, networks only
/// as a hash with a salt of this process, and all of it is forgotten after a day.
final class ConcernGate: Sendable {
    private static let hour = Duration.seconds(3600)
    private static let day = Duration.seconds(86_400)
    /// Of a network: a family, or a phone operator's whole gateway.
    private static let perNetwork = (hour: 6, day: 20)
    private static let perSchool = (hour: 30, day: 120)
    private static let mostKeys = 20_000

    private struct State {
        var times: [[UInt8]: [Duration]] = [:]
    }

    private let salt: [UInt8]
    private let state = Mutex(State())

    init() {
        var random = SystemRandomNumberGenerator()
        salt = (0..<16).map { _ in UInt8.random(in: .min ... .max, using: &random) }
    }

    /// Counts one more.
    /// - Parameter now: Of a clock that only goes forward.
    /// - Throws: ``SupervisionError/tooManyAttempts(retryAfter:)``; it is then not counted.
    func admit(_ school: SchoolID, from address: String, at now: Duration) throws(SupervisionError) {
        let network = Array(SHA256.hash(data: salt + Array(remoteNetwork(of: address).utf8)).prefix(16))
        let place = Array("\(school)".utf8)
        let wait = state.withLock { state -> Duration? in
            let waits = [
                Self.wait(state.times[network] ?? [], Self.perNetwork, at: now),
                Self.wait(state.times[place] ?? [], Self.perSchool, at: now),
            ]
            if let wait = waits.compactMap(\.self).max() { return wait }
            for key in [network, place] {
                state.times[key] = (state.times[key] ?? []).filter { now - $0 < Self.day } + [now]
            }
            if state.times.count > Self.mostKeys {
                state.times = state.times.filter { $0.value.contains { now - $0 < Self.day } }
                // A flood from everywhere: what is left counts anew.
                if state.times.count > Self.mostKeys { state.times.removeAll() }
            }
            return nil
        }
        if let wait { throw .tooManyAttempts(retryAfter: wait) }
    }

    var count: Int { state.withLock { $0.times.count } }

    /// nil = one more may come.
    private static func wait(_ times: [Duration], _ most: (hour: Int, day: Int), at now: Duration) -> Duration? {
        let lastDay = times.filter { now - $0 < day }
        if lastDay.count >= most.day { return lastDay[lastDay.count - most.day] + day - now }
        let lastHour = lastDay.filter { now - $0 < hour }
        if lastHour.count >= most.hour { return lastHour[lastHour.count - most.hour] + hour - now }
        return nil
    }
}
