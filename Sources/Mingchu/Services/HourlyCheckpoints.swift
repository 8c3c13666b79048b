import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Signs the ledger each hour in which it has grown.
struct HourlyCheckpoints: Service {
    let checkpoints: Checkpoints
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var isFailing = false
            do {
                try await checkpoints.fillFile()
            } catch {
                log.error("can't keep the ledger's checkpoints", metadata: ["error": "\(error)"])
                isFailing = true
            }
            while !Task.isCancelled {
                do {
                    if let made = try await checkpoints.makeIfDue() {
                        log.info("signed the ledger", metadata: ["checkpoint": "\(made.number)"])
                    }
                    isFailing = false
                } catch is CancellationError {
                } catch {
                    if !isFailing { log.error("can't sign the ledger", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
                try? await Task.sleep(for: .seconds(30))
            }
        }
    }
}
