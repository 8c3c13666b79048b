public import Domain

/// A channel as somebody typed it.
public struct ChannelDraft: Sendable, Hashable {
    public var owner: NoticeChannel.Owner
    public var kind: NoticeChannel.Kind
    public var name: String
    /// nil = as it was.
    public var address: Secret?
    /// nil = as it was; empty = none.
    public var key: Secret?
    public var scope: NoticeChannel.Scope
    public var language: NoticeChannel.Language
    public var isEnabled: Bool

    public init(
        owner: NoticeChannel.Owner, kind: NoticeChannel.Kind, name: String, address: Secret?, key: Secret? = nil,
        scope: NoticeChannel.Scope = .all, language: NoticeChannel.Language = .simplifiedChinese, isEnabled: Bool = true
    ) {
        self.owner = owner
        self.kind = kind
        self.name = name
        self.address = address
        self.key = key
        self.scope = scope
        self.language = language
        self.isEnabled = isEnabled
    }

    /// - Parameter before: What it changes; nil = it is new. Another kind of channel takes over neither address nor key.
    func checked(_ id: ChannelID, over before: NoticeChannel?) throws -> NoticeChannel {
        let known = before?.kind == kind ? before : nil
        guard let address = address ?? known?.address else { throw SupervisionError.invalid(.address, .empty) }
        let text = Names.trimmed(address.reveal())
        try kind == .mail ? Self.checkMail(text) : Self.checkWeb(text)
        var key = key ?? known?.key
        if key?.reveal().isEmpty == true || kind == .mail || kind == .wecom { key = nil }
        if kind == .webhook, key == nil { throw SupervisionError.invalid(.key, .empty) }
        if let key, key.reveal().utf8.count > 500 { throw SupervisionError.invalid(.key, .tooLong(maximum: 500)) }
        if let key, Names.hasControlCharacter(key.reveal()) {
            throw SupervisionError.invalid(.key, .forbiddenCharacter)
        }
        return NoticeChannel(
            id: id, owner: owner, kind: kind, name: try Names.checked(name, .name), address: Secret(text), key: key,
            scope: scope, language: language, isEnabled: isEnabled)
    }

    /// One `@`, and nothing that means something to SMTP (RFC 5321 §4.1.2) or to a header.
    private static func checkMail(_ text: String) throws {
        guard !text.isEmpty else { throw SupervisionError.invalid(.address, .empty) }
        guard text.utf8.count <= 254 else { throw SupervisionError.invalid(.address, .tooLong(maximum: 254)) }
        let allowed = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"<>()[]\\,;:\"".utf8.contains($0) }
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard allowed, parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty else {
            throw SupervisionError.invalid(.address, .forbiddenCharacter)
        }
    }

    /// http or https with a host; no user name before it.
    private static func checkWeb(_ text: String) throws {
        guard !text.isEmpty else { throw SupervisionError.invalid(.address, .empty) }
        guard text.utf8.count <= 2000 else { throw SupervisionError.invalid(.address, .tooLong(maximum: 2000)) }
        let lower = text.lowercased()
        guard let scheme = ["https://", "http://"].first(where: lower.hasPrefix),
            text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && !"<>\"\\^`{|}".utf8.contains($0) })
        else { throw SupervisionError.invalid(.address, .forbiddenCharacter) }
        let authority = text.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        guard !authority.isEmpty, authority.first != ":", !authority.contains("@") else {
            throw SupervisionError.invalid(.address, .forbiddenCharacter)
        }
    }
}
