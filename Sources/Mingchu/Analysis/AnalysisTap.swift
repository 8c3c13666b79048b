import Bitstream
import Cameras
import Domain
import Synchronization
import Vision

/// Leads the cameras' streams to their analysis: the sub-stream of a camera that has one, the main stream of the others,
/// and of those whose sub-stream stays away.
final class AnalysisTap: StreamTap {
    private let pool: AnalysisPool
    private let time: TimeSource
    private let choices = Mutex<[CameraID: StreamChooser]>([:])

    init(pool: AnalysisPool, time: TimeSource) {
        self.pool = pool
        self.time = time
    }

    /// Cameras that are analysed; units of all others are passed over.
    func watch(_ cameras: [CameraID: Bool]) {
        let now = time.monotonic()
        choices.withLock { choices in
            choices = cameras.reduce(into: [:]) { choosers, camera in
                let known = choices[camera.key].flatMap { $0.hasSub == camera.value ? $0 : nil }
                choosers[camera.key] = known ?? StreamChooser(hasSub: camera.value, now: now)
            }
        }
    }

    func receive(_ unit: AccessUnit, of camera: CameraID, _ stream: StreamKind, wall: UTCTime) {
        let (isChosen, hasSwitched) = choose(camera, stream, isKey: unit.isKey)
        if hasSwitched { pool.interrupt(camera) }
        if isChosen { pool.put(unit, of: camera, wall: wall) }
    }

    func interrupt(_ camera: CameraID, _ stream: StreamKind) {
        let isCurrent = choices.withLock { $0[camera]?.isCurrent(stream) == true }
        if isCurrent { pool.interrupt(camera) }
    }

    private func choose(_ camera: CameraID, _ stream: StreamKind, isKey: Bool) -> (isChosen: Bool, hasSwitched: Bool) {
        let now = time.monotonic()
        return choices.withLock { choices in
            choices[camera]?.choose(stream, isKey: isKey, now: now) ?? (false, false)
        }
    }
}
