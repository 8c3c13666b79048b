import Domain
import Supervision
import Synchronization
import TestSupport
import Web

extension Capture {
    static func sample(
        of camera: CameraID, at met: UTCTime, item: CaptureItem = .noHat, end: UTCTime? = nil
    ) -> Capture {
        let box = PictureBox(x: 0.4, y: 0.2, width: 0.1, height: 0.15)
        return Capture(
            id: CaptureID(at: met), camera: camera, item: item, grade: item.grade(inWorkingHours: true),
            start: met - .seconds(3), metAt: met, end: end, bestAt: met + .seconds(1), score: 0.874, box: box,
            sights: [.init(label: "person", box: PictureBox(x: 0.35, y: 0.2, width: 0.2, height: 0.7), score: 0.93)],
            curve: (0..<40).map { .init(offsetMs: $0 * 200, score: $0 < 5 ? 0.2 : 0.8, box: box) },
            rule: .standard(item), models: "kitchen-detector 2026.11.1, head-attributes 2026.11.1")
    }

    /// Bytes that tell which file they are, on the disk and as the records name them.
    func write(_ kind: EvidenceFile.Kind, into folder: TemporaryDirectory) throws -> EvidenceFile {
        let path = "\(camera)/2026-11-23/\(id)/\(kind.rawValue).\(kind == .clip ? "mp4" : "jpg")"
        let bytes = Array("\(kind.rawValue) of \(id)".utf8)
        _ = try folder.write("evidence/\(path)", bytes)
        return EvidenceFile(
            kind: kind, path: path, sizeBytes: Int64(bytes.count), sha256: Array(repeating: UInt8(7), count: 32))
    }
}

extension EvidenceFile {
    /// The hash of a file that the desk takes for changed.
    static let tampered = Array(repeating: UInt8(13), count: 32)
}

/// An analysis that finds one capture in whatever it is asked to try, and remembers what it was asked.
final class ScriptedTrials: Sendable {
    private let asked = Mutex<[(CameraID, AnalysisSettings, TimeSpan)]>([])
    private let states = Mutex<[CameraID: AnalysisHealth]>([:])

    var requests: [(CameraID, AnalysisSettings, TimeSpan)] { asked.withLock { $0 } }

    func set(_ health: AnalysisHealth, of camera: CameraID) { states.withLock { $0[camera] = health } }

    func desk(evidenceRoot: String) -> AnalysisDesk {
        AnalysisDesk(
            evidenceRoot: evidenceRoot, isIntact: { $0.sha256 != EvidenceFile.tampered },
            health: { self.states.withLock { $0 } },
            models: [
                ModelSummary(
                    name: "kitchen-detector", version: "2026.11.1",
                    measured: [
                        .init(
                            item: "rodent", set: "held-out sources", count: 214, precision: 0.871,
                            precisionInterval: 0.812...0.917, recall: 0.743, recallInterval: 0.676...0.803,
                            note: "<by day>")
                    ], licence: "Apache-2.0", data: ["own pictures"], cannot: ["people behind glass"])
            ], missing: [.smoking: "too few <real> pictures"], thresholds: [.noHat: 0.55]
        ) { camera, settings, span in
            self.asked.withLock { $0.append((camera, settings, span)) }
            return AsyncThrowingStream { continuation in
                continuation.yield(.progress(0.5))
                continuation.yield(.found(.sample(of: camera, at: span.start), jpeg: [0xFF, 0xD8]))
                continuation.finish()
            }
        }
    }
}
