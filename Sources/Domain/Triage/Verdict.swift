/// What a person says of a capture. (研判结论)
public enum Verdict: Hashable, Sendable, Codable {
    /// Why what was captured is none.
    public enum Rejection: String, Sendable, Hashable, CaseIterable, Codable {
        case notAPerson
        case hatPresent
        case maskPresent
        case noPhone
        case noSmoking
        /// On steel, tiles or a wet floor.
        case reflection
        case steam
        /// A leaf, a drop, a toy: what was taken for a rodent or an insect.
        case notAPest
        /// A camera that was being cleaned or moved on purpose.
        case cameraInMaintenance
        case poorPicture
        case other
    }

    case confirmed
    case rejected(reason: Rejection)
    /// The same incident, captured before.
    case duplicate(of: CaptureID)
    /// Confirmed, as more of a case that is there.
    case merged(into: CaseID)

    /// Whether the program was right; nil for a duplicate, which says nothing about that.
    public var isTrue: Bool? {
        switch self {
        case .confirmed, .merged: true
        case .rejected: false
        case .duplicate: nil
        }
    }
}

/// A verdict as it was given. A later one of the same capture takes its place; the ledger keeps both.
public struct Judgement: Hashable, Sendable, Codable {
    public var capture: CaptureID
    public var verdict: Verdict
    public var by: PersonID
    public var time: UTCTime

    public init(of capture: CaptureID, _ verdict: Verdict, by person: PersonID, at time: UTCTime) {
        self.capture = capture
        self.verdict = verdict
        by = person
        self.time = time
    }
}
