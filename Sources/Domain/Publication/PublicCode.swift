/// What stands in the address of a school's public page and in its QR code: 16 signs that nobody can guess. (公开码)
public struct PublicCode: Hashable, Sendable, RawRepresentable, LosslessStringConvertible {
    /// Crockford's base 32: no letter that is taken for a digit.
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz")
    private static let length = 16

    public let rawValue: String
    public var description: String { rawValue }

    public init?(rawValue text: String) {
        guard text.count == Self.length, text.allSatisfy(Self.alphabet.contains) else { return nil }
        rawValue = text
    }

    public init?(_ text: String) { self.init(rawValue: text) }

    /// 80 random bits.
    public static func random(using generator: inout some RandomNumberGenerator) -> PublicCode {
        PublicCode(String((0..<length).map { _ in alphabet.randomElement(using: &generator)! }))!
    }
}
