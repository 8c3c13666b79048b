public import Domain
import Store

/// What records and ledger say of one camera's day of the blind sample, to be held against the files.
public struct SampleProof: Sendable, Hashable {
    /// What in the records is not what the ledger has.
    public enum Fault: Sendable, Hashable {
        /// The ledger knows nothing of this picture of a settled day, or another size or SHA-256.
        case notInLedger(FrameCode)
        /// The ledger knows it, and not that it was deleted; the records don't have it.
        case notInRecords(FrameCode)
        /// What somebody saw in it is not what the ledger has, or by somebody else.
        case reviewDiffers(FrameCode)
    }

    public var camera: CameraID
    public var day: Day
    /// Those that were drawn: a decoy's is its capture's.
    public var files: [EvidenceFile]
    public var faults: [Fault]
}

extension FrameSamples {
    /// Days in their own order, each held against the ledger: for `mingchu check`.
    /// - Parameter last: The last one of the page before; nil = from the first.
    public func proofs(after last: (CameraID, Day)? = nil, limit: Int = 200) async throws -> [SampleProof] {
        try await store.read { records in
            try records.samples.days(after: last, limit: limit).map { camera, day in
                let frames = try records.samples.frames(on: day, of: camera).filter { !$0.isDecoy }
                var faults: [SampleProof.Fault] = []
                if try records.samples.day(day, of: camera)?.isClosed == true {
                    var kept = try Self.kept(day, camera, records)
                    for frame in frames where kept.removeValue(forKey: frame.code) != frame.ledgerPayload {
                        faults.append(.notInLedger(frame.code))
                    }
                    faults += kept.keys.sorted().map { .notInRecords($0) }
                }
                for review in try records.samples.reviews(on: day, of: camera) {
                    let entry = try records.ledger.entries(
                        LedgerFilter(act: .frameReviewed, subject: "frame/\(review.code)"), before: nil, limit: 1
                    ).first
                    if entry?.payload != JSON.object(review.ledgerPayload).canonical
                        || entry?.actor != .person(review.by)
                    {
                        faults.append(.reviewDiffers(review.code))
                    }
                }
                return SampleProof(camera: camera, day: day, files: frames.map(\.file), faults: faults)
            }
        }
    }

    /// What the ledger says was drawn and has not been deleted.
    private static func kept(_ day: Day, _ camera: CameraID, _ records: Records) throws -> [FrameCode: JSON] {
        var kept: [FrameCode: JSON] = [:]
        let entries = try records.ledger.entries(
            LedgerFilter(subject: subject(day, camera)), before: nil, limit: .max)
        for entry in entries.reversed() {
            guard case .object(let payload)? = JSON(parsing: entry.payload),
                case .array(let frames)? = payload["frames"]
            else { continue }
            for frame in frames {
                guard case .object(let fields) = frame, case .string(let text)? = fields["code"],
                    let code = FrameCode(text)
                else { continue }
                kept[code] = entry.act == .frameSampleDrawn ? frame : nil
            }
        }
        return kept
    }
}
