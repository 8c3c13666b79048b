import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Asks the rules of the early warning: each hour, once a school's day is over, and at once when a rule changes. It keeps
/// nothing: what was given is in the records, so that a stopped program makes up for it and nothing is given twice. (预警)
struct WarningSchedule: Service {
    let warnings: Warnings
    let time: TimeSource
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // Before the first look: nothing may change between the two.
            let changes = warnings.ruleChanges()
            let bell = Bell()
            let rhythm = Rhythm(
                bell: bell, atMost: .seconds(3600), sleep: sleep, complaint: "can't ask the rules of early warning",
                log: log)
            await withTaskGroup { group in
                group.addTask { for await _ in changes { bell.ring() } }
                group.addTask { await rhythm.run { try await look() } }
            }
        }
    }

    private func look() async throws -> Duration? {
        let round = try await warnings.evaluate()
        if round.given + round.over > 0 {
            log.info(
                "early warnings were given", metadata: ["given": "\(round.given)", "over": "\(round.over)"])
        }
        // However near the next end of work is, the machine isn't kept busy.
        return max(round.lookAgain - time.now(), .seconds(60))
    }
}
