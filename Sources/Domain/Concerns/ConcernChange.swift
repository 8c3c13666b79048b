/// What happened to a concern. The names are the JSON that records keep, and never change.
public enum ConcernChange: Hashable, Sendable, Codable {
    case received(text: String, photos: [ConcernPhoto])
    /// Somebody has it in hand: the first time, or instead of a colleague.
    case taken
    case askedBack(question: String)
    /// What its sender said to the question.
    case added(text: String)
    case answered(text: String)
    case caseOpened(caseID: CaseID)
    case closed
    case rejected(reason: String)
    case withdrawn

    /// What was written in it.
    public var text: String? {
        switch self {
        case .received(let text, _), .askedBack(let text), .added(let text), .answered(let text), .rejected(let text):
            text
        case .taken, .caseOpened, .closed, .withdrawn: nil
        }
    }

    /// Under which act the ledger keeps it.
    public var ledgerAct: LedgerAct {
        switch self {
        case .received: .concernReceived
        case .taken: .concernTaken
        case .askedBack: .concernAskedBack
        case .added: .concernAdded
        case .answered: .concernAnswered
        case .caseOpened: .concernCaseOpened
        case .closed: .concernClosed
        case .rejected: .concernRejected
        case .withdrawn: .concernWithdrawn
        }
    }
}

/// One entry of a concern's history.
public struct ConcernStep: Hashable, Sendable {
    public var time: UTCTime
    /// ``LedgerActor/anybody`` = whoever sent it.
    public var actor: LedgerActor
    public var change: ConcernChange

    public init(_ change: ConcernChange, by actor: LedgerActor, at time: UTCTime) {
        self.change = change
        self.actor = actor
        self.time = time
    }
}

/// Why a row of steps is no history of a concern.
public struct ConcernFault: Error, Hashable, Sendable {
    /// Of the step that does not fit: 1, 2, 3, …
    public var version: Int

    public init(version: Int) { self.version = version }
}

/// A picture that came with a concern, made anew from its pixels: nothing that a phone writes beside them is in it.
public struct ConcernPhoto: Hashable, Sendable, Codable {
    public let id: ConcernPhotoID
    /// 64 hexadecimal digits.
    public var sha256: String
    public var sizeBytes: Int
    /// Below the folder of concerns.
    public var path: String

    public init(id: ConcernPhotoID, sha256: String, sizeBytes: Int, path: String) {
        self.id = id
        self.sha256 = sha256
        self.sizeBytes = sizeBytes
        self.path = path
    }
}

public typealias ConcernPhotoID = Identifier<ConcernPhoto>
