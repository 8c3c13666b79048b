import Cameras
import Domain
import Logging
import UnixSignals
import Vision

extension VideoAnalysis {
    /// A camera or the simulator, as it comes, until it ends or somebody presses Ctrl-C.
    func run(address typed: String) async throws {
        let (address, credentials) = try readAddress(typed)
        if address.scheme == .file {
            try await run(file: address.path)
            return
        }
        var log = Logger(label: "analyze")
        log.logLevel = .error
        // Without the password that may stand in what was typed.
        let shown = address.description
        let source: any Source =
            address.scheme == .sim
            ? try SimulatorSource(address, time: .system, zone: settings.zone)
            : CompatibleSource(address: address, credentials: credentials)
        let pool = AnalysisPool(threads: 1, log: log) { [models] in try NeuralRecognition(models) }
        let camera = CameraID(at: start)
        let book = VideoBook(self, name: shown)
        pool.add(
            camera, settings: .standard, hours: settings.workingHours, zone: settings.zone, models: models.versions,
            reference: SceneReference()
        ) { book.note($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await pool.run() }
            group.addTask {
                for await _ in await UnixSignalsSequence(trapping: .sigint, .sigterm) { break }
            }
            group.addTask {
                try await source.run { event in
                    guard case .accessUnit(let unit) = event else { return }
                    pool.put(unit, of: camera, wall: TimeSource.system.now())
                }
            }
            defer { group.cancelAll() }
            // The signal, or the end of the stream.
            _ = try await group.next()
            pool.remove(camera)
        }
    }
}
