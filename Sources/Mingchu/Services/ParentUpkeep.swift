import Logging
import ServiceLifecycle
import Supervision

/// Erases who parents were once their school year is over. What is due is computed from the records, so that nothing is
/// kept because the program was off that day.
struct ParentUpkeep: Service {
    let parents: Parents
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            let rhythm = Rhythm(
                bell: Bell(), atMost: .seconds(600), sleep: sleep, complaint: "can't erase parents of last year",
                log: log)
            await rhythm.run {
                let erased = try await parents.keepUp()
                if erased > 0 { log.info("erased parents of last year", metadata: ["count": "\(erased)"]) }
                return nil
            }
        }
    }
}
