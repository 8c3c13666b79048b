/// UTF-8 without line ends, and which of its bytes are bold.
struct RichText {
    var bytes: [UInt8]
    var bold: [Range<Int>]

    /// Stands for what no font can show: the printers' mark for a sort they don't have.
    private static let missing = "〓"

    /// Control characters are left out; a blank stands for a tab.
    static func paragraphs(of spans: [PDFSpan], replacing isMissing: (Unicode.Scalar) -> Bool) -> [RichText] {
        var paragraphs = [RichText(bytes: [], bold: [])]
        for span in spans {
            let text = span.text.replacing("\r\n", with: "\n")
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": paragraphs.append(RichText(bytes: [], bold: []))
                case "\t": paragraphs[paragraphs.count - 1].append(" ", bold: span.isBold)
                case _ where !CellText.isAllowed(scalar) || isIgnored(scalar): continue
                default:
                    let shown = isMissing(scalar) ? missing : String(scalar)
                    paragraphs[paragraphs.count - 1].append(shown, bold: span.isBold)
                }
            }
        }
        return paragraphs
    }

    /// Signs that turn the direction of what follows, or that only other characters' looks depend on.
    private static func isIgnored(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFE00...0xFE0F, 0xFEFF, 0xFFF9...0xFFFB: true
        default: false
        }
    }

    private mutating func append(_ text: String, bold isBold: Bool) {
        let start = bytes.count
        bytes.append(contentsOf: text.utf8)
        guard isBold else { return }
        if let last = bold.last, last.upperBound == start {
            bold[bold.count - 1] = last.lowerBound..<bytes.count
        } else {
            bold.append(start..<bytes.count)
        }
    }

    subscript(range: Range<Int>) -> RichText {
        RichText(
            bytes: Array(bytes[range]),
            bold: bold.compactMap {
                let part = $0.clamped(to: range)
                return part.isEmpty ? nil : part.lowerBound - range.lowerBound..<part.upperBound - range.lowerBound
            })
    }

    /// Without blanks at its end.
    var trimmed: RichText {
        var end = bytes.count
        while end > 0, bytes[end - 1] == 0x20 { end -= 1 }
        return end == bytes.count ? self : self[0..<end]
    }

    var scalarCount: Int { bytes.count { $0 & 0xC0 != 0x80 } }
    var lastScalarStart: Int { bytes.lastIndex { $0 & 0xC0 != 0x80 } ?? 0 }

    /// Any character from U+2E80 on: radicals, ideographs, full-width punctuation.
    var isChinese: Bool {
        bytes.indices.contains { bytes[$0] > 0xE2 || (bytes[$0] == 0xE2 && bytes[$0 + 1] >= 0xBA) }
    }
}
