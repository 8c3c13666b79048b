public import Domain
import Store

/// What the program captures by itself, and the rules by which it does. (抓拍)
///
/// Reads need ``Act/lookAtCaptures`` where the camera hangs: what the asker may not look at is not found.
public struct Captures: Sendable {
    let store: Store
    let time: TimeSource
    let subscribers: Subscribers<CaptureID>

    init(store: Store, time: TimeSource) {
        self.store = store
        self.time = time
        subscribers = Subscribers()
    }

    /// The rule is met: enters the capture into records and ledger, then tells subscribers. Nothing happens the second time.
    /// - Parameter first: The analysed picture in which the rule was met.
    public func open(_ capture: Capture, first: EvidenceFile?) async throws {
        let now = time.now()
        let isNew = try await store.write { records in
            guard try records.captures.add(capture) else { return false }
            if let first { _ = try records.captures.add(first, to: capture.id) }
            try records.ledger.append(
                .captureMade, to: "capture/\(capture.id)", by: .camera(capture.camera), at: now,
                payload: capture.openingPayload(first))
            return true
        }
        if isNew { subscribers.tell(capture.id) }
    }

    /// The incident has ended or its evidence is cut: takes end, best moment, score, box, sights and curve, and what was
    /// kept. Evidence that is there already is never replaced. Enters the ledger when evidence came or the end did.
    ///
    /// A capture that was never opened is opened first.
    /// - Parameter isFinal: Nothing more will come, although picture or clip are missing: the moment was not recorded.
    public func keep(_ capture: Capture, evidence: [EvidenceFile], isFinal: Bool = false) async throws {
        let now = time.now()
        let hasChanged = try await store.write { records in
            if try records.captures.add(capture) {
                try records.ledger.append(
                    .captureMade, to: "capture/\(capture.id)", by: .camera(capture.camera), at: now,
                    payload: capture.openingPayload(nil))
            }
            guard let before = try records.captures.capture(capture.id),
                let stateBefore = try records.captures.state(of: capture.id)
            else { throw SupervisionError.notFound }
            let added = try evidence.filter { try records.captures.add($0, to: capture.id) }
            var after = capture
            after.end = capture.end ?? before.end
            let state = try EvidenceState.after(
                stateBefore, kept: records.captures.evidence(of: capture.id), isFinal: isFinal)
            guard !added.isEmpty || after != before || state != stateBefore else { return false }
            try records.captures.change(after, state: state)
            if !added.isEmpty || after.end != before.end || state != stateBefore {
                try records.ledger.append(
                    .captureEvidenceKept, to: "capture/\(capture.id)", by: .camera(capture.camera), at: now,
                    payload: try after.keepingPayload(added, state))
            }
            return true
        }
        if hasChanged { subscribers.tell(capture.id) }
    }

    /// Those that have not ended, or whose evidence is not complete: for the start after a power cut. Oldest first.
    public func unfinished() async throws -> [Capture] {
        try await store.read { try $0.captures.unfinished() }
    }

    /// Evidence of a capture as far as it is kept: for the program itself.
    public func evidence(of id: CaptureID) async throws -> [EvidenceFile] {
        try await store.read { try $0.captures.evidence(of: id) }
    }

    /// Adds to what was analysed of a camera in an hour. One record is one analysed frame that held a moving region or a
    /// track.
    /// - Parameter hour: Any moment in it.
    public func count(_ camera: CameraID, hour: UTCTime, frames: Int, records: Int) async throws {
        guard frames > 0 || records > 0 else { return }
        try await store.write { try $0.analysis.count(camera, at: hour, frames: frames, records: records) }
    }

    /// Captures that are new or have learned something, each after its commit. At most 1,024 wait; then the oldest are dropped.
    public func changes() -> AsyncStream<CaptureID> { subscribers.stream() }
}

extension EvidenceState {
    fileprivate static func after(_ before: EvidenceState, kept: [EvidenceFile], isFinal: Bool) -> EvidenceState {
        let kinds = Set(kept.map(\.kind))
        if kinds.contains(.picture), kinds.contains(.clip) { return .complete }
        return isFinal ? .lacking : before
    }
}
