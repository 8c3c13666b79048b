import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import Testing

@testable import Web

struct TextTemplatePagesTests {
    @Test func `a template is written, stands filled in at its act, is changed and taken away`() async throws {
        let test = try await SiteUnderTest()
        let page = try await test.openedCase()
        let added = try await test.post(
            as: test.supervisor, "/templates", ["move": "dispatch", "text": "{学校}：{事项}，案件{案件编号} <急>"])
        #expect(added.location == "/templates?saved=1")
        try await test.visit(as: test.supervisor) { browser async throws in
            let text = try await browser.get(page).text
            #expect(Markup(text).faults == [])
            #expect(text.contains("实验小学 &lt;1&gt;：未戴工作帽，案件1 &lt;急&gt;") || text.contains("案件1 &lt;急&gt;"))
            let list = try await browser.get("/templates").text
            #expect(Markup(list).faults == [])
            let id = try #require(list.firstMatch(of: /name="template" value="([^"]*)"/)?.1)
            let wrong = try await browser.post("/templates", ["template": String(id), "text": "{没有}"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("{没有}"))
            _ = try await browser.post("/templates", ["template": String(id), "text": "新"])
            _ = try await browser.post("/templates", ["template": String(id), "text": "新", "do": "remove"])
            let after = try await browser.get("/templates").text
            #expect(after.contains("还没有模板") && after.contains("<del>新</del>"))
        }
    }

    @Test func `a move that takes no words takes no template`() async throws {
        let test = try await SiteUnderTest()
        for move in ["", "nonsense", "acknowledge"] {
            let answer = try await test.post(as: test.supervisor, "/templates", ["move": move, "text": "x"])
            #expect(answer.status == .badRequest || CaseMove(rawValue: move)?.takesText == true, "\(move)")
        }
    }
}
