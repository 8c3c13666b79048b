import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Store
@testable import Web

/// Two people have the same form open and save it one after the other.
struct StaleSaveTests {
    @Test(arguments: Engine.all, [false, true])
    func `the second to save a calendar is shown both, keeps the words, and may save again`(
        engine: Engine, isSchool: Bool
    ) async throws {
        try await withSite(on: engine) { test in
            let path = isSchool ? "/schools/\(test.school.id)/calendar" : "/calendar"
            let second = try await Session.begin("second", .supervisor, nil, test.supervision)
            @Sendable func form(_ term: String, _ start: String, seen: String) -> KeyValuePairs<String, String> {
                [
                    "ownCalendar": "on", "ownHours": "on", "term.name": term, "term.first": "2026-09-01",
                    "term.last": "2027-01-22", "weekday": "1", "start": start, "end": "19:00", "workday": "1",
                    "seen": seen,
                ]
            }
            let calendars = test.supervision.calendars
            let school = isSchool ? test.school.id : nil
            let seen = "\(try await calendars.sheet(of: school, for: .console).revision.number)"
            try await test.visit(as: test.supervisor) { browser async throws in
                #expect(Self.seen(in: try await browser.get(path).text) == seen)
                #expect(try await browser.post(path, form("秋季", "06:00", seen: seen)).status == .seeOther)
            }
            for language in [Language.simplifiedChinese, .english] {
                try await test.visit(as: second, language: language) { browser async throws in
                    let stale = try await browser.post(path, form("上<学期", "05:00", seen: seen))
                    #expect(stale.status == .conflict)
                    let text = stale.text
                    #expect(text.contains("inspector 先生") && text.contains("role=\"alert\""))
                    // Both versions, and what was typed in the form.
                    #expect(text.contains("秋季 2026-09-01–2027-01-22 → 上&lt;学期 2026-09-01–2027-01-22"))
                    #expect(text.contains("06:00–19:00 → 05:00–19:00"))
                    #expect(text.contains("value=\"上&lt;学期\"") && text.contains("value=\"05:00\""))
                    #expect(Markup(text).faults == [])
                }
            }
            #expect(try await calendars.sheet(of: school, for: .console).calendar.terms.map(\.name) == ["秋季"])
            #expect(try await test.ledger(.calendarChanged).count == 1)
            try await test.visit(as: second) { browser async throws in
                let stale = try await browser.post(path, form("上学期", "05:00", seen: seen))
                let now = try #require(Self.seen(in: stale.text))
                #expect(now != seen)
                #expect(try await browser.post(path, form("上学期", "05:00", seen: now)).status == .seeOther)
            }
            #expect(try await calendars.sheet(of: school, for: .console).calendar.terms.map(\.name) == ["上学期"])
        }
    }

    @Test(arguments: Engine.all)
    func `the second to save the rules is shown both, keeps the words, and may save again`(
        engine: Engine
    ) async throws {
        try await withSite(on: engine) { test in
            let second = try await Session.begin("second", .supervisor, nil, test.supervision)
            let seen = "\(try await test.supervision.policies.revision(for: .console).number)"
            try await test.visit(as: second) { browser async throws in
                #expect(Self.seen(in: try await browser.get("/rules").text) == seen)
            }
            let first = Self.strict
            try await test.supervision.policies.change(first, by: .person(test.supervisor.person))
            test.time.advance(by: .seconds(60))
            @Sendable func post(_ browser: Browser, seen: String, confirmed: Bool) async throws -> TestResponse {
                let body = PolicyPagesTests.form(["mostExtensions": "3"], confirmed: confirmed, seen: seen)
                return try await PolicyPagesTests.post(body, as: second, browser)
            }
            try await test.visit(as: second, language: .english) { browser async throws in
                // When it is looked over, and when it is confirmed.
                for isConfirmed in [false, true] {
                    let stale = try await post(browser, seen: seen, confirmed: isConfirmed)
                    #expect(stale.status == .conflict)
                    #expect(stale.text.contains("inspector 先生") && stale.text.contains("1 → 3"))
                    #expect(stale.text.contains("name=\"mostExtensions\" value=\"3\""))
                    #expect(Markup(stale.text).faults == [])
                }
                #expect(try await test.supervision.policies.current(for: .console) == first)
                let stale = try await post(browser, seen: seen, confirmed: true)
                let now = try #require(Self.seen(in: stale.text))
                let asked = try await post(browser, seen: now, confirmed: false)
                #expect(asked.status == .ok && Self.seen(in: asked.text) == now)
                #expect(try await post(browser, seen: now, confirmed: true).status == .seeOther)
            }
            #expect(try await test.supervision.policies.current(for: .console).mostExtensions == 3)
            #expect(try await test.ledger(.policyChanged).count == 2)
        }
    }

    @Test(arguments: Engine.all) func `of two who save at the very same time one is told`(engine: Engine) async throws {
        try await withSite(on: engine) { test in
            let calendars = test.supervision.calendars
            let seen = try await calendars.sheet(for: .console).revision.number
            let told = try await withThrowingTaskGroup(of: Bool.self) { group in
                for minute in 1...4 {
                    group.addTask {
                        do {
                            let hours = WorkingHours(startMinute: minute, endMinute: 1000, weekdays: [1])
                            try await calendars.change(nil, hours, seen: seen, by: .console)
                            return false
                        } catch SupervisionError.conflict(.changedMeanwhile) {
                            return true
                        }
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(told == 3)
            #expect(try await test.ledger(.calendarChanged).count == 1)
        }
    }

    private static let strict = {
        var policy = CasePolicy.standard
        policy.mostExtensions = 1
        return policy
    }()

    static func seen(in text: String) -> String? {
        text.firstMatch(of: /name="seen" value="(\d+)"/).map { String($0.1) }
    }
}
