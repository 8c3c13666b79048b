import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import NIOCore
import Supervision
import Synchronization
import TestSupport
import Testing

@testable import Web

extension Browser {
    /// A form whose fields were put together.
    fileprivate func submit(_ uri: String, _ fields: [String: String]) async throws -> TestResponse {
        let pairs = fields.sorted { $0.key < $1.key }.map { "\($0.key.percentEncoded)=\($0.value.percentEncoded)" }
        let token = session.map { FormToken.text(for: $0.token) } ?? ""
        return try await client.execute(
            uri: uri, method: .post,
            headers: [
                .contentType: "application/x-www-form-urlencoded", .acceptLanguage: language.rawValue,
                .cookie: "\(SessionCookie.name)=\(session?.token.reveal() ?? "")",
            ],
            body: ByteBuffer(string: (pairs + ["\(FormToken.field)=\(token.percentEncoded)"]).joined(separator: "&")))
    }
}

struct HallPagesTests {
    private static func hall(_ test: SiteUnderTest) async throws -> Session {
        try await .begin("screen", .hall, nil, test.supervision)
    }

    /// What a form of the editor sends for a scene.
    private static func fields(_ scene: HallScene, name: String) -> [String: String] {
        var fields = ["name": name, "audience": scene.audience.rawValue]
        for (index, panel) in scene.panels.enumerated() {
            fields["panel.\(index).kind"] = panel.kind.rawValue
            fields["panel.\(index).x"] = "\(panel.frame.x)"
            fields["panel.\(index).y"] = "\(panel.frame.y)"
            fields["panel.\(index).width"] = "\(panel.frame.width)"
            fields["panel.\(index).height"] = "\(panel.frame.height)"
        }
        return fields
    }

    private static func post(
        _ test: SiteUnderTest, _ session: Session, _ path: String, _ fields: [String: String]
    ) async throws -> TestResponse {
        let answer = Mutex<TestResponse?>(nil)
        try await test.visit(as: session) { browser async throws in
            let got = try await browser.submit(path, fields)
            answer.withLock { $0 = got }
        }
        return try #require(answer.withLock { $0 })
    }

    private static func scene(_ answer: TestResponse) throws -> HallSceneID {
        let location = try #require(answer.headers[.location])
        return try #require(location.split(separator: "/").dropFirst().first.flatMap { HallSceneID(String($0)) })
    }

    @Test func `a screen signs in once and shows the hall from then on`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: try await Self.hall(test)) { browser async throws in
            #expect(try await browser.get("/").headers[.location] == "/hall")
            let page = try await browser.get("/hall")
            #expect(page.status == .ok && Markup(page.text).faults == [])
            #expect(page.text.contains("data-audience=\"staff\"") && page.text.firstMatch(of: /hall\.[a-z]+\./) == nil)
            // Nothing that only those who handle cases may know.
            #expect(!page.text.contains("/cases/"))
            #expect(try await browser.get("/hall/scenes").text.firstMatch(of: /action="\/hall/) == nil)
        }
    }

    @Test func `the snapshot holds what the panels show, for scripts`() async throws {
        struct State: Decodable {
            struct Panel: Decodable {
                struct Camera: Decodable { var id: String }
                var index: Int
                var kind: String
                var html: String?
                var cameras: [Camera]?
            }
            var scene: String
            var version: String
            var audience: String
            var panels: [Panel]
        }
        let test = try await SiteUnderTest()
        _ = try await test.openedCase()
        try await test.visit(as: try await Self.hall(test)) { browser async throws in
            let answer = try await browser.get("/hall/state.json")
            let state = try JSONDecoder().decode(State.self, from: Data(answer.bytes))
            #expect(state.scene == "\(HallScene.overview.id)" && state.audience == "staff")
            let cameras = try #require(state.panels.first { $0.kind == "cameras" }?.cameras)
            // None of them runs: all are shown rather than none, and each says why it has no picture.
            #expect(
                Set(cameras.map(\.id))
                    == Set([test.camera.id, test.lockedCamera.id, test.otherCamera.id].map { "\($0)" }))
            let captures = try #require(state.panels.first { $0.kind == "captures" }?.html)
            #expect(captures.contains("data-capture=\"\(test.capture.id)\"") && captures.contains("实验小学 &lt;1&gt;"))
            let warnings = try #require(state.panels.first { $0.kind == "warnings" }?.html)
            #expect(warnings.contains("没有画面") && warnings.contains("办理中"))
            #expect(
                try await browser.get("/hall/state.json", [.ifNoneMatch: answer.headers[.eTag]!]).status == .notModified
            )
        }
    }

    @Test func `while visitors are there no screen is told of a raw picture, a capture or an open case`() async throws {
        let test = try await SiteUnderTest()
        _ = try await test.openedCase()
        try await test.supervision.publications.change(
            Publication(isOn: true, cameras: [test.camera.id], hours: .standard), of: test.school.id, by: .console)
        #expect(try await Self.post(test, test.supervisor, "/hall/visit", ["visiting": "1"]).status == .seeOther)
        let paths = [
            "/hall", "/hall/state.json", "/hall/\(HallScene.kitchens.id)", "/hall/\(HallScene.kitchens.id)/state.json",
        ]
        for session in [try await Self.hall(test), test.supervisor] {
            try await test.visit(as: session) { browser async throws in
                for path in paths {
                    let text = try await browser.get(path).text
                    #expect(text.contains("visitors"), "\(path)")
                    for secret in ["/api/v1/cameras", "\(test.capture.id)", "灶台", "案板", "live-video", "/cases/", "办理中"]
                    {
                        #expect(!text.contains(secret), "\(path): \(secret)")
                    }
                }
            }
        }
        #expect(try await Self.post(test, test.supervisor, "/hall/visit", [:]).status == .seeOther)
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get("/hall").text.contains("data-audience=\"staff\""))
        }
    }

    @Test func `a scene is laid out, planned, and taken away`() async throws {
        let test = try await SiteUnderTest()
        let answer = try await Self.post(
            test, test.supervisor, "/hall/scenes/new", Self.fields(.overview, name: "走廊 <1>"))
        let id = try Self.scene(answer)
        try await test.visit(as: test.supervisor) { browser async throws in
            let editor = try await browser.get("/hall/\(id)/edit?done=saved").text
            #expect(Markup(editor).faults == [] && editor.contains("走廊 &lt;1&gt;") && editor.contains("已保存"))
            #expect(try await browser.get("/hall/\(id)").text.contains("data-scene=\"\(id)\""))
            let plan = [
                "seen": "0", "standard": "\(HallScene.overview.id)", "visitors": "\(HallScene.visitors.id)",
                "turn.0.scene": "\(id)", "turn.0.day": "1", "turn.0.start": "08:00", "turn.0.end": "00:00",
            ]
            #expect(try await browser.submit("/hall/plan", plan).location == "/hall/scenes?done=plan")
            let list = try await browser.get("/hall/scenes").text
            #expect(Markup(list).faults == [] && list.contains("value=\"08:00\"") && list.contains("value=\"24:00\""))
            // It is planned: it stays.
            let refused = try await browser.post("/hall/\(id)/remove", [:])
            #expect(refused.status == .unprocessableContent && refused.text.contains("排期正在使用"))
            // Somebody saves over it with what they saw before.
            #expect(try await browser.submit("/hall/plan", plan).status == .conflict)
        }
    }

    @Test(arguments: [
        ("panel.1.x", "20", "超出了屏幕"), ("panel.1.width", "2", "太小"), ("panel.1.y", "0", "重叠"),
        ("panel.1.x", "nonsense", "超出了屏幕"), ("panel.1.rows", "9", "行 1–4"), ("panel.1.place", "school/x", "行 1–4"),
        ("panel.1.kind", "clock", "只能有一个"), ("audience", "visitors", "不能给来访者看"), ("name", "", "name"),
    ])
    func `what can't be shown comes back with what is wrong, and with what was typed`(
        field: String, value: String, words: String
    ) async throws {
        let test = try await SiteUnderTest()
        var fields = Self.fields(.overview, name: "一号屏")
        fields[field] = value
        let answer = try await Self.post(test, test.supervisor, "/hall/scenes/new", fields)
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("role=\"alert\"") && answer.text.contains(words))
        #expect(Markup(answer.text).faults == [])
        #expect(field == "name" || answer.text.contains("一号屏"))
    }

    @Test func `border and places come from files, and from fields`() async throws {
        let test = try await SiteUnderTest()
        let border = #"{"type":"Polygon","coordinates":[[[118,31],[119,31],[119,32],[118,31]]]}"#
        let list = "学校,经度,纬度\n第二中学,118.5,31.57\n没有这所,118.6,31.6\n"
        try await test.visit(as: test.supervisor) { browser async throws in
            func upload(_ path: String, _ name: String, _ text: String) async throws -> TestResponse {
                try await browser.post(path, [:], files: [(name, Array(text.utf8))])
            }
            #expect(try await upload("/hall/map/outline", "county.geojson", border).location == "/hall/map?done=saved")
            let outline = try await browser.get("/hall/map/outline.json").text
            #expect(outline.contains("MultiPolygon") && outline.contains("[118.0,31.0]"))
            let placed = try await upload("/hall/map/positions", "schools.csv", list)
            #expect(placed.location?.contains("changed=1") == true)
            let page = try await browser.get(try #require(placed.location)).text
            #expect(Markup(page).faults == [] && page.contains("没有这所") && page.contains("31.570000"))
            let one = try await browser.post(
                "/hall/map/schools/\(test.school.id)", ["latitude": "31.5", "longitude": "118.4"])
            #expect(one.location == "/hall/map?done=saved")
            let state = try await browser.get("/hall/state.json").text
            #expect(state.contains("\"latitude\":31.57") && state.contains("\"latitude\":31.5,"))
            for (path, name, text) in [
                ("/hall/map/outline", "a.json", "{}"),
                ("/hall/map/outline", "a.json", #"{"type":"FeatureCollection","features":[]}"#),
                ("/hall/map/positions", "a.csv", "甲,乙\n1,2\n"),
                ("/hall/map/positions", "a.csv", "学校,经度,纬度\n第二中学,x,y\n"),
                ("/hall/map/positions", "a.csv", "学校,经度,纬度\n第二中学,31.5,118.5\n"),
            ] {
                let refused = try await upload(path, name, text)
                #expect(refused.status == .unprocessableContent, "\(text)")
                #expect(refused.text.contains("role=\"alert\""))
            }
            let bad = try await browser.post(
                "/hall/map/schools/\(test.school.id)", ["latitude": "131", "longitude": "18"])
            #expect(bad.status == .unprocessableContent)
            #expect(try await browser.get("/hall/library/..%2Fpasswd").status == .notFound)
        }
    }

    @Test func `a screen is told at once when visitors come`() async throws {
        let test = try await SiteUnderTest()
        let session = try await Self.hall(test)
        let changes = test.supervision.halls.changes()
        #expect(try await Self.post(test, session, "/hall/visit", ["visiting": "1"]).status == .forbidden)
        #expect(try await Self.post(test, test.supervisor, "/hall/visit", ["visiting": "1"]).status == .seeOther)
        for await _ in changes { break }
        #expect(try await test.ledger(.hallVisitBegun).count == 1)
    }
}
