public import Domain

/// A document on A4 paper, as data: blocks that flow over as many pages as they need.
///
/// Everything is text, never markup: what people have written can't change how a document looks. The same value makes the
/// same bytes on the same machine.
public struct PDFDocument: Hashable, Sendable {
    /// How headings are numbered.
    public enum Numbering: Hashable, Sendable {
        case none
        /// 一、 then （一） then 1. (GB/T 9704, 7.3.3)
        case chinese
        /// 1, 1.1, 1.1.1
        case decimal
    }

    /// What the file says of itself.
    public var title: String
    public var author: String
    public var created: UTCTime
    public var zone: TerritoryZone
    /// Short number of the document at the foot of each page.
    public var number: String
    /// At the foot of each page, `{page}` and `{pages}` replaced: `第 {page} 页，共 {pages} 页`.
    public var pageLabel: String
    public var numbering: Numbering
    public var blocks: [PDFBlock]

    public init(
        title: String, author: String, created: UTCTime, zone: TerritoryZone = .shanghai, number: String = "",
        pageLabel: String = "{page} / {pages}", numbering: Numbering = .chinese, blocks: [PDFBlock] = []
    ) {
        self.title = title
        self.author = author
        self.created = created
        self.zone = zone
        self.number = number
        self.pageLabel = pageLabel
        self.numbering = numbering
        self.blocks = blocks
    }

    /// The file's bytes. Takes tens of milliseconds and more, so it is for a thread of its own rather than Swift's pool.
    ///
    /// Any thread may call it, several at once: each call has a font map, a context and a surface of its own that no other
    /// thread sees; what Fontconfig, FreeType and cairo share between them they lock themselves.
    public func rendered(fonts: PDFFonts = .notoCJK) throws(PDFError) -> [UInt8] {
        let typesetter = try Typesetter.open(fonts)
        var flow = PageFlow(typesetter: typesetter, numbering: numbering)
        try flow.add(blocks)
        let pages = flow.finish(number: number, pageLabel: pageLabel)
        return try PDFSheets.draw(pages, of: self)
    }
}

/// Font families that documents are set in, by their names in Fontconfig.
public struct PDFFonts: Hashable, Sendable {
    public var serif: String
    public var sans: String
    /// The Debian package that holds them, for the error when they are missing.
    public var package: String

    public init(serif: String, sans: String, package: String) {
        self.serif = serif
        self.sans = sans
        self.package = package
    }

    public static let notoCJK = PDFFonts(
        serif: "Noto Serif CJK SC", sans: "Noto Sans CJK SC", package: "fonts-noto-cjk")
}
