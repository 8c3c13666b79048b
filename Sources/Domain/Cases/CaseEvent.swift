/// One entry of a case's history, as the ledger carries it; a case is all its events, in order. (案件事件)
public struct CaseEvent: Hashable, Sendable, Codable {
    public var caseID: CaseID
    /// How many events the case has with this one: 1, 2, 3, … No two have the same.
    public var version: Int
    public var time: UTCTime
    public var actor: LedgerActor
    /// In what role; nil for the program and its command line.
    public var role: Role?
    public var change: CaseChange

    public init(
        caseID: CaseID, version: Int, time: UTCTime, actor: LedgerActor, role: Role?, change: CaseChange
    ) {
        self.caseID = caseID
        self.version = version
        self.time = time
        self.actor = actor
        self.role = role
        self.change = change
    }

    private enum CodingKeys: String, CodingKey {
        case caseID = "case"
        case version
        case time
        case actor
        case role
        case change
    }
}

/// Why a row of events is no history of a case: the ledger was changed, or the program has a fault.
public struct CaseFault: Error, Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// The first event opens no case.
        case notOpened
        case anotherCase
        /// An event is missing, or there twice.
        case version(expected: Int)
        case impossible(in: CaseState)
    }

    /// Of the event that does not fit.
    public var version: Int
    public var kind: Kind
}

extension CaseChange {
    /// Under which act the ledger keeps it.
    public var ledgerAct: LedgerAct {
        switch self {
        case .opened: .caseOpened
        case .dispatched: .caseDispatched
        case .received: .caseReceived
        case .acknowledged: .caseAcknowledged
        case .begun: .caseBegun
        case .submitted: .caseSubmitted
        case .passed: .casePassed
        case .returned: .caseReturned
        case .reinspected: .caseReinspected
        case .reinspectionFailed: .caseReinspectionFailed
        case .closed: .caseClosed
        case .reopened: .caseReopened
        case .appealed: .caseAppealed
        case .appealUpheld: .caseAppealUpheld
        case .appealRejected: .caseAppealRejected
        case .extensionAsked: .caseExtensionAsked
        case .extended: .caseExtended
        case .extensionRefused: .caseExtensionRefused
        case .transferred: .caseTransferred
        case .withdrawn: .caseWithdrawn
        case .captureAdded: .caseCaptureAdded
        case .commented: .caseCommented
        case .urged: .caseUrged
        case .escalated: .caseEscalated
        }
    }
}
