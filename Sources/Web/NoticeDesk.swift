public import Domain

/// What the site asks of whoever sends messages: the site itself knows no network.
public struct NoticeDesk: Sendable {
    /// Whether a mail server is set.
    public var sendsMail: Bool
    /// Sends a message that is about no case, and says what came of it.
    public var trial: @Sendable (NoticeMessage, NoticeChannel) async -> SendOutcome

    public init(sendsMail: Bool, trial: @escaping @Sendable (NoticeMessage, NoticeChannel) async -> SendOutcome) {
        self.sendsMail = sendsMail
        self.trial = trial
    }

    /// Nothing is sent.
    public static func none() -> NoticeDesk {
        NoticeDesk(sendsMail: false) { _, _ in .later(SendFault(.notSetUp)) }
    }
}
