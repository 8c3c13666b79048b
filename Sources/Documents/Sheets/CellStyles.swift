/// Which styles of cells show dates: nothing else tells a date from a number (ISO/IEC 29500-1, 18.8.30).
final class CellStyles: XMLHandler {
    /// One for each `xf` of `cellXfs`.
    private(set) var dates: [Bool] = []
    private var codes: [Int: Bool] = [:]
    private var isInCells = false

    func begin(_ name: String, _ attributes: XMLAttributes) {
        switch name {
        case "numFmt":
            guard codes.count < 10_000, let id = attributes["numFmtId"].flatMap({ Int($0) }) else { return }
            codes[id] = Self.showsDate(attributes["formatCode"] ?? "")
        case "cellXfs": isInCells = true
        case "xf" where isInCells && dates.count < 100_000:
            let id = attributes["numFmtId"].flatMap { Int($0) } ?? 0
            dates.append(codes[id] ?? Self.isBuiltInDate(id))
        default: break
        }
    }

    func end(_ name: String) { if name == "cellXfs" { isInCells = false } }
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    /// Those of Chinese Excel among them.
    private static func isBuiltInDate(_ id: Int) -> Bool {
        (14...22).contains(id) || (27...36).contains(id) || (45...47).contains(id) || (50...58).contains(id)
    }

    /// Whether a format has a year, month, day, hour or second outside of quotation marks and brackets.
    static func showsDate(_ code: String) -> Bool {
        var (isQuoted, isBracketed, isEscaped) = (false, false, false)
        // "General" has an e and an a, which mean years and weekdays in other codes.
        for character in code.lowercased().prefix(while: { $0 != ";" }) where code.lowercased() != "general" {
            if isEscaped {
                isEscaped = false
            } else if isQuoted {
                isQuoted = character != "\""
            } else if isBracketed {
                isBracketed = character != "]"
            } else {
                switch character {
                case "\"": isQuoted = true
                case "[": isBracketed = true
                case "\\", "_", "*": isEscaped = true
                case "y", "m", "d", "h", "s": return true
                default: break
                }
            }
        }
        return false
    }
}
