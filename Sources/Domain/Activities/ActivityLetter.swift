/// A mail about an activity, on its way. (活动邮件)
public struct ActivityLetter: Hashable, Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        case invitation
        /// A place, or one on the waiting list, was given.
        case signedUp
        case movedUp
        case cancelled
    }

    /// The same with every attempt: what mailboxes know it by.
    public let id: ActivityLetterID
    public var activity: ActivityID
    /// nil = an invitation.
    public var signUp: SignUpID?
    public var kind: Kind
    /// Empty once it was erased.
    public var address: String
    public var language: NoticeChannel.Language
    public var state: Delivery.State
    public var tries: Int
    public var nextTry: UTCTime?
    public var fault: SendFault?
    public var madeAt: UTCTime
    public var sentAt: UTCTime?

    public init(
        id: ActivityLetterID, activity: ActivityID, signUp: SignUpID? = nil, kind: Kind, address: String,
        language: NoticeChannel.Language, state: Delivery.State = .waiting, tries: Int = 0, nextTry: UTCTime?,
        fault: SendFault? = nil, madeAt: UTCTime, sentAt: UTCTime? = nil
    ) {
        self.id = id
        self.activity = activity
        self.signUp = signUp
        self.kind = kind
        self.address = address
        self.language = language
        self.state = state
        self.tries = tries
        self.nextTry = nextTry
        self.fault = fault
        self.madeAt = madeAt
        self.sentAt = sentAt
    }
}

public typealias ActivityLetterID = Identifier<ActivityLetter>

/// Mail addresses as people paste them. (收件人)
public enum PastedAddresses {
    public static let most = 200

    /// One of each, as written: between commas, semicolons, blanks or lines, `Name <address>` too.
    ///
    /// - Returns: `wrong` are words with an `@` that are no addresses.
    public static func read(_ text: String) -> (addresses: [String], wrong: [String]) {
        let marks: Set<Character> = [",", ";", "，", "；", "、", "<", ">", "\"", "(", ")"]
        var addresses: [String] = []
        var wrong: [String] = []
        var seen: Set<String> = []
        for word in text.split(whereSeparator: { $0.isWhitespace || marks.contains($0) }).map(String.init)
        where word.contains("@") && seen.insert(word.lowercased()).inserted {
            if isAddress(word) { addresses.append(word) } else { wrong.append(word) }
        }
        return (addresses, wrong)
    }

    /// What a mail server is certain to understand: RFC 5321 §4.1.2 without quotation marks, in ASCII.
    public static func isAddress(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...64).contains(parts[0].utf8.count), text.utf8.count <= 254 else { return false }
        func isWord(_ byte: UInt8, _ more: String) -> Bool {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"):
                true
            default: more.utf8.contains(byte)
            }
        }
        let local = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        return local.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { isWord($0, "!#$%&'*+-/=?^_`{|}~") } }
            && domain.count >= 2
            && domain.allSatisfy {
                !$0.isEmpty && $0.first != "-" && $0.last != "-" && $0.utf8.allSatisfy { isWord($0, "-") }
            }
    }
}
