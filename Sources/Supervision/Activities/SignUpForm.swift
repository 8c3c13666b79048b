import Crypto
import Domain

/// What a form of a public page carries: it comes from that page, not long ago, and is taken once. (表单令牌)
///
/// Signed with the activity's own key, so that it holds on every node and over a restart, and tells nothing of who has it.
enum SignUpForm {
    /// A page may stay open on a phone for that long.
    static let lifetime = Duration.seconds(12 * 3600)

    static func token(_ key: [UInt8], at now: UTCTime) -> String {
        let nonce = String(UInt64.random(in: .min ... .max), radix: 16)
        let text = "\(nonce).\(now.milliseconds)"
        return "\(text).\(signature(of: text, key))"
    }

    /// Takes as long for a wrong signature as for the right one.
    static func isGood(_ token: String, _ key: [UInt8], at now: UTCTime) -> Bool {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, token.utf8.count < 200, let made = Int64(parts[1]),
            let given = bytes(parts[2]),
            HMAC<SHA256>.isValidAuthenticationCode(
                given, authenticating: Array("\(parts[0]).\(parts[1])".utf8), using: SymmetricKey(data: key))
        else { return false }
        let age = now - UTCTime(milliseconds: made)
        return age >= .seconds(-60) && age <= lifetime
    }

    private static func signature(of text: String, _ key: [UInt8]) -> String {
        HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: SymmetricKey(data: key))
            .map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    private static func bytes(_ text: Substring) -> [UInt8]? {
        guard text.utf8.count == 64 else { return nil }
        var bytes: [UInt8] = []
        var rest = text[...]
        while !rest.isEmpty {
            guard let byte = UInt8(rest.prefix(2), radix: 16) else { return nil }
            bytes.append(byte)
            rest = rest.dropFirst(2)
        }
        return bytes
    }
}
