/// By which whoever sent a concern finds it again: 16 signs that nobody can guess. (查询码)
public struct ConcernCode: Hashable, Sendable, RawRepresentable, LosslessStringConvertible {
    private let code: PublicCode

    public var rawValue: String { code.rawValue }
    public var description: String { code.rawValue }

    public init?(rawValue text: String) {
        guard let code = PublicCode(rawValue: text) else { return nil }
        self.code = code
    }

    public init?(_ text: String) { self.init(rawValue: text) }

    /// As people type it: in either case, with blanks or hyphens, letters that are no signs taken for the digits that
    /// they look like.
    public init?(typed: String) {
        let signs = typed.lowercased().filter { !$0.isWhitespace && $0 != "-" }.map { sign -> Character in
            switch sign {
            case "o": "0"
            case "i", "l": "1"
            default: sign
            }
        }
        self.init(rawValue: String(signs))
    }

    public static func random(using generator: inout some RandomNumberGenerator) -> ConcernCode {
        ConcernCode(rawValue: PublicCode.random(using: &generator).rawValue)!
    }

    /// To be read and written down: `7k2m-…`, four groups of four.
    public var grouped: String {
        let signs = Array(rawValue)
        return stride(from: 0, to: signs.count, by: 4).map { String(signs[$0..<$0 + 4]) }.joined(separator: "-")
    }
}
