import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import Synchronization
import TestSupport
import Testing

@testable import Web

struct CasePagesTests {
    private static let jpeg: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 7, count: 3000)

    @Test func `a case goes its way through pages, from a capture to closed`() async throws {
        let test = try await SiteUnderTest()
        let office = try await test.township()
        let captured = "/captures/\(test.capture.id)"
        var address = ""
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get(captured).text.contains("href=\"\(captured)/case\""))
            #expect(try await browser.get("\(captured)/case").text.contains("立案即确认违规"))
        }
        let opened = try await test.post(as: test.supervisor, "\(captured)/case", ["grade": "2", "note": "灶台边"])
        address = String(try #require(opened.location).prefix { $0 != "?" })
        let page = address
        try await test.visit(as: test.supervisor) { browser async throws in
            let text = try await browser.get(page).text
            for word in ["待抄告", "县教育局", "实验小学 &lt;1&gt;", "灶台边", "已确认"] {
                #expect(text.contains(word), "\(word)")
            }
            #expect(try await browser.get(captured).text.contains("案件 1 · 待抄告"))
            let sent = try await browser.post("\(page)/act?move=dispatch", ["seen": "1", "text": "请尽快"])
            #expect(sent.location == "\(page)?done=dispatch")
            #expect(try await browser.get("\(page)?done=dispatch").text.contains("明厨告〔"))
        }
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get("/news").text.contains("抄告件 明厨告〔"))
            #expect(try await browser.get(page).text.contains("提交整改"))
            _ = try await browser.post("\(page)/act?move=acknowledge", ["seen": "2"])
            let handed = try await browser.post(
                "\(page)/act?move=submit", ["seen": "3", "text": "已发放帽子"],
                files: [("灶台;1.jpg", Self.jpeg), ("", [])])
            #expect(handed.location == "\(page)?done=submit")
            let text = try await browser.get(page).text
            #expect(text.contains("灶台;1.jpg"))
            let file = try #require(text.firstMatch(of: /href="(\/cases\/[^"]*\/files\/[^"]*)"/)?.1)
            let answer = try await browser.get(String(file))
            #expect(answer.bytes == Self.jpeg)
            // Its bytes are no picture: a sheet of paper stands for it.
            let thumbnail = try await browser.get("\(file)/thumbnail.jpg")
            #expect(thumbnail.headers[.contentType] == "image/svg+xml")
            #expect(answer.headers[.contentType] == "image/jpeg")
            #expect(answer.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
        }
        try await test.visit(as: office) { browser async throws in
            _ = try await browser.post("\(page)/act?move=return", ["seen": "4", "text": "照片看不清"])
        }
        _ = try await test.post(as: test.head, "\(page)/act?move=submit", ["seen": "5", "text": "补拍"])
        try await test.visit(as: office) { browser async throws in
            _ = try await browser.post("\(page)/act?move=pass", ["seen": "6", "method": "onScreen"])
        }
        for version in [7, 8] {
            test.time.advance(by: .seconds(31 * 86_400))
            _ = try await test.post(
                as: try await test.again(office), "\(page)/act?move=reinspectionPassed",
                ["seen": "\(version)", "method": "footage"])
        }
        try await test.visit(as: try await test.again(office)) { browser async throws in
            let text = try await browser.get(page).text
            #expect(text.contains("已办结"))
            #expect(text.contains("复查通过"))
            #expect(try await browser.get("/cases?stage=closed").text.contains(page))
            #expect(try await browser.get("/cases.csv").text.contains("已办结"))
        }
    }

    @Test func `who comes second sees what is new, and keeps what was typed`() async throws {
        let test = try await SiteUnderTest()
        let page = try await test.openedCase()
        _ = try await test.post(as: test.supervisor, "\(page)/act?move=withdraw", ["seen": "1", "text": "误报"])
        try await test.visit(as: test.supervisor) { browser async throws in
            let answer = try await browser.post("\(page)/act?move=dispatch", ["seen": "1", "text": "我写的附言"])
            #expect(answer.status == .conflict)
            for word in ["刚才已有人办理过", "我写的附言", "您打开后的变动", "误报"] {
                #expect(answer.text.contains(word), "\(word)")
            }
        }
    }

    @Test func `what is missing is said beside the form, with what was typed`() async throws {
        let test = try await SiteUnderTest()
        let page = try await test.openedCase()
        try await test.visit(as: test.supervisor) { browser async throws in
            let answer = try await browser.post(
                "\(page)/act?move=dispatch", ["seen": "1", "text": "kept words", "due": "2001-01-01T08:00"])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("期限必须晚于现在"))
            #expect(answer.text.contains("kept words"))
        }
    }

    @Test func `a file that is none is refused, and nothing is left of it`() async throws {
        let test = try await SiteUnderTest()
        let page = try await test.openedCase()
        try await test.visit(as: test.supervisor) { browser async throws in
            let answer = try await browser.post(
                "\(page)/act?move=comment", ["seen": "1", "text": "see"],
                files: [("a.jpg", Self.jpeg), ("page.html", Array("<script>alert(1)</script> and much more".utf8))])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("不是照片、视频或 PDF"))
            let stale = try await browser.post(
                "\(page)/act?move=comment", ["seen": "1", "text": "see"], files: [("a.jpg", Self.jpeg)], token: "no")
            #expect(stale.status == .forbidden)
            // Refused by the rules after the file was taken in.
            let refused = try await browser.post(
                "\(page)/act?move=comment", ["seen": "1", "text": " "], files: [("a.jpg", Self.jpeg)])
            #expect(refused.status == .unprocessableContent)
        }
        let left =
            FileManager.default.enumerator(atPath: test.folder.file("attachments"))?
            .compactMap { $0 as? String }.filter { $0.contains(".") } ?? []
        #expect(left == [])
    }

    @Test func `the notices of many go out at once from the list`() async throws {
        let test = try await SiteUnderTest()
        let page = try await test.openedCase()
        let id = page.split(separator: "/").last!
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get("/cases?stage=opened").text.contains("\(id):1"))
            let answer = try await browser.post("/cases/dispatch", ["case": "\(id):1", "text": ""])
            #expect(answer.text.contains("已抄告 1 件"))
            let again = try await browser.post("/cases/dispatch", ["case": "\(id):1", "text": ""])
            #expect(again.status == .conflict)
        }
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.post("/cases/dispatch", ["case": "\(id):2"]).status == .forbidden)
        }
    }

    @Test func `a supervisor opens a case for what live video shows`() async throws {
        let test = try await SiteUnderTest()
        let page = "/kitchens/\(test.camera.id)/case"
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            #expect(try await browser.get(page).text.contains("Something else"))
            let empty = try await browser.post(page, ["matter": "other", "other": "", "grade": "3"])
            #expect(empty.status == .unprocessableContent)
            let opened = try await browser.post(
                page, ["matter": "other", "other": "Raw beside cooked", "grade": "3", "note": "on one board"])
            let text = try await browser.get(try #require(opened.location)).text
            for word in ["Raw beside cooked", "Seen live: 灶台", "on one board"] {
                #expect(text.contains(word), "\(word)")
            }
            #expect(try await browser.get("/cases?q=cooked").text.contains("Raw beside cooked"))
        }
    }
}

extension SiteUnderTest {
    func post(as session: Session, _ uri: String, _ fields: KeyValuePairs<String, String>) async throws -> TestResponse
    {
        let box = ResponseBox()
        try await visit(as: session) { browser async throws in box.set(try await browser.post(uri, fields)) }
        return box.get()
    }

    /// A session has an end.
    func again(_ session: Session) async throws -> Session {
        let token = try await supervision.signIn.signIn(
            account: session.person.account, password: Secret(Self.password), from: "192.0.2.1"
        ).token
        return Session(person: session.person, token: token)
    }

    /// The address of a case that waits to be dispatched.
    func openedCase() async throws -> String {
        let opened = try await supervision.cases.open(
            CaseDraft(.captures([capture.id])), by: .person(supervisor.person))
        return "/cases/\(opened.id)"
    }

    /// The school's township office, with somebody in it.
    func township() async throws -> Session {
        let township = try await supervision.places.addTownship("城关", by: .console)
        var school = school
        school.township = township.id
        try await supervision.places.changeSchool(school, by: .console)
        return try await Session.begin("office", .township, nil, township: township.id, supervision)
    }
}

/// Carries an answer out of a closure.
private final class ResponseBox: Sendable {
    private let response = Mutex<TestResponse?>(nil)

    func set(_ value: TestResponse) { response.withLock { $0 = value } }
    func get() -> TestResponse { response.withLock { $0! } }
}
