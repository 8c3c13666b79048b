import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import Testing

@testable import Web

struct GridImportPagesTests {
    private static let list = """
        乡镇,学校,学校类别,区域类别,摄像机,主码流地址,用户名,密码
        东镇,新小学 <1>,小学,烹饪区,灶台,rtsp://10.1.1.1/main,cam,geheim-word
        东镇,新小学 <1>,,洗消区,,,,

        """

    private static func key(_ page: String) throws -> String {
        String(try #require(page.firstMatch(of: /name="upload" value="([a-z0-9]+)"/)).1)
    }

    @Test(arguments: Language.allCases)
    func `a list is looked at, confirmed once, and is then all there`(language: Language) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator, language: language) { browser async throws in
            let empty = try await browser.get("/schools/import").text
            #expect(Markup(empty).faults == [])
            let files = [(name: "清单.csv", bytes: Array(Self.list.utf8))]
            let page = try await browser.post("/schools/import", [:], files: files)
            #expect(page.status == .ok)
            #expect(Markup(page.text).faults == [])
            for words in ["新小学 &lt;1&gt;", "rtsp://10.1.1.1/main · cam", "清单.csv", "东镇"] {
                #expect(page.text.contains(words), "\(words)")
            }
            #expect(!page.text.contains("geheim-word"))
            #expect(try await test.supervision.places.tree(for: .console).count == 2)
            let key = try Self.key(page.text)
            let done = try await browser.post("/schools/import/confirm", ["upload": key])
            #expect(done.location == "/schools?saved=1")
            #expect(try await test.supervision.places.tree(for: .console).count == 3)
            #expect(try await browser.post("/schools/import/confirm", ["upload": key]).status == .unprocessableContent)
            let again = try await browser.post("/schools/import", [:], files: files).text
            #expect(again.contains("class=\"done\"") && !again.contains("name=\"upload\""))
            #expect(try await browser.get("/schools").text.contains("新小学 &lt;1&gt;"))
            #expect(try await browser.get("/ledger?act=grid.imported").text.contains("清单.csv"))
        }
    }

    @Test func `a list with faults names each cell and can't be confirmed`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let bad = "学校,区域类别,摄像机,主码流地址\n一小,城堡,灶台,ftp://x\n,烹饪区,,\n"
            let page = try await browser.post("/schools/import", [:], files: [("a.csv", Array(bad.utf8))]).text
            #expect(Markup(page).faults == [])
            for words in ["没有“城堡”这一类别，可填：切配区", "主码流地址", "请填写“学校”", "清单有 3 处问题"] {
                #expect(page.contains(words), "\(words)")
            }
            #expect(!page.contains("name=\"upload\""))
            for (bytes, words) in [
                (Array("a,b\n1,2\n".utf8), "第一行没有"), ([0xD0, 0xCF, 0x11, 0xE0], "旧版 .xls"), ([], "请先选择"),
                ([UInt8](repeating: 0x41, count: 5_000_001), "超过 5 MB"),
            ] {
                let answer = try await browser.post("/schools/import", [:], files: [("a.csv", bytes)])
                #expect(answer.status == .unprocessableContent)
                #expect(answer.text.contains(words), "\(words)")
            }
        }
    }

    @Test func `a forged form is refused, and who may not change the grid gets nowhere`() async throws {
        let test = try await SiteUnderTest()
        let files = [(name: "a.csv", bytes: Array(Self.list.utf8))]
        try await test.visit(as: test.administrator) { browser async throws in
            #expect(try await browser.post("/schools/import", [:], files: files, token: "no").status == .forbidden)
            #expect(
                try await browser.post("/schools/import/confirm", ["upload": "x"]).status == .unprocessableContent)
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.post("/schools/import", [:], files: files).status == .forbidden)
            #expect(try await browser.post("/schools/import/confirm", ["upload": "x"]).status == .forbidden)
        }
        #expect(try await test.supervision.places.tree(for: .console).count == 2)
    }

    @Test func `an upload is its person's own, for half an hour, and the newest twenty are kept`() async throws {
        let test = try await SiteUnderTest()
        let list = try await GridUpload(name: "a", bytes: Array(Self.list.utf8)).list()
        let plan = try await test.supervision.places.plan(list, for: .console)
        let uploads = GridUploads()
        let start = UTCTime(milliseconds: 1_795_000_000_000)
        func keep(_ person: PersonID, at now: UTCTime) -> String {
            uploads.keep(
                GridUploads.Held(
                    person: person, fileName: "a", sha256: [], list: list, until: now + GridUploads.life, plan: plan),
                now: now)
        }
        let people = (0..<22).map { _ in PersonID(at: start) }
        let first = keep(people[0], at: start)
        #expect(uploads.upload(first, of: people[0], now: start) != nil)
        #expect(uploads.upload(first, of: people[1], now: start) == nil)
        #expect(uploads.upload(first, of: people[0], now: start + GridUploads.life) == nil)
        let second = keep(people[0], at: start)
        #expect(uploads.upload(first, of: people[0], now: start) == nil)
        let keys = people.dropFirst().enumerated().map { keep($1, at: start + .seconds(Int64($0) + 1)) }
        let now = start + .seconds(60)
        #expect(uploads.upload(second, of: people[0], now: now) == nil)
        #expect(uploads.upload(keys[0], of: people[1], now: now) == nil)
        #expect(uploads.upload(keys[1], of: people[2], now: now) != nil)
        uploads.forget(keys[1])
        #expect(uploads.upload(keys[1], of: people[2], now: now) == nil)
    }

    @Test(arguments: Language.allCases, ["csv", "xlsx"])
    func `the template is a list that can be imported`(language: Language, format: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator, language: language) { browser async throws in
            let template = try await browser.get("/schools/import/template.\(format)")
            #expect(template.status == .ok)
            let page = try await browser.post(
                "/schools/import", [:], files: [("template.\(format)", template.bytes)]
            ).text
            #expect(page.contains("rtsp://192.0.2.1/main · admin"))
            #expect(!page.contains("class=\"fault\""))
        }
    }

    /// Every word that a page offers is one that a list may hold.
    @Test(arguments: Language.allCases) func `kinds are read as the pages write them`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let words = test.site.catalogues[language]
        let lines =
            School.Kind.allCases.map { "S\($0),\(words("schoolKind.\($0.rawValue)"))," }
            + Area.Kind.allCases.map { "S,,\(words("area.\($0.rawValue)"))" }
        let text = (["学校,学校类别,区域类别"] + lines).joined(separator: "\n")
        let list = try await GridUpload(name: "a", bytes: Array(text.utf8)).list()
        #expect(list.faults == [])
        #expect(list.lines.compactMap(\.schoolKind) == School.Kind.allCases)
        #expect(list.lines.compactMap(\.areaKind) == Area.Kind.allCases)
    }
}
