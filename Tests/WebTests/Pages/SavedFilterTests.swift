import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import Testing

@testable import Web

struct SavedFilterTests {
    @Test(arguments: [
        ("/captures", "captures", "item=noHat&judged=waiting"), ("/cases", "cases", "stage=overdue&grade=2"),
    ])
    func `a filter in force is kept under a name, opened again and taken away`(
        page: String, list: String, query: String
    ) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(!(try await browser.get(page).text.contains("name=\"query\"")), "nothing is in force")
            let text = try await browser.get("\(page)?\(query)").text
            #expect(Markup(text).faults == [])
            let offered = try #require(text.firstMatch(of: /name="query" value="([^"]*)"/)?.1)
            let saved = try await browser.post(
                "/filters",
                [
                    "list": list, "query": String(offered).replacing("&amp;", with: "&"), "name": "我的 <1>",
                    "shared": "1",
                ])
            let back = try #require(saved.location)
            #expect(back.hasPrefix(page))
            let shown = try await browser.get(back).text
            #expect(Markup(shown).faults == [])
            #expect(shown.contains("我的 &lt;1&gt;") && shown.contains("aria-current=\"true\""))
            let address = try #require(
                Markup(try await browser.get(page).text).links.first { $0.hasPrefix("\(page)?") && $0.contains("=") })
            #expect(try await browser.get(address).status == .ok)
            let removal = try #require(shown.firstMatch(of: /action="(\/filters\/[^"]*\/remove)"/)?.1)
            let gone = try await browser.post(String(removal), ["list": list, "query": query])
            #expect(gone.location?.hasPrefix("\(page)?") == true)
            #expect(!(try await browser.get(page).text.contains("我的 &lt;1&gt;")))
        }
    }

    @Test func `what is no parameter of the list is not kept, and no address leads away`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            _ = try await browser.post(
                "/filters",
                ["list": "captures", "name": "x", "query": "item=noHat&next=https://evil.example"])
            let filters = try await test.supervision.savedFilters.list(.captures, for: .person(test.supervisor.person))
            #expect(filters.map(\.terms) == [[SavedFilter.Term("item", "noHat")]])
            let nonsense = try await browser.post("/filters", ["list": "captures", "name": "y", "query": "item=bear"])
            #expect(nonsense.status == .badRequest)
            let empty = try await browser.post("/filters", ["list": "captures", "name": "y", "query": ""])
            #expect(empty.location == "/captures?unsaved=name")
        }
    }
}
