public import Domain
public import Logging
import NIOPosix
public import ServiceLifecycle
import Synchronization

/// Writes all cameras' footage to one disk, keeps the index, flushes, and makes room.
///
/// One thread writes: parts of sixteen cameras are thirty-two writes a second, and a disk likes them one after
/// another. A second thread waits for the medium.
public final class Recorder: Service {
    private struct State {
        var tracks: [CameraID: RecordingTrack] = [:]
        var changes: [RecordingChange] = []
        var closedFiles: [DiskFile] = []
        var isIndexFailing = false
        var alarms: Set<CameraID> = []
    }

    public let settings: RecorderSettings
    let time: TimeSource
    private let recordings: any RecordingIndex
    private let log: Logger
    private let disk = NIOThreadPool(numberOfThreads: 1)
    private let flushing = NIOThreadPool(numberOfThreads: 1)
    private let state = Mutex(State())
    private let daysByCamera = Mutex<[CameraID: Int]>([:])

    /// Changes that wait for a database that can't be written; over that, `mingchu check --repair` has to find them.
    private static let waitingChanges = 200_000

    public init(settings: RecorderSettings, index: any RecordingIndex, time: TimeSource, log: Logger) {
        self.settings = settings
        self.recordings = index
        self.time = time
        self.log = log
        disk.start()
        flushing.start()
    }

    /// Enters what was recorded into the index each second, flushes files, deletes what is due. On shutdown, what is
    /// open is closed and entered.
    public func run() async throws {
        await cancelWhenGracefulShutdown { await self.keepHouse() }
        await close()
    }

    private func keepHouse() async {
        let retention = Retention(settings: settings, index: recordings, time: time, log: log)
        var nextFlush = time.monotonic() + RecorderSettings.flushInterval
        var nextRetention = time.monotonic()
        while !Task.isCancelled {
            await enterChanges()
            let now = time.monotonic()
            if now >= nextFlush {
                nextFlush = now + RecorderSettings.flushInterval
                await flushOpenFiles()
            }
            if now >= nextRetention || (freeBytes(at: settings.root) ?? .max) < settings.reserveBytes {
                nextRetention = now + .seconds(60)
                await retention.run(keeping: daysByCamera.withLock { $0 })
            }
            try? await Task.sleep(for: .seconds(1))
        }
    }

    /// Retention of cameras that differ from the node's, by the cameras' settings.
    func setRetention(_ days: [CameraID: Int]) { daysByCamera.withLock { $0 = days } }

    /// The track of a camera; there is never more than one, so that gaps are known over reconnections.
    func track(for camera: Camera, label: String) async -> RecordingTrack {
        if let track = state.withLock({ $0.tracks[camera.id] }) { return track }
        var lastEnd: UTCTime?
        do {
            lastEnd = try await recordings.lastEnd(of: camera.id)
        } catch {
            log.error("can't read where the footage ends", metadata: ["camera": "\(camera.id)", "error": "\(error)"])
        }
        onDisk { [settings] in
            // So that a person finds a camera's folder without the database.
            let path = "\(settings.root)/\(camera.id)/camera.txt"
            try? DiskFile.remove(path)
            try? DiskFile.create(path).write(Array((label + "\n").utf8)[...], at: 0)
        }
        return state.withLock { state in
            if let track = state.tracks[camera.id] { return track }
            let track = RecordingTrack(camera: camera.id, recorder: self, lastEnd: lastEnd)
            state.tracks[camera.id] = track
            return track
        }
    }

    /// Ends recording of everything and waits until it is on disk and in the index.
    public func close() async {
        for track in state.withLock({ Array($0.tracks.values) }) { track.interrupt(.notRunning) }
        await drain()
        await enterChanges()
        await flushOpenFiles()
    }

    /// Returns when everything that was appended before is written.
    func drain() async {
        try? await disk.runIfActive {}
    }

    // MARK: For tracks

    func onDisk(_ work: @escaping @Sendable () -> Void) {
        disk.submit { state in
            if case .active = state { work() }
        }
    }

    func index(_ change: RecordingChange) {
        state.withLock { state in
            guard state.changes.count < Self.waitingChanges else { return }
            state.changes.append(change)
        }
    }

    func flushLater(_ file: DiskFile) { state.withLock { $0.closedFiles.append(file) } }

    /// Whether footage may be written: half of the reserve is left to the database and the rest of the machine.
    func hasRoom() -> Bool { (freeBytes(at: settings.root) ?? .max) > settings.reserveBytes / 2 }

    func failed(_ error: DiskError, camera: CameraID) {
        let isNew = state.withLock { $0.alarms.insert(camera).inserted }
        if isNew { log.error("recording paused", metadata: ["camera": "\(camera)", "error": "\(error)"]) }
    }

    // MARK: Index and flushing

    func enterChanges() async {
        let changes = state.withLock { state in
            defer { state.changes = [] }
            return state.changes
        }
        guard !changes.isEmpty else { return }
        do {
            try await recordings.record(changes)
            let recovered = state.withLock { state in
                defer { state.isIndexFailing = false }
                if !changes.isEmpty { state.alarms.removeAll() }
                return state.isIndexFailing
            }
            if recovered { log.notice("the index can be written again") }
        } catch {
            let isNew = state.withLock { state in
                state.changes.insert(contentsOf: changes, at: 0)
                defer { state.isIndexFailing = true }
                return !state.isIndexFailing
            }
            if isNew { log.error("can't write the index, trying on", metadata: ["error": "\(error)"]) }
        }
    }

    private func flushOpenFiles() async {
        let closed = state.withLock { state in
            defer { state.closedFiles = [] }
            return state.closedFiles
        }
        let tracks = state.withLock { Array($0.tracks.values) }
        let open = (try? await disk.runIfActive { tracks.compactMap(\.openFile) }) ?? []
        let log = log
        try? await flushing.runIfActive {
            for file in closed + open {
                do throws(DiskError) {
                    try file.flush()
                } catch {
                    log.error("can't flush a recording", metadata: ["error": "\(error)"])
                }
            }
        }
    }
}
