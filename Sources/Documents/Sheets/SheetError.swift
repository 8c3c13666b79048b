/// Why a file could not be read as a table, and what to do about it.
public enum SheetError: Error, Hashable, Sendable, CustomStringConvertible {
    case empty
    case fileTooLarge(limitBytes: Int)
    /// An .xlsx that unpacks to more than can be right.
    case unpackedTooLarge(limitBytes: Int)
    case tooManyRows(limit: Int)
    /// The address of the first cell beyond the last column.
    case tooManyColumns(at: CellAddress, limit: Int)
    case tooManyCells(limit: Int)
    /// More than 32,767 characters, Excel's own limit.
    case cellTooLong(at: CellAddress)
    /// An .xls of Excel 97 to 2003, or a file with a password: both begin alike.
    case oldOrEncrypted
    /// A zip archive that holds no workbook: an .ods, a .docx, a folder.
    case notAWorkbook
    /// A part of the workbook is damaged, missing or cut off.
    case damaged(part: String)
    /// The workbook holds declarations of a document type, which no spreadsheet program writes.
    case forbiddenDeclaration(part: String)
    case noSuchSheet(String, available: [String])
    /// Neither UTF-8, UTF-16 nor GB18030; the first byte that makes no sense.
    case unknownEncoding(atByte: Int)
    /// Zero bytes in the text: not a CSV file.
    case notText
    /// The row in which quotation marks are opened and never closed.
    case openQuote(row: Int)

    public var description: String {
        switch self {
        case .empty: "the file holds no rows; choose the file with the list in it"
        case .fileTooLarge(let limit):
            "the file is larger than \(limit / 1_000_000) MB; split the list over several files"
        case .unpackedTooLarge(let limit):
            "the workbook unpacks to more than \(limit / 1_000_000) MB; copy the list alone into a new workbook"
        case .tooManyRows(let limit): "the list has more than \(limit) rows; split it over several files"
        case .tooManyColumns(let address, let limit):
            "cell \(address) is beyond column \(limit); delete the columns that are not part of the list"
        case .tooManyCells(let limit): "the list has more than \(limit) cells; split it over several files"
        case .cellTooLong(let address): "the text in cell \(address) is longer than 32,767 characters; shorten it"
        case .oldOrEncrypted:
            "the file is an old .xls or has a password; save it as .xlsx without a password, or as CSV"
        case .notAWorkbook: "the file is an archive but no Excel workbook; save the list as .xlsx or CSV"
        case .damaged(let part): "the workbook is damaged at \(part); open it in Excel or WPS and save it anew as .xlsx"
        case .forbiddenDeclaration(let part):
            "the workbook holds a document type declaration in \(part); save it anew as .xlsx in Excel or WPS"
        case .noSuchSheet(let name, let available):
            "there is no sheet \"\(name)\"; the workbook has: \(available.joined(separator: ", "))"
        case .unknownEncoding(let at):
            "the text is neither UTF-8, UTF-16 nor GB18030 (byte \(at)); save it as .xlsx or as CSV UTF-8"
        case .notText: "the file is no text; save the list as .xlsx or CSV"
        case .openQuote(let row): "quotation marks that begin in row \(row) never end; close them or take them out"
        }
    }
}
