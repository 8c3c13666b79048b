public import Domain
import Store

/// What records and ledger say of one capture's evidence, to be held against the files.
public struct EvidenceProof: Sendable, Hashable {
    /// What in the records is not what the ledger has.
    public enum Fault: Sendable, Hashable {
        /// The ledger knows nothing of this file, or another size or SHA-256.
        case notInLedger(EvidenceFile.Kind)
        /// The ledger knows it; the records don't.
        case notInRecords(EvidenceFile.Kind)
        /// Boxes, curve or times are not those whose SHA-256 the ledger has.
        case dataDiffers
        /// The verdict is not the last one that the ledger has, or one of them has none.
        case verdictDiffers
        /// Lists and figures show another verdict, or its case in another state.
        case listsDiffer
    }

    public var capture: CaptureID
    public var files: [EvidenceFile]
    public var faults: [Fault]
}

extension Captures {
    /// Captures in the order of their identifiers, each held against the ledger: for `mingchu check`.
    /// - Parameter last: The last one of the page before; nil = from the first.
    public func proofs(after last: CaptureID? = nil, limit: Int = 200) async throws -> [EvidenceProof] {
        try await store.read { records in
            try records.captures.identifiers(after: last, limit: limit).map { id in
                let entries = try records.ledger.entries(
                    LedgerFilter(subject: "capture/\(id)"), before: nil, limit: .max)
                let files = try records.captures.evidence(of: id)
                let kept = KeptInLedger(entries)
                var faults = kept.faults(of: files)
                if let hash = kept.dataHash, try records.captures.state(of: id) != .awaited,
                    let capture = try records.captures.capture(id), capture.end != nil,
                    try capture.dataSHA256.hexadecimal != hash
                {
                    faults.append(.dataDiffers)
                }
                let judgement = try records.captures.judgement(of: id)
                if kept.verdict != judgement?.verdictPayload { faults.append(.verdictDiffers) }
                let state = try records.cases.id(of: id).flatMap { try records.cases.summary($0)?.state }
                if try records.captures.listedJudgement(of: id) != CaptureFilter.Judged(judgement?.verdict)
                    || records.captures.listedCaseState(of: id) != state
                {
                    faults.append(.listsDiffer)
                }
                return EvidenceProof(capture: id, files: files, faults: faults)
            }
        }
    }

    /// Captures that the ledger has and the records don't: more than 0 when rows were taken away.
    public func countMissing() async throws -> Int {
        try await store.read { records in
            try records.ledger.count(of: .captureMade) - records.captures.countAll()
        }
    }
}

/// What the entries of one capture say was kept.
private struct KeptInLedger {
    /// By kind: size and SHA-256 as the ledger writes them.
    private var files: [String: JSON] = [:]
    private(set) var dataHash: String?
    /// Of the last verdict: what, who and when, as ``Judgement/verdictPayload``.
    private(set) var verdict: JSON?

    /// - Parameter entries: newest first.
    init(_ entries: [LedgerEntry]) {
        var isJudged = false
        for entry in entries {
            guard case .object(let payload)? = JSON(parsing: entry.payload) else { continue }
            if dataHash == nil, entry.act == .captureEvidenceKept, case .string(let hash)? = payload["data"] {
                dataHash = hash
            }
            if !isJudged, entry.act == .captureJudged {
                isJudged = true
                // Taken back: what was said before it doesn't count either.
                if payload["verdict"] == .string(CaptureFilter.Judged.waiting.rawValue) { continue }
                verdict = [
                    "verdict": payload["verdict"] ?? .null, "reason": payload["reason"] ?? .null,
                    "other": payload["other"] ?? .null, "by": .string("\(entry.actor)"),
                    "time": .int(entry.time.milliseconds),
                ]
            }
            guard case .array(let kept)? = payload["files"] else { continue }
            for file in kept {
                if case .object(let fields) = file, case .string(let kind)? = fields["kind"] { files[kind] = file }
            }
        }
    }

    func faults(of recorded: [EvidenceFile]) -> [EvidenceProof.Fault] {
        var rest = files
        var faults: [EvidenceProof.Fault] = []
        for file in recorded where rest.removeValue(forKey: file.kind.rawValue) != file.ledgerPayload {
            faults.append(.notInLedger(file.kind))
        }
        for kind in EvidenceFile.Kind.allCases where rest[kind.rawValue] != nil { faults.append(.notInRecords(kind)) }
        return faults
    }
}

extension Judgement {
    /// As its ledger entry tells it.
    fileprivate var verdictPayload: JSON {
        let parts = verdict.parts
        return [
            "verdict": .string(parts.kind), "reason": parts.reason.map { .string($0) } ?? .null,
            "other": parts.other.map { .string($0) } ?? .null, "by": .string("\(LedgerActor.person(by))"),
            "time": .int(time.milliseconds),
        ]
    }
}
