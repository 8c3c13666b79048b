import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct WarningPagesTests {
    private static let trial = "/warnings/rules/trial?kind=repeated&item=phone&count=2&days=7"

    /// What the page of a back-test sends back when it is confirmed.
    private static func confirmation(_ page: String) -> [String: String] {
        let form = page.split(separator: "class=\"card confirm\"").last ?? ""
        return form.matches(of: /name="(\w+)" value="([^"]*)"/).reduce(into: [:]) { fields, match in
            fields[String(match.1)] = String(match.2)
        }
    }

    private static func confirm(
        _ browser: Browser, _ fields: [String: String]
    ) async throws -> TestResponse {
        func value(_ name: String) -> String { fields[name] ?? "" }
        return try await browser.post(
            "/warnings/rules",
            [
                "kind": value("kind"), "item": value("item"), "count": value("count"), "days": value("days"),
                "through": value("through"), "number": value("number"), "hits": value("hits"),
                "watched": value("watched"), "first": value("first"), "last": value("last"),
                "expected": value("expected"),
            ])
    }

    @Test func `a rule is tried, confirmed, warns, and its warning is ended`() async throws {
        let test = try await SiteUnderTest()
        try await test.supervision.insights.warmUp()
        try await test.visit(as: test.supervisor) { browser async throws in
            let page = try await browser.get(Self.trial)
            #expect(page.status == .ok && Markup(page.text).faults == [])
            var fields = Self.confirmation(page.text)
            #expect(fields["hits"] == "0" && fields["kind"] == "repeated" && fields["item"] == "phone")
            fields["hits"] = "7"
            let stale = try await Self.confirm(browser, fields)
            #expect(stale.status == .conflict && stale.text.contains("请再看一遍试算结果"))
            fields["hits"] = "0"
            let answer = try await Self.confirm(browser, fields)
            #expect(answer.status == .seeOther && answer.location == "/warnings/rules?set=repeated-phone")
            let rules = try await browser.get("/warnings/rules?set=repeated-phone").text
            #expect(rules.contains("短期重复 · 使用手机") || rules.contains("短期重复 · "))
            #expect(rules.contains("已启用，从现在起预警") && rules.contains("启用了 1 条规则"))
        }
        for _ in 0..<2 {
            test.time.advance(by: .seconds(60))
            let capture = Capture.sample(of: test.camera.id, at: test.time.now, item: .phone)
            try await test.supervision.captures.open(capture, first: nil)
        }
        #expect(try await test.supervision.warnings.evaluate().given == 1)
        let id = try #require(try await test.supervision.warnings.list(for: .console).first?.file.id)
        try await test.visit(as: test.supervisor) { browser async throws in
            let screen = try await browser.get("/hall")
            #expect(screen.text.contains(#"<li class="early">"#) && Markup(screen.text).faults == [])
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            for path in ["/warnings", "/today", "/news", "/warnings?state=all&kind=repeated"] {
                let page = try await browser.get(path).text
                #expect(page.contains("7 天内第 2 次") && page.contains("/warnings/\(id)"), "\(path)")
                #expect(Markup(page).faults == [], "\(path)")
            }
            let page = try await browser.get("/warnings/\(id)").text
            #expect(Markup(page).faults == [] && page.firstMatch(of: /warning\.(?!css)/) == nil)
            #expect(page.contains("县市场监管局") && page.contains("系统内消息") && page.contains("实验小学 &lt;1&gt;"))
            #expect(page.contains("看抓拍") && page.contains("/replay?cameras="))
            let empty = try await browser.post("/warnings/\(id)/end", ["ending": "settled", "note": ""])
            #expect(empty.status == .unprocessableContent && empty.text.contains("role=\"alert\""))
            #expect(page.contains("直接立案") && page.contains(#"value="phone" selected"#))
            let nameless = try await browser.post(
                "/warnings/\(id)/case", ["matter": "other", "other": "", "grade": "1", "note": "<记>"])
            #expect(nameless.status == .unprocessableContent && Markup(nameless.text).faults == [])
            #expect(nameless.text.contains("&lt;记&gt;") && nameless.text.contains(#"value="1" selected"#))
            let ended = try await browser.post("/warnings/\(id)/end", ["ending": "unfounded", "note": "<玩具>"])
            #expect(ended.status == .seeOther && ended.location == "/warnings/\(id)")
            #expect(try await browser.get("/warnings/\(id)").text.contains("误报：&lt;玩具&gt;"))
            #expect(try await browser.get("/warnings").text.contains("没有待处理的预警"))
            let csv = try await browser.get("/warnings.csv?state=all").text
            #expect(csv.split(separator: "\r\n").count == 2 && csv.contains("误报：<玩具>"))
            #expect(try await browser.get("/warnings.xlsx").status == .ok)
            #expect(try await browser.get("/warnings/rules").text.contains("误报 1。"))
            let ledger = try await browser.get("/ledger").text
            #expect(ledger.contains("发出预警") && ledger.contains("设定预警规则"))
            // The ledger says what it holds in words, too.
            #expect(ledger.contains("7 天内第 2 次") && ledger.contains("误报：&lt;玩具&gt;"))
        }
        try await test.program(as: test.supervisor) { api async throws in
            let list = try await api.get("/api/v1/warnings?kind=repeated")
            #expect(try list.status == .ok && list.integer("count") == 1)
            #expect(try list.text("warnings.0.ending.kind") == "unfounded")
            #expect(try await api.get("/api/v1/warnings/\(id)").text("told.0.body") == "market-regulation")
            #expect(try await api.get("/api/v1/warnings?state=nonsense").status == .badRequest)
        }
        // The school's own people see it, the other school's don't know of it.
        try await test.visit(as: test.head) { browser async throws in
            let page = try await browser.get("/warnings/\(id)")
            #expect(page.status == .ok && !page.text.contains("/end\""))
            #expect(try await browser.post("/warnings/\(id)/end", ["ending": "settled"]).status == .forbidden)
            #expect(try await browser.post("/warnings/\(id)/case", ["matter": "phone"]).status == .forbidden)
            #expect(try await browser.get("/warnings/rules").status == .forbidden)
        }
        try await test.visit(as: test.otherHead) { browser async throws in
            #expect(try await browser.get("/warnings/\(id)").status == .notFound)
            #expect(try await browser.post("/warnings/\(id)/end", ["ending": "settled"]).status == .notFound)
            #expect(try await browser.post("/warnings/\(id)/case", ["matter": "phone"]).status == .notFound)
        }
    }

    @Test func `a case is opened from a warning and leads back to it`() async throws {
        let test = try await SiteUnderTest()
        try await test.supervision.insights.warmUp()
        let rule = WarningRule.repeated(RepeatRule(.phone, count: 2, days: 7))
        let trial = try await test.supervision.warnings.trial(of: rule, for: .person(test.supervisor.person))
        try await test.supervision.warnings.set(
            rule, through: trial.through, confirmed: trial.summary, seen: 0, by: .person(test.supervisor.person))
        for _ in 0..<2 {
            test.time.advance(by: .seconds(60))
            let capture = Capture.sample(of: test.camera.id, at: test.time.now, item: .phone)
            try await test.supervision.captures.open(capture, first: nil)
        }
        #expect(try await test.supervision.warnings.evaluate().given == 1)
        let id = try #require(try await test.supervision.warnings.list(for: .console).first?.file.id)
        try await test.visit(as: test.supervisor) { browser async throws in
            let opened = try await browser.post(
                "/warnings/\(id)/case", ["matter": "phone", "grade": "2", "note": "一周两次"])
            let address = try #require(opened.location)
            #expect(opened.status == .seeOther && address.hasSuffix("?opened=new"))
            let page = try await browser.get(address).text
            #expect(page.contains("由预警发现") && page.contains("/warnings/\(id)") && page.contains("一周两次"))
            let warning = try await browser.get("/warnings/\(id)").text
            #expect(warning.contains("已转为案件 1") && !warning.contains("直接立案"))
            let again = try await browser.post("/warnings/\(id)/case", ["matter": "phone", "grade": "2"])
            #expect(again.status == .conflict && again.text.contains("role=\"alert\""))
            let late = try await browser.post("/warnings/\(id)/end", ["ending": "settled", "note": "晚了"])
            #expect(late.status == .conflict && late.text.contains("role=\"alert\"") && late.text.contains("晚了"))
        }
    }

    @Test(arguments: WarningRule.Kind.allCases)
    func `each kind of rule that is offered has a page that says what it claims`(kind: WarningRule.Kind) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            let item = kind == .repeated || kind == .night ? "&item=rodent" : ""
            let page = try await browser.get("/warnings/rules/trial?kind=\(kind.rawValue)\(item)")
            guard test.supervision.warnings.offered.contains(kind) else {
                #expect(page.status == .notFound)
                return
            }
            #expect(page.status == .ok && Markup(page.text).faults == [])
            #expect(page.text.firstMatch(of: /warning\.(?!css)/) == nil)
            #expect(page.text.contains("class=\"finding\"") && page.text.contains("I have looked at it"))
        }
    }

    @Test func `what can't be a rule is shown beside what was typed`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            for query in ["kind=rate&falseDays=5", "kind=rate&falseDays=abc", "kind=backlog&count=0&schoolDays=2"] {
                let page = try await browser.get("/warnings/rules/trial?\(query)")
                #expect(page.status == .unprocessableContent && page.text.contains("role=\"alert\""), "\(query)")
                #expect(!page.text.contains("class=\"card confirm\""), "\(query)")
            }
            #expect(try await browser.get("/warnings/rules/trial?kind=rate&falseDays=5").text.contains("value=\"5\""))
            #expect(try await browser.get("/warnings/rules/trial?kind=nonsense").status == .badRequest)
            #expect(try await browser.get("/warnings?state=nonsense").status == .badRequest)
            #expect(try await browser.get("/warnings?school=nonsense").status == .notFound)
        }
    }

    @Test(arguments: Language.allCases) func `each reason is a sentence with its numbers`(language: Language)
        async throws
    {
        let test = try await SiteUnderTest()
        let wording = Wording(words: test.site.catalogues[language], zone: .shanghai, now: test.time.now)
        // As rows and the ledger keep them: what is there must be read for ever.
        let reasons: [(json: String, numbers: [String])] = [
            (
                #"{"rateRise":{"_0":{"count":31,"expected":12.34,"schoolDays":5,"schoolDaysPerFalseWarning":195,"#
                    + #""since":"2026-11-23","until":"2026-11-27"}}}"#, ["31", "12.3", "2026-11-27"]
            ),
            (
                #"{"repeated":{"_0":{"count":3,"days":7,"first":1795000000000,"item":"rodent","last":1795000009000}}}"#,
                ["3", "7", "2026-11-18"]
            ),
            (
                #"{"cluster":{"_0":{"count":40,"days":{"first":"2026-11-23","last":"2026-11-27"},"expected":12,"#
                    + #""item":"noHat","probability":0.001,"total":60,"township":"\#(TownshipID(at: test.time.now))","#
                    + #""townships":9}}}"#, ["40", "12", "60"]
            ),
            (
                #"{"backlog":{"_0":{"late":21,"oldest":1795000000000,"schoolDays":2,"waiting":45}}}"#, ["21", "45"]
            ),
            (
                #"{"overdue":{"_0":{"cases":4,"due":1795000000000,"longest":"\#(CaseID(at: test.time.now))"}}}"#, ["4"]
            ),
            (
                #"{"expiring":{"_0":{"daysLeft":-3,"kind":"foodLicence","paper":"JY1","step":0,"#
                    + #""validThrough":"2026-11-23"}}}"#, ["JY1", "3", "2026-11-23"]
            ),
            (
                #"{"dutiesMissed":{"_0":{"due":5,"duty":"disinfection","first":"2026-11-23","last":"2026-11-24","#
                    + #""missed":2}}}"#, ["2", "5"]
            ),
            (
                #"{"camerasOff":{"_0":{"cameras":1,"day":"2026-11-23","minutes":300,"ofCameras":3,"ofMinutes":2520}}}"#,
                ["300", "11.9%"]
            ),
            (
                #"{"nightActivity":{"_0":{"firstNight":"2026-11-23","item":"rodent","lastNight":"2026-11-24","#
                    + #""nights":2,"ofNights":7,"sightings":9}}}"#, ["2", "7", "9"]
            ),
        ]
        var kinds: Set<WarningRule.Kind> = []
        for (json, numbers) in reasons {
            let reason = try JSONDecoder().decode(WarningReason.self, from: Data(json.utf8))
            kinds.insert(reason.kind)
            let sentence = wording.sentence(reason, at: "S")
            for number in numbers { #expect(sentence.contains(number), "\(sentence)") }
            #expect(!sentence.contains("{") && !sentence.contains("warning."))
        }
        #expect(kinds == Set(WarningRule.Kind.allCases))
    }
}
