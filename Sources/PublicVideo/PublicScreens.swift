public import Bitstream
public import Cameras
public import Domain
import FFmpeg
public import Logging
public import ServiceLifecycle
import Synchronization
public import Vision

/// The public pictures of all cameras: made while somebody watches, once for all. (公开画面)
public final class PublicScreens: StreamTap, Service {
    private struct Entry {
        let screen: PublicScreen
        let units: DelayedUnits
        let settings: PublicScreenSettings
        var chooser: StreamChooser
    }

    private struct State {
        var entries: [CameraID: Entry] = [:]
        var waiting: [CameraID] = []
        var nextEpoch: UInt64 = 0
    }

    private let most: Int
    private let makeSearch: @Sendable () throws -> any HeadSearch
    private let time: TimeSource
    private let log: Logger
    private let state = Mutex(State())
    private let (wakes, waker) = AsyncStream.makeStream(of: Void.self, bufferingPolicy: .bufferingNewest(1))

    /// - Parameters:
    ///   - most: cameras watched at once; each takes about a sixth of a core.
    ///   - search: called on each screen's thread; when it throws, that screen stays closed.
    public init(
        most: Int, time: TimeSource, log: Logger, search: @escaping @Sendable () throws -> any HeadSearch
    ) {
        self.most = most
        self.time = time
        self.log = log
        makeSearch = search
    }

    /// The screen of a camera, which begins when it is not there. Whoever calls has asked whether the public may see it.
    ///
    /// - Throws: ``PublicScreenError/busy``.
    public func screen(of camera: CameraID, _ settings: PublicScreenSettings) throws(PublicScreenError) -> PublicScreen
    {
        let now = time.monotonic()
        let wall = time.now().milliseconds
        let found: PublicScreen? = state.withLock { state in
            if let entry = state.entries[camera], !entry.screen.isEnded {
                if entry.settings == settings, !entry.screen.isStuck { return entry.screen }
                entry.screen.end()
            }
            guard state.entries.values.count(where: { !$0.screen.isEnded }) < most else { return nil }
            state.nextEpoch += 1
            let screen = PublicScreen(
                epoch: String(wall, radix: 36) + String(state.nextEpoch, radix: 36), time: time)
            state.entries[camera] = Entry(
                screen: screen, units: DelayedUnits(), settings: settings,
                chooser: StreamChooser(hasSub: settings.hasSub, now: now))
            state.waiting.append(camera)
            return screen
        }
        guard let found else { throw .busy }
        waker.yield()
        return found
    }

    /// The screen of a camera that is running; nothing begins.
    public func running(_ camera: CameraID) -> PublicScreen? { state.withLock { $0.entries[camera]?.screen } }

    /// Nothing of the camera is given out any more, not even what was made. (切断)
    public func close(_ camera: CameraID) { state.withLock { $0.entries[camera]?.screen }?.end() }

    /// Cameras that are watched at the moment.
    public var watched: Int { state.withLock { $0.entries.values.count { !$0.screen.isEnded } } }

    // MARK: StreamTap

    public func receive(_ unit: AccessUnit, of camera: CameraID, _ stream: StreamKind, wall: UTCTime) {
        let now = time.monotonic()
        let (units, hasSwitched): (DelayedUnits?, Bool) = state.withLock { state in
            guard state.entries[camera] != nil else { return (nil, false) }
            let (isChosen, hasSwitched) = state.entries[camera]!.chooser.choose(stream, isKey: unit.isKey, now: now)
            return (isChosen ? state.entries[camera]!.units : nil, hasSwitched)
        }
        if hasSwitched { units?.interrupt() }
        units?.put(unit, wall: wall, arrival: now)
    }

    public func interrupt(_ camera: CameraID, _ stream: StreamKind) {
        let units = state.withLock { state -> DelayedUnits? in
            guard let entry = state.entries[camera], entry.chooser.isCurrent(stream) else { return nil }
            return entry.units
        }
        units?.interrupt()
    }

    // MARK: Service

    /// Runs until graceful shutdown or cancellation; then every screen has ended.
    public func run() async throws {
        await withGracefulShutdownHandler {
            await withDiscardingTaskGroup { group in
                for await _ in wakes {
                    let waiting = state.withLock { state -> [CameraID] in
                        defer { state.waiting = [] }
                        return state.waiting
                    }
                    for camera in waiting { group.addTask { [self] in await make(camera) } }
                }
                for entry in state.withLock({ Array($0.entries.values) }) { entry.screen.end() }
                group.cancelAll()
            }
        } onGracefulShutdown: { [waker] in
            waker.finish()
        }
    }

    private func make(_ camera: CameraID) async {
        guard let entry = state.withLock({ $0.entries[camera] }) else { return }
        let (time, makeSearch) = (time, makeSearch)
        do {
            try await BlockingThread.run("public") { (interruption) throws(any Error) in
                var worker = try PublicWorker.open(
                    entry.screen, entry.units, entry.settings, try makeSearch(), now: time.monotonic())
                try worker.run(interruption, time: time)
            }
        } catch {
            log.error("a public picture is closed", metadata: ["camera": "\(camera)", "reason": "\(error)"])
        }
        entry.screen.end()
        state.withLock { state in
            if state.entries[camera]?.screen === entry.screen { state.entries[camera] = nil }
        }
    }
}
