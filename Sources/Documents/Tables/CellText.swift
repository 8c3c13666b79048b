/// Text as a cell of a spreadsheet may hold it.
enum CellText {
    /// Excel's limit, in UTF-16 units.
    static let longest = 32_767

    /// Without the characters that XML 1.0 (2.2) forbids.
    static func clean(_ text: String) -> String {
        var kept = String.UnicodeScalarView()
        kept.append(contentsOf: text.unicodeScalars.lazy.filter(isAllowed))
        return String(kept)
    }

    /// Cut to Excel's limit. What is left says at its end how many characters are not there: a reader must not take a
    /// part for the whole.
    static func fitted(_ text: String) -> String {
        guard text.utf16.count > longest else { return text }
        // Room for the mark, whatever the number.
        var length = 0
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            length += scalar.value > 0xFFFF ? 2 : 1
            guard length <= longest - 16 else { break }
            kept.append(scalar)
        }
        return String(kept) + " …[+\(text.unicodeScalars.count - kept.count)]"
    }

    /// `_x0041_` in a file means the character 0041 (ISO/IEC 29500-1, 22.4.2.4), so the same letters in a text have
    /// their underscore written so.
    static func escaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        return text.replacing(escape) { "_x005F" + $0.output }
    }

    static func unescaped(_ text: String) -> String {
        guard text.utf8.contains(UInt8(ascii: "_")) else { return text }
        return text.replacing(escape) { match in
            guard let value = UInt32(match.output.dropFirst(2).dropLast(), radix: 16),
                let scalar = Unicode.Scalar(value),
                isAllowed(scalar)
            else { return "" }
            return String(scalar)
        }
    }

    // A regular expression is not Sendable, hence made anew.
    private static var escape: Regex<Substring> { /_x[0-9A-Fa-f]{4}_/ }

    static func isAllowed(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x9, 0xA, 0xD, 0x20...0x7E, 0x85, 0xA0...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }
}
