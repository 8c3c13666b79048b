import Domain
import FFmpeg
import Hummingbird
import HummingbirdTesting
import NIOCore
import Supervision
import Synchronization
import TestSupport
import Testing

@testable import Web

struct ConcernPagesTests {
    private static let text = "后厨门口有<老鼠>，昨天中午看到的"

    static func published(_ test: SiteUnderTest) async throws -> PublicCode {
        let publications = test.supervision.publications
        try await publications.change(
            Publication(isOn: true, cameras: [test.camera.id]), of: test.school.id, by: .console)
        return try #require(try await publications.sheet(of: test.school.id, for: .console).code)
    }

    /// A concern that came in, with its code and its identifier.
    static func sent(
        _ test: SiteUnderTest, text: String = text, contact: String = "138"
    ) async throws -> (ConcernCode, ConcernID) {
        let concerns = test.supervision.concerns
        let code = try await concerns.submit(
            ConcernDraft(text: text, contact: contact), to: try await published(test))
        return (code, try #require(try await concerns.list(for: .person(test.supervisor.person)).first?.id))
    }

    /// Of 3000 × 2000, with a place in its EXIF.
    private static func photograph() throws -> [UInt8] {
        var picture = try Picture.blank(width: 3000, height: 2000)
        picture.withMutablePlanes { y, u, v in
            for index in y.indices { y[index] = UInt8(60 + index % 97) }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
        var encoder = try JPEGEncoder.open(width: 3000, height: 2000)
        let jpeg = try encoder.encode(picture)
        let secret = Array("Exif\0\0GPS-31.57N-118.50E".utf8)
        let length = secret.count + 2
        return Array(jpeg[..<2]) + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 0xFF)] + secret + jpeg[2...]
    }

    @Test(arguments: Language.allCases)
    func `anybody reports from the school's page and follows the answer with a code`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let page = try await Self.published(test)
        let follow = Mutex("")
        try await test.visit(language: language) { browser async throws in
            #expect(try await browser.get("/p/\(page)").text.contains("href=\"/p/\(page)/concern\""))
            let form = try await browser.get("/p/\(page)/concern")
            #expect(form.status == .ok && Markup(form.text).faults == [] && form.text.contains("multipart/form-data"))
            #expect(form.text.firstMatch(of: /concern\.(?!css)[a-z]/) == nil)
            let sent = try await browser.post(
                "/p/\(page)/concern", ["text": Self.text, "contact": "138 <0>", "website": ""],
                files: [("a.jpg", try Self.photograph())])
            #expect(sent.status == .seeOther)
            let address = try #require(sent.location)
            let view = try await browser.get(address)
            #expect(view.status == .ok && Markup(view.text).faults == [])
            #expect(view.text.contains("&lt;老鼠&gt;") && view.headers[.cacheControl] == "no-store")
            #expect(!view.text.contains("138 &lt;0&gt;"), "the contact is for who answers")
            let code = try #require(view.text.firstMatch(of: /class="code">([0-9a-z-]{19})</)?.1)
            let found = try await browser.get("/c?code=\(String(code).uppercased())")
            #expect(found.location == String(address.prefix { $0 != "?" }))
            #expect(try await browser.get("/c?code=nonsense").status == .unprocessableContent)
            follow.withLock { $0 = String(address.prefix { $0 != "?" }) }
        }
        let address = follow.withLock(\.self)
        let concern = Mutex("")
        try await test.visit(as: test.supervisor, language: language) { browser async throws in
            let list = try await browser.get("/concerns")
            #expect(Markup(list.text).faults == [] && list.text.contains("&lt;老鼠&gt;"))
            #expect(try await browser.get("/captures").text.contains("/concerns?stage=open"))
            let path = try #require(list.text.firstMatch(of: /href="(\/concerns\/[0-9a-f-]{36})"/)?.1)
            let sheet = try await browser.get(String(path))
            #expect(sheet.status == .ok && Markup(sheet.text).faults == [] && sheet.text.contains("138 &lt;0&gt;"))
            #expect(sheet.text.firstMatch(of: /concern\.(?!css)[a-z]/) == nil)
            let photo = try #require(sheet.text.firstMatch(of: /src="(\/concerns\/[^"]*\/photos\/[^"]*)"/)?.1)
            let bytes = try await browser.get(String(photo)).bytes
            let picture = try StillPicture.decode(bytes)
            #expect(picture.width == 1920 && picture.height == 1280)
            #expect(!String(decoding: bytes, as: UTF8.self).contains("GPS"))
            // What the sender will see stands there before it is sent.
            let preview = try await browser.post(
                "\(path)/act", ["move": "answer", "seen": "1", "text": "已核实 <整改>"])
            #expect(preview.status == .ok && Markup(preview.text).faults == [])
            #expect(preview.text.contains("已核实 &lt;整改&gt;") && preview.text.contains("name=\"confirmed\""))
            #expect(try await !browser.get(String(path)).text.contains("已核实"))
            let back = try await browser.post("\(path)/act", ["move": "answer", "edit": "1", "text": "已核实 <整改>"])
            #expect(back.text.contains("已核实 &lt;整改&gt;</textarea>"))
            let sent = try await browser.post(
                "\(path)/act", ["move": "answer", "seen": "1", "text": "已核实 <整改>", "confirmed": "1"])
            #expect(sent.status == .seeOther)
            let twice = try await browser.post(
                "\(path)/act", ["move": "answer", "seen": "1", "text": "另一个", "confirmed": "1"])
            #expect(twice.status == .conflict && twice.text.contains("另一个"))
            concern.withLock { $0 = String(path) }
        }
        try await test.visit(language: language) { browser async throws in
            let view = try await browser.get(address)
            #expect(view.text.contains("已核实 &lt;整改&gt;"))
            #expect(!view.text.contains("inspector"), "no name of anybody who handles it")
        }
        try await test.visit(as: test.supervisor, language: language) { browser async throws in
            let path = concern.withLock(\.self)
            let opened = try await browser.post(
                "\(path)/case", ["matter": "rodent", "grade": "1", "note": "现场核实", "seen": "2"])
            #expect(opened.status == .seeOther)
            let page = try await browser.get(try #require(opened.location))
            #expect(page.status == .ok && page.text.contains("href=\"\(path)\""))
            #expect(try await browser.get(path).text.contains("/cases/"))
        }
    }

    @Test func `who sent it replies and withdraws, without scripts and without an account`() async throws {
        let test = try await SiteUnderTest()
        let (code, id) = try await Self.sent(test)
        try await test.supervision.concerns.askBack("哪一天？", on: id, by: .person(test.supervisor.person))
        try await test.visit { browser async throws in
            #expect(try await browser.get("/c/\(code)").text.contains("哪一天？"))
            #expect(try await browser.post("/c/\(code)/add", ["text": " "]).status == .unprocessableContent)
            #expect(try await browser.post("/c/\(code)/add", ["text": "周一"]).status == .seeOther)
            #expect(try await browser.get("/c/\(code)").text.contains("周一"))
            #expect(try await browser.post("/c/\(code)/withdraw").status == .seeOther)
            #expect(try await browser.get("/c/\(code)").text.contains("您已撤回"))
            // Once more changes nothing, and is no error.
            #expect(try await browser.post("/c/\(code)/withdraw").status == .seeOther)
            var random = SystemRandomNumberGenerator()
            let unknown = ConcernCode.random(using: &random)
            for path in ["/c/\(unknown)", "/c/x"] {
                #expect(try await browser.get(path).status == .notFound)
                #expect(try await browser.post("\(path)/withdraw").status == .notFound)
            }
        }
    }

    @Test func `what can't be taken comes back with what was typed`() async throws {
        let test = try await SiteUnderTest()
        let page = try await Self.published(test)
        try await test.visit { browser async throws in
            let short = try await browser.post("/p/\(page)/concern", ["text": "短", "contact": "电话<1>"])
            #expect(short.status == .unprocessableContent && Markup(short.text).faults == [])
            #expect(short.text.contains("value=\"电话&lt;1&gt;\"") && short.text.contains(">短</textarea>"))
            for bytes: [UInt8] in [Array("%PDF-1.7 not a picture".utf8), [0xFF, 0xD8, 0xFF, 0xE0, 1, 2, 3]] {
                let answer = try await browser.post(
                    "/p/\(page)/concern", ["text": Self.text], files: [("x.jpg", bytes)])
                #expect(answer.status == .unprocessableContent && answer.text.contains("有一张照片打不开"))
            }
            let five = try await browser.post(
                "/p/\(page)/concern", ["text": Self.text],
                files: (0..<5).map { ("\($0).jpg", [0xFF, 0xD8, 0xFF, UInt8($0)]) })
            #expect(five.status == .unprocessableContent && five.text.contains("最多 4 张"))
            // A program that fills every field is sent away, and nothing is kept.
            let trapped = try await browser.post(
                "/p/\(page)/concern", ["text": Self.text, "website": "http://spam.example"])
            #expect(trapped.location == "/p/\(page)")
        }
        #expect(try await test.supervision.concerns.count(for: .console) == 0)
    }

    @Test func `a flood is slowed down, with the text kept`() async throws {
        let test = try await SiteUnderTest()
        let page = try await Self.published(test)
        try await test.visit { browser async throws in
            for _ in 0..<6 {
                #expect(try await browser.post("/p/\(page)/concern", ["text": Self.text]).status == .seeOther)
            }
            let seventh = try await browser.post("/p/\(page)/concern", ["text": Self.text])
            #expect(seventh.status == .unprocessableContent && seventh.text.contains("反映得太频繁"))
            #expect(seventh.text.contains("&lt;老鼠&gt;"))
        }
        #expect(try await test.supervision.concerns.count(for: .console) == 6)
        let other = CrossSiteHeaders.foreign
        try await test.visit { browser async throws in
            #expect(try await browser.post("/p/\(page)/concern", ["text": Self.text], other).status == .forbidden)
        }
    }

    private enum CrossSiteHeaders {
        static let foreign: HTTPFields = [.origin: "https://elsewhere.example"]
    }

    @Test func `schools and others' offices find nothing, and files hold no contact`() async throws {
        let test = try await SiteUnderTest()
        let (_, id) = try await Self.sent(test, contact: "SECRET-CONTACT")
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get("/concerns").status == .forbidden)
            #expect(try await browser.get("/concerns/\(id)").status == .notFound)
            #expect(try await browser.post("/concerns/\(id)/act", ["move": "take"]).status == .notFound)
            #expect(try await !browser.get("/captures").text.contains("/concerns"))
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            for format in ["csv", "xlsx"] {
                let file = try await browser.get("/concerns.\(format)")
                #expect(file.status == .ok && !file.text.contains("SECRET-CONTACT"))
                if format == "csv" { #expect(file.text.contains("老鼠")) }
            }
            for (query, status) in [
                ("stage=overdue", HTTPResponse.Status.ok), ("stage=nonsense", .badRequest), ("school=x", .notFound),
                ("offset=-1", .badRequest), ("from=2026-11-10&to=2026-11-01", .badRequest),
            ] {
                #expect(try await browser.get("/concerns?\(query)").status == status, "\(query)")
            }
            #expect(try await browser.post("/concerns/\(id)/act", ["move": "nonsense"]).status == .badRequest)
        }
    }

    @Test func `programs read concerns page by page, without a contact`() async throws {
        let test = try await SiteUnderTest()
        let (_, id) = try await Self.sent(test, contact: "SECRET-CONTACT")
        _ = try await Self.sent(test, text: "第二条反映内容")
        try await test.program(as: test.supervisor) { api async throws in
            let first = try await api.get("/api/v1/concerns?limit=1")
            #expect(try first.integer("count") == 2)
            let cursor = try #require(try first.text("next"))
            let second = try await api.get("/api/v1/concerns?limit=1&cursor=\(cursor)")
            #expect(try second.text("next") == nil)
            let ids = [try first.text("concerns.0.id"), try second.text("concerns.0.id")]
            #expect(Set(ids).count == 2)
            let one = try await api.get("/api/v1/concerns/\(id)")
            #expect(try one.text("steps.0.step") == "received")
            #expect(try one.text("state") == "received")
            #expect(try await api.get("/api/v1/concerns?stage=overdue").integer("count") == 0)
            for answer in [first, second, one] { #expect(!answer.text.contains("SECRET-CONTACT")) }
        }
        try await test.program(as: test.head) { api async throws in
            #expect(try await api.get("/api/v1/concerns").status == .forbidden)
            #expect(try await api.get("/api/v1/concerns/\(id)").status == .notFound)
        }
    }

    @Test func `a message about a late answer says so and leads to it`() async throws {
        let test = try await SiteUnderTest()
        let (_, id) = try await Self.sent(test)
        let news = AffairNews(
            affair: Affair(.concernOverdue, subject: "concern/\(id)", school: test.school.id), school: "实验小学",
            body: .marketRegulation, time: test.time.now)
        let message = test.site.message(for: .affair(news), in: .simplifiedChinese)
        #expect(message.subject.contains("群众反映逾期未答复") && message.subject.hasSuffix("实验小学"))
        #expect(SiteURL.page(of: news.affair).path == "/concerns/\(id)")
        _ = try await test.supervision.channels.add(
            ChannelDraft(
                owner: .body(.marketRegulation), kind: .mail, name: "Bureau", address: Secret("bureau@county.example")),
            by: .console)
        test.time.advance(by: .seconds(86_401))
        #expect(try await test.supervision.concerns.keepUp().told == 1)
        _ = try await test.supervision.deliveries.route()
        // The first session has ended by now.
        let administrator = try await Session.begin("later", .administrator, nil, test.supervision)
        try await test.visit(as: administrator) { browser async throws in
            #expect(try await browser.get("/deliveries").text.contains("群众反映逾期未答复"))
        }
    }
}
