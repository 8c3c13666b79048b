import Domain
import Logging
import Supervision

/// Files what the analysis tells: captures with their first picture at once, evidence as soon as it is recorded, and how
/// many pictures were analysed.
///
/// Events come from worker threads into a bounded queue; an event that finds it full is counted, never waited for.
actor CaptureFiling {
    private let captures: Captures
    private let folder: EvidenceFolder
    private let time: TimeSource
    private let log: Logger
    /// Of captures whose end or evidence is still to come, what was told last: both come in any order.
    private var latest: [CaptureID: Capture] = [:]
    private var counts: [CameraID: [Int64: (frames: Int, records: Int)]] = [:]

    init(captures: Captures, folder: EvidenceFolder, time: TimeSource, log: Logger) {
        self.captures = captures
        self.folder = folder
        self.time = time
        self.log = log
    }

    /// - Returns: whether it is filed.
    @discardableResult
    func open(_ capture: Capture, jpeg: [UInt8]?) async -> Bool {
        do {
            let first = try jpeg.map { try folder.write(.first, of: capture, $0) }
            latest[capture.id] = capture
            try await captures.open(capture, first: first)
            return true
        } catch {
            log.error("a capture can't be filed", metadata: metadata(capture, error))
            return false
        }
    }

    func end(_ capture: Capture) async {
        latest[capture.id] = capture
        do {
            try await captures.keep(capture, evidence: [], isFinal: capture.item.isOffline)
        } catch {
            log.error("the end of a capture can't be filed", metadata: metadata(capture, error))
        }
    }

    /// - Parameter isFinal: nothing more will come.
    func keep(_ evidence: [EvidenceFile], of capture: Capture, isFinal: Bool) async throws {
        // The best moment that was cut is the capture's; only an end that came meanwhile knows more.
        let known = latest[capture.id].flatMap { $0.end == nil ? nil : $0 } ?? capture
        try await captures.keep(known, evidence: evidence, isFinal: isFinal)
        if latest[capture.id]?.end != nil { latest[capture.id] = nil }
    }

    func count(_ camera: CameraID, at moment: UTCTime, isRecord: Bool) {
        let hour = moment.milliseconds / 3_600_000 * 3_600_000
        var sums = counts[camera]?[hour] ?? (0, 0)
        sums.frames += 1
        sums.records += isRecord ? 1 : 0
        counts[camera, default: [:]][hour] = sums
    }

    /// Writes the counts down; what can't be written is kept for the next time.
    func settleCounts() async {
        let settled = counts
        counts = [:]
        for (camera, hours) in settled {
            for (hour, sums) in hours {
                do {
                    try await captures.count(
                        camera, hour: UTCTime(milliseconds: hour), frames: sums.frames, records: sums.records)
                } catch {
                    log.error("can't count what was analysed", metadata: ["camera": "\(camera)", "error": "\(error)"])
                    let now = counts[camera]?[hour] ?? (0, 0)
                    counts[camera, default: [:]][hour] = (now.frames + sums.frames, now.records + sums.records)
                }
            }
        }
    }

    private func metadata(_ capture: Capture, _ error: any Error) -> Logger.Metadata {
        ["capture": "\(capture.id)", "camera": "\(capture.camera)", "error": "\(error)"]
    }
}
