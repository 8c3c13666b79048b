import Bitstream
import Cameras
import Domain
import Synchronization
import Vision

/// Leads the cameras' streams to their analysis: the sub-stream of a camera that has one, the main stream of the others,
/// and of those whose sub-stream stays away.
final class AnalysisTap: StreamTap {
    /// A sub-stream that gave nothing for so long is away.
    private static let patience = Duration.seconds(10)

    private struct Choice {
        var hasSub: Bool
        var current: StreamKind
        /// Monotonic time of the newest unit of the sub-stream.
        var lastSub: Duration?
    }

    private let pool: AnalysisPool
    private let time: TimeSource
    private let choices = Mutex<[CameraID: Choice]>([:])

    init(pool: AnalysisPool, time: TimeSource) {
        self.pool = pool
        self.time = time
    }

    /// Cameras that are analysed; units of all others are passed over.
    func watch(_ cameras: [CameraID: Bool]) {
        let now = time.monotonic()
        choices.withLock { choices in
            choices = cameras.reduce(into: [:]) { known, camera in
                var choice = choices[camera.key] ?? Choice(hasSub: camera.value, current: .main, lastSub: now)
                if choice.hasSub != camera.value || choices[camera.key] == nil {
                    choice = Choice(hasSub: camera.value, current: camera.value ? .sub : .main, lastSub: now)
                }
                known[camera.key] = choice
            }
        }
    }

    func receive(_ unit: AccessUnit, of camera: CameraID, _ stream: StreamKind, wall: UTCTime) {
        let (isChosen, hasSwitched) = choose(camera, stream, isKey: unit.isKey)
        if hasSwitched { pool.interrupt(camera) }
        if isChosen { pool.put(unit, of: camera, wall: wall) }
    }

    func interrupt(_ camera: CameraID, _ stream: StreamKind) {
        let isCurrent = choices.withLock { $0[camera]?.current == stream }
        if isCurrent { pool.interrupt(camera) }
    }

    private func choose(_ camera: CameraID, _ stream: StreamKind, isKey: Bool) -> (isChosen: Bool, hasSwitched: Bool) {
        let now = time.monotonic()
        return choices.withLock { choices in
            guard var choice = choices[camera] else { return (false, false) }
            defer { choices[camera] = choice }
            if stream == .sub { choice.lastSub = now }
            if stream == choice.current { return (true, false) }
            // A change begins with a keyframe.
            guard isKey else { return (false, false) }
            let isBetter = stream == .sub || choice.lastSub.map { now - $0 > Self.patience } ?? true
            if isBetter { choice.current = stream }
            return (isBetter, isBetter)
        }
    }
}
