import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct InsightPagesTests {
    @Test(arguments: InsightView.allCases)
    func `each view answers in words, as a table and as a file`(view: InsightView) async throws {
        let test = try await SiteUnderTest()
        _ = try await test.openedCase()
        try await test.site.supervision.insights.warmUp()
        try await test.visit(as: test.supervisor) { browser async throws in
            let page = try await browser.get(SiteURL.insight(view).path)
            #expect(page.status == .ok && Markup(page.text).faults == [])
            #expect(page.text.contains("class=\"finding\"") && page.text.firstMatch(of: /insight\.(?!css)/) == nil)
            let csv = try await browser.get(SiteURL.insightTable(view, .csv).path)
            #expect(csv.status == .ok && csv.text.split(separator: "\r\n").count >= 2)
            let sheet = try await browser.get(SiteURL.insightTable(view, .xlsx).path)
            #expect(sheet.status == .ok)
        }
    }

    @Test func `what can't be asked is refused, and a guessed place is not there`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            for (query, status) in [
                ("place=school/0190a0b0-0000-7000-8000-000000000000", HTTPResponse.Status.notFound),
                ("place=nonsense", .notFound), ("from=2026-11-10&to=2026-11-01", .badRequest),
                ("from=1000-01-01&to=2026-11-01", .badRequest), ("item=nonsense&area=nonsense", .ok),
            ] {
                #expect(try await browser.get("/insight?\(query)").status == status, "\(query)")
            }
        }
    }

    @Test func `a patrol is walked through, noted and taken back`() async throws {
        let test = try await SiteUnderTest()
        try await test.site.supervision.insights.warmUp()
        test.time.advance(by: .seconds(2 * 86_400))
        let supervisor = try await Session.begin("patrol", .supervisor, nil, test.supervision)
        try await test.visit(as: supervisor) { browser async throws in
            let page = try await browser.get("/patrol").text
            #expect(Markup(page).faults == [] && page.firstMatch(of: /patrol\.(?!css|js)/) == nil)
            let action = try #require(page.firstMatch(of: /action="(\/patrol\/[^"]*)"/)?.1)
            _ = try await browser.post(String(action), ["note": "<地面有水>"])
            let after = try await browser.get("/patrol").text
            #expect(after.contains("&lt;地面有水&gt;"))
            let back = try #require(after.firstMatch(of: /action="(\/patrol\/looks\/[^"]*)"/)?.1)
            _ = try await browser.post(String(back), [:])
            #expect(try await !browser.get("/patrol").text.contains("地面有水"))
        }
    }
}
