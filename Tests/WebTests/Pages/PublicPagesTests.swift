import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct PublicPagesTests {
    private static func published(_ test: SiteUnderTest) async throws -> PublicCode {
        let publications = test.supervision.publications
        try await publications.change(
            Publication(isOn: true, cameras: [test.camera.id], hours: .standard), of: test.school.id, by: .console)
        return try #require(try await publications.sheet(of: test.school.id, for: .console).code)
    }

    @Test(arguments: Language.allCases)
    func `everybody opens a school's page by its code, and finds nothing private on it`(language: Language) async throws
    {
        let test = try await SiteUnderTest()
        let code = try await Self.published(test)
        try await test.visit(language: language) { browser async throws in
            let answer = try await browser.get("/p/\(code)")
            #expect(answer.status == .ok)
            #expect(Markup(answer.text).faults == [])
            #expect(answer.text.contains("实验小学 &lt;1&gt;"))
            // Staff call their cameras what they like; addresses and people are nobody's business.
            for secret in ["灶台", "192.0.2.17", "head 先生", "案板", "/kitchens", "/sign-out"] {
                #expect(!answer.text.contains(secret), "\(secret)")
            }
        }
    }

    @Test func `a page that isn't public is like one that never was`() async throws {
        let test = try await SiteUnderTest()
        let code = try await Self.published(test)
        try await test.supervision.publications.change(
            Publication(cameras: [test.camera.id]), of: test.school.id, by: .console)
        var random = SystemRandomNumberGenerator()
        let unknown = PublicCode.random(using: &random)
        try await test.visit { browser async throws in
            for path in ["/p/\(code)", "/p/\(unknown)", "/p/x", "/p/\(code)/x/index.m3u8"] {
                #expect(try await browser.get(path).status == .notFound, "\(path)")
            }
            #expect(try await browser.get("/p/\(code)/\(test.camera.id)/index.m3u8").status == .notFound)
        }
    }

    @Test func `without a detector no picture is public`() async throws {
        let test = try await SiteUnderTest()
        let code = try await Self.published(test)
        try await test.visit { browser async throws in
            #expect(!(try await browser.get("/p/\(code)").text.contains("<public-video")))
            #expect(try await browser.get("/p/\(code)/\(test.camera.id)/index.m3u8").status == .notFound)
        }
    }

    @Test func `a supervisor chooses what is public, cuts it and lets it back`() async throws {
        let test = try await SiteUnderTest()
        let page = "/publication/\(test.school.id)"
        let saved = try await test.post(
            as: test.supervisor, page,
            [
                "seen": "0", "isOn": "1", "camera": "\(test.camera.id)", "start": "08:00", "end": "12:00",
                "weekday": "1", "delay": "15",
            ])
        #expect(saved.location == "\(page)?done=saved")
        try await test.visit(as: test.supervisor) { browser async throws in
            let text = try await browser.get(page).text
            #expect(Markup(text).faults == [])
            #expect(text.contains("/p/") && text.contains("poster.pdf") && text.contains("value=\"08:00\""))
            let poster = try await browser.get("\(page)/poster.pdf")
            #expect(poster.status == .ok && poster.bytes.starts(with: Array("%PDF".utf8)))
            #expect(try await browser.get("/publication").text.contains("打开公众页面"))
        }
        #expect(try await test.post(as: test.head, "\(page)/cut", ["reason": ""]).status == .unprocessableContent)
        let cut = try await test.post(as: test.head, "\(page)/cut", ["reason": "检修 <灯>"])
        #expect(cut.location == "\(page)?done=cut")
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get(page).text.contains("检修 &lt;灯&gt;"))
        }
        let code = try #require(
            try await test.supervision.publications.sheet(of: test.school.id, for: .console).code)
        try await test.visit { browser async throws in
            let text = try await browser.get("/p/\(code)").text
            #expect(text.contains("画面暂停播出") && !text.contains("检修"))
        }
        #expect(try await test.post(as: test.head, "\(page)/restore", [:]).location == "\(page)?done=restored")
    }

    @Test func `who saves over somebody else's change sees both`() async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.published(test)
        let answer = try await test.post(
            as: test.supervisor, "/publication/\(test.school.id)",
            [
                "seen": "0", "camera": "\(test.camera.id)", "start": "08:00", "end": "12:00", "weekday": "1",
                "delay": "15",
            ])
        #expect(answer.status == .conflict)
        #expect(answer.text.contains("15") && answer.text.contains("08:00"))
    }

    @Test(arguments: [
        ("delay", "5"), ("delay", "x"), ("start", "25:00"), ("end", ""), ("camera", "nonsense"),
    ])
    func `a form that can't be meant comes back with what is wrong`(field: String, value: String) async throws {
        let test = try await SiteUnderTest()
        var fields = [
            "seen": "0", "isOn": "1", "camera": "\(test.camera.id)", "start": "08:00", "end": "12:00", "weekday": "1",
            "delay": "15",
        ]
        fields[field] = value
        let answer = try await test.post(
            as: test.supervisor, "/publication/\(test.school.id)",
            [
                "seen": fields["seen"]!, "isOn": "1", "camera": fields["camera"]!, "start": fields["start"]!,
                "end": fields["end"]!, "weekday": "1", "delay": fields["delay"]!,
            ])
        #expect(answer.status == .unprocessableContent)
        #expect(answer.text.contains("role=\"alert\""))
    }
}
