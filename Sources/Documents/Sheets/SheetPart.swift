/// The cells of a sheet (ISO/IEC 29500-1, 18.3.1).
final class SheetPart: XMLHandler {
    private let path: String
    private let strings: [String]
    private let dateStyles: [Bool]
    private let startsIn1904: Bool
    private(set) var builder: SheetBuilder

    private var row = 0
    private var column = 0
    private var type = ""
    private var isDate = false
    private var value: [UInt8] = []
    private var inline = StringItem()
    private var isInRow = false
    private var isInCell = false
    private var isInValue = false

    init(_ path: String, strings: [String], dateStyles: [Bool], startsIn1904: Bool, _ limits: SheetLimits) {
        self.path = path
        self.strings = strings
        self.dateStyles = dateStyles
        self.startsIn1904 = startsIn1904
        builder = SheetBuilder(limits)
    }

    func begin(_ name: String, _ attributes: XMLAttributes) throws(SheetError) {
        switch name {
        case "row":
            // Numbers may be left out, and go up.
            let number = attributes["r"].map { Int($0) ?? 0 } ?? row + 1
            guard number > row, number <= 1_048_576 else { throw .damaged(part: path) }
            // A row in another would bring a column twice.
            guard !isInRow else { throw .damaged(part: path) }
            (row, column) = (number, 0)
            isInRow = true
        case "c":
            guard isInRow, !isInCell else { throw .damaged(part: path) }
            if let text = attributes["r"] {
                guard let address = CellAddress(text), address.row == row, address.column > column else {
                    throw .damaged(part: path)
                }
                column = address.column
            } else {
                column += 1
            }
            type = attributes["t"] ?? "n"
            let style = attributes["s"].flatMap { Int($0) } ?? 0
            isDate = dateStyles.indices.contains(style) && dateStyles[style]
            value.removeAll(keepingCapacity: true)
            inline = StringItem()
            isInCell = true
        case "v": isInValue = isInCell
        default: if isInCell { inline.begin(name) }
        }
    }

    func end(_ name: String) throws(SheetError) {
        switch name {
        case "row":
            isInRow = false
            try builder.endRow(row)
        case "c":
            isInCell = false
            guard let value = try cellValue() else { return }
            try builder.add(value, at: CellAddress(row: row, column: column))
        case "v": isInValue = false
        default: if isInCell { inline.end(name) }
        }
    }

    func text(_ bytes: UnsafeBufferPointer<UInt8>) {
        if isInValue { value.append(contentsOf: bytes) } else if isInCell { inline.add(bytes) }
    }

    private func cellValue() throws(SheetError) -> CellValue? {
        if type == "inlineStr" { return .text(inline.string) }
        guard !value.isEmpty else { return nil }
        let text = String(decoding: value, as: UTF8.self)
        switch type {
        case "s":
            guard let index = Int(text), strings.indices.contains(index) else { throw .damaged(part: path) }
            return .text(strings[index])
        case "str", "d": return .text(CellText.unescaped(text))
        case "b": return .boolean(text == "1" || text == "true")
        case "e": return .error(text)
        default:
            guard let number = Double(text), number.isFinite else { throw .damaged(part: path) }
            // The Macintosh's calendar began four years and a day later.
            let serial = startsIn1904 ? number + 1462 : number
            guard isDate, let milliseconds = SerialDate.wallMilliseconds(serial) else { return .number(number) }
            return .dateTime(wallMilliseconds: milliseconds)
        }
    }
}
