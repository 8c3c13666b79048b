import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct SchoolPagesTests {
    @Test func `schools and areas are added, renamed, and removed when empty`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            #expect(try await browser.post("/schools", ["name": "  第三小学 "]).location == "/schools?saved=1")
            let school = try #require(
                try await test.supervision.places.tree(for: .console).first { $0.school.name == "第三小学" }?.school)
            _ = try await browser.post("/schools/\(school.id)", ["name": "第三实验小学"])
            _ = try await browser.post("/schools/\(school.id)/areas", ["kind": "washing", "name": "水池"])
            let area = try #require(
                try await test.supervision.places.tree(for: .console).first { $0.school.id == school.id }?.areas.first?
                    .area)
            _ = try await browser.post("/areas/\(area.id)", ["kind": "cooking", "name": ""])
            #expect(try await test.supervision.places.area(area.id, for: .console).kind == .cooking)
            #expect(try await browser.post("/schools/\(school.id)/remove").status == .unprocessableContent)
            _ = try await browser.post("/areas/\(area.id)/remove")
            _ = try await browser.post("/schools/\(school.id)/remove")
            #expect(try await !browser.get("/schools").text.contains("第三实验小学"))
        }
    }

    @Test func `a refused change says why and keeps what was typed`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let taken = try await browser.post("/schools", ["name": "第二中学"])
            #expect(taken.status == .unprocessableContent)
            #expect(taken.text.contains("已有同名"))
            #expect(taken.text.contains("value=\"第二中学\""))
            #expect(try await browser.post("/schools", ["name": " "]).text.contains("名称：不能为空"))
            let full = try await browser.post("/areas/\(test.area.id)/remove")
            #expect(full.text.contains("其中还有区域、摄像机或人员"))
            #expect(try await browser.post("/areas/\(test.area.id)", ["kind": "moon"]).status == .badRequest)
        }
    }
}

struct PeoplePagesTests {
    @Test func `a new person's password is shown once, works, and must be changed`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let added = try await browser.post(
                "/people/new",
                ["account": "li.lei", "name": "李雷", "role": "school", "school": "\(test.school.id)"])
            #expect(added.status == .ok)
            let password = try #require(Self.password(in: added.text))
            #expect(try await !browser.get("/people").text.contains(password))
            let session = try await test.supervision.signIn.signIn(
                account: "li.lei", password: Secret(password), from: "192.0.2.1")
            #expect(session.person.mustChangePassword)
            #expect(session.person.school == test.school.id)
        }
    }

    @Test func `mistakes are said and the input kept`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let taken = try await browser.post("/people/new", ["account": "HEAD", "name": "甲", "role": "supervisor"])
            #expect(taken.status == .unprocessableContent)
            #expect(taken.text.contains("该账号已被使用"))
            #expect(taken.text.contains("value=\"甲\""))
            let homeless = try await browser.post("/people/new", ["account": "x9", "name": "乙", "role": "school"])
            #expect(homeless.text.contains("学校：不能为空"))
            let odd = try await browser.post("/people/new", ["account": "x9", "name": "乙", "role": "king"])
            #expect(odd.text.contains("角色：不存在"))
        }
    }

    @Test func `a person is changed, switched off and on, and gets a new password`() async throws {
        let test = try await SiteUnderTest()
        let head = test.head.person
        try await test.visit(as: test.administrator) { browser async throws in
            _ = try await browser.post(
                "/people/\(head.id)", ["account": "head", "name": "新校长", "role": "supervisor", "school": ""])
            let changed = try await test.supervision.people.person(head.id, for: .console)
            #expect(changed.name == "新校长" && changed.role == .supervisor && changed.school == nil)
            _ = try await browser.post("/people/\(head.id)/enabled", ["enabled": "0"])
            #expect(try await !test.supervision.people.person(head.id, for: .console).isEnabled)
            _ = try await browser.post("/people/\(head.id)/enabled", ["enabled": "1"])
            let reset = try await browser.post("/people/\(head.id)/password")
            let password = try #require(Self.password(in: reset.text))
            let session = try await test.supervision.signIn.signIn(
                account: "head", password: Secret(password), from: "192.0.2.1")
            #expect(session.person.mustChangePassword)
        }
    }

    @Test func `the last administrator stays one`() async throws {
        let test = try await SiteUnderTest()
        let chief = test.administrator.person
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post(
                "/people/\(chief.id)", ["account": "chief", "name": "chief", "role": "supervisor"])
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("这是最后一名管理员"))
        }
    }

    private static func password(in html: String) -> String? {
        guard let start = html.firstRange(of: "id=\"initial-password\">") else { return nil }
        return String(html[start.upperBound...].prefix { $0 != "<" })
    }
}
