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

        /// Those that a capture of the item can be rejected for, the likeliest first.
        public static func reasons(for item: CaptureItem) -> [Rejection] {
            switch item {
            case .rodent, .insect: [.notAPest, .reflection, .steam, .poorPicture, .other]
            case .noHat: [.hatPresent, .notAPerson, .reflection, .poorPicture, .other]
            case .noMask: [.maskPresent, .notAPerson, .reflection, .poorPicture, .other]
            case .phone: [.noPhone, .notAPerson, .reflection, .poorPicture, .other]
            case .smoking: [.noSmoking, .notAPerson, .steam, .poorPicture, .other]
            case .nightPresence: [.notAPerson, .reflection, .poorPicture, .other]
            case .offline, .covered, .moved, .frozen, .dark, .defocused: [.cameraInMaintenance, .steam, .other]
            }
        }
    }

    case confirmed
    case rejected(reason: Rejection)
    /// The same incident, captured before.
    case duplicate(of: CaptureID)
    /// Confirmed, as more of a case that is there.
    case merged(into: CaseID)

    /// As columns, ledger entries and the API hold it.
    public var parts: (kind: String, reason: String?, other: String?) {
        switch self {
        case .confirmed: ("confirmed", nil, nil)
        case .rejected(let reason): ("rejected", reason.rawValue, nil)
        case .duplicate(let capture): ("duplicate", nil, "\(capture)")
        case .merged(let case_): ("merged", nil, "\(case_)")
        }
    }

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
