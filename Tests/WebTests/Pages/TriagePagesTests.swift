import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
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
            #expect(
                try await browser.get("/triage?after=\(test.otherCapture.id)").location
                    == "\(second)?triage=1&undo=\(test.otherCapture.id)")
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

    @Test func `the verdict before is taken back from the next page, within its minute`() async throws {
        let test = try await SiteUnderTest()
        let first = "/captures/\(test.otherCapture.id)"
        try await test.visit(as: test.supervisor) { browser async throws in
            _ = try await browser.post("\(first)/verdict", ["verdict": "notAPest", "seen": "", "triage": "1"])
            let next = try #require(try await browser.get("/triage?after=\(test.otherCapture.id)").location)
            let page = try await browser.get(next).text
            #expect(page.contains("误报：不是鼠虫") && page.contains("data-key=\"z\""))
            let seen = try #require(
                page.firstMatch(of: /class="undo".*?name="seen" value="([0-9]+)"/.dotMatchesNewlines())?.1)
            let back = try await browser.post(
                "\(first)/verdict", ["verdict": "takeBack", "seen": "\(seen)", "triage": "1"])
            #expect(back.location == "\(first)?triage=1")
            #expect(try await browser.get("/captures?judged=waiting").text.contains(first))
            // Once more: there is nothing to take back.
            let again = try await browser.post("\(first)/verdict", ["verdict": "takeBack", "seen": "\(seen)"])
            #expect(again.location == "\(first)?conflict=1")
            _ = try await browser.post("\(first)/verdict", ["verdict": "notAPest", "seen": "", "triage": "1"])
        }
        test.time.advance(by: .seconds(61))
        try await test.visit(as: test.supervisor) { browser async throws in
            let next = "/captures/\(test.capture.id)?triage=1&undo=\(test.otherCapture.id)"
            #expect(!(try await browser.get(next).text.contains("data-key=\"z\"")))
        }
        #expect(try await test.ledger(.captureJudged).count == 3)
    }

    @Test func `a capture is added to a case that runs by one key`() async throws {
        let test = try await SiteUnderTest()
        let running = try await test.openedCase()
        let more = Capture.sample(of: test.camera.id, at: test.time.now, end: test.time.now)
        try await test.supervision.captures.open(more, first: try more.write(.first, into: test.folder))
        try await test.visit(as: test.supervisor) { browser async throws in
            let page = try await browser.get("/captures/\(more.id)?triage=1").text
            let value = try #require(page.firstMatch(of: /value="(merge:[^"]*)"/)?.1)
            #expect(page.contains("data-key=\"m\"") && page.contains("并入案件 1"))
            let merged = try await browser.post(
                "/captures/\(more.id)/verdict", ["verdict": "\(value)", "seen": "", "triage": "1"])
            #expect(merged.location == "/triage?after=\(more.id)")
            #expect(try await browser.get(running).text.contains("/captures/\(more.id)"))
            // The version has moved on: whoever is late is told.
            let late = try await browser.post("/captures/\(test.otherCapture.id)/verdict", ["verdict": "\(value)"])
            #expect(late.location == "/captures/\(test.otherCapture.id)?conflict=1")
        }
    }

    @Test func `the next capture's picture is fetched before it is asked for`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            let page = try await browser.get("/captures/\(test.otherCapture.id)?triage=1").text
            #expect(page.contains("rel=\"preload\" as=\"image\" href=\"/captures/\(test.capture.id)/"))
        }
    }

    @Test func `a capture is left to a colleague, who reads from whom`() async throws {
        let test = try await SiteUnderTest()
        let colleague = try await Session.begin("second", .supervisor, nil, test.supervision)
        let path = "/captures/\(test.capture.id)"
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get("\(path)?triage=1").text.contains("value=\"\(colleague.person.id)\""))
            let given = try await browser.post(
                "\(path)/verdict",
                ["verdict": "handOver", "to": "\(colleague.person.id)", "note": "请看 <帽子>", "triage": "1"])
            #expect(given.location == "/triage?after=\(test.capture.id)")
            #expect(try await browser.post("\(path)/verdict", ["verdict": "handOver"]).status == .unprocessableContent)
        }
        try await test.visit(as: colleague) { browser async throws in
            #expect(try await browser.get("/triage").location == "\(path)?triage=1")
            let page = try await browser.get("\(path)?triage=1").text
            #expect(Markup(page).faults == [])
            #expect(page.contains("inspector 先生转交给您：请看 &lt;帽子&gt;"))
        }
    }
}
