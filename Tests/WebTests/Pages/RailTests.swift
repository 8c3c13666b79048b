import Domain
import Hummingbird
import HummingbirdTesting
import Testing

@testable import Web

/// The rail at the left: what belongs together stands together, and nobody is shown a door that is locked.
struct RailTests {
    @Test func `every item is in one group, in the order of the groups`() {
        let groups = Section.allCases.map(\.group)
        let order = Section.Group.allCases
        #expect(groups == groups.sorted { order.firstIndex(of: $0)! < order.firstIndex(of: $1)! })
        #expect(Set(groups) == Set(order))
    }

    @Test func `every item has a name in both languages and a picture`() throws {
        let resources = try Resources.bundled()
        let catalogues = try Catalogues(resources)
        let icons = String(decoding: try resources.bytes("static/icons.svg"), as: UTF8.self)
        for section in Section.allCases {
            for language in Language.allCases { #expect(catalogues[language].has("nav.\(section.rawValue)")) }
            #expect(icons.contains("id=\"\(section.rawValue)\""), "\(section)")
        }
        for group in Section.Group.allCases {
            for language in Language.allCases { #expect(catalogues[language].has("nav.group.\(group.rawValue)")) }
        }
    }

    @Test func `every item that a person is shown opens`() async throws {
        let test = try await SiteUnderTest()
        for account in [test.head, test.supervisor, test.administrator, try await test.township()] {
            try await test.visit(as: account) { browser async throws in
                let markup = Markup(try await browser.get("/kitchens").text)
                let shown = Section.allCases.filter { markup.links.contains($0.url.path) }
                #expect(shown.contains(.today) && shown.contains(.captures))
                for section in shown {
                    let answer = try await browser.get(section.url.path).status
                    // A signed-in school with one kitchen is led straight to it.
                    #expect(answer == .ok || answer == .seeOther, "\(account.person.account): \(section)")
                }
                for section in Section.allCases where !shown.contains(section) {
                    #expect(try await browser.get(section.url.path).status == .forbidden, "\(section)")
                }
            }
        }
    }
}
