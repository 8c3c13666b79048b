/// A table as a file that spreadsheets open (RFC 4180).
struct CSV: Sendable {
    static let contentType = "text/csv; charset=utf-8; header=present"

    /// Begins with a byte order mark: without it Excel takes UTF-8 for the system's old code page.
    private(set) var text = "\u{FEFF}"

    init(header: [String]) { add(header) }

    private init(text: String) { self.text = text }

    /// More rows of a table whose beginning has been sent already.
    static let continued = CSV(text: "")

    mutating func add(_ row: [String]) {
        text += row.map(Self.quoted).joined(separator: ",") + "\r\n"
    }

    private static func quoted(_ value: String) -> String {
        // A cell that begins like a formula would be run by the spreadsheet that opens it.
        let isFormula = value.first.map { "=+-@\t\r".contains($0) } ?? false
        let cell = isFormula ? "'" + value : value
        guard cell.contains(where: { $0 == "\"" || $0 == "," || $0.isNewline }) else { return cell }
        return "\"" + cell.replacing("\"", with: "\"\"") + "\""
    }
}
