import Documents
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct SheetReaderTests {
    private func cells(_ text: String) throws -> [[String]] {
        try SheetReader().read(Array(text.utf8)).rows.map { $0.cells.map(\.text) }
    }

    private static let list = "学校,电话\r\n青山一中,\"010,1\"\r\n"
    private static let read = [["学校", "电话"], ["青山一中", "010,1"]]

    @Test(arguments: ["UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"], [true, false])
    func `lists are read in every encoding`(encoding: String, isMarked: Bool) async throws {
        guard !isMarked || encoding != "GB18030" else { return }
        let text = (isMarked ? "\u{FEFF}" : "") + Self.list
        let done = try await ChildProcess.run(["iconv", "-f", "UTF-8", "-t", encoding], input: text)
        let sheet = try SheetReader().read(done.output)
        #expect(sheet.rows.map { $0.cells.map(\.text) } == Self.read)
    }

    @Test(arguments: [
        ("a;b,c\nd;e\n", [["a", "b,c"], ["d", "e"]]), ("a\tb\nc\td", [["a", "b"], ["c", "d"]]),
        ("sep=;\r\na,b;c\r\n", [["a,b", "c"]]), ("一列\n二", [["一列"], ["二"]]),
        ("\"a\"\"b\",\"c\nd\"\r\n", [["a\"b", "c\nd"]]), ("a\"b,c\n", [["a\"b", "c"]]), ("a\rb\r", [["a"], ["b"]]),
        ("'=1,'x\n", [["=1", "'x"]]),
    ])
    func `separators and quotation marks are found out`(text: String, rows: [[String]]) throws {
        #expect(try cells(text) == rows)
    }

    @Test func `empty rows and cells are left out, the others keep their places`() throws {
        let sheet = try SheetReader().read(Array("a,,c\n\n,,\n,d,\n".utf8))
        #expect(sheet.rows.map(\.number) == [1, 4])
        #expect(sheet.rows.flatMap(\.cells).map(\.address.description) == ["A1", "C1", "B4"])
        #expect(sheet.rows[1][2]?.text == "d" && sheet.rows[1][1] == nil)
    }

    @Test func `what CSVWriter writes comes back`() throws {
        let texts = ["=1", "a\"b", "x\ny", "a;b,c\td", "'", " 空 ", "@"]
        var csv = CSVWriter(columns: texts.indices.map { TableColumn("列\($0)") })
        csv.add(texts.map { .text($0) })
        #expect(try SheetReader().read(csv.take()).rows[1].cells.map(\.text) == texts)
    }

    @Test func `errors say what is wrong and where`() throws {
        func error(_ bytes: [UInt8], _ limits: SheetLimits = SheetLimits()) -> SheetError? {
            do {
                _ = try SheetReader(limits: limits).read(bytes)
                return nil
            } catch { return error }
        }
        #expect(error([]) == .empty)
        #expect(error(Array(",,\n".utf8)) == .empty)
        #expect(error([0xD0, 0xCF, 0x11, 0xE0, 0xA1]) == .oldOrEncrypted)
        #expect(error(Array("a\n\"b".utf8)) == .openQuote(row: 2))
        #expect(error([0x61, 0x2C, 0xFF, 0x0A]) == .unknownEncoding(atByte: 2))
        #expect(error([0x61, 0, 0, 0x62]) == .notText)
        #expect(error([0x50, 0x4B, 0x03, 0x04]) == .damaged(part: "the archive"))
        var limits = SheetLimits()
        (limits.fileBytes, limits.rows, limits.columns, limits.cells) = (30, 3, 3, 5)
        #expect(error(Array(repeating: 0x61, count: 31), limits) == .fileTooLarge(limitBytes: 30))
        #expect(error(Array("a\nb\nc\nd\n".utf8), limits) == .tooManyRows(limit: 3))
        #expect(error(Array("a,b,c,d".utf8), limits) == .tooManyColumns(at: CellAddress("D1")!, limit: 3))
        #expect(error(Array("a,b,c\na,b,c".utf8), limits) == .tooManyCells(limit: 5))
        #expect(error(Array(repeating: 0x61, count: 32_768)) == .cellTooLong(at: CellAddress("A1")!))
    }

    @Test func `addresses are those of spreadsheets`() {
        for (text, column) in [("A1", 1), ("Z1", 26), ("AA1", 27), ("GR1", 200), ("XFD1", 16_384)] {
            #expect(CellAddress(text)?.column == column && CellAddress(row: 1, column: column).description == text)
        }
        for text in ["", "A", "1", "A0", "1A", "a1", "A1B", "ABCD1", "A12345678"] { #expect(CellAddress(text) == nil) }
    }

    @Test func `broken text never crashes`() async throws {
        let done = try await ChildProcess.run(["iconv", "-t", "GB18030"], input: Self.list + "\"多\n行\";x\n")
        for whole in [Array(Self.list.utf8), done.output] {
            for broken in truncations(of: whole) { _ = try? SheetReader().read(broken) }
            for broken in Mutations(of: whole, count: 3000, seed: 5) { _ = try? SheetReader().read(broken) }
        }
    }
}
