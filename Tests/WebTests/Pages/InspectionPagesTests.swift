import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct InspectionPagesTests {
    @Test(arguments: Language.allCases)
    func `a plan is made on its page, and the list says how far it has come`(language: Language) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: language) { browser async throws in
            let form = try await browser.get("/inspections/plans/new")
            #expect(Markup(form.text).faults == [])
            let due = "\(Day(of: test.time.now, in: .shanghai) + 10)"
            let template = "\(InspectionTemplate.standardID)"
            let wrong = try await browser.post(
                "/inspections/plans/new",
                ["title": "", "season": "other", "territory": "county", "template": template, "due": due])
            #expect(wrong.status == .unprocessableContent)
            let made = try await browser.post(
                "/inspections/plans/new",
                ["title": "开学 <检查>", "season": "autumnStart", "territory": "county", "template": template, "due": due])
            #expect(made.status == .seeOther)
            let plan = try await browser.get(try #require(made.location))
            #expect(Markup(plan.text).faults == [])
            #expect(plan.text.contains("开学 &lt;检查&gt;") && plan.text.contains("第二中学"))
            let list = try await browser.get("/inspections")
            #expect(Markup(list.text).faults == [])
            #expect(list.text.contains(language == .english ? "0 of 2" : "0 / 2 所"))
        }
    }

    @Test func `a school disputes, the supervisor decides and opens the case after saying which`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.handedInInspection()
        let address = "/inspections/\(id)"
        try await test.visit(as: test.head) { browser async throws in
            let page = try await browser.get(address)
            #expect(Markup(page.text).faults == [])
            #expect(page.text.contains("我有异议") && page.text.contains("管理人员和培训"))
            #expect(page.text.contains("轻微 2 × 程度 5 = 10 分"))
            let empty = try await browser.post("\(address)/act", ["move": "dispute", "reason": "有记录"])
            #expect(empty.status == .unprocessableContent && empty.text.contains("有记录"))
            let sent = try await browser.post(
                "\(address)/act", ["move": "dispute", "item": "training", "reason": "培训记录在另一本"])
            #expect(sent.location == "\(address)?done=disputed")
            #expect(try await browser.get(address).text.contains("复核中"))
            #expect(try await browser.get("\(address)/cases").status == .notFound)
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get("/inspections?stage=disputed").text.contains("实验小学 &lt;1&gt;"))
            let sent = try await browser.post("\(address)/act", ["move": "decide", "reason": "记录日期不符"])
            #expect(sent.location == "\(address)?done=decided")
            let confirm = try await browser.get("\(address)/cases")
            #expect(confirm.text.contains("实验小学 &lt;1&gt; · 管理人员和培训") && confirm.text.contains("Ⅲ级"))
            #expect(try await test.supervision.cases.list(for: .console).isEmpty)
            #expect(try await browser.post("\(address)/cases").location == "\(address)?done=opened")
            let page = try await browser.get(address)
            let made = try #require(try await test.supervision.cases.list(for: .console).first)
            #expect(page.text.contains("/cases/\(made.id)"))
            // The case leads back to where it was found.
            #expect(try await browser.get("/cases/\(made.id)").text.contains(address))
        }
        try await test.visit(as: test.otherHead) { browser async throws in
            for path in [address, "\(address)/sheet.pdf"] {
                #expect(try await browser.get(path).status == .notFound)
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `the result is a document with both signatures`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let id = try await test.handedInInspection()
        try await test.visit(as: test.head, language: language) { browser async throws in
            let answer = try await browser.get("/inspections/\(id)/sheet.pdf")
            #expect(answer.status == .ok && answer.headers[.contentType] == "application/pdf")
            let path = test.folder.file("sheet.pdf")
            try Data(answer.bytes).write(to: URL(fileURLWithPath: path))
            let text = try await ChildProcess.run(["pdftotext", "-layout", path, "-"])
            let words = String(decoding: text.output, as: UTF8.self)
            #expect(text.ending.isSuccess && words.contains("王校长") && words.contains("inspector 先生"))
            #expect(words.contains(language == .english ? "Food samples" : "食品留样"))
            let images = try await ChildProcess.run(["pdfimages", "-list", path])
            // Ten photographs and two signatures.
            #expect(String(decoding: images.output, as: UTF8.self).split(separator: "\n").count >= 14)
        }
    }

    @Test func `a change of the checklist is a new version, and stale forms are told`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            let form = try await browser.get("/inspections/checklist/item?code=cold")
            #expect(Markup(form.text).faults == [] && form.text.contains("冷藏冷冻温度"))
            let fields: KeyValuePairs = [
                "code": "cold", "version": "1", "title.zh": "冷藏 <温度>", "requirement.zh": "有显示", "severity": "serious",
                "photo": "never",
            ]
            #expect(try await browser.post("/inspections/checklist/item", fields).location == "/inspections/checklist")
            let list = try await browser.get("/inspections/checklist")
            #expect(list.text.contains("冷藏 &lt;温度&gt;") && list.text.contains("第 2 版"))
            #expect(try await browser.post("/inspections/checklist/item", fields).status == .unprocessableContent)
            let removed = try await browser.post(
                "/inspections/checklist/item", ["code": "cold", "version": "2", "remove": "1"])
            #expect(removed.status == .seeOther)
            let after = try await browser.get("/inspections/checklist")
            #expect(!after.text.contains("冷藏 &lt;温度&gt;"))
        }
        #expect(try await test.ledger(.inspectionTemplateChanged).count == 3)
    }

    @Test func `a draw is fixed, witnessed and made on its page, with the record to draw again`() async throws {
        let test = try await SiteUnderTest()
        let second = try await Session.begin("second", .supervisor, nil, test.supervision)
        let due = "\(Day(of: test.time.now, in: .shanghai) + 10)"
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(Markup(try await browser.get("/draws/new").text).faults == [])
            let fixed = try await browser.post(
                "/draws/new",
                [
                    "title": "秋季 <抽查>", "territory": "", "schools": "1", "each": "2", "due": due,
                    "inspector": "\(test.supervisor.person.id)", "inspector": "\(second.person.id)",
                    "template": "\(InspectionTemplate.standardID)",
                ])
            let address = try #require(fixed.location)
            let before = try await browser.get(address)
            #expect(Markup(before.text).faults == [])
            #expect(before.text.contains("等见证人说一句话"))
            #expect(try await browser.get("\(address)/record.txt").status == .notFound)
            #expect(try await browser.post(address, ["witness": ""]).status == .unprocessableContent)
            #expect(try await browser.post(address, ["witness": "骰子 2 5 6"]).status == .seeOther)
            let after = try await browser.get(address)
            #expect(Markup(after.text).faults == [])
            let record = try await browser.get("\(address)/record.txt").text
            #expect(record.contains("witness 骰子 2 5 6\n") && record.contains("title 秋季 <抽查>\n"))
            let seed = InspectionDraws.sha256(Array(record.utf8))
                .map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
            #expect(after.text.contains(seed))
            #expect(try await browser.post(address, ["witness": "再来"]).status == .unprocessableContent)
        }
    }
}
