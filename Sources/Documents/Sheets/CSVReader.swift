/// Comma-separated values (RFC 4180) as programs really write them: other encodings, other separators, quotation marks where
/// they don't belong.
enum CSVReader {
    static func read(_ bytes: [UInt8], _ limits: SheetLimits) throws(SheetError) -> Sheet {
        let text = try TextDecoding.utf8(bytes)
        guard !text.contains(0) else { throw .notText }
        var parser = CSVParser(text)
        var builder = SheetBuilder(limits)
        var number = 0
        while let row = try parser.next(number: number + 1, limits) {
            number += 1
            for (index, cell) in row.enumerated() {
                try builder.add(.text(unguarded(cell)), at: CellAddress(row: number, column: index + 1))
            }
            try builder.endRow(number)
        }
        return Sheet(name: nil, rows: builder.rows)
    }

    /// Takes away what ``CSVWriter`` puts before text that begins like a formula.
    private static func unguarded(_ cell: String) -> String {
        guard cell.hasPrefix("'"), let second = cell.dropFirst().first,
            second.isNewline || "=+-@\t＝＋－＠".contains(second)
        else { return cell }
        return String(cell.dropFirst())
    }
}

private struct CSVParser {
    private static let quote = UInt8(ascii: "\"")
    private static let return_ = UInt8(ascii: "\r")
    private static let newline = UInt8(ascii: "\n")

    private let text: [UInt8]
    private let separator: UInt8
    private var at = 0

    init(_ text: [UInt8]) {
        self.text = text
        // Excel's own way of saying it, in a first line of its own.
        if text.count >= 5, text.starts(with: Array("sep=".utf8)), [0x2C, 0x3B, 0x09].contains(text[4]),
            text.count == 5 || text[5] == Self.return_ || text[5] == Self.newline
        {
            separator = text[4]
            at = 5
            skipLineEnd()
        } else {
            separator = Self.separator(of: text)
        }
    }

    /// Of the first lines, the one that stands equally often in most of them.
    private static func separator(of text: [UInt8]) -> UInt8 {
        let candidates = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
        var lines: [[Int]] = []
        var counts = [0, 0, 0]
        var isQuoted = false
        for byte in text.prefix(262_144) {
            if byte == quote { isQuoted.toggle() }
            guard !isQuoted else { continue }
            if byte == newline || byte == return_ {
                if counts != [0, 0, 0] { lines.append(counts) }
                counts = [0, 0, 0]
                if lines.count == 50 { break }
            } else if let index = candidates.firstIndex(of: byte) {
                counts[index] += 1
            }
        }
        if counts != [0, 0, 0] { lines.append(counts) }
        func score(_ index: Int) -> Int {
            guard let first = lines.first?[index], first > 0 else { return 0 }
            return lines.count { $0[index] == first } * 1000 + min(first, 999)
        }
        return candidates[candidates.indices.max { (score($0), -$0) < (score($1), -$1) } ?? 0]
    }

    /// nil at the end of the text.
    mutating func next(number: Int, _ limits: SheetLimits) throws(SheetError) -> [String]? {
        guard at < text.count else { return nil }
        var row: [String] = []
        while true {
            let cell = try field(number)
            // Empty cells far to the right are no cells, but they are counted, lest a line of commas fill the memory.
            if row.count < limits.columns || !cell.isEmpty { row.append(cell) }
            guard row.count <= limits.columns else {
                throw .tooManyColumns(at: CellAddress(row: number, column: row.count), limit: limits.columns)
            }
            guard at < text.count else { return row }
            if text[at] == separator {
                at += 1
            } else {
                skipLineEnd()
                return row
            }
        }
    }

    private mutating func field(_ row: Int) throws(SheetError) -> String {
        var bytes: [UInt8] = []
        if at < text.count, text[at] == Self.quote {
            at += 1
            while true {
                guard at < text.count else { throw .openQuote(row: row) }
                let byte = text[at]
                at += 1
                if byte == Self.quote {
                    guard at < text.count, text[at] == Self.quote else { break }
                    at += 1
                }
                bytes.append(byte)
            }
        }
        let start = at
        while at < text.count, text[at] != separator, text[at] != Self.newline, text[at] != Self.return_ { at += 1 }
        bytes.append(contentsOf: text[start..<at])
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func skipLineEnd() {
        if at < text.count, text[at] == Self.return_ { at += 1 }
        if at < text.count, text[at] == Self.newline { at += 1 }
    }
}
