import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct CalendarPagesTests {
    @Test func `the county's calendar is typed in, shown as a picture, and a cleared row is removed`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            let saved = try await browser.post(
                "/calendar",
                [
                    "term.name": "秋季", "term.first": "2026-09-01", "term.last": "2027-01-22", "term.name": "",
                    "term.first": "", "term.last": "", "holiday.name": "<国庆>", "holiday.first": "2026-10-01",
                    "holiday.last": "2026-10-07", "makeUpDays": "2026-10-10", "weekday": "1", "weekday": "2",
                    "weekday": "3", "weekday": "4", "weekday": "5", "start": "06:00", "end": "19:00", "workday": "1",
                ])
            #expect(saved.status == .seeOther)
            let page = try await browser.get("/calendar?year=2026").text
            #expect(page.contains("title=\"2026-10-01 &lt;国庆&gt;\""))
            #expect(page.contains("day makeup") && page.contains("2026-10-10 调休上课"))
            #expect(page.contains("value=\"06:00\""))
            #expect(Markup(page).faults == [])
            let removed = try await browser.post(
                "/calendar",
                [
                    "seen": try #require(StaleSaveTests.seen(in: page)),
                    "holiday.name": "", "holiday.first": "", "holiday.last": "", "weekday": "1", "start": "06:00",
                    "end": "19:00", "workday": "1",
                ])
            #expect(removed.status == .seeOther)
            #expect(!(try await browser.get("/calendar?year=2026").text.contains("&lt;国庆")))
        }
        #expect(try await test.ledger(.calendarChanged).count == 2)
    }

    @Test(arguments: [
        ["term.name": "a", "term.first": "2026-09-01", "term.last": "2026-08-01"],
        ["term.name": "a", "term.first": "soon", "term.last": "2026-08-01"],
        ["holiday.name": "", "holiday.first": "2026-08-01", "holiday.last": "2026-08-01"],
        ["makeUpDays": "2026-02-30"], ["end": "25:00"],
    ])
    func `what can't be taken comes back with the input kept`(wrong: [String: String]) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            var fields = ["weekday": "1", "start": "06:00", "end": "19:00", "workday": "1"]
            for (name, value) in wrong { fields[name] = value }
            let body = fields.map { "\($0.key)=\($0.value.percentEncoded)" }.joined(separator: "&")
            let token = FormToken.text(for: test.supervisor.token)
            let response = try await browser.client.execute(
                uri: "/calendar", method: .post,
                headers: [
                    .contentType: "application/x-www-form-urlencoded", .acceptLanguage: "en",
                    .cookie: "\(SessionCookie.name)=\(test.supervisor.token.reveal())",
                ], body: .init(string: "\(body)&\(FormToken.field)=\(token)"))
            #expect(response.status == .unprocessableContent)
            let text = response.text
            #expect(text.contains("role=\"alert\""))
            for value in wrong.values { #expect(text.contains(value)) }
        }
        #expect(try await test.ledger(.calendarChanged).isEmpty)
    }

    @Test func `a school's own hours stand beside the county's calendar`() async throws {
        let test = try await SiteUnderTest()
        let path = "/schools/\(test.school.id)/calendar"
        try await test.visit(as: test.supervisor) { browser async throws in
            let saved = try await browser.post(
                path, ["ownHours": "on", "start": "07:00", "end": "13:30", "workday": "1", "workday": "2"])
            #expect(saved.location?.hasPrefix(path) == true)
            #expect(try await browser.get(path).text.contains("value=\"13:30\""))
            #expect(try await browser.get("/calendar").text.contains(path))
        }
        let sheet = try await test.supervision.calendars.sheet(of: test.school.id, for: .console)
        #expect(sheet.own == nil && sheet.ownHours?.endMinute == 810)
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get(path).status == .forbidden)
            let other = "/schools/\(test.otherSchool.id)/calendar"
            #expect(try await browser.get(other).status == .notFound)
        }
    }
}

struct PolicyPagesTests {
    /// The form as the page gives it, with some fields changed.
    static func form(
        _ change: [String: String], confirmed: Bool = false, seen: String = "0"
    ) -> String {
        let form = PolicyForm(.standard)
        var pairs: [(String, String)] = []
        for grade in Grade.allCases {
            for clock in PolicyForm.clocks {
                let allowance = form.grades[grade]?.allowances[clock]
                pairs.append(("\(grade.rawValue).\(clock.rawValue).amount", allowance?.amount ?? ""))
                pairs.append(("\(grade.rawValue).\(clock.rawValue).unit", allowance?.unit ?? ""))
            }
            for step in form.grades[grade]?.ladder ?? [] {
                pairs.append(("\(grade.rawValue).step.clock", step.clock))
                pairs.append(("\(grade.rawValue).step.hours", step.hours))
                pairs.append(("\(grade.rawValue).step.measure", step.measure))
            }
        }
        pairs += [
            ("reinspectionDays", form.reinspectionDays), ("reinspectionWindow", form.reinspectionWindow),
            ("recurrenceDays", form.recurrenceDays), ("mostExtensions", form.mostExtensions), ("validFrom", ""),
        ]
        pairs += zip(PolicyForm.ratingFields, form.rating).map { ("rating.\($0.name)", $1) }
        pairs.append(("seen", seen))
        if confirmed { pairs.append(("confirmed", "1")) }
        return pairs.map { "\($0.0)=\((change[$0.0] ?? $0.1).percentEncoded)" }.joined(separator: "&")
    }

    private static func post(_ body: String, _ test: SiteUnderTest, _ browser: Browser) async throws -> TestResponse {
        try await post(body, as: test.supervisor, browser)
    }

    static func post(_ body: String, as session: Session, _ browser: Browser) async throws -> TestResponse {
        try await browser.client.execute(
            uri: "/rules", method: .post,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .acceptLanguage: "en",
                .cookie: "\(SessionCookie.name)=\(session.token.reveal())",
            ], body: .init(string: "\(body)&\(FormToken.field)=\(FormToken.text(for: session.token))"))
    }

    @Test func `changes are told before they are kept, and stand in the history`() async throws {
        let test = try await SiteUnderTest()
        let change = ["2.rectify.amount": "5", "mostExtensions": "1", "rating.two": "4"]
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            let asked = try await Self.post(Self.form(change), test, browser)
            #expect(asked.status == .ok)
            #expect(asked.text.contains("3 school days → 5 school days") && asked.text.contains("2 → 1"))
            #expect(asked.text.contains("grade II case: 6 → 4"))
            #expect(asked.text.contains("name=\"2.rectify.amount\" value=\"5\""))
            #expect(Markup(asked.text).faults == [])
            #expect(try await test.ledger(.policyChanged).isEmpty)
            let done = try await Self.post(Self.form(change, confirmed: true), test, browser)
            #expect(done.location == "/rules?saved=1")
            let page = try await browser.get("/rules").text
            #expect(page.contains("3 school days → 5 school days") && page.contains("inspector 先生"))
            let seen = try #require(StaleSaveTests.seen(in: page))
            let same = try await Self.post(Self.form(change, seen: seen), test, browser)
            #expect(same.status == .unprocessableContent)
        }
        #expect(try await test.supervision.policies.current(for: .console).two.rectify == .schoolDays(5))
    }

    @Test(arguments: [
        (["1.dispatch.amount": "0"], "from 1 to 10000"), (["reinspectionDays": "30, 7"], "each larger"),
        (["recurrenceDays": "366"], "from 0 to 365"), (["3.review.unit": "years"], "choose a unit"),
        (["validFrom": "2020-01-01T00:00"], "in the past"), (["1.step.hours": "soon"], "each step needs"),
        (["rating.two": "101"], "from 0 to 100"), (["rating.b": "90"], "fewer points than an A"),
    ])
    func `what is wrong is told by its place`(change: [String: String], words: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            let response = try await Self.post(Self.form(change, confirmed: true), test, browser)
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains(words))
        }
        #expect(try await test.ledger(.policyChanged).isEmpty)
    }
}
