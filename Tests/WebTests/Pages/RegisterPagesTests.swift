import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct RegisterPagesTests {
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 3000)

    @Test(arguments: Language.allCases)
    func `a school is registered, its sign's photograph added, and every version stays`(language: Language) async throws
    {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head, language: language) { browser async throws in
            let list = try await browser.get("/registers/sites")
            #expect(list.status == .ok && Markup(list.text).faults == [])
            #expect(list.text.firstMatch(of: /register\.(?!css)[a-z]/) == nil)
            let form = try #require(list.text.firstMatch(of: /href="(\/registers\/sites\/new[^"]*)"/)?.1)
            #expect(try await browser.get(String(form)).status == .ok)
            let sent = try await browser.post(
                "/registers/sites/new",
                ["school": "\(test.school.id)", "place": "一楼<后厨>", "filedOn": "2026-09-01", "filingNumber": "备 7"])
            let entry = String(try #require(sent.location?.prefix { $0 != "?" }))
            let page = try await browser.get(entry)
            #expect(page.status == .ok && Markup(page.text).faults == [] && page.text.contains("一楼&lt;后厨&gt;"))
            #expect(page.text.firstMatch(of: /register\.(?!css)[a-z]/) == nil)
            let upload = try await browser.post("\(entry)/files", [:], files: [("标识.jpg", Self.jpeg)])
            #expect(upload.status == .seeOther)
            let text = try await browser.get(entry).text
            let file = try #require(text.firstMatch(of: /href="(\/registers\/entries\/[^"]*\/files\/[^"]*)"/)?.1)
            #expect(try await browser.get(String(file)).bytes == Self.jpeg)
            #expect(
                try await browser.post("\(entry)/files", [:], files: [("x.exe", Array("MZ nothing".utf8) + Self.jpeg)])
                    .status == .unprocessableContent)
            let changed = try await browser.post(
                entry, ["seen": "1", "place": "一楼后厨", "signOn": "2026-09-02", "signPlace": "门口"])
            #expect(changed.status == .seeOther)
            let stale = try await browser.post(entry, ["seen": "1", "place": "别处"])
            #expect(stale.status == .conflict && stale.text.contains("别处"))
            let wrong = try await browser.post(entry, ["seen": "2", "place": "", "signOn": "2026-09-02"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("role=\"alert\""))
            let twice = try await browser.post("/registers/sites/new", ["school": "\(test.school.id)", "place": "x"])
            #expect(twice.status == .unprocessableContent)
            for format in ["csv", "xlsx"] {
                let export = try await browser.get("/registers/sites.\(format)")
                #expect(export.status == .ok)
                if format == "csv" { #expect(export.text.contains("一楼后厨") && !export.text.contains("第二中学")) }
            }
        }
        try await test.visit(as: test.otherHead, language: language) { browser async throws in
            #expect(try await !browser.get("/registers/sites").text.contains("一楼后厨"))
        }
    }

    @Test func `an impact assessment is a paper with the questions of the law`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            let sent = try await browser.post(
                "/registers/assessments/new",
                [
                    "title": "后厨视频与智能分析", "purpose": "食品安全监督\n不识别个人", "doneOn": "2026-09-01",
                    "conclusion": "withMeasures",
                ])
            let entry = String(try #require(sent.location?.prefix { $0 != "?" }))
            let paper = try await browser.get("\(entry)/assessment.pdf")
            #expect(paper.status == .ok && paper.bytes.starts(with: Array("%PDF".utf8)))
            #expect(paper.headers[.contentType] == "application/pdf")
            let page = try await browser.get(entry)
            #expect(page.text.contains("assessment.pdf") && page.text.contains("至少保存 3 年"))
            let wrong = try await browser.post("/registers/assessments/new", ["title": "x", "doneOn": "yesterday"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("value=\"x\""))
        }
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get("/registers/assessments").status == .forbidden)
            #expect(try await browser.get("/registers/requests").status == .forbidden)
        }
    }
}
