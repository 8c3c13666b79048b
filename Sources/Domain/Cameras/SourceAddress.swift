/// Where a stream comes from: `rtsp://…`, `rtsps://…`, `file:///…` (or a bare path), `sim://SCENE?…`.
///
/// Never holds a user name or password: those are split off on reading, into ``Credentials``.
public struct SourceAddress: Hashable, Sendable, CustomStringConvertible {
    public enum Scheme: String, Sendable, CaseIterable {
        case rtsp
        case rtsps
        case file
        case sim
    }

    public let scheme: Scheme
    /// Host name or address, without brackets; for `sim` the scene; empty for files.
    public let host: String
    /// 1…65535; nil = the scheme's own (554 for rtsp, 322 for rtsps: RFC 7826 §22.1).
    public let port: Int?
    /// Begins with `/`, or is empty; still percent-encoded as the camera's maker wrote it. For files: the path, decoded.
    public let path: String
    /// What follows `?`, without it; empty when there is none.
    public let query: String

    public init(scheme: Scheme, host: String, port: Int? = nil, path: String = "", query: String = "") {
        self.scheme = scheme
        self.host = host
        self.port = port
        self.path = path
        self.query = query
    }

    public var description: String {
        let authority = (host.contains(":") ? "[\(host)]" : host) + (port.map { ":\($0)" } ?? "")
        return "\(scheme.rawValue)://\(authority)\(path)" + (query.isEmpty ? "" : "?\(query)")
    }
}

extension SourceAddress {
    /// Why a text is no address; the words are for the person who typed it.
    public enum ParseError: Error, Hashable, Sendable {
        case empty
        case unknownScheme(String)
        case missingHost
        case badPort(String)
        /// A line break or another control character.
        case controlCharacter
    }

    /// Reads an address as people paste it: surrounding blanks are dropped, a user name and password are split off
    /// (also when the password itself holds `@`, `:` or `/`, as cameras' manuals print them), a text that begins with `/` is a file.
    public static func parse(
        _ typed: String
    ) throws(ParseError) -> (address: SourceAddress, credentials: Credentials?) {
        let text = typed.trimmingBlanks()
        guard !text.isEmpty else { throw .empty }
        guard text.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0.value != 0x7F }) else { throw .controlCharacter }
        if text.hasPrefix("/") { return (SourceAddress(scheme: .file, host: "", path: text), nil) }
        guard let colon = text.firstRange(of: "://") else { throw .unknownScheme(text) }
        let schemeName = text[..<colon.lowerBound].lowercased()
        guard let scheme = Scheme(rawValue: schemeName) else { throw .unknownScheme(schemeName) }
        let rest = text[colon.upperBound...]
        if scheme == .file { return (SourceAddress(scheme: .file, host: "", path: String(rest).percentDecoded()), nil) }

        // The last `@` before the query ends the credentials: a password may hold `@` and `/`, a host name can't.
        let queryStart = rest.firstIndex(of: "?") ?? rest.endIndex
        var remainder = rest
        var credentials: Credentials?
        if let at = credentialsEnd(in: rest[..<queryStart]) {
            let userInfo = rest[..<at]
            let user = userInfo.prefix { $0 != ":" }
            let password = userInfo.dropFirst(user.count + 1)
            credentials = Credentials(
                user: String(user).percentDecoded(), password: Secret(String(password).percentDecoded()))
            remainder = rest[rest.index(after: at)...]
        }
        let authority = remainder.prefix { $0 != "/" && $0 != "?" }
        let pathAndQuery = remainder.dropFirst(authority.count)
        let path = pathAndQuery.prefix { $0 != "?" }
        let query = pathAndQuery.dropFirst(path.count + 1)
        let (host, port) = try split(authority: authority)
        guard !host.isEmpty else { throw .missingHost }
        let address = SourceAddress(
            scheme: scheme, host: String(host), port: port, path: String(path), query: String(query))
        return (address, credentials)
    }

    /// Only an `@` whose left side could be `user:password` counts: `rtsp://host/path@2` has none.
    private static func credentialsEnd(in text: Substring) -> Substring.Index? {
        let authority = text.prefix { $0 != "/" }
        if let at = authority.lastIndex(of: "@") {
            // `rtsp://admin:a@b@10.0.0.1/x@1`: the last `@` of the authority, unless what follows it can be no host but
            // what follows a later one can: `rtsp://admin:a@b/c@10.0.0.1/x`.
            if let later = text.lastIndex(of: "@"), later > at,
                !looksLikeHost(authority[authority.index(after: at)...]),
                looksLikeHost(text[text.index(after: later)...].prefix { $0 != "/" })
            {
                return later
            }
            return at
        }
        // A password with a slash: `rtsp://admin:a/b@10.0.0.1/x`. The part before the slash is no host:port then.
        guard let colon = authority.firstIndex(of: ":"), !authority.hasPrefix("["),
            Int(authority[authority.index(after: colon)...]) == nil
        else { return nil }
        return text.lastIndex(of: "@")
    }

    private static func looksLikeHost(_ authority: Substring) -> Bool {
        authority.contains(".") || authority.hasPrefix("[") || authority.hasPrefix("localhost")
    }

    private static func split(
        authority: Substring
    ) throws(ParseError) -> (host: Substring, port: Int?) {
        var host = authority
        var portText: Substring?
        if authority.hasPrefix("["), let close = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<close]
            let after = authority[authority.index(after: close)...]
            if after.hasPrefix(":") { portText = after.dropFirst() }
        } else if let colon = authority.lastIndex(of: ":") {
            host = authority[..<colon]
            portText = authority[authority.index(after: colon)...]
        }
        guard let portText else { return (host, nil) }
        guard let port = Int(portText), (1...65535).contains(port) else { throw .badPort(String(portText)) }
        return (host, port)
    }
}

extension String {
    func trimmingBlanks() -> String {
        var text = Substring(self)
        while let first = text.first, first.isWhitespace { text = text.dropFirst() }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return String(text)
    }

    /// `%41` → `A`; a `%` that begins no pair of digits stays as it is.
    func percentDecoded() -> String {
        var bytes: [UInt8] = []
        var rest = Array(utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
