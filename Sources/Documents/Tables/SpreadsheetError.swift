/// Why a spreadsheet could not be written.
public struct SpreadsheetError: Error, Hashable, Sendable, CustomStringConvertible {
    public enum Kind: Hashable, Sendable {
        /// The file or its folder can't be written, or the disk is full.
        case cannotWrite
        /// Excel has no more than 1,048,576 rows; the table must be split.
        case tooManyRows
        /// A row with more values than the table has columns, or a table with no columns or more than 200.
        case columnsDontFit
        case other
    }

    public let kind: Kind
    /// libxlsxwriter's words, or ours.
    public let detail: String
    public var description: String { "writing a spreadsheet: \(detail)" }
}
