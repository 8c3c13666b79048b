import Crypto

/// A digest challenge and the answer to it (RFC 7616, and RFC 2069 for cameras without `qop`).
struct DigestChallenge: Hashable, Sendable {
    enum Algorithm: String, Sendable {
        case md5 = "MD5"
        case md5Session = "MD5-sess"
        case sha256 = "SHA-256"
        case sha256Session = "SHA-256-sess"

        var isSession: Bool { self == .md5Session || self == .sha256Session }
        var isSHA256: Bool { self == .sha256 || self == .sha256Session }
    }

    var realm: String
    var nonce: String
    var opaque: String?
    /// As written, to be repeated so; nil when it was not given.
    var algorithmName: String?
    var algorithm: Algorithm
    /// Whether `qop="auth"` was offered; without any offer the answer is RFC 2069's.
    var offersAuth: Bool
    /// Only the nonce was too old: user name and password may be right.
    var isStale: Bool

    /// nil without a nonce, or for an algorithm or a `qop` that we don't know.
    init?(_ parameters: [String: String]) {
        guard let nonce = parameters["nonce"] else { return nil }
        self.nonce = nonce
        realm = parameters["realm"] ?? ""
        opaque = parameters["opaque"]
        algorithmName = parameters["algorithm"]
        let name = algorithmName ?? "MD5"
        let known: [Algorithm] = [.md5, .md5Session, .sha256, .sha256Session]
        guard let algorithm = known.first(where: { $0.rawValue.equalsIgnoringCase(name) }) else { return nil }
        self.algorithm = algorithm
        let qop = (parameters["qop"] ?? "").split(separator: ",").map { $0.trimmed().lowercased() }
        offersAuth = qop.contains("auth")
        guard offersAuth || qop.isEmpty else { return nil }
        isStale = parameters["stale"]?.equalsIgnoringCase("true") ?? false
    }

    /// The value of the `Authorization` field.
    ///
    /// - Parameters:
    ///   - count: how often this nonce has been used, this time included.
    ///   - clientNonce: fresh random text without quotes.
    func authorization(
        user: String, password: String, method: String, address: String, count: Int, clientNonce: String
    ) -> String {
        var secret = hash("\(user):\(realm):\(password)")
        if algorithm.isSession { secret = hash("\(secret):\(nonce):\(clientNonce)") }
        let request = hash("\(method):\(address)")
        let hex = String(count, radix: 16)
        let nonceCount = String(repeating: "0", count: max(0, 8 - hex.count)) + hex
        let middle = offersAuth ? "\(nonce):\(nonceCount):\(clientNonce):auth" : nonce
        var fields = [
            "username=\"\(Self.quoted(user))\"", "realm=\"\(Self.quoted(realm))\"", "nonce=\"\(Self.quoted(nonce))\"",
            "uri=\"\(address)\"", "response=\"\(hash("\(secret):\(middle):\(request)"))\"",
        ]
        if let algorithmName { fields.append("algorithm=\(algorithmName)") }
        if let opaque { fields.append("opaque=\"\(Self.quoted(opaque))\"") }
        if offersAuth { fields += ["qop=auth", "nc=\(nonceCount)"] }
        if offersAuth || algorithm.isSession { fields.append("cnonce=\"\(clientNonce)\"") }
        return "Digest " + fields.joined(separator: ", ")
    }

    private func hash(_ text: String) -> String {
        let bytes = Array(text.utf8)
        return algorithm.isSHA256
            ? Self.hexadecimal(SHA256.hash(data: bytes)) : Self.hexadecimal(Insecure.MD5.hash(data: bytes))
    }

    private static func hexadecimal(_ digest: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    private static func quoted(_ text: String) -> String {
        text.contains { $0 == "\"" || $0 == "\\" }
            ? String(text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }) : text
    }
}
