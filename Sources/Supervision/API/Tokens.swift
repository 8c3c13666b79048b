import Crypto
public import Domain
import Store

/// Tokens by which programs ask the API in somebody's name. (访问令牌)
///
/// A token has its owner's rights as they are at each request, narrowed to its scopes. Only its hash is kept.
public struct Tokens: Sendable {
    public static let longestLifetime = Duration.seconds(366 * 86_400)
    public static let mostOfOnePerson = 20
    /// A use is written down at most this often: each time is a transaction.
    private static let useInterval = Duration.seconds(300)

    let store: Store
    let time: TimeSource
    let sessions: SessionCache
    private let attempts = AttemptCounter()

    init(store: Store, time: TimeSource, sessions: SessionCache) {
        self.store = store
        self.time = time
        self.sessions = sessions
    }

    /// One's own, newest first; those that have expired too.
    public func list(for principal: Principal) async throws -> [APIToken] {
        guard case .person(let person) = principal else { return [] }
        return try await store.read { try $0.tokens.tokens(of: person.id) }
    }

    /// Makes one for oneself.
    /// - Parameter lifetime: At most ``longestLifetime``.
    /// - Returns: The token and its text, which nobody can be told again.
    public func add(
        name: String, scopes: Set<Scope>, lifetime: Duration, by principal: Principal
    ) async throws -> (token: APIToken, text: Secret) {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let name = try Names.checked(name, .name)
        guard !scopes.isEmpty else { throw SupervisionError.invalid(.scopes, .empty) }
        guard scopes.allSatisfy({ $0.isOpen(to: person.role) }) else {
            throw SupervisionError.invalid(.scopes, .notAllowed)
        }
        guard lifetime > .zero, lifetime <= Self.longestLifetime else {
            throw SupervisionError.invalid(.expiry, .outOfRange(minimum: 1, maximum: 366))
        }
        let now = time.now()
        let text = TokenText.make()
        guard let sha256 = TokenText.sha256(of: text) else { preconditionFailure("our own token is one") }
        let token = APIToken(
            id: APITokenID(at: now), person: person.id, name: name, scopes: scopes, created: now,
            expires: now + lifetime)
        try await store.write { records in
            guard let owner = try records.people.person(person.id), owner.isEnabled else {
                throw SupervisionError.notPermitted
            }
            guard try records.tokens.tokens(of: person.id).count < Self.mostOfOnePerson else {
                throw SupervisionError.conflict(.tooManyTokens)
            }
            try records.tokens.add(token, sha256: sha256)
            try records.ledger.append(
                .tokenAdded, to: "token/\(token.id)", by: principal.actor, at: now, payload: token.ledgerPayload)
        }
        return (token, text)
    }

    /// Takes effect at once.
    /// - Throws: ``SupervisionError/notFound`` when it is not the asker's own.
    public func revoke(_ id: APITokenID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            guard let token = try records.tokens.token(id), principal.actor == .person(token.person) else {
                throw SupervisionError.notFound
            }
            try Self.revoke(token, records, by: principal, at: now)
        }
        sessions.forget(id)
    }

    /// Who asks with this token; nil when it is unknown, expired or revoked, or the account is switched off.
    ///
    /// Remembered for a few seconds, so that what another process revokes takes that long to be seen.
    /// - Throws: ``SupervisionError/tooManyAttempts(retryAfter:)`` for wrong ones that come too fast. Right ones never
    ///   wait for others from the same address.
    public func holder(
        of text: Secret, from remoteAddress: String
    ) async throws -> (person: Person, token: APIToken)? {
        let now = time.now()
        let sha256 = TokenText.sha256(of: text)
        if let sha256 {
            if let known = sessions.holder(sha256, at: time.monotonic()), known.token.expires > now { return known }
            let found = try await store.read { records -> (person: Person, token: APIToken)? in
                guard let token = try records.tokens.token(sha256), token.expires > now,
                    let person = try records.people.person(token.person), person.isEnabled
                else { return nil }
                return (person, token)
            }
            if let found {
                if found.token.lastUsed.map({ now - $0 >= Self.useInterval }) ?? true {
                    try await store.write { try $0.tokens.setUsed(found.token.id, at: now) }
                }
                sessions.remember(found.person, sha256, as: found.token, at: time.monotonic())
                return found
            }
        }
        try attempts.fail(
            "token/\(sha256?.hexadecimal ?? "malformed")", from: remoteAddress, at: time.monotonic())
        return nil
    }

    /// An account that was taken over may have tokens that its owner knows nothing of.
    static func revokeAll(of person: PersonID, _ records: Records, by principal: Principal, at now: UTCTime) throws {
        for token in try records.tokens.tokens(of: person) { try revoke(token, records, by: principal, at: now) }
    }

    private static func revoke(
        _ token: APIToken, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws {
        try records.tokens.remove(token.id)
        try records.ledger.append(
            .tokenRevoked, to: "token/\(token.id)", by: principal.actor, at: now,
            payload: ["name": .string(token.name), "person": .string("\(token.person)")])
    }
}

extension APIToken {
    fileprivate var ledgerPayload: [String: JSON] {
        [
            "name": .string(name), "person": .string("\(person)"), "expires": .int(expires.milliseconds),
            "scopes": .array(scopes.map(\.rawValue).sorted().map { .string($0) }),
        ]
    }
}

/// 256 random bits, with a beginning by which scanners for leaked secrets know what they have found.
enum TokenText {
    private static let prefix = "mingchu_"

    static func make() -> Secret { Secret(prefix + SessionToken().secret.reveal()) }

    /// nil when the text can be no token of ours.
    static func sha256(of text: Secret) -> [UInt8]? {
        let text = text.reveal()
        guard text.hasPrefix(prefix), text.utf8.count == prefix.utf8.count + 64 else { return nil }
        return Array(SHA256.hash(data: Array(text.utf8)))
    }
}
