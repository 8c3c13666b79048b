import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Finishes reports when their time has come and puts them on their way. What is due is computed from the records, and what was
/// finished has a key there: after a restart nothing is lost and nothing is sent twice.
struct ReportDispatch: Service {
    let reports: Reports
    let time: TimeSource
    /// Draws the document.
    let document: @Sendable (DueReport) async throws -> [UInt8]
    var sleep = Rhythm.realTime
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await Rhythm(
                bell: Bell(), atMost: .seconds(60), sleep: sleep, complaint: "can't send reports", log: log
            ).run {
                try await send()
                return nil
            }
        }
    }

    /// One that can't be made doesn't hold up the others; it is tried again in a minute.
    func send() async throws {
        for due in try await reports.due() {
            do {
                let document = try await document(due)
                guard let issue = try await reports.send(due, document: document) else { continue }
                log.info(
                    "report finished",
                    metadata: ["report": "\(due.name)", "schedule": "\(due.schedule.id)", "issue": "\(issue.id)"])
            } catch {
                if Task.isCancelled { return }
                log.error(
                    "can't make a report",
                    metadata: [
                        "report": "\(due.name)", "schedule": "\(due.schedule.id)", "error": "\(error)",
                    ])
            }
        }
    }
}
