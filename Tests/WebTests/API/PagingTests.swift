import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct PagingTests {
    /// Forty cases, opened one after the other.
    private static func fill(_ test: SiteUnderTest) async throws -> [CaseID] {
        var all: [CaseID] = []
        for number in 0..<40 {
            test.time.advance(by: .seconds(number % 3 == 0 ? 0 : 7))
            let patrol = CaseOpening.Patrol(camera: test.camera.id, time: test.time.now, isLive: true)
            let draft = CaseDraft(.patrol(patrol, .other("matter \(number)"), .two))
            all.append(try await test.supervision.cases.open(draft, by: .person(test.supervisor.person)).id)
        }
        return all
    }

    @Test(arguments: ["", "sort=opened", "sort=oldest", "sort=due", "q=matter&grade=2"])
    func `pages of any size hold each case once`(query: String) async throws {
        let test = try await SiteUnderTest()
        let all = Set(try await Self.fill(test).map { "\($0)" })
        try await test.program(as: test.supervisor) { api async throws in
            var orders: [[String]] = []
            for limit in [1, 7, 40, 500] {
                var seen: [String] = []
                var cursor: String? = ""
                while let next = cursor {
                    let uri = "/api/v1/cases?\(query)&limit=\(limit)" + (next.isEmpty ? "" : "&cursor=\(next)")
                    let page = try await api.get(uri)
                    #expect(try page.integer("count") == 40)
                    seen += try page.list("cases").indices.compactMap { try page.text("cases.\($0).id") }
                    cursor = try page.text("next")
                }
                #expect(seen.count == 40 && Set(seen) == all, "\(limit)")
                orders.append(seen)
            }
            #expect(Set(orders).count == 1)
        }
    }

    @Test func `a case that changes between two pages is not listed twice`() async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.fill(test)
        try await test.program(as: test.supervisor) { api async throws in
            let first = try await api.get("/api/v1/cases?limit=10")
            let last = try #require(CaseID(try first.text("cases.9.id") ?? ""))
            test.time.advance(by: .seconds(60))
            _ = try await test.supervision.cases.act(
                .comment("moves to the top"), on: last, seen: 1, by: .person(test.supervisor.person))
            let second = try await api.get("/api/v1/cases?limit=500&cursor=\(try #require(try first.text("next")))")
            #expect(try second.list("cases").count == 30)
        }
    }

    @Test func `captures are paged by cursor, and by capture as before`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor) { api async throws in
            let first = try await api.get("/api/v1/captures?limit=1")
            #expect(try first.text("captures.0.id") == "\(test.otherCapture.id)")
            let next = try #require(try first.text("next"))
            for uri in ["cursor=\(next)", "after=\(next)", "after=\(test.otherCapture.id)"] {
                let second = try await api.get("/api/v1/captures?limit=1&\(uri)")
                #expect(try second.text("captures.0.id") == "\(test.capture.id)", "\(uri)")
                #expect(try second.text("next") == nil)
            }
        }
    }

    @Test(arguments: 0..<4) func `a cursor that was tampered with is refused`(seed: Int) async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.fill(test)
        try await test.program(as: test.supervisor) { api async throws in
            let cases = try #require(try await api.get("/api/v1/cases?limit=3").text("next"))
            let captures = try #require(try await api.get("/api/v1/captures?limit=1").text("next"))
            // Of another list, or with other filters.
            #expect(try await api.get("/api/v1/cases?cursor=\(captures)").status == .badRequest)
            #expect(try await api.get("/api/v1/news?cursor=\(cases)").status == .badRequest)
            #expect(try await api.get("/api/v1/cases?sort=due&cursor=\(cases)").status == .badRequest)
            #expect(try await api.get("/api/v1/captures?item=noHat&cursor=\(captures)").status == .badRequest)
            var random = SeededGenerator(seed: UInt64(seed))
            let alphabet = Array("ABCDEFGHabcdefgh0123456789-_=%!".utf8)
            for _ in 0..<150 {
                let isCase = Bool.random(using: &random)
                let whole = isCase ? cases : captures
                var bytes = Array(whole.utf8)
                for _ in 0..<Int.random(in: 1...3, using: &random) {
                    let place = Int.random(in: 0..<bytes.count, using: &random)
                    switch Int.random(in: 0..<3, using: &random) {
                    case 0: bytes[place] = alphabet.randomElement(using: &random)!
                    case 1: bytes.removeSubrange(place...)
                    default: bytes.insert(alphabet.randomElement(using: &random)!, at: place)
                    }
                    if bytes.isEmpty { bytes = [65] }
                }
                let text = String(decoding: bytes, as: UTF8.self)
                guard text != whole else { continue }
                let answer = try await api.get(
                    "/api/v1/\(isCase ? "cases" : "captures")?cursor=\(text.percentEncoded)")
                #expect(answer.status == .badRequest, "\(text)")
            }
        }
    }

    @Test func `what the asker has already is not sent again`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.openedCaseID()
        try await test.program(as: test.supervisor) { api async throws in
            for uri in [
                "/api/v1/cases", "/api/v1/cases/\(id)", "/api/v1/captures", "/api/v1/captures/\(test.capture.id)",
                "/api/v1/news", "/api/v1/cameras", "/api/v1/openapi.json",
            ] {
                let first = try await api.get(uri)
                let tag = try #require(first.headers[.eTag], "\(uri)")
                for header in [tag, "W/\(tag)", "\"other\", \(tag)", "*"] {
                    let again = try await api.get(uri, [.ifNoneMatch: header])
                    #expect(again.status == .notModified, "\(uri) \(header)")
                    #expect(again.bytes.isEmpty)
                    #expect(again.headers[.eTag] == tag)
                }
                #expect(try await api.get(uri, [.ifNoneMatch: "\"other\""]).status == .ok)
                // Texts are in the asker's language.
                if uri.hasSuffix("cases") {
                    let english = try await api.get(uri, [.ifNoneMatch: tag, .acceptLanguage: "en"])
                    #expect(english.status == .ok)
                }
            }
            let tag = try #require(try await api.get("/api/v1/cases").headers[.eTag])
            _ = try await api.post("/api/v1/cases/\(id)/moves", #"{"move":"comment","version":1,"text":"new"}"#)
            test.time.advance(by: .seconds(1))
            #expect(try await api.get("/api/v1/cases", [.ifNoneMatch: tag]).status == .ok)
        }
    }
}
