public import Domain

/// A value in a table; how it looks is its column's affair.
public enum TableValue: Hashable, Sendable {
    case empty
    /// Text stays text, whatever it begins with.
    case text(String)
    /// NaN and infinities are written as empty cells: spreadsheets have none.
    case number(Double)
    case integer(Int)
    case time(UTCTime)
    /// Leads somewhere only when the address is one of `http`, `https` or `mailto`; else the text alone is written.
    case link(address: String, text: String)
}

extension TableValue: ExpressibleByStringLiteral {
    public init(stringLiteral value: String) { self = .text(value) }
}
