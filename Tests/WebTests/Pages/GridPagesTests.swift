import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import Testing

@testable import Web

struct GridPagesTests {
    @Test func `schools stand below their townships, with how much is covered`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            #expect(try await browser.post("/townships", ["name": "黄池镇 <1>"]).location == "/schools?saved=1")
            let township = try #require(try await test.supervision.places.townships(for: .console).first)
            #expect(
                try await browser.post(
                    "/schools/\(test.school.id)",
                    ["name": test.school.name, "township": "\(township.id)", "schoolKind": "primary"]
                ).location == "/schools?saved=1")
            _ = try await browser.post("/schools/\(test.school.id)/canteens", ["name": "北食堂"])
            let canteen = try #require(try await test.supervision.places.canteens(for: .console).first)
            _ = try await browser.post(
                "/areas/\(test.area.id)", ["kind": "cooking", "canteen": "\(canteen.id)"])
            let text = try await browser.get("/schools").text
            #expect(Markup(text).faults == [])
            for words in [
                "黄池镇 &lt;1&gt;", "县局直管", "北食堂 · 烹饪区", "已接入学校 2 / 2 · 在线摄像机 0 / 3 · 无摄像机区域 1",
                "已接入学校 1 / 1 · 在线摄像机 0 / 2 · 无摄像机区域 1",
                "已接入学校 1 / 1 · 在线摄像机 0 / 1 · 无摄像机区域 0",
            ] { #expect(text.contains(words), "\(words)") }
            let refused = try await browser.post("/townships/\(township.id)/remove")
            #expect(refused.status == .unprocessableContent)
            #expect(try await browser.get("/townships/\(township.id)/remove").text.contains("黄池镇"))
            #expect(try await browser.get("/canteens/\(canteen.id)/remove").text.contains("北食堂"))
            #expect(
                try await browser.post("/schools/\(test.school.id)", ["name": "X", "township": "?"]).status
                    == .unprocessableContent)
        }
    }

    @Test func `a township's officer is added with a township, a school's field is not looked at`() async throws {
        let test = try await SiteUnderTest()
        let township = try await test.supervision.places.addTownship("East", by: .console)
        try await test.visit(as: test.administrator) { browser async throws in
            let missing = try await browser.post(
                "/people/new", ["account": "officer", "name": "O", "role": "township"])
            #expect(missing.status == .unprocessableContent)
            #expect(Markup(missing.text).faults == [])
            let added = try await browser.post(
                "/people/new",
                [
                    "account": "officer", "name": "O", "role": "township", "township": "\(township.id)",
                    "school": "\(test.school.id)",
                ])
            #expect(added.status == .ok)
            let people = try await browser.get("/people").text
            #expect(people.contains("East") && people.contains("全县"))
        }
        let officer = try await test.supervision.people.list(for: .console).first { $0.account == "officer" }
        #expect(officer?.territory == .township(township.id))
    }
}
