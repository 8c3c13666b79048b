public import Bitstream
public import Domain
import FFmpeg
public import Logging
public import ServiceLifecycle
import Synchronization

/// The worker threads that analyse all cameras. (分析线程池)
///
/// Cameras wait their turn in one line, so that none is left behind; when the line grows, people are searched in fewer
/// pictures of every camera alike, and pests keep theirs.
public final class AnalysisPool: Service {
    private struct State {
        var lanes: [CameraID: AnalysisLane] = [:]
        var line: [AnalysisLane] = []
        var lineStart = 0
    }

    private let state = Mutex(State())
    private let semaphore = Semaphore()
    private let pressure = Pressure()
    private let isStopping = Atomic(false)
    private let threads: Int
    private let makeRecognition: @Sendable () throws -> (any Recognition)?
    private let log: Logger

    /// - Parameters:
    ///   - threads: 1…64.
    ///   - recognition: called once on each thread; nil = no models, only the cameras themselves are watched.
    public init(
        threads: Int, log: Logger, recognition: @escaping @Sendable () throws -> (any Recognition)?
    ) {
        self.threads = threads
        self.log = log
        makeRecognition = recognition
    }

    /// Runs until graceful shutdown or cancellation.
    public func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                for number in 0..<self.threads {
                    group.addTask { [self] in
                        await BlockingThread.run("analysis \(number)") { [self] _ in work() }
                    }
                }
                group.addTask { [self] in
                    while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
                    isStopping.store(true, ordering: .relaxed)
                    for _ in 0..<threads { semaphore.signal() }
                }
            }
        }
    }

    /// A camera's stream begins to be analysed; replaces what it had before.
    public func add(
        _ camera: CameraID, settings: AnalysisSettings, hours: WorkingHours, zone: TerritoryZone, models: String,
        reference: SceneReference, sample: DailyFrameSample? = nil,
        report: @escaping @Sendable (AnalysisEvent) -> Void
    ) {
        remove(camera)
        let lane = AnalysisLane(
            camera: camera,
            work: LaneWork(
                StreamAnalysis(
                    camera: camera, settings: settings, hours: hours, zone: zone, models: models, looking: .gated,
                    reference: reference, sample: sample), report: report))
        state.withLock { $0.lanes[camera] = lane }
    }

    /// Its incidents that went on are reported as ended, by a worker.
    public func remove(_ camera: CameraID) {
        guard let lane = state.withLock({ $0.lanes.removeValue(forKey: camera) }) else { return }
        if lane.close() { enter(lane) }
    }

    /// Called by sources; doesn't block.
    public func put(_ unit: AccessUnit, of camera: CameraID, wall: UTCTime) {
        guard let lane = state.withLock({ $0.lanes[camera] }) else { return }
        if lane.put(unit, wall: wall) { enter(lane) }
    }

    /// The camera's connection was lost.
    public func interrupt(_ camera: CameraID) {
        guard let lane = state.withLock({ $0.lanes[camera] }) else { return }
        if lane.interrupt() { enter(lane) }
    }

    public func health() -> [CameraID: AnalysisHealth] {
        state.withLock { $0.lanes }.mapValues(\.health)
    }

    /// What the cameras usually see, to be kept over a restart.
    public func references() -> [CameraID: SceneReference] {
        state.withLock { $0.lanes }.mapValues(\.reference)
    }

    /// How the blind sample of each camera's day stands.
    public func samples() -> [CameraID: DailyFrameSample] {
        state.withLock { $0.lanes }.compactMapValues(\.sample)
    }

    /// People are searched in each so-maniest picture; 1 = the machine keeps up.
    public var searchInterval: Int { pressure.every }

    private func enter(_ lane: AnalysisLane) {
        state.withLock { $0.line.append(lane) }
        semaphore.signal()
    }

    private func next() -> AnalysisLane? {
        state.withLock { state in
            guard state.lineStart < state.line.count else { return nil }
            defer {
                state.lineStart += 1
                if state.lineStart > 64 && state.lineStart * 2 > state.line.count {
                    state.line.removeFirst(state.lineStart)
                    state.lineStart = 0
                }
            }
            return state.line[state.lineStart]
        }
    }

    private func work() {
        let recognition: (any Recognition)?
        do {
            recognition = try makeRecognition()
        } catch {
            log.error(
                "pictures can't be recognised; cameras themselves are still watched", metadata: ["error": "\(error)"])
            recognition = nil
        }
        while !isStopping.load(ordering: .relaxed) {
            semaphore.wait()
            guard let lane = next() else { continue }
            let every = pressure.every
            for item in lane.takeAll() {
                pressure.note(waited: lane.work.take(item, with: recognition, every: every))
            }
            if lane.release(lane.work.snapshot()) { enter(lane) }
        }
    }
}
