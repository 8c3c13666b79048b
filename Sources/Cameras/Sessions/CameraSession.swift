import Bitstream
import Domain
import Logging
import Synchronization

/// One camera while it is switched on: its main stream, recorded, and its sub-stream if it has one.
final class CameraSession: Sendable {
    let camera: Camera
    private let main: StreamLoop
    private let sub: StreamLoop?
    private let track: RecordingTrack?
    private let time: TimeSource
    private let stop = StopSignal()
    let ended = StopSignal()
    private let still = Mutex<(key: StillKey, jpeg: [UInt8])?>(nil)

    private struct StillKey: Hashable {
        let decodeTime: Time90k
        let maxWidth: Int?
    }

    init(
        camera: Camera, track: RecordingTrack?, tap: (any StreamTap)?, sources: SourceFactory, time: TimeSource,
        log: Logger,
        changed: @escaping @Sendable () -> Void
    ) {
        self.camera = camera
        self.track = track
        self.time = time
        func loop(_ kind: StreamKind, _ track: RecordingTrack?) -> StreamLoop {
            var log = log
            log[metadataKey: "camera"] = "\(camera.id)"
            log[metadataKey: "stream"] = "\(kind.rawValue)"
            return StreamLoop(
                pipeline: StreamPipeline(
                    live: LiveStream(time: time), track: track,
                    tap: tap.map { StreamPipeline.Tap(reader: $0, camera: camera.id, stream: kind) }, time: time),
                time: time, log: log,
                source: { () throws(SourceFailure) in try sources.source(camera, kind) }, changed: changed)
        }
        main = loop(.main, track)
        sub = camera.sub == nil ? nil : loop(.sub, nil)
    }

    /// Runs until ``end()`` or cancellation.
    func run() async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { [main] in await main.run() }
            if let sub { group.addTask { await sub.run() } }
            group.addTask { [stop] in await stop.wait() }
            await group.next()
            group.cancelAll()
        }
        ended.fire()
    }

    func end() { stop.fire() }

    var status: CameraStatus {
        let counts = main.pipeline.counts
        return CameraStatus(
            state: main.state, since: main.since, recording: track?.status ?? .off, picture: main.pipeline.picture,
            received: counts.received, damaged: counts.damaged)
    }

    /// nil while that stream is not live; the main stream for cameras with no sub-stream, or whose sub-stream is away.
    func live(_ kind: StreamKind) -> LiveStream? {
        if kind == .sub, let sub, sub.state == .live { return sub.pipeline.live }
        return main.state == .live ? main.pipeline.live : nil
    }

    /// For HLS players, who wait over a reconnection.
    func liveEvenIfLost(_ kind: StreamKind) -> LiveStream {
        (kind == .sub ? sub : nil)?.pipeline.live ?? main.pipeline.live
    }

    /// JPEG of the newest keyframe; the same keyframe is decoded once.
    func stillPicture(maxWidth: Int?) async throws -> [UInt8]? {
        guard let unit = main.pipeline.lastKey else { return nil }
        let key = StillKey(decodeTime: unit.decodeTime, maxWidth: maxWidth)
        if let cached = still.withLock({ $0 }), cached.key == key { return cached.jpeg }
        let jpeg = try await Still.jpeg(of: unit, maxWidth: maxWidth)
        still.withLock { $0 = (key, jpeg) }
        return jpeg
    }
}
