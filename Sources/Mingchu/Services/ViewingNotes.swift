import Logging
import ServiceLifecycle
import Supervision

/// Writes down, each minute and at the end, what was watched since the last note.
struct ViewingNotes: Service {
    let footage: Footage
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                try? await Task.sleep(for: .seconds(60))
                await settle(all: false)
            }
        }
        await settle(all: true)
    }

    private func settle(all: Bool) async {
        do {
            try await footage.settleViewings(all: all)
        } catch {
            log.error("can't note who watched", metadata: ["error": "\(error)"])
        }
    }
}
