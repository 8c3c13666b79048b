/// What a parent or anybody else reports of a school's kitchen, without an account. (群众反映) A pure value: all its steps,
/// folded.
public struct Concern: Hashable, Sendable {
    public enum State: String, Hashable, Sendable, CaseIterable, Codable {
        /// Nobody has looked at it yet.
        case received
        /// Somebody has it in hand.
        case taken
        /// Whoever sent it was asked something, and the time to answer stands still.
        case askedBack
        case answered
        case closed
        /// Nothing that can be followed up: with a reason that the sender reads.
        case rejected
        /// By whoever sent it.
        case withdrawn

        public var isFinal: Bool { self == .closed || self == .rejected || self == .withdrawn }
        /// Somebody is waiting for the answer.
        public var isUnanswered: Bool { self == .received || self == .taken }
    }

    /// Within which an answer is due.
    public static let answerTime = Duration.seconds(24 * 3600)
    /// So long after the last answer one that led to no case is closed by itself.
    public static let quietTime = Duration.seconds(7 * 86_400)
    /// So long after its end the contact is erased.
    public static let contactTime = Duration.seconds(30 * 86_400)
    /// Characters.
    public static let textLength = 5...2000
    public static let longestContact = 100
    public static let mostPhotos = 4

    public let id: ConcernID
    public let school: SchoolID
    public let receivedAt: UTCTime
    public private(set) var steps: [ConcernStep]
    public private(set) var state = State.received
    public private(set) var takenBy: PersonID?
    public private(set) var caseID: CaseID?
    /// Of the last answer.
    public private(set) var answeredAt: UTCTime?
    public private(set) var endedAt: UTCTime?
    /// How long its sender was waited for, without the wait that runs.
    private var waited = Duration.zero
    private var waitingSince: UTCTime?

    public var version: Int { steps.count }
    public var changedAt: UTCTime { steps[steps.count - 1].time }

    /// When the answer is due; nil = none is waited for.
    public var due: UTCTime? { state.isUnanswered ? receivedAt + Self.answerTime + waited : nil }

    public func isOverdue(at time: UTCTime) -> Bool { due.map { $0 < time } ?? false }

    public var text: String {
        if case .received(let text, _) = steps[0].change { text } else { "" }
    }

    public var photos: [ConcernPhoto] {
        if case .received(_, let photos) = steps[0].change { photos } else { [] }
    }

    /// - Throws: ``ConcernFault`` for steps that are no history.
    public init(_ id: ConcernID, at school: SchoolID, _ steps: [ConcernStep]) throws(ConcernFault) {
        guard let first = steps.first, case .received = first.change else { throw ConcernFault(version: 1) }
        self.id = id
        self.school = school
        receivedAt = first.time
        self.steps = [first]
        for step in steps.dropFirst() { try apply(step) }
    }

    /// - Throws: when the step can't follow; the concern is then as it was.
    public mutating func apply(_ step: ConcernStep) throws(ConcernFault) {
        guard allows(step.change) else { throw ConcernFault(version: version + 1) }
        // A clock that was set back makes no step earlier than the one before.
        var step = step
        step.time = max(step.time, changedAt)
        steps.append(step)
        take(step)
    }

    /// Whether it can happen to the concern as it is.
    public func allows(_ change: ConcernChange) -> Bool {
        switch change {
        case .received: false
        case .taken, .askedBack, .rejected: state.isUnanswered
        case .added: state == .askedBack
        case .answered: state.isUnanswered || state == .answered
        case .caseOpened: caseID == nil && (state.isUnanswered || state == .answered)
        case .closed: state == .answered
        case .withdrawn: !state.isFinal
        }
    }

    private mutating func take(_ step: ConcernStep) {
        switch step.change {
        case .received: break
        case .taken:
            state = .taken
            if case .person(let person) = step.actor { takenBy = person }
        case .askedBack:
            state = .askedBack
            waitingSince = step.time
        case .added:
            if let since = waitingSince { waited += step.time - since }
            waitingSince = nil
            state = takenBy == nil ? .received : .taken
        case .answered:
            state = .answered
            answeredAt = step.time
        case .caseOpened(let id): caseID = id
        case .closed: end(.closed, step.time)
        case .rejected: end(.rejected, step.time)
        case .withdrawn: end(.withdrawn, step.time)
        }
    }

    private mutating func end(_ state: State, _ time: UTCTime) {
        self.state = state
        endedAt = time
    }
}

extension Concern {
    /// Whether it is closed without anybody's doing: answered, and the case has ended, or nothing has come for a week.
    /// - Parameter caseEnded: nil = it led to no case.
    public func closesItself(at now: UTCTime, caseEnded: Bool?) -> Bool {
        guard state == .answered, let answeredAt else { return false }
        return caseEnded ?? (now - answeredAt >= Self.quietTime)
    }
}

public typealias ConcernID = Identifier<Concern>
