import Documents
import Domain
import Foundation
import TestSupport
import Testing

@Suite struct PDFTests {
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    /// - Parameter options: `-layout` keeps a table's rows together.
    private func text(of bytes: [UInt8], _ options: [String] = []) async throws -> String {
        let path = try folder.write("a.pdf", bytes)
        let done = try await ChildProcess.run(["pdftotext"] + options + [path, "-"])
        #expect(done.ending.isSuccess && done.errors.isEmpty, "\(done.errors)")
        return String(decoding: done.output, as: UTF8.self)
    }

    private func document(_ blocks: [PDFBlock]) -> PDFDocument {
        PDFDocument(title: "甲", author: "乙", created: UTCTime(milliseconds: 0), blocks: blocks)
    }

    @Test func `a notice can be read and searched by other programs`() async throws {
        let picture = try await SampleNotice.jpeg(in: folder)
        let notice = try SampleNotice.document(pictures: [
            PDFPicture(picture, caption: "图一"), PDFPicture(picture, caption: "图二"),
        ])
        let bytes = try notice.rendered()
        let text = try await text(of: bytes).filter { !$0.isWhitespace }
        for words in [
            "责令整改通知书", "明厨告〔2026〕第0001号", "青山县第一中学（南校区食堂）：", "2026年11月26日18时前", "一、基本情况",
            "四、整改要求", "《学校食品安全与营养健康管理规定》第二十条", "加工间操作人员未戴厨师帽", "图二", "第1页，共2页", "第2页，共2页",
            "签收日期：", "（印章）",
        ] { #expect(text.contains(words), "\(words)") }
        // Spread lines are no letters one by one.
        #expect(try await self.text(of: bytes).contains("中华人民共和国食品安全法"))
        let info = try await ChildProcess.run(["pdfinfo", "-isodates", folder.file("a.pdf")])
        let facts = String(decoding: info.output, as: UTF8.self)
        for fact in ["责令整改通知书", "青山县市场监督管理局", "A4", "Pages:           2", "2026-11-23T"] {
            #expect(facts.contains(fact), "\(fact) in \(facts)")
        }
        // The JPEG is in the file as it was.
        #expect(Data(bytes).range(of: Data(picture)) != nil)
    }

    private static func column(_ day: Int) -> PDFChart.Column {
        let label: String? = day % 8 == 0 ? "第\(day)天" : nil
        let expected: Double? = day % 2 == 0 ? 50 : nil
        return PDFChart.Column(label: label, value: Double(day * 3), expected: expected)
    }

    @Test func `charts are drawn with their words, over as many pages as they need, whatever the numbers`() async throws
    {
        let columns = (0..<40).map(Self.column)
        let schools = (0..<90).map { (_ school: Int) -> PDFChart.Interval in
            let value = Double(school)
            return PDFChart.Interval(
                label: "学校\(school)", value: value, low: value * 0.8, high: value * 1.3 + 1, text: "率\(school)")
        }
        let bytes = try document([
            .heading("趋势"), .chart(.columns(columns, legend: ["抓拍", "上学期水平"])),
            .chart(.intervals(schools, legend: ["每百机日"])), .chart(.columns([], legend: [])),
            .chart(.columns([.init(label: "空", value: 0, expected: .nan)], legend: [])),
            .chart(
                .intervals([.init(label: "非数", value: .nan, low: -.infinity, high: .infinity, text: "–")], legend: [])),
        ]).rendered()
        let text = try await text(of: bytes)
        for words in ["第0天", "第32天", "上学期水平", "150", "学校0", "学校89", "率89", "每百机日", "空", "非数"] {
            #expect(text.contains(words), "\(words)")
        }
        #expect(text.split(separator: "\u{C}").count >= 3)
    }

    @Test(arguments: [(0, 1.0, 1.0), (1, 1, 1), (7, 2, 8), (100, 20, 100), (101, 50, 150), (1e6, 200_000, 1e6)])
    func `an axis has round numbers and room for all`(most: Double, step: Double, top: Double) {
        let scale = ChartScale(most: most, isWhole: true)
        #expect(scale.step == step && scale.top == top && scale.lines.count <= 6)
        for most in [0.003, 0.04, 0.5, 0.99, 3.3, .nan, .infinity, -1] {
            let scale = ChartScale(most: most, isWhole: false)
            #expect(scale.lines.count <= 7 && scale.top >= (most.isFinite ? min(most, scale.top) : 0))
            #expect(!(most.isFinite && most > 0) || scale.top >= most * 0.999)
        }
    }

    @Test func `its code leads to its page`() async throws {
        let path = try folder.write("a.pdf", SampleNotice.document(pictures: []).rendered())
        _ = try await ChildProcess.run(["pdftoppm", "-r", "110", "-png", path, folder.file("page")])
        let pages = folder.files().filter { $0.hasSuffix(".png") }
        let done = try await ChildProcess.run(["zbarimg", "--quiet", "--raw"] + pages.map { folder.file($0) })
        #expect(String(decoding: done.output, as: UTF8.self) == SampleNotice.address + "\n")
    }

    @Test func `the same document is the same bytes, on many threads at once`() async throws {
        let notice = try SampleNotice.document(pictures: [])
        let first = try notice.rendered()
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<8 { group.addTask { try notice.rendered() } }
            for try await bytes in group { #expect(bytes == first) }
        }
    }

    @Test func `a long table repeats its header and loses no row`() async throws {
        let bytes = try SampleNotice.document(pictures: [], rows: 150).rendered()
        let pages = try await text(of: bytes, ["-layout"]).split(separator: "\u{C}").map {
            $0.filter { !$0.isWhitespace }
        }
        #expect(pages.count > 4)
        for page in pages[1..<4] { #expect(page.contains("序号问题时间等级")) }
        let rows = try await text(of: bytes, ["-layout"]).matches(of: /(?m)^ *([0-9]+) +\S.* 2026-11-/).compactMap {
            Int($0.output.1)
        }
        #expect(rows == Array(1...150))
    }

    @Test func `a column with little weight breaks no number and no word`() async throws {
        let table = PDFTable(
            columns: [
                PDFTable.Column("No.", weight: 0.01), PDFTable.Column("What was found", weight: 4),
                PDFTable.Column("Points", weight: 0.01, alignment: .trailing),
            ], rows: (1...20).map { ["\($0 * 1000)", String(repeating: "厨房 ", count: 60), "\($0)"] })
        let text = try await text(of: document([.table(table)]).rendered())
        #expect(text.contains("Points") && text.contains("20000"))
    }

    @Test func `a cell longer than a page goes on on the next`() async throws {
        let words = (0..<900).map { "第\($0)字" }.joined(separator: "，")
        let bytes = try document([.facts([PDFFact("甲", words)])]).rendered()
        let text = try await text(of: bytes)
        #expect(text.contains("第0字") && text.contains("第899字"))
        let length = text.filter { $0 == "字" }.count
        #expect(length == 900)
    }

    @Test func `a long paragraph is whole over its pages`() async throws {
        let words = (0..<1500).map { "第\($0)句话。" }.joined()
        let text = try await text(of: document([.paragraph(words)]).rendered()).filter { !$0.isWhitespace }
        var pages = text
        for page in 1...9 { pages = pages.replacing("\(page)/\(text.filter { $0 == "/" }.count)", with: "") }
        #expect(pages.contains(words))
    }

    @Test(arguments: ["<b>粗</b>&amp;", "<span foreground='red'>", "ab < cd & ef", "{page}", "%s%n", "\\u0041"])
    func `what people write is never markup`(words: String) async throws {
        let text = try await text(of: document([.heading(words), .paragraph(words, style: .plain)]).rendered())
        let lines = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        #expect(lines.contains("一、" + words) && lines.contains(words), "\(text)")
    }

    @Test func `a character that no font has is marked, controls vanish, no box is drawn`() async throws {
        let words = "甲\u{10FFFD}乙\u{0}\u{7}\u{202E}丙\t丁\r\n戊"
        let text = try await text(of: document([.paragraph(words, style: .plain)]).rendered())
        #expect(text.contains("甲〓乙丙 丁\n戊"))
    }

    @Test func `without Chinese fonts there is an error that names the package`() throws {
        let fonts = PDFFonts(serif: "Noto Serif CJK SC", sans: "No Such Sans", package: "fonts-noto-cjk")
        let error = PDFError.missingFont(family: "No Such Sans", package: "fonts-noto-cjk")
        #expect(throws: error) { try document([.title("甲")]).rendered(fonts: fonts) }
        #expect(error.description.contains("fonts-noto-cjk"))
    }

    @Test func `broken pictures are refused or drawn, never a crash`() async throws {
        let jpeg = try await SampleNotice.jpeg(in: folder, width: 64, height: 48)
        _ = try await ChildProcess.run([
            "ffmpeg", "-v", "error", "-y", "-i", folder.file("picture-64.jpg"), folder.file("a.png"),
        ])
        for whole in [jpeg, try folder.read("a.png")] {
            func render(_ bytes: [UInt8]) throws(PDFError) {
                _ = try document([.pictures([PDFPicture(bytes, caption: "图")])]).rendered()
            }
            try render(whole)
            #expect(throws: PDFError.unreadablePicture(caption: "图")) {
                try render(Array(whole.dropLast(whole.count / 2)))
            }
            #expect(throws: PDFError.unreadablePicture(caption: "图")) { try render([]) }
            for broken in Mutations(of: whole, count: 150, seed: 3) { _ = try? render(broken) }
        }
    }

    @Test func `headings stay with what they are headings of`() async throws {
        let picture = try await SampleNotice.jpeg(in: folder)
        let page = PDFBlock.table(
            PDFTable(columns: [PDFTable.Column("列")], rows: (0..<24).map { ["第\($0)行"] }))
        let figure = PDFBlock.pictures([PDFPicture(picture, caption: "图")])
        let bytes = try document([page, .heading("甲"), .heading("乙", level: 2), figure]).rendered()
        let pages = try await text(of: bytes).split(separator: "\u{C}")
        #expect(pages.count == 2 && !pages[0].contains("甲"))
        #expect(pages[1].contains("一、甲") && pages[1].contains("（一）乙") && pages[1].contains("图"))
    }

    @Test func `odd sizes and empty pieces are drawn`() async throws {
        let many = PDFTable(
            columns: (0..<60).map { PDFTable.Column("列\($0)") }, rows: [["甲"], (0..<90).map(String.init)])
        let bytes = try document([
            .pageBreak, .space(-1), .title(""), .paragraph([]), .facts([]), .pictures([]), .signatures([]),
            .table(PDFTable(columns: [], rows: [["x"]])), .table(many), .heading("", level: 9), .space(1e6), .pageBreak,
            .table(
                PDFTable(
                    columns: [PDFTable.Column(String(repeating: "很长的标题", count: 500), weight: .nan)], rows: [["值"]])),
        ]).rendered()
        #expect(try await text(of: bytes).contains("值"))
        #expect(try await !text(of: document([]).rendered()).isEmpty)
    }
}
