import Documents
import Domain
import Foundation
import TestSupport
import Testing

/// What we write is read back by our own reader; that the archive and its XML are sound, Python's say.
@Suite struct SpreadsheetTests {
    private let folder: TemporaryDirectory
    private let columns = [
        TableColumn("学校"), TableColumn("数量", .integer), TableColumn("比率", .percent(decimals: 1)),
        TableColumn("时间", .dateTime(.shanghai)), TableColumn("链接", .link), TableColumn("均值", .number(decimals: 2)),
    ]

    init() throws { folder = try TemporaryDirectory() }

    private func write(
        _ rows: [[TableValue]], columns: [TableColumn]? = nil, sheet: String = "案件", to name: String = "a.xlsx"
    ) throws -> [UInt8] {
        var writer = try SpreadsheetWriter.open(
            folder.file(name), sheet: sheet, columns: columns ?? self.columns, created: UTCTime(milliseconds: 0))
        for row in rows { try writer.add(row) }
        try writer.close()
        return try folder.read(name)
    }

    @Test func `several sheets stand in one file, each under its own name`() async throws {
        var writer = try SpreadsheetWriter.open(
            folder.file("many.xlsx"), sheet: "要点", columns: [TableColumn("甲")], created: UTCTime(milliseconds: 0))
        try writer.add([.text("一")])
        let long = String(repeating: "长", count: 40)
        for name in ["学校", "学校", long, long, "要点"] {
            try writer.begin(sheet: name, columns: [TableColumn("列"), TableColumn("数", .integer)])
            #expect(writer.count == 0)
            try writer.add(["x", .integer(7)])
        }
        #expect(throws: SpreadsheetError.self) { try writer.begin(sheet: "空", columns: []) }
        try writer.close()
        let script = """
            import sys, zipfile, re, json
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            names = re.findall('<sheet name="([^"]*)"', z.read('xl/workbook.xml').decode())
            rows = [z.read(f'xl/worksheets/sheet{n + 1}.xml').decode().count('<row ') for n in range(len(names))]
            print(json.dumps([names, rows]))
            """
        let result = try await ChildProcess.run(["python3", "-c", script, folder.file("many.xlsx")])
        #expect(result.ending.isSuccess, "\(result.errors)")
        let cut = String(repeating: "长", count: 31)
        let names = ["要点", "学校", "学校 2", cut, String(repeating: "长", count: 26) + " 2", "要点 2"]
        let read = try #require(
            try JSONSerialization.jsonObject(with: Data(result.output)) as? [[Any]])
        #expect(read[0] as? [String] == names && read[1] as? [Int] == [2, 2, 2, 2, 2, 2])
    }

    @Test func `every kind of value comes back`() throws {
        let time = UTCTime(milliseconds: 1_795_392_000_000)
        let sheet = try SheetReader().read(
            write([
                [
                    "青山一中", .integer(12), .number(0.125), .time(time),
                    .link(address: "https://a.cn/?x=1&y=2", text: "看"),
                    .number(-1.5),
                ],
                [.empty, .number(.infinity), .empty, .empty, .link(address: "file:///etc/passwd", text: "不")],
            ]))
        #expect(sheet.name == "案件")
        #expect(sheet.rows.map(\.number) == [1, 2, 3])
        #expect(sheet.rows[0].cells.map(\.text) == ["学校", "数量", "比率", "时间", "链接", "均值"])
        #expect(
            sheet.rows[1].cells.map(\.value) == [
                .text("青山一中"), .number(12), .number(0.125),
                .dateTime(wallMilliseconds: time.milliseconds + 28_800_000), .text("看"), .number(-1.5),
            ])
        #expect(sheet.rows[1][4]?.text == "2026-11-23 08:00:00")
        #expect(sheet.rows[2].cells.map(\.address.description) == ["E3"])
    }

    @Test(arguments: [
        "=1+1", "+86 10", "-5", "@SUM(A1)", "<b>&\"'", "_x0041_", " 前后 ", "第一行\n第二行", "😀𠮷", "{=1}",
    ])
    func `text stays the same text`(text: String) throws {
        #expect(try SheetReader().read(write([[.text(text)]])).rows[1].cells.map(\.value) == [.text(text)])
    }

    @Test func `characters that XML forbids are left out`() throws {
        let sheet = try SheetReader().read(write([["a\u{0}\u{1F}\u{FFFE}b"], ["\u{1}"]]))
        #expect(sheet.rows[1].cells.map(\.text) == ["ab"])
        #expect(sheet.rows.count == 2)
    }

    @Test(arguments: ["长", "😀", "_x0041_"])
    func `text beyond what a cell holds is cut and says by how much`(piece: String) throws {
        let long = String(repeating: piece, count: 40_000)
        let cell = try #require(try SheetReader().read(write([[.text(long)]])).rows[1][1]?.text)
        #expect(cell.utf16.count <= 32_767)
        let mark = try #require(cell.wholeMatch(of: /(.*) …\[\+([0-9]+)\]/.dotMatchesNewlines()))
        #expect(long.hasPrefix(mark.1.prefix(30_000)))
        #expect(try #require(Int(mark.2)) > 0)
    }

    @Test func `text that just fits is whole`() throws {
        let text = String(repeating: "长", count: 32_767)
        #expect(try SheetReader().read(write([[.text(text)]])).rows[1][1]?.text == text)
    }

    @Test func `the file is sound, its header frozen, bold and with filters, its link a link`() async throws {
        _ = try write([["a", .empty, .empty, .empty, .link(address: "https://a.cn/", text: "看")], ["=1"]])
        let script = """
            import sys, zipfile, xml.dom.minidom as m
            z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None
            for n in z.namelist(): m.parseString(z.read(n))
            print(z.read('xl/worksheets/sheet1.xml').decode()); print(z.read('xl/styles.xml').decode())
            print(z.read('xl/worksheets/_rels/sheet1.xml.rels').decode())
            """
        let done = try await ChildProcess.run(["/usr/bin/python3", "-c", script, folder.file("a.xlsx")])
        #expect(done.ending.isSuccess, "\(done.errors)")
        let text = String(decoding: done.output, as: UTF8.self)
        for part in [
            "state=\"frozen\"", "<autoFilter ref=\"A1:F3\"/>", "<b/>", "Target=\"https://a.cn/\"",
            "yyyy-mm-dd hh:mm:ss",
        ] { #expect(text.contains(part), "\(part)") }
        #expect(!text.contains("<f>"))
    }

    @Test func `the same rows make the same bytes`() throws {
        #expect(try write([["a"]]) == write([["a"]], to: "b.xlsx"))
    }

    @Test(arguments: ["", "a/b:[c]", "'x'", String(repeating: "长", count: 40), "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀"])
    func `any name makes a sheet`(name: String) throws {
        let sheet = try SheetReader().read(write([["a"]], sheet: name))
        #expect(!(sheet.name ?? "").isEmpty && (sheet.name ?? "").utf16.count <= 31)
    }

    @Test func `a hundred thousand rows are written as they come, none kept for the end`() async throws {
        var writer = try SpreadsheetWriter.open(
            folder.file("big.xlsx"), sheet: "x", columns: columns, created: UTCTime(milliseconds: 0))
        for number in 0..<100_000 { try writer.add([.text("学校\(number)"), .integer(number)]) }
        #expect(writer.count == 100_000)
        try writer.close()
        let sheet = try SheetReader().read(folder.read("big.xlsx"))
        #expect(sheet.rows.count == 100_001 && sheet.rows.last?[1]?.text == "学校99999")
        // Texts stand in their cells: a shared table of them would have grown with the rows.
        let listing = try await ChildProcess.run(["/usr/bin/python3", "-m", "zipfile", "-l", folder.file("big.xlsx")])
        #expect(!String(decoding: listing.output, as: UTF8.self).contains("sharedStrings"))
    }

    @Test func `what can't be written is said`() throws {
        func kind(_ path: String, _ columns: [TableColumn], _ row: [TableValue]) -> SpreadsheetError.Kind? {
            do {
                var writer = try SpreadsheetWriter.open(
                    path, sheet: "x", columns: columns, created: UTCTime(milliseconds: 0))
                try writer.add(row)
                return nil
            } catch { return error.kind }
        }
        #expect(kind(folder.file("no/such/a.xlsx"), columns, []) == .cannotWrite)
        #expect(kind(folder.file("c.xlsx"), [], []) == .columnsDontFit)
        #expect(kind(folder.file("d.xlsx"), [TableColumn("a")], ["1", "2"]) == .columnsDontFit)
        // What was not finished leaves nothing behind.
        #expect(folder.files().isEmpty)
    }
}
