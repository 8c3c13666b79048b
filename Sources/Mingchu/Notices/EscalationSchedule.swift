import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Climbs the ladders of escalation when their time has come, and at once when a case changes. What has come is computed
/// from the records, so that nothing is lost while the program is off.
struct EscalationSchedule: Service {
    let cases: Cases
    let time: TimeSource
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Before the first look: nothing may change between the two.
            let changes = cases.changes()
            let bell = Bell()
            let rhythm = Rhythm(
                bell: bell, atMost: .seconds(60), sleep: sleep, complaint: "can't escalate cases", log: log)
            await withTaskGroup { group in
                group.addTask { for await _ in changes { bell.ring() } }
                group.addTask { await rhythm.run { try await climb() } }
            }
        }
    }

    private func climb() async throws -> Duration? {
        let climb = try await cases.escalate()
        for (id, fault) in climb.unreadable.sorted(by: { $0.key < $1.key }) {
            log.error(
                "can't read a case: its deadlines are not watched", metadata: ["case": "\(id)", "error": "\(fault)"])
        }
        guard let lookAgain = climb.lookAgain else { return nil }
        // A case that is due and yields nothing must not keep the machine busy.
        return max(lookAgain - time.now(), climb.steps > 0 ? .zero : .seconds(1))
    }
}
