/// Reads lists that people have made: .xlsx, or CSV however their program writes it. What a file is, its bytes say, not its
/// name. Works for seconds on large files: not for Swift's pool.
public struct SheetReader: Sendable {
    public var limits: SheetLimits

    public init(limits: SheetLimits = SheetLimits()) { self.limits = limits }

    /// - Parameter sheet: the name of a workbook's sheet; nil: the first. A CSV file has but one, whatever its name.
    public func read(_ bytes: [UInt8], sheet: String? = nil) throws(SheetError) -> Sheet {
        guard !bytes.isEmpty else { throw .empty }
        guard bytes.count <= limits.fileBytes else { throw .fileTooLarge(limitBytes: limits.fileBytes) }
        // A compound file (MS-CFB, 2.2).
        if bytes.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) { throw .oldOrEncrypted }
        let found: Sheet
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            found = try Workbook.read(bytes, sheet: sheet, limits)
        } else {
            found = try CSVReader.read(bytes, limits)
        }
        guard !found.rows.isEmpty else { throw .empty }
        return found
    }
}

/// Puts rows together, within the limits.
struct SheetBuilder {
    private let limits: SheetLimits
    private var cellCount = 0
    private var cells: [SheetCell] = []
    private(set) var rows: [SheetRow] = []

    init(_ limits: SheetLimits) { self.limits = limits }

    mutating func add(_ value: CellValue, at address: CellAddress) throws(SheetError) {
        if case .text(let text) = value {
            guard !text.isEmpty else { return }
            guard text.utf8.count <= CellText.longest || text.utf16.count <= CellText.longest else {
                throw .cellTooLong(at: address)
            }
        }
        guard address.column <= limits.columns else { throw .tooManyColumns(at: address, limit: limits.columns) }
        guard cellCount < limits.cells else { throw .tooManyCells(limit: limits.cells) }
        cellCount += 1
        cells.append(SheetCell(address: address, value: value))
    }

    mutating func endRow(_ number: Int) throws(SheetError) {
        guard !cells.isEmpty else { return }
        guard rows.count < limits.rows else { throw .tooManyRows(limit: limits.rows) }
        rows.append(SheetRow(number: number, cells: cells))
        cells.removeAll(keepingCapacity: true)
    }
}
