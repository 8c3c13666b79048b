/// One piece of news, or one report, on its way to one channel. (投递)
public struct Delivery: Hashable, Sendable {
    /// What is delivered.
    public enum Cargo: Hashable, Sendable {
        case news(NotificationID)
        case report(ReportIssueID)
    }

    public enum State: String, Sendable, Hashable, CaseIterable, Codable {
        case waiting
        /// Handed to the network; kept before that, so that a power cut can't hide it.
        case sending
        case sent
        /// Refused for good, or tried often enough.
        case failed
        /// A robot may have shown it or not. Sent again only when somebody says so.
        case uncertain
    }

    /// The same with every attempt: what receivers know the message by.
    public let id: DeliveryID
    public var cargo: Cargo
    public var channel: ChannelID
    public var state: State
    /// All that were begun.
    public var attempts: Int
    /// Of them, since it was made or somebody asked for it again.
    public var tries: Int
    /// Waiting: when it is tried. Sending: until when the attempt is taken to be alive.
    public var nextTry: UTCTime?
    public var attemptedAt: UTCTime?
    /// Of the last attempt; nil = none failed since.
    public var fault: SendFault?
    /// What the receiver's side said when it took the message.
    public var answer: String?
    public var sentAt: UTCTime?
    public var madeAt: UTCTime

    public init(
        id: DeliveryID, cargo: Cargo, channel: ChannelID, state: State = .waiting, attempts: Int = 0,
        tries: Int = 0, nextTry: UTCTime?, attemptedAt: UTCTime? = nil, fault: SendFault? = nil, answer: String? = nil,
        sentAt: UTCTime? = nil, madeAt: UTCTime
    ) {
        self.id = id
        self.cargo = cargo
        self.channel = channel
        self.state = state
        self.attempts = attempts
        self.tries = tries
        self.nextTry = nextTry
        self.attemptedAt = attemptedAt
        self.fault = fault
        self.answer = answer
        self.sentAt = sentAt
        self.madeAt = madeAt
    }

    /// Whether somebody may ask for it again.
    public var canBeSentAgain: Bool { state == .failed || state == .uncertain }
}

/// Which deliveries are asked for; nil = any.
public struct DeliveryFilter: Hashable, Sendable {
    public var state: Delivery.State?
    public var channel: ChannelID?
    public var caseID: CaseID?
    public var warningID: WarningID?

    public init(
        state: Delivery.State? = nil, channel: ChannelID? = nil, caseID: CaseID? = nil, warningID: WarningID? = nil
    ) {
        self.state = state
        self.channel = channel
        self.caseID = caseID
        self.warningID = warningID
    }
}
