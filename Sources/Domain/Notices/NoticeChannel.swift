/// A way by which news of cases reach somebody outside of the pages. (通知渠道)
public struct NoticeChannel: Hashable, Sendable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// E-mail by SMTP.
        case mail
        /// A signed JSON document, posted to another program.
        case webhook
        /// A group's robot of WeCom. (企业微信群机器人)
        case wecom
        /// A group's robot of DingTalk. (钉钉自定义机器人)
        case dingtalk
        /// A group's robot of Feishu. (飞书自定义机器人)
        case feishu

        /// Whether a receiver that gets a message twice can tell: by its Message-ID, or its Idempotency-Key. A robot
        /// shows whatever it gets, so that what may have arrived is not sent again without somebody's word.
        public var recognizesRepeats: Bool { self == .mail || self == .webhook }
        public var isRobot: Bool { !recognizesRepeats }
    }

    /// Whose news go this way.
    public enum Owner: Hashable, Sendable {
        /// All of the body's.
        case body(Body)
        /// Those of the body for which this person is on duty; of a body without a roster, all of its people's.
        case person(PersonID)
    }

    /// Which of them.
    public enum Scope: String, Sendable, Hashable, CaseIterable, Codable {
        case all
        /// Reminders, urgings and what comes after a deadline.
        case escalations
    }

    public enum Language: String, Sendable, Hashable, CaseIterable, Codable {
        case simplifiedChinese = "zh-Hans"
        case english = "en"
    }

    public let id: ChannelID
    public var owner: Owner
    public var kind: Kind
    public var name: String
    /// A mail address, or where to post: it may hold a robot's key, and is therefore never shown whole.
    public var address: Secret
    /// What messages are signed with; nil = not signed, as robots allow.
    public var key: Secret?
    public var scope: Scope
    public var language: Language
    public var isEnabled: Bool

    public init(
        id: ChannelID, owner: Owner, kind: Kind, name: String, address: Secret, key: Secret? = nil, scope: Scope = .all,
        language: Language = .simplifiedChinese, isEnabled: Bool = true
    ) {
        self.id = id
        self.owner = owner
        self.kind = kind
        self.name = name
        self.address = address
        self.key = key
        self.scope = scope
        self.language = language
        self.isEnabled = isEnabled
    }

    /// For people to recognize it by: a mail address, or scheme and host of an address.
    public var shownAddress: String {
        let text = address.reveal()
        if kind == .mail { return text }
        guard let scheme = text.firstRange(of: "://") else { return "…" }
        let authority = text[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let host = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? authority
        return "\(text[..<scheme.upperBound])\(host)/…"
    }

    public func wants(_ notice: CaseNotice) -> Bool {
        switch scope {
        case .all: true
        case .escalations:
            switch notice {
            case .urged, .escalated: true
            default: false
            }
        }
    }
}

extension NoticeChannel {
    /// Early warnings are no escalations; of other affairs, those that are late are.
    public func wants(_ subject: Notification.Subject) -> Bool {
        switch subject {
        case .ofCase(_, let notice): wants(notice)
        case .warning: scope == .all
        case .affair(let affair): scope == .all || affair.kind.isEscalation
        }
    }
}

/// As rows and the ledger keep it.
extension NoticeChannel.Owner: LosslessStringConvertible, TextCodable {
    public var description: String {
        switch self {
        case .body(let body): body.description
        case .person(let id): "person/\(id)"
        }
    }

    public init?(_ text: String) {
        if text.hasPrefix("person/") {
            guard let id = PersonID(String(text.dropFirst(7))) else { return nil }
            self = .person(id)
        } else {
            guard let body = Body(text) else { return nil }
            self = .body(body)
        }
    }
}
