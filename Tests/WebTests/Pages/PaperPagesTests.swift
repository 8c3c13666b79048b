import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct PaperPagesTests {
    @Test func `a school keeps its papers, and the public sees how many hold`() async throws {
        let test = try await SiteUnderTest()
        let today = Day(of: test.time.now, in: .shanghai)
        let papers = "/papers/schools/\(test.school.id)"
        try await test.visit(as: test.head) { browser async throws in
            _ = try await browser.post(
                papers, ["kind": "foodLicence", "number": "JY13405210012345", "validThrough": "\(today + 400)"])
            for (name, days) in [("张<三>", 200), ("李四", -3)] {
                let answer = try await browser.post(
                    papers,
                    [
                        "kind": "healthCertificate", "holder": name, "number": "HC-\(days)",
                        "validThrough": "\(today + days)",
                    ])
                #expect(answer.status == .seeOther)
            }
            let page = try await browser.get("/papers").text
            #expect(page.contains("张&lt;三&gt;") && page.contains("已过期 3 天") && page.contains("还有 200 天"))
            #expect(page.contains("有 1 份证照已过期") && Markup(page).faults == [])
            let bad = try await browser.post(
                papers, ["kind": "training", "holder": "", "number": "<9>", "validThrough": "\(today)"])
            #expect(bad.status == .unprocessableContent && bad.text.contains("&lt;9&gt;"))
            let change = try #require(page.firstMatch(of: /href="(\/papers\/[0-9a-f-]{36})#paper"/)?.1)
            let form = try await browser.get(String(change))
            #expect(form.status == .ok && form.text.contains("value=\"李四\"") && Markup(form.text).faults == [])
            _ = try await browser.post(
                String(change), ["holder": "李四", "number": "HC-new", "validThrough": "\(today + 365)"])
            #expect(try await browser.get("/papers").text.contains("3 份证照都有效"))
        }
        try await test.visit(as: test.otherHead) { browser async throws in
            #expect(try await browser.get(papers).status == .notFound)
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            let list = try await browser.get("/papers").text
            #expect(list.contains("2 / 2 有效") && list.contains("未登记") && Markup(list).faults == [])
        }
    }

    @Test func `a menu is entered for a week, copied, and shown to the public on its day`() async throws {
        let test = try await SiteUnderTest()
        let today = Day(of: test.time.now, in: .shanghai)
        let monday = today - (today.weekday - 1)
        let menu = "/menus/schools/\(test.school.id)"
        try await test.visit(as: test.head) { browser async throws in
            let empty = try await browser.get("/menus").text
            #expect(empty.contains("name=\"dishes_\(monday)_lunch\"") && Markup(empty).faults == [])
            let fields: KeyValuePairs = [
                "dishes_\(today)_lunch": "米饭\r\n面条 (小麦)\r\n<汤>\r\n\r\n",
                "dishes_\(monday + 2)_lunch": "宫保鸡丁（鸡肉、花生）",
            ]
            #expect(try await browser.post("\(menu)?week=\(monday)", fields).status == .seeOther)
            let next = try await browser.get("\(menu)?week=\(monday + 7)").text
            #expect(next.contains("copy=1"))
            let copied = try await browser.get("\(menu)?week=\(monday + 7)&copy=1").text
            #expect(copied.contains("&lt;汤&gt;") && copied.contains("核对后保存"))
            let long = String(repeating: "长", count: 51)
            let bad = try await browser.post("\(menu)?week=\(monday)", ["dishes_\(monday)_lunch": long])
            #expect(bad.status == .unprocessableContent && bad.text.contains(long))
            #expect(try await browser.post("\(menu)?week=\(monday)", ["dishes_x": "1"]).status == .badRequest)
        }
        try await test.supervision.papers.add(
            PaperDraft(.foodLicence, number: "JY134", validThrough: today - 1), to: test.school.id,
            by: .person(test.head.person))
        try await test.supervision.papers.add(
            PaperDraft(.healthCertificate, number: "HC1", holder: "张三", validThrough: today), to: test.school.id,
            by: .person(test.head.person))
        try await test.supervision.publications.change(
            Publication(isOn: true, cameras: [test.camera.id]), of: test.school.id, by: .console)
        let code = try #require(
            try await test.supervision.publications.sheet(of: test.school.id, for: .console).code)
        try await test.visit { browser async throws in
            let page = try await browser.get("/p/\(code)").text
            #expect(page.contains("今日食谱") && page.contains("面条") && page.contains("&lt;汤&gt;"))
            #expect(page.contains("JY134") && page.contains("已于 \(today - 1) 过期"))
            #expect(page.contains("1 人中 1 人有效") && !page.contains("张三") && Markup(page).faults == [])
        }
    }
}
