/// By which a parent signs in, on this phone and on another: 16 signs that nobody can guess. (家长码)
public struct ParentCode: Hashable, Sendable, LosslessStringConvertible {
    private let code: ConcernCode

    public var description: String { code.description }
    /// To be read and written down, four groups of four.
    public var grouped: String { code.grouped }

    public init?(_ text: String) {
        guard let code = ConcernCode(text) else { return nil }
        self.code = code
    }

    /// As people type it: ``ConcernCode/init(typed:)``.
    public init?(typed: String) {
        guard let code = ConcernCode(typed: typed) else { return nil }
        self.code = code
    }

    public static func random(using generator: inout some RandomNumberGenerator) -> ParentCode {
        ParentCode(ConcernCode.random(using: &generator).description)!
    }
}
