/// The same table as text (RFC 4180), for every other program: UTF-8 with a byte order mark, without which Excel takes it
/// for the system's old code page.
///
///     var csv = CSVWriter(columns: columns)
///     for row in rows { csv.add(row); try await send(csv.take()) }
public struct CSVWriter: Sendable {
    private let columns: [TableColumn]
    private var pending = "\u{FEFF}"

    public init(columns: [TableColumn]) {
        self.columns = columns
        append(columns.map { Self.quoted(guarded: $0.title) })
    }

    /// Values beyond the last column are not written; missing ones are empty.
    public mutating func add(_ row: [TableValue]) {
        append(columns.indices.map { $0 < row.count ? Self.text(row[$0], columns[$0].kind) : "" })
    }

    /// What has been added since it was last taken.
    public mutating func take() -> [UInt8] {
        defer { pending = "" }
        return Array(pending.utf8)
    }

    private mutating func append(_ cells: [String]) { pending += cells.joined(separator: ",") + "\r\n" }

    private static func text(_ value: TableValue, _ kind: TableColumn.Kind) -> String {
        switch value {
        case .empty: return ""
        case .text(let text): return quoted(guarded: text)
        case .link(let address, let text): return quoted(guarded: text.isEmpty ? address : text)
        case .integer(let number): return String(number)
        case .time(let time): return SerialDate.text(time, in: kind.zone)
        case .number(let number):
            guard number.isFinite else { return "" }
            if case .percent(let decimals) = kind { return rounded(number * 100, min(max(decimals, 0), 9)) + "%" }
            return String(number)
        }
    }

    private static func rounded(_ number: Double, _ decimals: Int) -> String {
        var scale = 1.0
        for _ in 0..<decimals { scale *= 10 }
        let value = (number * scale).rounded() / scale
        let text = String(value)
        return decimals == 0 && text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    private static func quoted(guarded text: String) -> String {
        var cell = CellText.clean(text)
        // A cell that begins like a formula would be run by the spreadsheet that opens it. (OWASP, CSV injection)
        if let first = cell.first, first.isNewline || "=+-@\t＝＋－＠".contains(first) { cell = "'" + cell }
        guard cell.contains(where: { "\",;\t".contains($0) || $0.isNewline }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
