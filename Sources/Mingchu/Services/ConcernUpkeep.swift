import Logging
import ServiceLifecycle
import Supervision

/// Tells of late answers, closes concerns that have come to their end, and erases contacts whose time is over. What is due
/// is computed from the records, so that nothing is lost while the program is off.
struct ConcernUpkeep: Service {
    let concerns: Concerns
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let rhythm = Rhythm(
                bell: Bell(), atMost: .seconds(60), sleep: sleep, complaint: "can't keep up concerns", log: log)
            await rhythm.run {
                let done = try await concerns.keepUp()
                if done.erased > 0 { log.info("erased contacts", metadata: ["count": "\(done.erased)"]) }
                return nil
            }
        }
    }
}
