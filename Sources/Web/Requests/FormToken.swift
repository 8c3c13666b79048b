import Crypto
import Domain

/// The token in the forms of a session: a hash of the session's own token, so that it needs no memory, outlives a
/// restart, and tells nothing about the cookie.
enum FormToken {
    static let field = "form_token"

    static func text(for session: Secret) -> String {
        let hash = SHA256.hash(data: Array("mingchu form\n\(session.reveal())".utf8))
        return hash.prefix(16).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    /// Takes as long for a wrong token as for the right one.
    static func matches(_ given: String?, _ visitor: Visitor) -> Bool { matches(given, visitor.formToken) }

    static func matches(_ given: String?, _ wanted: String) -> Bool {
        let wanted = Array(wanted.utf8)
        let given = Array((given ?? "").utf8)
        guard wanted.count == given.count else { return false }
        return zip(wanted, given).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}
