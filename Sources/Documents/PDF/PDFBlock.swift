/// A piece of a document, set below the one before it.
public enum PDFBlock: Hashable, Sendable {
    /// Who issues the document: large, red, over a red rule (GB/T 9704, 7.2.4).
    case letterhead(String)
    case title(String)
    /// The document's number below its title, or the like.
    case reference(String)
    /// Level 1…3; numbered as the document says; stays with what follows and is in the file's outline.
    case heading(String, level: Int = 1)
    case paragraph([PDFSpan], style: PDFParagraphStyle = .body)
    /// What is so, row by row: labels at the left, values at the right.
    case facts([PDFFact])
    case table(PDFTable)
    case chart(PDFChart)
    /// Two beside each other; one alone takes the whole width.
    case pictures([PDFPicture])
    /// A code of about 28 mm with what to do with it beside it.
    case qrCode(QRCode, caption: String)
    /// A code of about 100 mm in the middle: to be scanned from where people stand.
    case poster(QRCode)
    /// Lines to sign on. With a stamp's place they stand at the right, else in two columns.
    case signatures([PDFSignature], stamp: String? = nil)
    /// Millimetres.
    case space(Double)
    case pageBreak
}

extension PDFBlock {
    public static func paragraph(_ text: String, style: PDFParagraphStyle = .body) -> PDFBlock {
        .paragraph([PDFSpan(text)], style: style)
    }
}

/// Some text of a paragraph.
public struct PDFSpan: Hashable, Sendable {
    public var text: String
    public var isBold: Bool

    public init(_ text: String, bold: Bool = false) {
        self.text = text
        isBold = bold
    }
}

public enum PDFParagraphStyle: Hashable, Sendable {
    /// First line indented by two characters, lines of Chinese text as long as each other.
    case body
    /// Without the indent: whom a letter is for.
    case plain
    /// Small and grey.
    case note
    case centered
    case trailing
}

public struct PDFFact: Hashable, Sendable {
    public var label: String
    public var value: String

    public init(_ label: String, _ value: String) {
        self.label = label
        self.value = value
    }
}

/// Rows and columns; breaks over pages, its header on each.
public struct PDFTable: Hashable, Sendable {
    public enum Alignment: Hashable, Sendable { case leading, center, trailing }

    public struct Column: Hashable, Sendable {
        public var title: String
        /// Share of the width, in relation to the other columns'; above zero.
        public var weight: Double
        public var alignment: Alignment

        public init(_ title: String, weight: Double = 1, alignment: Alignment = .leading) {
            self.title = title
            self.weight = weight
            self.alignment = alignment
        }
    }

    public var columns: [Column]
    /// Missing values are empty, surplus ones are left out.
    public var rows: [[String]]

    public init(columns: [Column], rows: [[String]]) {
        self.columns = columns
        self.rows = rows
    }
}

/// A JPEG, put into the file as it is, or a PNG. An EXIF orientation is not followed: pictures must stand upright.
public struct PDFPicture: Hashable, Sendable {
    public var bytes: [UInt8]
    public var caption: String

    public init(_ bytes: [UInt8], caption: String) {
        self.bytes = bytes
        self.caption = caption
    }
}

/// A label with what is known already, or with a line to write on.
public struct PDFSignature: Hashable, Sendable {
    public var label: String
    public var value: String?

    public init(_ label: String, _ value: String? = nil) {
        self.label = label
        self.value = value
    }
}
