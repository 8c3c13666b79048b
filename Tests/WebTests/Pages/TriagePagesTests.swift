import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import Testing

@testable import Web

struct TriagePagesTests {
    @Test func `judging leads from one capture to the next, and ends where none waits`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get("/captures").text.contains("研判 2 条"))
            let first = "/captures/\(test.otherCapture.id)"
            let second = "/captures/\(test.capture.id)"
            #expect(try await browser.get("/triage").location == "\(first)?triage=1")
            let page = try await browser.get("\(first)?triage=1").text
            for word in ["确认属实", "不是鼠虫", "待研判 2 条", "data-key=\"y\""] { #expect(page.contains(word), "\(word)") }
            #expect(!page.contains("戴了帽"), "a rat wears none")
            let next = try await browser.post("\(first)/verdict", ["verdict": "notAPest", "seen": "", "triage": "1"])
            #expect(next.location == "/triage?after=\(test.otherCapture.id)")
            #expect(try await browser.get("/triage?after=\(test.otherCapture.id)").location == "\(second)?triage=1")
            // Not in triage: back to the same page, which says that it is kept.
            let saved = try await browser.post("\(second)/verdict", ["verdict": "confirmed"])
            #expect(saved.location == "\(second)?judged=1")
            #expect(try await browser.get("\(second)?judged=1").text.contains("已确认"))
            #expect(try await browser.get("/triage").location == "/captures?judged=waiting")
            #expect(try await browser.get("/captures?judged=waiting").text.contains("没有符合条件"))
            #expect(try await browser.get("/captures?judged=rejected").text.contains("误报：不是鼠虫"))
            #expect(try await browser.get("/captures.csv").text.contains("误报：不是鼠虫"))
            let json = try await browser.get("/api/v1/captures/\(test.otherCapture.id)").text
            #expect(json.contains("\"reason\":\"notAPest\""))
        }
        #expect(try await test.ledger(.captureJudged).count == 2)
    }

    @Test func `who comes second is shown the first one's verdict`() async throws {
        let test = try await SiteUnderTest()
        let path = "/captures/\(test.capture.id)"
        try await test.supervision.captures.judge(
            test.capture.id, .confirmed, seen: nil, by: .person(test.supervisor.person))
        let colleague = try await Session.begin("second", .supervisor, nil, test.supervision)
        try await test.visit(as: colleague, language: .english) { browser async throws in
            let answer = try await browser.post("\(path)/verdict", ["verdict": "hatPresent", "seen": ""])
            #expect(answer.location == "\(path)?conflict=1")
            let page = try await browser.get("\(path)?conflict=1").text
            for word in ["Somebody else has just judged", "Confirmed", "inspector 先生"] { #expect(page.contains(word)) }
        }
    }

    @Test func `who may not judge has no buttons, and guessing the address doesn't help`() async throws {
        let test = try await SiteUnderTest()
        for (session, path, status) in [
            (test.head, "/captures/\(test.capture.id)", 403), (test.administrator, "/captures/\(test.capture.id)", 403),
            (test.head, "/captures/\(test.otherCapture.id)", 404),
        ] {
            try await test.visit(as: session) { browser async throws in
                #expect(try await !browser.get(path).text.contains("确认属实"))
                let answer = try await browser.post("\(path)/verdict", ["verdict": "confirmed"])
                #expect(Int(answer.status.code) == status)
            }
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            let path = "/captures/\(test.capture.id)/verdict"
            for nonsense in ["", "merged", "duplicate:", "duplicate:x", "notAVerdict"] {
                #expect(try await browser.post(path, ["verdict": nonsense]).status == .badRequest, "\(nonsense)")
            }
            #expect(try await browser.post(path, ["verdict": "notAPest"]).status == .unprocessableContent)
        }
        #expect(try await test.ledger(.captureJudged).isEmpty)
    }

    @Test func `precision is shown once something has been judged`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            #expect(try await browser.get("/precision").text.contains("No capture of the last 30 days"))
            _ = try await browser.post("/captures/\(test.capture.id)/verdict", ["verdict": "confirmed"])
            let page = try await browser.get("/precision").text
            let hour = TerritoryZone.shanghai.civil(test.capture.metAt).hour
            let clock = hour < 10 ? "0\(hour):00 – " : "\(hour):00 – "
            for word in ["No hat", "100 %", "21 % – 100 %", "灶台", clock] { #expect(page.contains(word), "\(word)") }
        }
    }
}
