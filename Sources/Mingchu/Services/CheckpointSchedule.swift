import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Signs the ledger each hour in which it has grown, after many entries, and when the program ends in order.
struct CheckpointSchedule: Service {
    let checkpoints: Checkpoints
    var sleep = Rhythm.realTime
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
                try? await sleep(.seconds(30))
            }
        }
        // Whatever writes into the ledger has ended before.
        do {
            if let made = try await checkpoints.make() {
                log.info("signed the ledger", metadata: ["checkpoint": "\(made.number)"])
            }
        } catch is CancellationError {
        } catch {
            log.error("can't sign the ledger", metadata: ["error": "\(error)"])
        }
    }
}
