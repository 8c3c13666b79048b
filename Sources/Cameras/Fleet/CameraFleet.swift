public import Domain
public import Logging
public import ServiceLifecycle
import Synchronization

/// All cameras: connects, reconnects, records, and knows who is live. (摄像机群)
///
/// What should run is told by ``apply(_:)``; ``run()`` makes it so.
public final class CameraFleet: Service {
    private struct State {
        var wanted: [CameraID: Camera] = [:]
        var sessions: [CameraID: CameraSession] = [:]
        var watchers: [Int: AsyncStream<CameraID>.Continuation] = [:]
        var nextWatcher = 0
    }

    private let recorder: Recorder
    private let sources: SourceFactory
    private let tap: (any StreamTap)?
    private let time: TimeSource
    private let log: Logger
    private let state = Mutex(State())
    private let (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameter tap: reads every stream along.
    public init(
        recorder: Recorder, sources: SourceFactory, tap: (any StreamTap)? = nil, time: TimeSource, log: Logger
    ) {
        self.recorder = recorder
        self.sources = sources
        self.tap = tap
        self.time = time
        self.log = log
    }

    /// The cameras as they are set up now. Sessions of cameras whose connection is set differently begin anew; all
    /// others go on.
    public func apply(_ cameras: [Camera]) {
        state.withLock { $0.wanted = Dictionary(cameras.map { ($0.id, $0) }, uniquingKeysWith: { $1 }) }
        recorder.setRetention(
            Dictionary(
                cameras.compactMap { camera in camera.retentionDays.map { (camera.id, $0) } },
                uniquingKeysWith: { $1 }))
        waker.yield()
    }

    /// Runs until graceful shutdown or cancellation; then every session has ended.
    public func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                group.addTask { [self] in await announceFigures() }
                for await _ in wakes { await reconcile(in: &group) }
                for session in state.withLock({ Array($0.sessions.values) }) { session.end() }
                group.cancelAll()
            }
        } onGracefulShutdown: { [waker] in
            waker.finish()
        }
        for watcher in state.withLock({ Array($0.watchers.values) }) { watcher.finish() }
    }

    public func status(of camera: CameraID) -> CameraStatus? {
        let (wanted, session) = state.withLock { ($0.wanted[camera], $0.sessions[camera]) }
        guard let wanted else { return nil }
        guard let session, wanted.isEnabled else {
            return CameraStatus(
                state: wanted.isEnabled ? .connecting : .disabled, since: session?.status.since ?? time.now())
        }
        return session.status
    }

    public func statuses() -> [CameraID: CameraStatus] {
        let ids = state.withLock { Array($0.wanted.keys) }
        return ids.reduce(into: [:]) { $0[$1] = status(of: $1) }
    }

    /// Cameras whose status changed, as it happens, and each live one every five seconds for its figures. Ends with
    /// the fleet. A reader who is slow misses changes, never the newest.
    public func statusChanges() -> AsyncStream<CameraID> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: CameraID.self, bufferingPolicy: .bufferingNewest(4096))
        let number = state.withLock { state in
            state.nextWatcher += 1
            state.watchers[state.nextWatcher] = continuation
            return state.nextWatcher
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.watchers.removeValue(forKey: number) }
        }
        return stream
    }

    /// nil: no such camera, or it is not live. `sub` falls back to the main stream.
    public func live(_ camera: CameraID, stream: StreamKind = .main) -> LiveStream? {
        state.withLock { $0.sessions[camera] }?.live(stream)
    }

    /// Also while the camera is being reconnected: HLS players wait for its next segment.
    public func playlistStream(_ camera: CameraID, stream: StreamKind = .main) -> LiveStream? {
        state.withLock { $0.sessions[camera] }?.liveEvenIfLost(stream)
    }

    /// JPEG of the newest keyframe, at most `maxWidth` pixels wide; nil when the camera is not live.
    public func still(_ camera: CameraID, maxWidth: Int?) async throws -> [UInt8]? {
        try await state.withLock { $0.sessions[camera] }?.stillPicture(maxWidth: maxWidth)
    }

    private func reconcile(in group: inout DiscardingTaskGroup) async {
        let (wanted, sessions) = state.withLock { ($0.wanted, $0.sessions) }
        for (id, session) in sessions {
            guard let camera = wanted[id], camera.isEnabled, camera.hasSameConnection(as: session.camera) else {
                session.end()
                await session.ended.wait()
                state.withLock { _ = $0.sessions.removeValue(forKey: id) }
                announce(id)
                continue
            }
        }
        for (id, camera) in wanted where camera.isEnabled {
            guard state.withLock({ $0.sessions[id] == nil }) else { continue }
            let track = camera.isRecorded ? await recorder.track(for: camera, label: camera.name) : nil
            let session = CameraSession(
                camera: camera, track: track, tap: tap, sources: sources, time: time, log: log,
                changed: { [weak self] in self?.announce(id) })
            state.withLock { $0.sessions[id] = session }
            group.addTask { await session.run() }
        }
    }

    private func announce(_ camera: CameraID) {
        for watcher in state.withLock({ Array($0.watchers.values) }) { watcher.yield(camera) }
    }

    private func announceFigures() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(5))
            let (ids, isWatched) = state.withLock { (Array($0.sessions.keys), !$0.watchers.isEmpty) }
            if isWatched { ids.forEach(announce) }
        }
    }
}

extension Camera {
    /// Whether a running session can go on under these settings.
    fileprivate func hasSameConnection(as other: Camera) -> Bool {
        main == other.main && sub == other.sub && credentials == other.credentials && transport == other.transport
            && client == other.client && verifiesCertificate == other.verifiesCertificate
            && isRecorded == other.isRecorded
    }
}
