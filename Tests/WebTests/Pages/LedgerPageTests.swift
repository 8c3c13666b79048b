import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct LedgerPageTests {
    @Test func `entries can be narrowed by act, person and day, in either language`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            _ = try await browser.post("/schools", ["name": "Narrow Street School"])
            let all = try await browser.get("/ledger").text
            #expect(all.contains("Added a school") && all.contains("Added a camera"))
            let one = try await browser.get("/ledger?act=school.added&person=\(test.administrator.person.id)").text
            #expect(one.contains("Narrow Street School"))
            #expect(!one.contains("<td data-label=\"Act\">Added a camera</td>"))
            #expect(try await browser.get("/ledger?from=2026-11-24").text.contains("No entries match"))
            #expect(try await browser.get("/ledger?to=2026-11-23").text.contains("Narrow Street School"))
            for bad in ["act=nothing", "from=2026-11-24&to=2026-11-20", "before=x", "from=yesterday"] {
                #expect(try await browser.get("/ledger?\(bad)").status == .badRequest, "\(bad)")
            }
        }
    }

    @Test func `pages follow one another to the first entry, each once`() async throws {
        let test = try await SiteUnderTest()
        for number in 0..<120 { try await test.supervision.places.addSchool("S\(number)", by: .console) }
        try await test.visit(as: test.supervisor) { browser async throws in
            var seen: [String] = []
            var path: String? = "/ledger"
            while let next = path {
                let html = try await browser.get(next).text
                seen += html.split(separator: "title=\"SHA-256 ").dropFirst().map { String($0.prefix(64)) }
                path = Markup(html).links.first { $0.hasPrefix("/ledger?") && $0.contains("before=") }
            }
            let entries = try await test.supervision.ledger.page(limit: 1000, for: .console)
            #expect(seen.count == entries.count)
            #expect(Set(seen).count == seen.count)
        }
    }

    @Test func `the file holds every entry with its payload and hash`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            let response = try await browser.get("/ledger.csv")
            let entries = try await test.supervision.ledger.page(limit: 1000, for: .console)
            #expect(response.text.split(separator: "\r\n").count == entries.count + 1)
            #expect(response.headers[.contentDisposition]?.contains("filename*=UTF-8''") == true)
            #expect(response.text.contains("添加学校"))
            #expect(!response.text.contains(SiteUnderTest.secretPassword))
        }
    }

    @Test func `every act, every reason and every change has words in both languages`() throws {
        let catalogues = try Catalogues(Resources.bundled())
        for language in Language.allCases {
            let words = catalogues[language]
            for act in LedgerAct.allCases { #expect(words.has("act.\(act.rawValue)")) }
            for kind in SourceFailure.Kind.allCases {
                #expect(words.has("failure.\(kind.rawValue).what") && words.has("failure.\(kind.rawValue).advice"))
            }
            for reason in RecordingGap.Reason.allCases { #expect(words.has("gap.\(reason.rawValue)")) }
            for kind in Area.Kind.allCases { #expect(words.has("area.\(kind.rawValue)")) }
            for role in Role.allCases { #expect(words.has("role.\(role.rawValue)")) }
        }
    }
}
