import Domain

/// What a cell holds. CSV files know only text.
public enum CellValue: Hashable, Sendable {
    case text(String)
    case number(Double)
    case boolean(Bool)
    /// Milliseconds since 1970-01-01 of the clock on the wall, as if it showed UTC: spreadsheets know no zones.
    case dateTime(wallMilliseconds: Int64)
    /// A formula's error, such as `#DIV/0!`.
    case error(String)

    /// As a person would type it: whole numbers without a point, dates as `2026-11-23` or `2026-11-23 08:15:00`.
    public var text: String {
        switch self {
        case .text(let text), .error(let text): return text
        case .boolean(let value): return value ? "TRUE" : "FALSE"
        case .number(let number):
            let isWhole = number.rounded() == number && abs(number) < 1e15
            return isWhole ? String(Int64(number)) : String(number)
        case .dateTime(let milliseconds):
            let zone = TerritoryZone(name: "", offsetMinutes: 0)
            let text = SerialDate.text(UTCTime(milliseconds: milliseconds), in: zone)
            if text.hasSuffix(" 00:00:00") { return String(text.dropLast(9)) }
            // Less than a day: a time alone.
            return text.hasPrefix("1899-12-30 ") ? String(text.dropFirst(11)) : text
        }
    }
}
