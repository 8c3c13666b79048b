import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct CameraFormTests {
    @Test func `a pasted address gives its user name and password to the camera and keeps neither`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post(
                "/cameras/new",
                [
                    "main": "rtsp://admin:p@ssword@192.0.2.5/h264", "name": "新", "area": "\(test.area.id)",
                    "isEnabled": "on", "isRecorded": "on", "retentionDays": "90",
                ])
            let camera = try #require(try await test.supervision.cameras.all().first { $0.name == "新" })
            #expect(response.location == "/kitchens/\(camera.id)")
            #expect("\(camera.main)" == "rtsp://192.0.2.5/h264")
            #expect(camera.credentials == Credentials(user: "admin", password: Secret("p@ssword")))
            #expect(camera.retentionDays == 90)
            #expect(camera.isEnabled && camera.isRecorded)
        }
    }

    @Test func `what is wrong is said beside the field, and what was typed is kept but the password`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post(
                "/cameras/new",
                [
                    "main": "http://admin:topsecret@192.0.2.5/", "name": "新机", "area": "\(test.area.id)",
                    "user": "admin", "password": "topsecret", "retentionDays": "3",
                ])
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains("不认识的地址类型"))
            #expect(response.text.contains("value=\"新机\""))
            #expect(response.text.contains("aria-invalid=\"true\""))
            #expect(!response.text.contains("topsecret"))
            #expect(Markup(response.text).faults == [])
        }
    }

    @Test(
        arguments: [
            (["main": "rtsp://h/", "name": ""], "名称：不能为空"), (["main": "", "name": "x"], "请填写摄像机地址"),
            (["main": "rtsp:///x", "name": "x"], "缺少主机名"), (["main": "rtsp://h:99999/x", "name": "x"], "端口"),
            (["main": "rtsp://h/", "name": "x", "retentionDays": "6"], "须在 7 到 3650 之间"),
            (["main": "rtsp://h/", "name": "x", "retentionDays": "many"], "须在 7 到 3650 之间"),
            (["main": "rtsp://h/", "name": "x", "area": "nowhere"], "不存在"),
            (["main": "rtsp://h/", "name": "灶台"], "已有同名"),
            (["main": "rtsp://h/", "name": "x", "transport": "pigeon"], "没有这个选项"),
        ] as [([String: String], String)])
    func `each mistake has its sentence`(fields: [String: String], sentence: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post(
                "/cameras/new",
                [
                    "main": fields["main"] ?? "", "name": fields["name"] ?? "",
                    "area": fields["area"] ?? "\(test.area.id)", "retentionDays": fields["retentionDays"] ?? "",
                    "transport": fields["transport"] ?? "tcp",
                ])
            #expect(response.status == .unprocessableContent)
            #expect(response.text.contains(sentence))
        }
    }

    @Test func `school and area can be made with the camera`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post(
                "/cameras/new",
                [
                    "main": "rtsp://192.0.2.6/", "name": "1 号", "area": "new", "school": "new", "schoolName": "第三小学",
                    "areaKind": "washing", "areaName": "",
                ])
            #expect(response.status == .seeOther)
            let tree = try await test.supervision.places.tree(for: .console)
            let school = try #require(tree.first { $0.school.name == "第三小学" })
            #expect(school.areas.map(\.area.kind) == [.washing])
            #expect(school.areas[0].cameras.map(\.name) == ["1 号"])
        }
    }

    @Test func `an empty password field changes nothing, a typed one replaces it, the box deletes it`() async throws {
        let test = try await SiteUnderTest()
        let id = test.lockedCamera.id
        @Sendable func credentials() async throws -> Credentials? {
            try await test.supervision.cameras.camera(id, for: .console).credentials
        }
        try await test.visit(as: test.administrator) { browser async throws in
            @Sendable func save(_ name: String, password: String, drops: Bool) async throws -> TestResponse {
                let camera = try await test.supervision.cameras.camera(id, for: .console)
                return try await browser.post(
                    "/cameras/\(id)",
                    [
                        "stamp": CameraForm.stamp(of: camera), "main": "\(camera.main)",
                        "sub": camera.sub.map { "\($0)" } ?? "", "name": name, "area": "\(camera.area)",
                        "user": "viewer", "password": password, "dropsCredentials": drops ? "on" : "",
                        "isEnabled": "on", "isRecorded": "on", "retentionDays": "60",
                    ])
            }
            #expect(try await save("Renamed", password: "", drops: false).location == "/cameras/\(id)?saved=1")
            #expect(try await credentials()?.password == Secret(SiteUnderTest.secretPassword))
            _ = try await save("Renamed", password: "newer", drops: false)
            #expect(try await credentials() == Credentials(user: "viewer", password: Secret("newer")))
            _ = try await save("Renamed", password: "", drops: true)
            #expect(try await credentials() == nil)
        }
    }

    @Test func `two people who change the same camera are shown both versions`() async throws {
        let test = try await SiteUnderTest()
        let before = test.lockedCamera
        let stamp = CameraForm.stamp(of: before)
        var changed = before
        changed.name = "Theirs"
        let theirs = try await test.supervision.cameras.change(changed, by: .console)
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            @Sendable func send(_ stamp: String) async throws -> TestResponse {
                try await browser.post(
                    "/cameras/\(before.id)",
                    [
                        "stamp": stamp, "main": "\(before.main)", "sub": before.sub.map { "\($0)" } ?? "",
                        "name": "Mine", "area": "\(before.area)", "user": "viewer", "password": "typed-anew",
                        "isEnabled": "on", "isRecorded": "on", "retentionDays": "60",
                    ])
            }
            let conflict = try await send(stamp)
            #expect(conflict.status == .conflict)
            #expect(conflict.text.contains("<td>Theirs</td><td>Mine</td>"))
            #expect(!conflict.text.contains("typed-anew"))
            #expect(conflict.text.contains("please type it again"))
            #expect(Markup(conflict.text).faults == [])
            #expect(try await test.supervision.cameras.camera(before.id, for: .console).name == "Theirs")
            #expect(try await send(CameraForm.stamp(of: theirs)).status == .seeOther)
            #expect(try await test.supervision.cameras.camera(before.id, for: .console).name == "Mine")
        }
    }

    @Test func `a removed camera is gone from lists, and the ledger knows who removed it`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post("/cameras/\(test.camera.id)/remove")
            #expect(response.location == "/cameras?removed=1")
            #expect(try await browser.get("/cameras?removed=1").text.contains("摄像机已删除"))
            #expect(try await browser.get("/kitchens/\(test.camera.id)").status == .notFound)
        }
        let entry = try #require(try await test.ledger(.cameraRemoved).first)
        #expect(entry.actor == .person(test.administrator.person.id))
    }

    @Test func `a probe shows what it found, as a page, as a part of one, and as JSON`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let page = try await browser.post("/cameras/probe", ["main": "file:///nowhere/at/all.mp4"])
            #expect(page.status == .ok)
            #expect(page.text.contains("文件不存在"))
            #expect(Markup(page.text).faults == [])
            let part = try await browser.post(
                "/cameras/probe", ["main": "nonsense"], [.fetchSite: "same-origin", .accept: "text/x-fragment"])
            #expect(part.text.hasPrefix("<section class=\"probe\">"))
            #expect(part.text.contains("不认识的地址类型"))
        }
    }
}
