/// A table as it was read from a file: its rows that hold something.
public struct Sheet: Hashable, Sendable {
    /// nil for a CSV file.
    public let name: String?
    /// From top to bottom; rows without any value are left out, the others keep their numbers.
    public let rows: [SheetRow]
}

public struct SheetRow: Hashable, Sendable {
    /// From 1, as spreadsheets count. In a CSV file: the number of the record.
    public let number: Int
    /// From left to right; empty cells are left out.
    public let cells: [SheetCell]

    /// - Parameter column: from 1.
    public subscript(column: Int) -> SheetCell? { cells.first { $0.address.column == column } }
}

public struct SheetCell: Hashable, Sendable {
    public let address: CellAddress
    public let value: CellValue

    /// As a person would type it into a list.
    public var text: String { value.text }
}

/// Where a cell is: `B7` is row 7, column 2.
public struct CellAddress: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// From 1.
    public let row: Int
    /// From 1.
    public let column: Int

    public init(row: Int, column: Int) {
        self.row = row
        self.column = column
    }

    /// Reads `B7`; nil for anything else, and for more than seven digits or three letters.
    public init?(_ text: String) {
        var (row, column, letters, digits) = (0, 0, 0, 0)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z") where digits == 0:
                column = column * 26 + Int(byte - 0x40)
                letters += 1
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                row = row * 10 + Int(byte - 0x30)
                digits += 1
            default: return nil
            }
            guard letters <= 3, digits <= 7 else { return nil }
        }
        guard row > 0, column > 0 else { return nil }
        self.init(row: row, column: column)
    }

    public var description: String {
        var letters = ""
        var rest = column
        while rest > 0 {
            letters = String(UnicodeScalar(UInt8(0x41 + (rest - 1) % 26))) + letters
            rest = (rest - 1) / 26
        }
        return letters + String(row)
    }

    public static func < (a: CellAddress, b: CellAddress) -> Bool { (a.row, a.column) < (b.row, b.column) }
}
