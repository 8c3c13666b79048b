import Crypto
import Domain

/// What a browser keeps to stay signed in: 256 random bits in 64 hexadecimal digits.
struct SessionToken {
    let secret: Secret

    init() {
        var random = SystemRandomNumberGenerator()
        let words: [UInt64] = (0..<4).map { _ in random.next() }
        secret = Secret(
            words.map { word in
                let digits = String(word, radix: 16)
                return String(repeating: "0", count: 16 - digits.count) + digits
            }.joined())
    }

    /// nil when the text can be no token of ours.
    static func sha256(of token: Secret) -> [UInt8]? {
        let text = token.reveal()
        guard text.utf8.count == 64 else { return nil }
        return Array(SHA256.hash(data: Array(text.utf8)))
    }
}
