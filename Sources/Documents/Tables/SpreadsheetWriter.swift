import CDocuments
public import Domain
import Glibc

/// Writes an .xlsx file row by row: one sheet or one after the other, each header bold, frozen and with filters.
///
/// Rows go to a temporary file at once, so that memory stays constant however many there are. All functions block on the
/// disk: not for Swift's pool. A writer that goes away unfinished takes its file with it.
public struct SpreadsheetWriter: ~Copyable {
    private static let lastRow = 1_048_575

    private let book: UnsafeMutablePointer<lxw_workbook>
    private var sheet: UnsafeMutablePointer<lxw_worksheet>
    private var formats: SpreadsheetFormats
    private let path: String
    private var columns: [TableColumn]
    /// Of all sheets so far, in small letters: Excel takes no name twice.
    private var names: Set<String>
    /// Links are kept in memory until the end; Excel has a limit for them too, and what is beyond it is written as text.
    private var linksLeft = 65_000
    private var isOpen = true
    /// Rows added to the current sheet, the header not among them.
    public private(set) var count = 0

    private init(
        owning book: UnsafeMutablePointer<lxw_workbook>, sheet: UnsafeMutablePointer<lxw_worksheet>, name: String,
        path: String, columns: [TableColumn]
    ) {
        self.book = book
        self.sheet = sheet
        self.path = path
        self.columns = columns
        names = [name.lowercased()]
        formats = SpreadsheetFormats(in: book, for: columns)
    }

    deinit {
        guard isOpen else { return }
        // Closing is the only way to have the temporary files closed too.
        workbook_close(book)
        unlink(path)
    }

    /// - Parameters:
    ///   - path: written when the writer is closed; a file there is replaced.
    ///   - sheet: cut to what Excel allows as a name (31 characters, none of `[]:*?/\`).
    ///   - created: what the file says of its age: the same rows and time make the same bytes.
    public static func open(
        _ path: String, sheet name: String, columns: [TableColumn], created: UTCTime
    ) throws(SpreadsheetError) -> SpreadsheetWriter {
        guard (1...200).contains(columns.count) else {
            throw SpreadsheetError(kind: .columnsDontFit, detail: "\(columns.count) columns; there may be 1 to 200")
        }
        // Found out now, not after a hundred thousand rows.
        let file = Glibc.open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw SpreadsheetError(kind: .cannotWrite, detail: String(cString: strerror(errno)))
        }
        Glibc.close(file)
        var options = lxw_workbook_options(constant_memory: 1, tmpdir: nil, use_zip64: 0)
        guard let book = workbook_new_opt(path, &options), let sheet = workbook_add_worksheet(book, sheetName(name))
        else { throw SpreadsheetError(kind: .other, detail: "no memory") }
        let writer = SpreadsheetWriter(
            owning: book, sheet: sheet, name: sheetName(name), path: path, columns: columns)
        var properties = lxw_doc_properties()
        properties.created = time_t(created.milliseconds / 1000)
        workbook_set_properties(book, &properties)
        writer.writeHeader()
        return writer
    }

    /// Goes on with another sheet; the one before is done.
    /// - Parameter name: As of the first; one that is there already gets a number.
    public mutating func begin(sheet name: String, columns: [TableColumn]) throws(SpreadsheetError) {
        guard (1...200).contains(columns.count) else {
            throw SpreadsheetError(kind: .columnsDontFit, detail: "\(columns.count) columns; there may be 1 to 200")
        }
        endSheet()
        var wanted = Self.sheetName(name)
        var number = 2
        while names.contains(wanted.lowercased()) {
            wanted = Self.sheetName(String(Self.sheetName(name).prefix(26)) + " \(number)")
            number += 1
        }
        guard let next = workbook_add_worksheet(book, wanted) else {
            throw SpreadsheetError(kind: .other, detail: "no memory")
        }
        names.insert(wanted.lowercased())
        (sheet, self.columns, count) = (next, columns, 0)
        formats = SpreadsheetFormats(in: book, for: columns)
        writeHeader()
    }

    private func endSheet() {
        worksheet_autofilter(sheet, 0, 0, lxw_row_t(count), lxw_col_t(columns.count - 1))
    }

    /// Adds a row; missing values at its end are empty cells.
    public mutating func add(_ row: [TableValue]) throws(SpreadsheetError) {
        guard row.count <= columns.count else {
            throw SpreadsheetError(
                kind: .columnsDontFit, detail: "a row of \(row.count) values, a table of \(columns.count) columns")
        }
        guard count < Self.lastRow else {
            throw SpreadsheetError(kind: .tooManyRows, detail: "more than \(Self.lastRow) rows; split the table")
        }
        count += 1
        for (index, value) in row.enumerated() {
            let code = write(value, lxw_row_t(count), lxw_col_t(index), columns[index].kind)
            guard code == LXW_NO_ERROR else { throw Self.error(code) }
        }
    }

    /// Finishes the file.
    public consuming func close() throws(SpreadsheetError) {
        endSheet()
        isOpen = false
        let code = workbook_close(book)
        guard code == LXW_NO_ERROR else {
            unlink(path)
            throw Self.error(code)
        }
    }

    private func writeHeader() {
        worksheet_freeze_panes(sheet, 1, 0)
        for (index, column) in columns.enumerated() {
            let number = lxw_col_t(index)
            worksheet_set_column(sheet, number, number, column.widthInCharacters, formats.columns[index])
            worksheet_write_string(
                sheet, 0, number, CellText.escaped(CellText.clean(column.title)), formats.header)
        }
    }

    private mutating func write(
        _ value: TableValue, _ row: lxw_row_t, _ column: lxw_col_t, _ kind: TableColumn.Kind
    ) -> lxw_error {
        let format = formats.columns[Int(column)]
        switch value {
        case .empty: return LXW_NO_ERROR
        case .text(let text): return write(text, row, column, format)
        case .integer(let number): return worksheet_write_number(sheet, row, column, Double(number), format)
        case .number(let number):
            return number.isFinite ? worksheet_write_number(sheet, row, column, number, format) : LXW_NO_ERROR
        case .time(let time):
            let zone = kind.zone
            guard let serial = SerialDate.serial(time, in: zone) else {
                return write(SerialDate.text(time, in: zone), row, column, format)
            }
            return worksheet_write_number(sheet, row, column, serial, format)
        case .link(let address, let text):
            guard linksLeft > 0, Self.isLink(address) else { return write(text, row, column, format) }
            linksLeft -= 1
            let shown = CellText.fitted(CellText.escaped(CellText.clean(text.isEmpty ? address : text)))
            return worksheet_write_url_opt(sheet, row, column, address, formats.link, shown, nil)
        }
    }

    private func write(
        _ text: String, _ row: lxw_row_t, _ column: lxw_col_t, _ format: UnsafeMutablePointer<lxw_format>?
    ) -> lxw_error {
        let kept = CellText.fitted(CellText.escaped(CellText.clean(text)))
        return kept.isEmpty ? LXW_NO_ERROR : worksheet_write_string(sheet, row, column, kept, format)
    }

    /// Other schemes would let a spreadsheet open files and programs.
    private static func isLink(_ address: String) -> Bool {
        let start = address.prefix(8).lowercased()
        return ["http://", "https://", "mailto:"].contains { start.hasPrefix($0) } && address.utf8.count <= 2000
            && address.unicodeScalars.allSatisfy { $0.value > 0x20 && $0.value != 0x7F }
    }

    private static func sheetName(_ name: String) -> String {
        let kept = CellText.clean(name).filter { !"[]:*?/\\'\t\r\n".contains($0) }
        var cut = ""
        for character in kept where cut.utf16.count + character.utf16.count <= 31 { cut.append(character) }
        return cut.isEmpty ? "Sheet1" : cut
    }

    private static func error(_ code: lxw_error) -> SpreadsheetError {
        let isDisk = [
            LXW_ERROR_CREATING_XLSX_FILE, LXW_ERROR_CREATING_TMPFILE, LXW_ERROR_READING_TMPFILE,
            LXW_ERROR_ZIP_FILE_OPERATION, LXW_ERROR_ZIP_FILE_ADD, LXW_ERROR_ZIP_CLOSE,
        ].contains(code)
        return SpreadsheetError(kind: isDisk ? .cannotWrite : .other, detail: String(cString: lxw_strerror(code)))
    }
}

/// Formats belong to their workbook and go with it.
private struct SpreadsheetFormats {
    let header: UnsafeMutablePointer<lxw_format>?
    let link: UnsafeMutablePointer<lxw_format>?
    /// One for each column.
    let columns: [UnsafeMutablePointer<lxw_format>?]

    init(in book: UnsafeMutablePointer<lxw_workbook>, for columns: [TableColumn]) {
        header = workbook_add_format(book)
        format_set_bold(header)
        format_set_align(header, UInt8(LXW_ALIGN_VERTICAL_CENTER.rawValue))
        format_set_bg_color(header, 0xE8EEF4)
        format_set_bottom(header, UInt8(LXW_BORDER_THIN.rawValue))
        link = workbook_get_default_url_format(book)
        self.columns = columns.map { column in
            guard let pattern = column.kind.pattern else { return nil }
            let format = workbook_add_format(book)
            format_set_num_format(format, pattern)
            return format
        }
    }
}

extension TableColumn.Kind {
    /// Excel's number format.
    fileprivate var pattern: String? {
        switch self {
        case .text: "@"
        case .link: nil
        case .integer: "#,##0"
        case .number(let decimals): "#,##0" + Self.digits(decimals)
        case .percent(let decimals): "0" + Self.digits(decimals) + "%"
        case .dateTime: "yyyy-mm-dd hh:mm:ss"
        }
    }

    private static func digits(_ count: Int) -> String {
        count > 0 ? "." + String(repeating: "0", count: min(count, 9)) : ""
    }

    var zone: TerritoryZone {
        if case .dateTime(let zone) = self { zone } else { .shanghai }
    }
}
