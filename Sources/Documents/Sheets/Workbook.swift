/// An .xlsx workbook (ISO/IEC 29500-1, 18): a zip archive of XML parts.
enum Workbook {
    static func read(_ bytes: [UInt8], sheet: String?, _ limits: SheetLimits) throws(SheetError) -> Sheet {
        let result = bytes.withUnsafeBytes { buffer in
            Result { () throws(SheetError) in try read(buffer, sheet: sheet, limits) }
        }
        return try result.get()
    }

    private static func read(
        _ bytes: UnsafeRawBufferPointer, sheet wanted: String?, _ limits: SheetLimits
    ) throws(SheetError) -> Sheet {
        var archive = try ZipArchive.open(bytes, unpackedLimit: limits.unpackedBytes)
        guard archive.contains("_rels/.rels") else { throw .notAWorkbook }
        let package = Relationships(below: "")
        try XMLPart.read("_rels/.rels", in: &archive, package)
        guard let main = package.target(ofType: "officeDocument") else { throw .notAWorkbook }
        let book = BookPart()
        try XMLPart.read(main, in: &archive, book)
        guard !book.sheets.isEmpty else { throw .notAWorkbook }
        let folder = main.split(separator: "/").dropLast().map { $0 + "/" }.joined()
        let file = main.split(separator: "/").last.map(String.init) ?? main
        let parts = Relationships(below: folder)
        try XMLPart.read("\(folder)_rels/\(file).rels", in: &archive, parts)
        let chosen = wanted.map { name in book.sheets.first { $0.name == name } } ?? book.sheets.first
        guard let chosen else {
            throw .noSuchSheet(wanted ?? "", available: book.sheets.prefix(50).map(\.name))
        }
        guard let path = parts.target(ofID: chosen.relationship) else { throw .damaged(part: chosen.name) }

        let strings = SharedStrings()
        if let path = parts.target(ofType: "sharedStrings"), archive.contains(path) {
            try XMLPart.read(path, in: &archive, strings)
        }
        let styles = CellStyles()
        if let path = parts.target(ofType: "styles"), archive.contains(path) {
            try XMLPart.read(path, in: &archive, styles)
        }
        let sheet = SheetPart(
            path, strings: strings.strings, dateStyles: styles.dates, startsIn1904: book.startsIn1904, limits)
        try XMLPart.read(path, in: &archive, sheet)
        return Sheet(name: chosen.name, rows: sheet.builder.rows)
    }
}

/// Which part belongs to which (ISO/IEC 29500-2, 9).
private final class Relationships: XMLHandler {
    private let folder: String
    private var parts: [(id: String, type: String, target: String)] = []

    init(below folder: String) { self.folder = folder }

    func begin(_ name: String, _ attributes: XMLAttributes) throws(SheetError) {
        guard name == "Relationship", attributes["TargetMode"] != "External", parts.count < 10_000,
            let id = attributes["Id"], let type = attributes["Type"], let target = attributes["Target"]
        else { return }
        parts.append((id, type.split(separator: "/").last.map(String.init) ?? "", resolved(target)))
    }

    func end(_ name: String) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}

    private func resolved(_ target: String) -> String {
        var steps: [Substring] = target.hasPrefix("/") ? [] : folder.split(separator: "/")
        for step in target.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return steps.joined(separator: "/")
    }

    func target(ofType type: String) -> String? { parts.first { $0.type == type }?.target }
    func target(ofID id: String) -> String? { parts.first { $0.id == id }?.target }
}

/// The names of the sheets, in the order of their tabs.
private final class BookPart: XMLHandler {
    private(set) var sheets: [(name: String, relationship: String)] = []
    private(set) var startsIn1904 = false

    func begin(_ name: String, _ attributes: XMLAttributes) throws(SheetError) {
        if name == "workbookPr" {
            startsIn1904 = ["1", "true"].contains(attributes["date1904"])
        } else if name == "sheet", sheets.count < 1000, let title = attributes["name"], let id = attributes["id"] {
            sheets.append((title, id))
        }
    }

    func end(_ name: String) {}
    func text(_ bytes: UnsafeBufferPointer<UInt8>) {}
}
