import Cameras
import Domain
import Logging
import ServiceLifecycle
import Supervision

/// Tells the fleet which cameras there are, also when another process (`mingchu camera add`) changed them.
struct CameraWatch: Service {
    let settings: CameraSettings
    let fleet: CameraFleet
    let log: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            var revision: Int64?
            var isFailing = false
            while !Task.isCancelled {
                do {
                    let current = try await settings.revision()
                    if current != revision {
                        fleet.apply(try await settings.all())
                        revision = current
                    }
                    isFailing = false
                } catch is CancellationError {
                } catch {
                    if !isFailing { log.error("can't read the cameras", metadata: ["error": "\(error)"]) }
                    isFailing = true
                }
                try? await Task.sleep(for: .seconds(1))
            }
        }
    }
}
