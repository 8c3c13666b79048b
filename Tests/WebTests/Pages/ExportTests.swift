import Documents
import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

/// Every list leaves as text and as a spreadsheet, and both hold what the page shows.
struct ExportTests {
    private static let lists = ["/cameras", "/captures", "/cases", "/ledger", "/viewings"]

    private func site() async throws -> SiteUnderTest {
        let test = try await SiteUnderTest()
        _ = try await test.openedCase()
        for number in 0..<3 {
            try await test.supervision.footage.noteExport(
                of: test.camera.id, span: TimeSpan(start: test.time.now, duration: .seconds(60)),
                purpose: "=1+\(number)", reason: ViewingReason(.inspection), by: .person(test.supervisor.person))
        }
        return test
    }

    @Test(arguments: lists)
    func `a list's spreadsheet has the rows and headings of its text`(list: String) async throws {
        let test = try await site()
        try await test.visit(as: test.supervisor) { browser async throws in
            let text = try await browser.get("\(list).csv")
            let sheet = try await browser.get("\(list).xlsx")
            #expect(text.headers[.contentType]?.hasPrefix("text/csv") == true)
            #expect(sheet.headers[.contentType]?.contains("spreadsheetml") == true)
            let csv = try SheetReader().read(text.bytes)
            let xlsx = try SheetReader().read(sheet.bytes)
            #expect(csv.rows.count > 1)
            #expect(csv.rows.count == xlsx.rows.count)
            #expect(csv.rows.first?.cells.map(\.text) == xlsx.rows.first?.cells.map(\.text))
            // The first column that has a value everywhere: the key of the list.
            #expect(csv.rows.dropFirst().map { $0[1]?.text } == xlsx.rows.dropFirst().map { $0[1]?.text })
        }
    }

    @Test(arguments: lists)
    func `a list's page offers both files`(list: String) async throws {
        let test = try await site()
        try await test.visit(as: test.supervisor) { browser async throws in
            let links = Markup(try await browser.get(list).text).links
            for ending in ["csv", "xlsx"] {
                #expect(links.contains { $0.prefix { $0 != "?" } == "\(list).\(ending)" }, "\(ending)")
            }
        }
    }

    @Test func `a file keeps the selection of the page it was taken from`() async throws {
        let test = try await site()
        try await test.visit(as: test.supervisor) { browser async throws in
            let page = try await browser.get("/ledger?act=case.opened").text
            let link = try #require(Markup(page).links.first { $0.hasPrefix("/ledger.xlsx") })
            let sheet = try SheetReader().read(try await browser.get(link).bytes)
            #expect(sheet.rows.count == 2)
        }
    }

    @Test func `a note that looks like a formula stays a note in both files`() async throws {
        let test = try await site()
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get("/viewings.csv").text.contains("'=1+2"))
            let sheet = try SheetReader().read(try await browser.get("/viewings.xlsx").bytes)
            #expect(sheet.rows.contains { row in row.cells.contains { $0.value == .text("=1+2") } })
        }
    }

    @Test(arguments: lists)
    func `who may not open a list gets none of its files`(list: String) async throws {
        let test = try await site()
        try await test.visit(as: test.head) { browser async throws in
            let page = try await browser.get(list).status
            for ending in ["csv", "xlsx"] {
                #expect(try await browser.get("\(list).\(ending)").status == page)
            }
        }
    }

    @Test(arguments: ["cases", "captures"], ["csv", "xlsx"])
    func `a program gets the same file with its token`(list: String, ending: String) async throws {
        let test = try await site()
        try await test.visit(as: test.supervisor) { browser async throws in
            let page = try await browser.get("/\(list).\(ending)").bytes
            let file = try await browser.get("/api/v1/\(list).\(ending)").bytes
            #expect(try SheetReader().read(file).rows.count == SheetReader().read(page).rows.count)
        }
    }
}
