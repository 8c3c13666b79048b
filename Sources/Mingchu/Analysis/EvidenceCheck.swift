import Domain
import Supervision

/// Holds the evidence on the disk against records and ledger. (证据核验)
struct EvidenceCheck: Sendable {
    enum Finding: Hashable, Sendable, CustomStringConvertible {
        case missing(EvidenceFile)
        case unreadable(EvidenceFile, reason: String)
        /// The bytes are not those that were kept.
        case changed(EvidenceFile)
        case record(CaptureID, EvidenceProof.Fault)
        case sample(CameraID, Day, SampleProof.Fault)
        /// The ledger has so many captures more than the records.
        case capturesGone(Int)

        var description: String {
            switch self {
            case .missing(let file): "\(file.path): in the records, not on the disk"
            case .unreadable(let file, let reason): "\(file.path): can't be read: \(reason)"
            case .changed(let file): "\(file.path): the bytes are not those that were kept"
            case .record(let capture, .notInLedger(let kind)):
                "capture \(capture): its \(kind.rawValue) is not what the ledger has"
            case .record(let capture, .notInRecords(let kind)):
                "capture \(capture): its \(kind.rawValue) is in the ledger, not in the records"
            case .record(let capture, .verdictDiffers):
                "capture \(capture): its verdict is not the one in the ledger"
            case .record(let capture, .listsDiffer):
                "capture \(capture): lists show another verdict, or its case in another state"
            case .record(let capture, .dataDiffers):
                "capture \(capture): boxes, curve or times are not what the ledger has"
            case .sample(let camera, let day, .notInLedger(let code)):
                "sample of camera \(camera), \(day): picture \(code) is not what the ledger has"
            case .sample(let camera, let day, .notInRecords(let code)):
                "sample of camera \(camera), \(day): picture \(code) is in the ledger, not in the records"
            case .sample(let camera, let day, .reviewDiffers(let code)):
                "sample of camera \(camera), \(day): what was seen in \(code) is not what the ledger has"
            case .capturesGone(let count): "\(count) captures are in the ledger, not in the records"
            }
        }
    }

    struct Report: Hashable, Sendable {
        var captures = 0
        /// Days of cameras of the blind sample.
        var samples = 0
        var files = 0
        var bytes: Int64 = 0
        var findings: [Finding] = []
    }

    let captures: Captures
    let samples: FrameSamples
    let folder: EvidenceFolder

    /// - Parameter progress: called with the number of captures done.
    func run(progress: (Int) -> Void = { _ in }) async throws -> Report {
        var report = Report()
        var last: CaptureID?
        while true {
            let page = try await captures.proofs(after: last)
            guard let end = page.last else { break }
            for proof in page {
                report.captures += 1
                report.findings += proof.faults.map { .record(proof.capture, $0) }
                for file in proof.files { note(file, in: &report) }
            }
            last = end.capture
            progress(report.captures)
        }
        let gone = try await captures.countMissing()
        if gone > 0 { report.findings.append(.capturesGone(gone)) }
        try await look(atSamplesFor: &report)
        return report
    }

    private func look(atSamplesFor report: inout Report) async throws {
        var last: (CameraID, Day)?
        while true {
            let page = try await samples.proofs(after: last)
            guard let end = page.last else { return }
            for proof in page {
                report.samples += 1
                report.findings += proof.faults.map { .sample(proof.camera, proof.day, $0) }
                for file in proof.files { note(file, in: &report) }
            }
            last = (end.camera, end.day)
        }
    }

    private func note(_ file: EvidenceFile, in report: inout Report) {
        report.files += 1
        report.bytes += file.sizeBytes
        if let finding = look(at: file) { report.findings.append(finding) }
    }

    private func look(at file: EvidenceFile) -> Finding? {
        guard folder.holds(file) else { return .missing(file) }
        do {
            return try folder.describe(file.kind, path: file.path) == file ? nil : .changed(file)
        } catch {
            return .unreadable(file, reason: "\(error)")
        }
    }
}
