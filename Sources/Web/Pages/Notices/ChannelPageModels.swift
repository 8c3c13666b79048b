import Domain
import Supervision

struct ChannelsPage: Page {
    struct Row: Sendable {
        let name: String
        let address: String
        let kind: String
        let owner: String
        /// A mail address, or the host that is posted to.
        let target: String
        let scope: String
        let isEnabled: Bool
        let deliveries: String
    }

    static let template = "channels"
    let rows: [Row]
    let countText: String
    /// What did not arrive, or maybe not: how much, and where it is listed; nil = nothing.
    let failed: Trouble?
    let uncertain: Trouble?
    let lacksMail: Bool
    let lacksAddress: Bool
    let isSaved: Bool

    struct Trouble: Sendable {
        let text: String
        let address: String
    }

    init(
        rows: [Row], countText: String, failed: Int, uncertain: Int, lacksMail: Bool, lacksAddress: Bool, isSaved: Bool,
        words: Words
    ) {
        self.rows = rows
        self.countText = countText
        func trouble(_ count: Int, _ state: Delivery.State, _ text: String) -> Trouble? {
            count == 0
                ? nil : Trouble(text: text, address: SiteURL.deliveries.with([("state", state.rawValue)]))
        }
        self.failed = trouble(failed, .failed, words("channels.failed", ["count": "\(failed)"]))
        self.uncertain = trouble(uncertain, .uncertain, words("channels.uncertain", ["count": "\(uncertain)"]))
        self.lacksMail = lacksMail
        self.lacksAddress = lacksAddress
        self.isSaved = isSaved
    }
}

/// The fields of a channel as somebody typed them; address and key come back only when they were just typed.
struct ChannelForm: Sendable {
    var owner = ""
    var kind = NoticeChannel.Kind.mail.rawValue
    var name = ""
    var target = ""
    var key = ""
    var dropsKey = false
    var scope = NoticeChannel.Scope.all.rawValue
    var language = NoticeChannel.Language.simplifiedChinese.rawValue
    var isEnabled = true

    init() {}

    init(_ channel: NoticeChannel) {
        owner = channel.owner.description
        kind = channel.kind.rawValue
        name = channel.name
        // A robot's address is its key.
        target = channel.kind == .mail ? channel.address.reveal() : ""
        scope = channel.scope.rawValue
        language = channel.language.rawValue
        isEnabled = channel.isEnabled
    }

    init(_ fields: FormFields) {
        owner = fields.text("owner") ?? ""
        kind = fields.text("kind") ?? ""
        name = fields.text("name") ?? ""
        target = fields.text("address") ?? ""
        key = fields.text("key") ?? ""
        dropsKey = fields.flag("dropKey")
        scope = fields.text("scope") ?? ""
        language = fields.text("language") ?? ""
        isEnabled = fields.flag("enabled")
    }

    func draft() throws -> ChannelDraft {
        guard let owner = NoticeChannel.Owner(owner) else { throw SupervisionError.invalid(.owner, .unknown) }
        guard let kind = NoticeChannel.Kind(rawValue: kind), let scope = NoticeChannel.Scope(rawValue: scope),
            let language = NoticeChannel.Language(rawValue: language)
        else { throw WebError.badRequest("choice") }
        return ChannelDraft(
            owner: owner, kind: kind, name: name, address: target.isEmpty ? nil : Secret(target),
            key: dropsKey ? Secret("") : key.isEmpty ? nil : Secret(key), scope: scope, language: language,
            isEnabled: isEnabled)
    }
}

struct ChannelFormPage: Page {
    struct Kind: Sendable {
        let value: String
        let label: String
        /// Where its address is found.
        let explanation: String
        let isSelected: Bool
    }

    static let template = "channel-form"
    let heading: String
    let action: String
    let isNew: Bool
    let form: ChannelForm
    let kinds: [Kind]
    let bodies: [Choice]
    let people: [Choice]
    let scopes: [Choice]
    let languages: [Choice]
    /// What is kept: shown so that an empty field is understood; nil = nothing, or it is a mail address in its field.
    let keptTarget: String?
    let hasKey: Bool
    let trialAddress: String?
    let trial: String?
    let isTrialGood: Bool
    let deliveries: String?
    let fault: String?
    let isSaved: Bool

    init(
        _ form: ChannelForm, of channel: NoticeChannel?, names: OwnerNames, fault: String?, trial: SendOutcome?,
        isSaved: Bool,
        wording: Wording
    ) {
        let words = wording.words
        heading = channel?.name ?? words("channels.new")
        action = channel.map { SiteURL.channel(.value($0.id)).path } ?? SiteURL.newChannel.path
        isNew = channel == nil
        self.form = form
        kinds = NoticeChannel.Kind.allCases.map {
            Kind(
                value: $0.rawValue, label: words($0), explanation: words("channel.kind.\($0.rawValue).explanation"),
                isSelected: $0.rawValue == form.kind)
        }
        bodies = names.bodies.map {
            Choice(value: "\($0)", label: names.name($0, wording), isSelected: "\($0)" == form.owner)
        }
        people = names.people.values.sorted { $0.account < $1.account }.map {
            let owner = "\(NoticeChannel.Owner.person($0.id))"
            return Choice(value: owner, label: "\($0.name) (\($0.account))", isSelected: owner == form.owner)
        }
        scopes = NoticeChannel.Scope.allCases.map {
            Choice(value: $0.rawValue, label: words($0), isSelected: $0.rawValue == form.scope)
        }
        languages = NoticeChannel.Language.allCases.map {
            Choice(
                value: $0.rawValue, label: words("channel.language.\($0.rawValue)"),
                isSelected: $0.rawValue == form.language)
        }
        keptTarget = channel.flatMap { $0.kind == .mail ? nil : $0.shownAddress }
        hasKey = channel?.key != nil
        trialAddress = channel.map { SiteURL.tryChannel(.value($0.id)).path }
        self.trial = trial.map { words($0) }
        if case .sent = trial { isTrialGood = true } else { isTrialGood = false }
        deliveries = channel.map { SiteURL.deliveries.with([("channel", "\($0.id)")]) }
        self.fault = fault
        self.isSaved = isSaved
    }
}
