import Domain

/// Answers a camera's challenges.
struct Authenticator: Sendable {
    enum Verdict: Hashable, Sendable {
        /// Send the request again: there is an answer to the new challenge.
        case retry
        case passwordNeeded
        case wrongPassword
        /// It asks in a way that we don't know.
        case unknownScheme
    }

    private let credentials: Credentials?
    private var challenge: Challenge?
    private var nonceUses = 0
    /// The camera has accepted an answer of ours: a later refusal means a nonce that ran out.
    private var wasAccepted = false
    private var retries = 0
    /// A camera that always finds its own nonces stale must not keep us busy.
    private static let maximumRetries = 3

    init(credentials: Credentials?) {
        self.credentials = credentials
    }

    /// There is an answer to give, on this connection or on a new one.
    var canAnswer: Bool { credentials != nil && challenge != nil }

    mutating func accepted() {
        guard challenge != nil else { return }
        wasAccepted = true
        retries = 0
    }

    /// Takes in a 401.
    ///
    /// - Parameter answered: whether the refused request carried an answer.
    mutating func refused(_ headers: Headers, answered: Bool) -> Verdict {
        guard credentials != nil else { return .passwordNeeded }
        let offered = headers.all("WWW-Authenticate").flatMap(Challenge.parse)
        guard let best = offered.max(by: { Self.strength($0) < Self.strength($1) }) else { return .unknownScheme }
        if answered {
            guard retries < Self.maximumRetries, isWorthAnother(best) else { return .wrongPassword }
            retries += 1
            wasAccepted = false
        }
        challenge = best
        nonceUses = 0
        return .retry
    }

    /// A server may repeat to us what we told it.
    func withoutSecrets(_ text: String) -> String {
        guard let credentials, !credentials.password.reveal().isEmpty else { return text }
        return [basic(credentials), credentials.password.reveal()].reduce(text) { $0.replacing($1, with: "•••") }
    }

    private func basic(_ credentials: Credentials) -> String {
        Base64.encode(Array("\(credentials.user):\(credentials.password.reveal())".utf8))
    }

    private func isWorthAnother(_ new: Challenge) -> Bool {
        guard case .digest(let new) = new, case .digest(let old) = challenge else { return false }
        return new.nonce != old.nonce && (new.isStale || wasAccepted)
    }

    /// Digest with SHA-256, then with MD5, then Basic (RFC 7616 §3.7 leaves the choice to us).
    private static func strength(_ challenge: Challenge) -> Int {
        switch challenge {
        case .basic: 0
        case .digest(let digest): digest.algorithm.isSHA256 ? 2 : 1
        }
    }

    /// The value of the `Authorization` field; nil before the first challenge.
    mutating func authorization(for method: Request.Method, address: String) -> String? {
        guard let credentials, let challenge else { return nil }
        switch challenge {
        case .basic:
            return "Basic " + basic(credentials)
        case .digest(let digest):
            nonceUses += 1
            return digest.authorization(
                user: credentials.user, password: credentials.password.reveal(), method: method.rawValue,
                address: address, count: nonceUses, clientNonce: String(UInt64.random(in: .min ... .max), radix: 36))
        }
    }
}
