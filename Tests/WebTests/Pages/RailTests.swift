import Domain
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

/// The rail at the left: each place is in one item, and nobody is shown a door that is locked.
struct RailTests {
    @Test func `every place is in one item of the rail`() {
        #expect(
            RailItem.allCases.flatMap(\.sections).map(\.rawValue).sorted() == Section.allCases.map(\.rawValue).sorted())
    }

    @Test func `every item and every place has a name in both languages, and every item a picture`() throws {
        let resources = try Resources.bundled()
        let catalogues = try Catalogues(resources)
        let icons = String(decoding: try resources.bytes("static/icons.svg"), as: UTF8.self)
        for language in Language.allCases {
            for section in Section.allCases { #expect(catalogues[language].has("nav.\(section.rawValue)")) }
            for item in RailItem.allCases {
                #expect(catalogues[language].has(item.labelKey(for: nil)))
                #expect(catalogues[language].has(item.labelKey(for: .school)))
            }
        }
        for item in RailItem.allCases { #expect(icons.contains("id=\"\(item.rawValue)\""), "\(item)") }
    }

    @Test func `every place that a person is shown opens`() async throws {
        let test = try await SiteUnderTest()
        for account in [test.head, test.supervisor, test.administrator, try await test.township()] {
            try await test.visit(as: account) { browser async throws in
                let rail = Markup(try await browser.get("/account").text).links
                var shown: [Section] = []
                for item in RailItem.allCases {
                    guard let first = item.sections.first(where: { rail.contains($0.url.path) }) else { continue }
                    var answer = try await browser.get(first.url.path)
                    // A signed-in school with one kitchen is led straight to it.
                    while answer.status == .seeOther, let next = answer.headers[.location] {
                        answer = try await browser.get(next)
                    }
                    let links = Markup(answer.text).links
                    shown += item.sections.filter { $0 == first || links.contains($0.url.path) }
                }
                #expect(shown.contains(.today) && shown.contains(.captures))
                for section in shown {
                    let answer = try await browser.get(section.url.path).status
                    #expect(answer == .ok || answer == .seeOther, "\(account.person.account): \(section)")
                }
                for section in Section.allCases where !shown.contains(section) {
                    #expect(try await browser.get(section.url.path).status == .forbidden, "\(section)")
                }
            }
        }
    }
}
