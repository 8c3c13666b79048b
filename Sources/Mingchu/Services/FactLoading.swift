import Logging
import ServiceLifecycle
import Supervision

/// Loads what statistics are made of once the pages are up, so that the first who asks need not wait.
struct FactLoading: Service {
    let insights: Insights
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            do {
                let start = ContinuousClock.now
                try await insights.warmUp()
                let seconds = start.duration(to: .now).components.seconds
                log.info("loaded the facts of statistics", metadata: ["seconds": "\(seconds)"])
            } catch is CancellationError {
            } catch {
                // Whoever asks begins anew.
                log.warning("can't load the facts of statistics", metadata: ["error": "\(error)"])
            }
        }
        try? await gracefulShutdown()
    }
}
