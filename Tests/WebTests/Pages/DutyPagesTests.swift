import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct DutyPagesTests {
    /// A Wednesday at seven in the morning, duties count since the day before.
    private static func site() async throws -> (test: SiteUnderTest, day: Day, head: Session) {
        let test = try await SiteUnderTest()
        let today = Day(of: test.time.now, in: .shanghai)
        let day = today + (10 - today.weekday)
        test.time.advance(by: day.time(minute: 420, in: .shanghai) - test.time.now)
        try await test.supervision.duties.change(.standard, from: day - 1, by: .console)
        return (test, day, try await Session.begin("cook", .school, test.school.id, test.supervision))
    }

    private static func forms(_ day: Day) -> [(duty: SchoolDuty, fields: KeyValuePairs<String, String>)] {
        [
            (
                .morningHealthCheck,
                [
                    "name_0": "张三", "fit": "0", "temperature_0": "36.5", "name_1": "李<四>", "symptom_1": "腹泻",
                    "name_2": "",
                ]
            ),
            (
                .sampleRetention,
                [
                    "dish_0": "米饭", "grams_0": "125", "dish_1": "", "grams_1": "125", "taken": "\(day)T06:30",
                    "until": "\(day + 2)T06:30", "fridge": "4.5",
                ]
            ),
            (.accompaniedMeal, ["companion": "王校长", "parents": "2", "quality": "good", "remark": ""]),
            (.disinfection, ["method": "steam", "strength": "100", "minutes": "15", "items": "餐盘"]),
            (
                .dailyControl,
                [
                    "ok": "staffHealth", "ok": "clothing", "ok": "delivery", "ok": "storage", "ok": "processing",
                    "ok": "cooling", "ok": "utensils", "ok": "premises", "ok": "waste", "what_pests": "挡鼠板松动",
                    "remedy_pests": "已加固",
                ]
            ),
        ]
    }

    private static func address(_ duty: SchoolDuty, _ day: Day, _ test: SiteUnderTest) -> String {
        DutySlot(duty, period: duty.period(of: day), meal: duty.rhythm == .meal ? .lunch : nil)!
            .address(at: test.school.id)
    }

    @Test(arguments: Language.allCases) func `a school does its day`(language: Language) async throws {
        let (test, day, head) = try await Self.site()
        try await test.visit(as: head, language: language) { browser async throws in
            let before = try await browser.get("/duties").text
            #expect(Markup(before).faults == [] && before.contains(">0/5<"))
            #expect(try await browser.get("/today").text.contains("duty-today"))
            for (index, form) in Self.forms(day).enumerated() {
                let address = Self.address(form.duty, day, test)
                #expect(before.contains(address.replacing("&", with: "&amp;")), "\(address)")
                let page = try await browser.get(address)
                #expect(page.status == .ok && Markup(page.text).faults == [], "\(form.duty)")
                #expect(page.text.firstMatch(of: /(duty|dutyState|field)\.[a-zA-Z]+[<" ]/) == nil, "\(form.duty)")
                let answer = try await browser.post(address, form.fields)
                #expect(answer.status == .seeOther && answer.location == "/duties?done=\(form.duty.rawValue)")
                #expect(try await browser.get("/duties").text.contains(">\(index + 1)/5<"))
                let after = try await browser.get(address)
                #expect(Markup(after.text).faults == [] && after.text.contains("cook 先生"))
            }
            let book = try await browser.get("/duties/schools/\(test.school.id)")
            for words in ["李&lt;四&gt;", "米饭 125 g", "王校长", "挡鼠板松动", "餐盘"] {
                #expect(book.text.contains(words), "\(words)")
            }
            #expect(Markup(book.text).faults == [])
        }
        #expect(try await test.ledger(.dutyEntered).count == 5)
    }

    @Test func `what is wrong is said and what was typed is kept`() async throws {
        let (test, day, head) = try await Self.site()
        try await test.visit(as: head) { browser async throws in
            let address = Self.address(.disinfection, day, test)
            let answer = try await browser.post(
                address, ["method": "chlorine", "strength": "100", "minutes": "x", "items": "<碗>"])
            #expect(answer.status == .unprocessableContent && answer.text.contains("250"))
            #expect(answer.text.contains("&lt;碗&gt;") && Markup(answer.text).faults == [])
            let samples = try await browser.post(
                Self.address(.sampleRetention, day, test),
                [
                    "dish_0": "米饭", "grams_0": "100", "taken": "\(day)T06:30", "until": "\(day + 2)T06:30",
                    "fridge": "4",
                ])
            #expect(samples.status == .unprocessableContent && samples.text.contains("125"))
            for query in [
                "", "?duty=nothing", "?duty=dailyControl&period=2026-13-01", "?duty=weeklyInspection&period=\(day)",
            ] {
                let status = try await browser.get("/duties/schools/\(test.school.id)/entry\(query)").status
                #expect(status == .badRequest, "\(query)")
            }
        }
        #expect(try await test.ledger(.dutyEntered).isEmpty)
    }

    @Test func `a correction needs its reason and shows both versions`() async throws {
        let (test, day, head) = try await Self.site()
        try await test.visit(as: head) { browser async throws in
            let address = Self.address(.accompaniedMeal, day, test)
            _ = try await browser.post(address, ["companion": "李老师", "quality": "good"])
            let refused = try await browser.post(address, ["companion": "王校长", "quality": "good", "seen": "1"])
            #expect(refused.status == .unprocessableContent)
            let stale = try await browser.post(
                address, ["companion": "王校长", "quality": "good", "seen": "0", "reason": "写错了"])
            #expect(stale.status == .unprocessableContent)
            _ = try await browser.post(
                address, ["companion": "王校长", "quality": "good", "seen": "1", "reason": "写错了"])
            let page = try await browser.get(address).text
            #expect(page.contains("李老师陪餐") && page.contains("王校长陪餐") && page.contains("写错了"))
        }
    }

    @Test func `a photograph goes with it and nobody of another school sees it`() async throws {
        let (test, day, head) = try await Self.site()
        let other = try await Session.begin("other-cook", .school, test.otherSchool.id, test.supervision)
        let picture: [UInt8] = [0xFF, 0xD8, 0xFF] + Array(repeating: 7, count: 100)
        let box = Box()
        try await test.visit(as: head) { browser async throws in
            let address = Self.address(.disinfection, day, test)
            let answer = try await browser.post(
                address, ["method": "steam", "strength": "100", "minutes": "15", "items": "餐盘"],
                files: [("cabinet.jpg", picture)])
            #expect(answer.status == .seeOther)
            let page = try await browser.get(address).text
            let link = try #require(page.firstMatch(of: /href="(\/duties\/schools\/[^"]*\/files\/[^"]*)"/)?.1)
            box.text = String(link)
            let file = try await browser.get(box.text)
            #expect(file.bytes == picture && file.headers[.contentType] == "image/jpeg")
            let wrong = try await browser.post(
                Self.address(.accompaniedMeal, day, test), ["companion": "王校长"], files: [("a.txt", Array("hello".utf8))]
            )
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("a.txt"))
        }
        try await test.visit(as: other) { browser async throws in
            #expect(try await browser.get(box.text).status == .notFound)
        }
    }

    @Test func `who supervises sees what was missed first, as a table and as a file`() async throws {
        let (test, day, head) = try await Self.site()
        try await test.visit(as: head) { browser async throws in
            for form in Self.forms(day) { _ = try await browser.post(Self.address(form.duty, day, test), form.fields) }
        }
        test.time.advance(by: .seconds(11 * 3600))
        let supervisor = try await Session.begin("watch", .supervisor, nil, test.supervision)
        try await test.visit(as: supervisor) { browser async throws in
            let page = try await browser.get("/duties").text
            #expect(Markup(page).faults == [])
            // Tuesday counts too: five missed by one school, ten by the other.
            #expect(page.contains("本周 2 所学校漏做 15 项（应做 20 项）"))
            let names = page.matches(of: /row-link" href="[^"]*">([^<]*)</).map { String($0.1) }
            #expect(names == ["第二中学", "实验小学 &lt;1&gt;"])
            let csv = try await browser.get("/duties.csv").text
            #expect(csv.split(separator: "\r\n").count == 15)
            #expect(try await browser.get("/duties.xlsx").bytes.starts(with: Array("PK".utf8)))
            #expect(try await browser.get("/duties?week=\(day + 7)").text.contains("漏做") == true)
            #expect(try await browser.get("/duties?week=x").status == .badRequest)
            let entry = try await browser.get(Self.address(.morningHealthCheck, day, test)).text
            #expect(entry.contains("李&lt;四&gt;") && !entry.contains("<form method=\"post\" action=\"/duties"))
        }
        let education = try await Session.begin("bureau", .education, nil, test.supervision)
        try await test.visit(as: education) { browser async throws in
            let entry = try await browser.get(Self.address(.morningHealthCheck, day, test))
            #expect(entry.status == .ok && !entry.text.contains("四"))
        }
    }

    @Test func `a plan is changed for tomorrow`() async throws {
        let (test, _, _) = try await Self.site()
        let supervisor = try await Session.begin("planner", .supervisor, nil, test.supervision)
        try await test.visit(as: supervisor) { browser async throws in
            let fields: KeyValuePairs = [
                "meal": "lunch", "meal_lunch": "11:30", "meal": "dinner", "meal_dinner": "17:30",
                "due_morningHealthCheck": "08:00", "due_dailyControl": "17:00", "due_weeklyInspection": "17:00",
                "due_monthlyMeeting": "17:00", "due_sampleRetention": "60", "due_accompaniedMeal": "120",
                "due_disinfection": "210",
            ]
            let stale = try await browser.post("/duties/plan", fields)
            #expect(stale.status == .unprocessableContent)
            let page = try await browser.get("/duties/plan").text
            let seen = try #require(page.firstMatch(of: /name="seen" value="(\d+)"/)?.1)
            let all = KeyValuePairs(
                dictionaryLiteral: ("seen", String(seen)), ("meal", "lunch"), ("meal_lunch", "11:30"),
                ("meal", "dinner"),
                ("meal_dinner", "17:30"), ("due_morningHealthCheck", "08:00"), ("due_dailyControl", "17:00"),
                ("due_weeklyInspection", "17:00"), ("due_monthlyMeeting", "17:00"), ("due_sampleRetention", "60"),
                ("due_accompaniedMeal", "120"), ("due_disinfection", "210"))
            #expect(try await browser.post("/duties/plan", all).status == .seeOther)
            let after = try await browser.get("/duties/plan?done=saved").text
            #expect(after.contains("17:30") && after.contains("明天起生效") && Markup(after).faults == [])
        }
    }
}

/// Something that a closure found.
private final class Box: @unchecked Sendable { var text = "" }
