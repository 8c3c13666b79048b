/// What came of an attempt to send a message.
public enum SendOutcome: Hashable, Sendable {
    /// Taken by the receiver's side, with its answer.
    case sent(answer: String)
    /// Certainly not taken; it may go better later.
    case later(SendFault)
    /// Certainly not taken, and it would not be the next time either.
    case refused(SendFault)
    /// Taken or not: the connection ended before the answer came.
    case unknown(SendFault)
}

/// Why a message was not taken, in kinds that a page puts into words.
public struct SendFault: Hashable, Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// No mail server is set, or the channel's address can't be used.
        case notSetUp
        /// No such host, or nobody answers there.
        case unreachable
        case timedOut
        /// The connection ended in the middle.
        case connectionLost
        case certificate
        case authentication
        /// The other side asks to come later.
        case busy
        /// The other side says no.
        case rejected
        /// It leads to another address, which is not followed.
        case redirected
        /// What answered doesn't speak the protocol.
        case nonsense
        /// This program ended while it was sending.
        case interrupted
        /// The channel was switched off before its turn came.
        case switchedOff
    }

    public var kind: Kind
    /// What the other side said, in its own words: code and text, without anything secret; "" = nothing.
    public var answer: String

    public init(_ kind: Kind, answer: String = "") {
        self.kind = kind
        self.answer = answer
    }
}

/// What is done after an attempt, and how often a channel may be used.
public struct SendingPolicy: Hashable, Sendable {
    /// After the first, second, … attempt that failed; one more attempt than there are waits.
    public var waits: [Duration]
    /// Attempts of one channel in a day of the territory.
    public var dailyCap: Int
    /// Attempts of one channel in a minute: robots of WeCom and DingTalk take 20.
    public var minuteCap: Int
    /// After which an attempt that nobody ended is taken to be dead: longer than any attempt may last.
    public var lease: Duration

    public init(
        waits: [Duration] = [.seconds(60), .seconds(300), .seconds(1800), .seconds(7200), .seconds(21_600)],
        dailyCap: Int = 500, minuteCap: Int = 20, lease: Duration = .seconds(180)
    ) {
        self.waits = waits
        self.dailyCap = dailyCap
        self.minuteCap = minuteCap
        self.lease = lease
    }

    public static let standard = SendingPolicy()

    /// - Parameter tries: with the one that ended like this.
    public func next(
        after outcome: SendOutcome, tries: Int, on kind: NoticeChannel.Kind, at now: UTCTime
    ) -> (state: Delivery.State, nextTry: UTCTime?) {
        switch outcome {
        case .sent: return (.sent, nil)
        case .refused: return (.failed, nil)
        case .unknown where !kind.recognizesRepeats: return (.uncertain, nil)
        case .later, .unknown:
            guard tries >= 1, tries <= waits.count else { return (.failed, nil) }
            return (.waiting, now + waits[tries - 1])
        }
    }
}
