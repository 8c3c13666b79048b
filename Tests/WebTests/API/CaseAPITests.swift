import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct CaseAPITests {
    static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 3000)

    @Test func `a case goes its way through the API, from a capture to passed`() async throws {
        let test = try await SiteUnderTest()
        let office = try await test.township()
        try await test.program(as: test.supervisor) { api async throws in
            let opened = try await api.post("/api/v1/cases", #"{"captures":["\#(test.capture.id)"],"note":"灶台边"}"#)
            #expect(opened.status == .created)
            let address = try #require(opened.location)
            #expect(try opened.text("id").map { address == "/api/v1/cases/\($0)" } == true)
            #expect(try opened.text("captures.0.verdict.kind") == "confirmed")
            #expect(try opened.list("moves").count > 2)
            let sent = try await api.post("\(address)/moves", #"{"move":"dispatch","version":1,"text":"请尽快"}"#)
            #expect(sent.status == .ok)
            #expect(try sent.text("state") == "dispatched")
            #expect(try sent.text("history.1.text") == "请尽快")
            #expect(try sent.text("history.1.notice")?.contains("〔") == true)
            #expect(try sent.text("history.1.ledger.sha256")?.count == 64)
        }
        let list = try await test.supervision.cases.list(for: .console)
        let base = "/api/v1/cases/\(list[0].id)"
        try await test.program(as: test.head) { api async throws in
            let news = try await api.get("/api/v1/news")
            #expect(try news.text("news.0.kind") == "dispatched")
            #expect(try news.integer("unread") == 1)
            let file = try await api.send("灶台 1.jpg", Self.jpeg, to: "\(base)/files")
            #expect(file.status == .created)
            #expect(try file.text("name") == "灶台 1.jpg")
            let id = try #require(try file.text("id"))
            let submitted = try await api.post(
                "\(base)/moves", #"{"move":"submit","version":2,"text":"已发放帽子","files":["\#(id)"]}"#)
            #expect(submitted.status == .ok)
            #expect(try submitted.text("state") == "submitted")
            #expect(try submitted.text("files.0.id") == id)
            let bytes = try await api.get(try #require(try submitted.text("files.0.url")))
            #expect(bytes.bytes == Self.jpeg)
            // Named once: it is part of the case now.
            let again = try await api.post(
                "\(base)/moves", #"{"move":"comment","version":4,"text":"x","files":["\#(id)"]}"#)
            #expect(again.status == .unprocessableContent)
        }
        try await test.program(as: office) { api async throws in
            let passed = try await api.post("\(base)/moves", #"{"move":"pass","version":4,"method":"footage"}"#)
            #expect(try passed.text("state") == "reinspection")
            #expect(try passed.text("history.4.method") == "footage")
            #expect(try passed.text("history.4.by.name") == "office 先生")
        }
        #expect(try await test.supervision.cases.proofs().allSatisfy { $0.faults.isEmpty })
    }

    @Test func `a patrol opens a case, and mistakes in it are named`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor) { api async throws in
            let opened = try await api.post(
                "/api/v1/cases",
                #"{"patrol":{"camera":"\#(test.camera.id)","matter":"Raw beside cooked"},"grade":3,"note":"one board"}"#
            )
            #expect(opened.status == .created)
            #expect(try opened.text("matter") == "Raw beside cooked")
            #expect(try opened.member("patrol.live") as? Bool == true)
            for (json, member) in [
                (#"{"note":"x"}"#, "captures"), (#"{"captures":["nothing"]}"#, "captures"),
                (#"{"captures":["\#(test.capture.id)"],"grade":4}"#, "grade"),
                (#"{"captures":["\#(test.capture.id)"],"graed":1}"#, "graed"),
                (#"{"patrol":{"camera":"\#(test.camera.id)"}}"#, "matter"), (#"{"patrol":{}}"#, "camera"),
            ] {
                let refused = try await api.post("/api/v1/cases", json)
                #expect(refused.status == .badRequest, "\(json)")
                #expect(try refused.text("error.message")?.contains(member) == true, "\(json)")
            }
            // Another's capture is as unknown as one that nobody has.
            let unknown = try await api.post("/api/v1/cases", #"{"captures":["\#(CaptureID(at: test.time.now))"]}"#)
            #expect(unknown.status == .notFound)
        }
    }

    @Test func `who comes second gets the case as it is now`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.openedCaseID()
        let base = "/api/v1/cases/\(id)"
        try await test.program(as: test.supervisor) { api async throws in
            let seen = try await api.get(base)
            let tag = try #require(seen.headers[.eTag])
            #expect(tag.hasPrefix("\"1-"))
            let withdrawn = try await api.post("\(base)/moves", #"{"move":"withdraw","text":"误报"}"#, [.ifMatch: tag])
            #expect(withdrawn.status == .ok)
            #expect(withdrawn.headers[.eTag]?.hasPrefix("\"2-") == true)
            let second = try await api.post("\(base)/moves", #"{"move":"dispatch","version":1}"#)
            #expect(second.status == .conflict)
            #expect(try second.text("error.code") == "changed")
            #expect(try second.integer("error.version") == 2)
            #expect(try second.text("case.state") == "withdrawn")
            #expect(try second.text("case.history.1.text") == "误报")
            let tagged = try await api.post("\(base)/moves", #"{"move":"dispatch"}"#, [.ifMatch: tag])
            #expect(tagged.status == .preconditionFailed)
            #expect(try tagged.integer("case.version") == 2)
            for header in ["*", "W/\(tag)", "\"x\"", ""] {
                let blind = try await api.post("\(base)/moves", #"{"move":"dispatch"}"#, [.ifMatch: header])
                #expect(blind.status.code == 428, "\(header)")
            }
        }
        #expect(try await test.ledger(.caseDispatched).isEmpty)
    }

    @Test func `an act takes its own members and no others`() async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/cases/\(try await test.openedCaseID())/moves"
        try await test.program(as: test.supervisor) { api async throws in
            for (json, status) in [
                (#"{"move":"nothing","version":1}"#, 400), (#"{"version":1}"#, 400), (#"[]"#, 400), (#"{"#, 400),
                (#"{"move":"dispatch","version":"1"}"#, 400), (#"{"move":"dispatch","version":1.5}"#, 400),
                (#"{"move":"dispatch","version":1,"method":"onScreen"}"#, 400),
                (#"{"move":"dispatch","version":1,"files":[]}"#, 400),
                (#"{"move":"dispatch","version":1,"due":"soon"}"#, 400),
                (#"{"move":"transfer","version":1,"text":"x","office":7}"#, 400),
                (#"{"move":"dispatch","version":1,"due":"2001-01-01T08:00"}"#, 422),
                (#"{"move":"withdraw","version":1,"text":" "}"#, 422), (#"{"move":"pass","version":1}"#, 422),
                (#"{"move":"dispatch","version":99999999999999}"#, 409),
                (#"{"move":"acknowledge","version":1}"#, 403),
            ] {
                let refused = try await api.post(base, json)
                #expect(refused.status.code == status, "\(json): \(refused.text)")
            }
            let form = try await api.ask(.post, base, "move=dispatch", [.contentType: "text/plain"])
            #expect(form.status == .unsupportedMediaType)
        }
        #expect(try await test.ledger(.caseDispatched).isEmpty)
    }

    @Test func `files that are none, too many or unnamed are not kept`() async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/cases/\(try await test.openedCaseID())/files"
        try await test.program(as: test.supervisor) { api async throws in
            let none = try await api.send("page.html", Array("<script>alert(1)</script> and much more".utf8), to: base)
            #expect(none.status == .unsupportedMediaType)
            #expect(try await api.send("empty.jpg", [], to: base).status == .unprocessableContent)
            #expect(try await api.ask(.post, base, bytes: Self.jpeg).status == .badRequest)
            for number in 0..<Cases.mostUploads {
                #expect(try await api.send("\(number).jpg", Self.jpeg, to: base).status == .created)
            }
            #expect(try await api.send("more.jpg", Self.jpeg, to: base).status == .conflict)
        }
        #expect(test.attachmentCount == Cases.mostUploads)
        // What nobody named within a day goes when the next one comes.
        test.time.advance(by: .seconds(90_000))
        try await test.program(as: test.supervisor) { api async throws in
            #expect(try await api.send("new.jpg", Self.jpeg, to: base).status == .created)
        }
        #expect(test.attachmentCount == 1)
    }

    @Test func `another's upload can't be named`() async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/cases/\(try await test.openedCaseID())"
        try await test.program(as: test.supervisor) { api async throws in
            let id = try #require(try await api.send("a.jpg", Self.jpeg, to: "\(base)/files").text("id"))
            let json = #"{"move":"comment","version":1,"text":"see","files":["\#(id)"]}"#
            try await test.program(as: test.head) { other async throws in
                #expect(try await other.post("\(base)/moves", json).status == .unprocessableContent)
            }
            #expect(try await api.post("\(base)/moves", json).status == .ok)
        }
    }

    @Test func `a verdict is given once, and the second asker sees the first`() async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/captures/\(test.capture.id)"
        try await test.program(as: test.supervisor) { api async throws in
            let tag = try #require(try await api.get(base).headers[.eTag])
            #expect(try await api.post("\(base)/verdict", #"{"verdict":"confirmed"}"#).status.code == 428)
            let judged = try await api.post(
                "\(base)/verdict", #"{"verdict":"rejected","reason":"hatPresent"}"#, [.ifMatch: tag])
            #expect(judged.status == .ok)
            #expect(try judged.text("verdict.reason") == "hatPresent")
            let late = try await api.post("\(base)/verdict", #"{"verdict":"confirmed","seen":null}"#)
            #expect(late.status == .conflict)
            #expect(try late.text("capture.verdict.kind") == "rejected")
            let tagged = try await api.post("\(base)/verdict", #"{"verdict":"confirmed"}"#, [.ifMatch: tag])
            #expect(tagged.status == .preconditionFailed)
            let time = try #require(try judged.integer("verdict.time"))
            let changed = try await api.post("\(base)/verdict", #"{"verdict":"confirmed","seen":\#(time)}"#)
            #expect(try changed.text("verdict.kind") == "confirmed")
            for json in [
                #"{"verdict":"maybe","seen":1}"#, #"{"verdict":"rejected","seen":1}"#,
                #"{"verdict":"rejected","reason":"bored","seen":1}"#, #"{"verdict":"duplicate","of":"x","seen":1}"#,
            ] {
                #expect(try await api.post("\(base)/verdict", json).status == .badRequest, "\(json)")
            }
        }
    }
}

extension SiteUnderTest {
    /// Files of cases on the disk.
    var attachmentCount: Int {
        FileManager.default.enumerator(atPath: folder.file("attachments"))?
            .compactMap { $0 as? String }.filter { $0.contains(".") }.count ?? 0
    }
}
