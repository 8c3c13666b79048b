import Documents
import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct ReportPagesTests {
    /// The month of the tests is over, with a case and pictures analysed.
    private func site() async throws -> SiteUnderTest {
        let test = try await SiteUnderTest()
        _ = try await test.openedCase()
        for camera in [test.camera, test.otherCamera] {
            for day in 0..<25 {
                try await test.supervision.captures.count(
                    camera.id, hour: test.time.now - .seconds(day * 86_400), frames: 900, records: 70)
            }
        }
        test.time.advance(by: .seconds(30 * 86_400))
        try await test.supervision.insights.warmUp()
        return test
    }

    private static let name = "month-2026-11"

    /// Sessions of before are over by now.
    private func session(
        _ role: Role, _ school: SchoolID? = nil, _ test: SiteUnderTest
    ) async throws -> Session {
        try await .begin("report-\(role)-\(school.map { "\($0)".suffix(4) } ?? "")", role, school, test.supervision)
    }

    @Test(arguments: Language.allCases, ReportKind.allCases)
    func `each report says in words what its numbers are, on a page, on paper and in a spreadsheet`(
        language: Language, kind: ReportKind
    ) async throws {
        let test = try await site()
        let terms = [
            SchoolCalendar.Term("autumn", DaySpan(Day("2026-09-01")!, through: Day("2026-12-20")!))
        ]
        try await test.supervision.calendars.change(SchoolCalendar(terms: terms), .standard, by: .console)
        let name = try #require(
            ReportSpan.holding(Day("2026-11-22")!, kind, SchoolCalendar(terms: terms))
        ).name
        let supervisor = try await session(.supervisor, nil, test)
        try await test.visit(as: supervisor, language: language) { browser async throws in
            let page = try await browser.get("/reports/\(name)")
            #expect(page.status == .ok && Markup(page.text).faults == [])
            #expect(page.text.firstMatch(of: /report\.(?!css|pdf|xlsx|mustache)[a-zA-Z]/) == nil)
            #expect(page.text.firstMatch(of: /\{[a-z]+\}/) == nil)
            #expect(page.text.contains("实验小学 &lt;1&gt;"))
            let pdf = try await browser.get("/reports/\(name)/report.pdf")
            #expect(pdf.status == .ok && pdf.headers[.contentType] == "application/pdf")
            let path = test.folder.file("report.pdf")
            #expect(FileManager.default.createFile(atPath: path, contents: Data(pdf.body.readableBytesView)))
            let read = try await ChildProcess.run(["pdftotext", "-layout", path, "-"])
            let text = String(decoding: read.output, as: UTF8.self)
            #expect(read.ending.isSuccess && text.contains("实验小学 <1>") && text.contains("\(name)"))
            let book = try await browser.get("/reports/\(name)/report.xlsx")
            #expect(book.status == .ok)
            let sheet = try SheetReader().read(Array(book.body.readableBytesView))
            #expect(sheet.rows.count >= 10)
        }
    }

    @Test func `a school reads its own report and no other`() async throws {
        let test = try await site()
        try await test.visit(as: try await session(.school, test.school.id, test)) { browser async throws in
            let page = try await browser.get("/reports/\(Self.name)")
            #expect(page.status == .ok && page.text.contains("实验小学 &lt;1&gt;学校食堂监管月报"))
            #expect(!page.text.contains("第二中学") && !page.text.contains("定稿并存入账本"))
            #expect(try await browser.get("/report-schedules").status == .forbidden)
            for place in ["county", "school/\(test.otherSchool.id)", "nonsense", "school/x"] {
                for path in ["", "/report.pdf", "/report.xlsx"] {
                    #expect(
                        try await browser.get("/reports/\(Self.name)\(path)?place=\(place)").status == .notFound)
                }
                #expect(try await browser.get("/reports?place=\(place)").status == .notFound)
            }
            #expect(try await browser.post("/reports/\(Self.name)/finish").status == .forbidden)
            for name in ["month-2099-01", "week-2026-W54", "year-2026"] {
                #expect(try await browser.get("/reports/\(name)").status == .notFound)
            }
        }
    }

    @Test func `a report is finished, and its document can be proved`() async throws {
        let test = try await site()
        let supervisor = try await session(.supervisor, nil, test)
        try await test.visit(as: supervisor) { browser async throws in
            let done = try await browser.post("/reports/\(Self.name)/finish")
            #expect(done.status == .seeOther && done.location == "/reports/\(Self.name)?done=1")
            let page = try await browser.get("/reports/\(Self.name)?done=1").text
            let issue = try #require(try await test.ledger(.reportIssued).first)
            let hash = try #require(issue.payload.firstMatch(of: /"sha256":"([0-9a-f]{64})"/)?.1)
            #expect(page.contains("与账本一致") && page.contains(hash) && page.contains("已定稿"))
            let address = try #require(page.firstMatch(of: /href="(\/report-issues\/[^"]*)"/)?.1)
            let document = try await browser.get(String(address))
            #expect(document.status == .ok && document.text.hasPrefix("%PDF"))
            #expect(try await browser.get("/reports").text.contains("已定稿 1 次"))
            // While it goes on it can't be finished.
            let running = try await browser.post("/reports/month-2026-12/finish")
            #expect(running.status == .unprocessableContent)
            let head = try await session(.school, test.school.id, test)
            try await test.visit(as: head) { browser async throws in
                #expect(try await browser.get(String(address)).status == .notFound)
            }
        }
    }

    @Test func `a schedule is added, stopped and removed, and its letter brings the document`() async throws {
        let test = try await site()
        let supervisor = try await session(.supervisor, nil, test)
        _ = try await test.supervision.channels.add(
            ChannelDraft(
                owner: .body(.school(test.school.id)), kind: .mail, name: "Mail", address: Secret("a@example.org")),
            by: .console)
        try await test.visit(as: supervisor) { browser async throws in
            func add(_ place: String) async throws -> TestResponse {
                try await browser.post(
                    "/report-schedules",
                    [
                        "kind": "week", "place": place, "receiver": "school/\(test.school.id)",
                        "language": "zh-Hans", "delay": "0", "time": "07:30",
                    ])
            }
            let refused = try await add("county")
            #expect(refused.status == .unprocessableContent && Markup(refused.text).faults == [])
            #expect(try await add("school/\(test.school.id)").status == .seeOther)
            let page = try await browser.get("/report-schedules").text
            let remove = try #require(page.firstMatch(of: /action="(\/report-schedules\/[^"]*\/remove)"/)?.1)
            #expect(page.contains("周结束后第 1 天 07:30") && page.contains("停发"))
            let stop = String(remove).replacing("/remove", with: "/enabled")
            #expect(try await browser.post(stop, [:]).status == .seeOther)
            #expect(try await browser.get("/report-schedules").text.contains("启用"))
            #expect(try await browser.post(stop, ["enabled": "1"]).status == .seeOther)
            test.time.advance(by: .seconds(7 * 86_400))
            let due = try #require(try await test.supervision.reports.due().first)
            let document = try await test.site.document(of: due)
            let issue = try #require(try await test.supervision.reports.send(due, document: document))
            let message = try await test.site.message(for: issue, document: document)
            #expect(message.subject.hasPrefix("实验小学 <1>学校食堂监管周报") && message.attachments.count == 1)
            #expect(message.attachments[0].bytes == document && document.starts(with: Array("%PDF".utf8)))
            #expect(message.attachments[0].name.hasSuffix(".pdf"))
            let delivery = try await test.supervision.deliveries.claim(limit: 9)
            #expect(delivery.count == 1)
            let administrator = try await session(.administrator, nil, test)
            try await test.visit(as: administrator) { browser async throws in
                let log = try await browser.get("/deliveries").text
                #expect(try await browser.post(String(remove), [:]).status == .seeOther)
                #expect(try await browser.get("/report-schedules").text.contains("还没有定期报告"))
                #expect(log.contains("周报") && log.contains("/report-issues/\(issue.id)") && Markup(log).faults == [])
            }
        }
    }

    @Test func `programs are answered as the document says`() async throws {
        let test = try await site()
        try await test.program(as: try await session(.supervisor, nil, test)) { api async throws in
            for path in ["/reports", "/reports/\(Self.name)", "/reports?place=school/\(test.school.id)"] {
                #expect(try await api.get("/api/v1" + path).status == .ok, "\(path)")
            }
            for format in ["pdf", "xlsx"] {
                #expect(try await api.get("/api/v1/reports/\(Self.name)/report.\(format)").status == .ok)
            }
            #expect(try await api.get("/api/v1/reports/month-2099-01").status == .notFound)
        }
    }
}
