/// What a `WWW-Authenticate` field asks for (RFC 7235 §4.1, RFC 7616 §3.3, RFC 7617 §2).
enum Challenge: Hashable, Sendable {
    case basic(realm: String)
    case digest(DigestChallenge)

    /// Every challenge that we can answer; one field may hold several.
    static func parse(_ field: String) -> [Challenge] {
        var challenges: [Challenge] = []
        var scheme: String?
        var parameters: [String: String] = [:]
        func finish() {
            guard let scheme else { return }
            if scheme.equalsIgnoringCase("Basic") {
                challenges.append(.basic(realm: parameters["realm"] ?? ""))
            } else if scheme.equalsIgnoringCase("Digest"), let digest = DigestChallenge(parameters) {
                challenges.append(.digest(digest))
            }
        }
        for item in items(of: field) {
            switch item {
            case .scheme(let name):
                finish()
                scheme = name
                parameters = [:]
            case .parameter(let name, let value):
                if parameters[name] == nil { parameters[name] = value }
            }
        }
        finish()
        return challenges
    }

    private enum Item {
        case scheme(String)
        case parameter(name: String, value: String)
    }

    /// `Digest realm="a", nonce=b, Basic realm="c"` in order. A word that no `=` follows is a scheme.
    private static func items(of field: String) -> [Item] {
        var items: [Item] = []
        var rest = Array(field.utf8)[...]
        func skip(_ isSkipped: (UInt8) -> Bool) {
            while let first = rest.first, isSkipped(first) { rest.removeFirst() }
        }
        while true {
            skip { $0.isBlank || $0 == UInt8(ascii: ",") }
            guard !rest.isEmpty else { return items }
            let word = rest.prefix { !$0.isBlank && $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: "=") }
            rest = rest.dropFirst(word.count)
            skip(\.isBlank)
            let name = String(decoding: word, as: UTF8.self)
            guard rest.first == UInt8(ascii: "=") else {
                items.append(.scheme(name))
                continue
            }
            rest.removeFirst()
            skip(\.isBlank)
            items.append(.parameter(name: name.lowercased(), value: value(from: &rest)))
        }
    }

    /// A token or a quoted string, in which a backslash quotes the next character.
    private static func value(from rest: inout ArraySlice<UInt8>) -> String {
        var value: [UInt8] = []
        if rest.first == UInt8(ascii: "\"") {
            rest.removeFirst()
            while let byte = rest.popFirst(), byte != UInt8(ascii: "\"") {
                if byte == UInt8(ascii: "\\"), let quoted = rest.popFirst() {
                    value.append(quoted)
                } else {
                    value.append(byte)
                }
            }
        } else {
            while let byte = rest.first, byte != UInt8(ascii: ","), !byte.isBlank { value.append(rest.removeFirst()) }
        }
        return String(decoding: value, as: UTF8.self)
    }
}
