import Domain
import Supervision
import Synchronization

/// Lists that somebody has looked at and not yet confirmed. They hold passwords of cameras: in memory only, and not long.
final class GridUploads: Sendable {
    struct Held: Sendable {
        let person: PersonID
        let fileName: String
        let sha256: [UInt8]
        let list: GridList
        let until: UTCTime
        /// As the person has seen it.
        var plan: GridPlan
    }

    private static let most = 20
    static let life = Duration.seconds(1800)

    private let held = Mutex<[String: Held]>([:])

    /// Takes the place of the same person's earlier one; of too many the oldest goes.
    /// - Returns: What the person confirms it by.
    func keep(_ upload: Held, now: UTCTime) -> String {
        var generator = SystemRandomNumberGenerator()
        let key = String(generator.next(), radix: 36) + String(generator.next(), radix: 36)
        held.withLock { held in
            held = held.filter { $0.value.person != upload.person && $0.value.until > now }
            if held.count >= Self.most, let oldest = held.min(by: { $0.value.until < $1.value.until }) {
                held[oldest.key] = nil
            }
            held[key] = upload
        }
        return key
    }

    /// nil when there is none of this person's, or its time is over.
    func upload(_ key: String, of person: PersonID, now: UTCTime) -> Held? {
        held.withLock { held in held[key].flatMap { $0.person == person && $0.until > now ? $0 : nil } }
    }

    func forget(_ key: String) { held.withLock { held in held[key] = nil } }
}
