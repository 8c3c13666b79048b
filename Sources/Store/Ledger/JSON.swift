/// A JSON value of the kinds that ledger payloads use: no fractions, since two machines may write one differently.
public enum JSON: Hashable, Sendable {
    case null
    case bool(Bool)
    /// Beyond ±(2⁵³ − 1) it is written as a string of digits (RFC 8785 appendix D): other readers would round it.
    case int(Int64)
    case string(String)
    case array([JSON])
    case object([String: JSON])
}

extension JSON: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral,
    ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
    public init(stringLiteral value: String) { self = .string(value) }
    public init(integerLiteral value: Int64) { self = .int(value) }
    public init(booleanLiteral value: Bool) { self = .bool(value) }
    public init(arrayLiteral elements: JSON...) { self = .array(elements) }
    public init(dictionaryLiteral elements: (String, JSON)...) {
        self = .object(Dictionary(elements, uniquingKeysWith: { $1 }))
    }
}

extension JSON {
    public subscript(key: String) -> JSON? {
        guard case .object(let members) = self else { return nil }
        return members[key]
    }

    public var string: String? {
        guard case .string(let value) = self else { return nil }
        return value
    }

    public var int: Int64? {
        guard case .int(let value) = self else { return nil }
        return value
    }

    public var array: [JSON]? {
        guard case .array(let values) = self else { return nil }
        return values
    }
}
