import Domain
import FFmpeg
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct ActivityPagesTests {
    private final class Found: @unchecked Sendable { var text = "" }

    /// A photograph with a comment such as telephones write.
    private static func photograph() throws -> [UInt8] {
        var picture = try Picture.blank(width: 640, height: 480)
        picture.withMutablePlanes { y, u, v in
            for index in y.indices { y[index] = UInt8(60 + index % 97) }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
        var encoder = try JPEGEncoder.open(width: 640, height: 480)
        let bytes = try encoder.encode(picture)
        let note = Array("GPS-SECRET".utf8)
        var noted = Array(bytes.prefix(2))
        // A comment (ITU-T T.81, B.2.4.5): its length counts itself.
        noted += [0xFF, 0xFE, 0, UInt8(note.count + 2)]
        noted += note
        noted += bytes.dropFirst(2)
        return noted
    }

    /// Fields of the page's form as a browser would send them.
    private static func formToken(_ text: String) throws -> String {
        String(try #require(text.firstMatch(of: /name="form" value="([^"]+)"/)).1)
    }

    @Test func `everything that may be refused has words in both languages`() throws {
        for language in Language.allCases {
            let words = try Catalogues(Resources.bundled())[language]
            for refusal in ActivityRefusal.all {
                #expect(words.has("activityRefusal.\(refusal.name)"), "\(refusal.name)")
            }
            for kind in Activity.Kind.allCases { #expect(words.has("activity.kind.\(kind.rawValue)")) }
            for state in Activity.State.allCases { #expect(words.has("activity.state.\(state.rawValue)")) }
            for role in ActivityRole.allCases { #expect(words.has("activity.role.\(role.rawValue)")) }
            for state in SignUp.State.allCases {
                #expect(words.has("signUp.state.\(state.rawValue)") && words.has("place.\(state.rawValue).means"))
            }
            for kind in ActivityLetter.Kind.allCases { #expect(words.has("activityLetter.\(kind.rawValue).text")) }
            for name in ["openDays", "parents", "jointInspections", "participants", "findings"] {
                #expect(words.has("activityFigure.\(name).means"))
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `an open day goes from the plan to the public page through the pages alone`(language: Language) async throws {
        let test = try await SiteUnderTest()
        var supervisor = test.supervisor
        func post(_ uri: String, _ fields: KeyValuePairs<String, String>) async throws -> TestResponse {
            try await test.post(as: supervisor, uri, fields)
        }
        func page(_ uri: String, _ session: Session?) async throws -> String {
            let found = Found()
            try await test.visit(as: session, language: language) { browser async throws in
                let answer = try await browser.get(uri)
                #expect(answer.status == .ok, "\(uri)")
                #expect(Markup(answer.text).faults == [], "\(uri)")
                found.text = answer.text
            }
            return found.text
        }
        let start = test.site.settings.zone.civil(test.time.now + .seconds(7 * 86_400))
        let fields: KeyValuePairs = [
            "kind": "openDay", "title": "开放日 <1>", "school": "\(test.school.id)", "place": "东门",
            "start": "\(start.date)T09:00", "end": "\(start.date)T11:30", "until": "\(start.date)T08:00",
            "total": "2", "organizer": "县局", "programme": "9:00 签到\n09：30 参观", "invitation": "",
        ]
        let planned = try await post("/activities/new", fields)
        let base = try #require(planned.location)
        let id = try #require(ActivityID(String(base.dropFirst("/activities/".count))))
        #expect(try await page("\(base)/edit", supervisor).contains("09:30 参观"))
        let code = try await test.supervision.activities.sheet(of: id, for: .console).activity.code
        try await test.visit { browser async throws in
            #expect(try await browser.get("/a/\(code)").status == .notFound)
        }
        #expect(try await post("\(base)/move", ["move": "publish", "seen": "1"]).location == base)
        #expect(try await page(base, supervisor).contains("/a/\(code)"))

        // Everybody signs up, until it is full.
        var made: [String] = []
        for (name, count) in [("王<女士>", "2"), ("李先生", "1"), ("赵女士", "1")] {
            let board = try await page("/a/\(code)", nil)
            let token = try Self.formToken(board)
            try await test.visit(language: language) { browser async throws in
                let early = try await browser.post("/a/\(code)", ["role": "parent", "name": "x", "form": token])
                #expect(early.status == .unprocessableContent && early.text.contains("value=\"x\""))
            }
            let place = Found()
            try await test.visit(language: language) { browser async throws in
                let answer = try await browser.post(
                    "/a/\(code)",
                    [
                        "role": "parent", "name": name, "count": count, "agrees": "1", "form": token,
                        "phone": "13800000000",
                    ])
                place.text = String(try #require(answer.location).prefix { $0 != "?" })
                #expect(answer.cookies.isEmpty, "nobody is told apart")
            }
            made.append(place.text)
        }
        let places = made
        #expect(try await page(places[0], nil).contains("<svg"))
        #expect(try await page(places[2], nil).contains(language == .english ? "Number 2" : "候补第 2 位"))
        test.time.advance(by: .seconds(60))
        try await test.visit(language: language) { browser async throws in
            #expect(try await browser.post("\(places[0])/cancel").location == places[0])
        }
        for place in places.dropFirst() {
            #expect(try await page(place, nil).contains(language == .english ? "moved up" : "候补成功"))
        }

        // At the door: the first by the code, the second ticked in the list.
        test.time.advance(by: test.site.settings.zone.parse("\(start.date)T08:50")! - test.time.now)
        let doorCode = places[1].dropFirst("/s/".count)
        supervisor = try await test.again(supervisor)
        try await test.visit { browser async throws in
            #expect(try await browser.get("/activities/door/\(doorCode)").status == .seeOther)
        }
        #expect(try await page("/activities/door/\(doorCode)", supervisor).contains("李先生"))
        let letIn = try await post("/activities/door/\(doorCode)", ["came-parent": "1"])
        #expect(letIn.location == "/activities/door/\(doorCode)")
        let guests = try await page("\(base)/guests", supervisor)
        #expect(guests.contains("赵女士") && guests.contains("13800000000"))
        let second = try #require(
            try await test.supervision.activities.sheet(of: id, for: .console).guests.signUps.last?.id)
        #expect(
            try await post("\(base)/guests/act", ["act": "checkIn", "signUp": "\(second)"]).location
                == "\(base)/guests")
        let full = try await post("\(base)/guests/act", ["act": "walkIn", "name": "孙", "role": "other"])
        #expect(full.status == .unprocessableContent && full.text.contains("value=\"孙\""))

        let found = try await post(
            "\(base)/findings",
            ["matter": "地面 <积水>", "place": "\(test.area.id)", "grade": "3", "note": "内部说明", "mended": "1"])
        #expect(found.location == "\(base)/findings")
        #expect(try await post("\(base)/move", ["move": "finish"]).location == base)
        try await test.visit(language: language) { browser async throws in
            let rated = try await browser.post("\(places[1])/feedback", ["stars": "5", "words": "放心 <了>"])
            #expect(rated.location == "\(places[1])?thanks=1")
            #expect(try await browser.post("\(places[0])/feedback", ["stars": "5"]).status == .unprocessableContent)
        }
        #expect(try await page("\(base)/report", supervisor).contains("放心 &lt;了&gt;"))
        #expect(try await post("\(base)/report", ["report": "看了 <两个> 区"]).location == "\(base)/report")
        var board = try await page("/a/\(code)", nil)
        #expect(board.contains("看了 &lt;两个&gt; 区") && board.contains("地面 &lt;积水&gt;"))
        for secret in ["李先生", "赵女士", "13800000000", "内部说明", "放心", "/sign-out"] {
            #expect(!board.contains(secret), "\(secret)")
        }
        let signUp = try #require(
            try await test.supervision.activities.sheet(of: id, for: .console).feedback.first?.signUp)
        _ = try await post("\(base)/feedback/\(signUp)", ["act": "pass"])
        board = try await page("/a/\(code)", nil)
        #expect(board.contains("放心 &lt;了&gt;"))
        let counts = try await page("/activities/counts", supervisor)
        #expect(counts.contains(language == .english ? "Counts by year" : "年度统计"))
        try await test.visit(as: supervisor) { browser async throws in
            let csv = try await browser.get("/activities/counts.csv")
            #expect(csv.text.contains(",公众开放日,1,2,2,0,0,0,0,1,1,"), "\(csv.text)")
            #expect(try await browser.get("/activities/counts.xlsx").bytes.starts(with: [0x50, 0x4B]))
            #expect(try await browser.get("\(base)/poster.pdf").bytes.starts(with: Array("%PDF".utf8)))
        }
    }

    @Test func `a photograph is checked by what it holds, loses what the telephone wrote, and waits to be let pass`()
        async throws
    {
        let test = try await SiteUnderTest()
        let activity = try await test.published(at: test.school.id)
        let base = "/activities/\(activity.id)"
        _ = try await test.supervision.activities.handle(.begin, activity.id, by: .console)
        let jpeg = try Self.photograph()
        #expect(jpeg.contains(Array("GPS-SECRET".utf8)))
        try await test.visit(as: test.supervisor) { browser async throws in
            for bytes in [
                Array("<svg onload=alert(1)>".utf8), [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 2], Array("%PDF-1.7".utf8),
            ] {
                let answer = try await browser.post("\(base)/photos", [:], files: [("a.jpg", bytes)])
                #expect(answer.status == .unprocessableContent)
            }
            let stolen = try await browser.post("\(base)/photos", [:], files: [("a.jpg", jpeg)], token: "x")
            #expect(stolen.status == .forbidden)
            let added = try await browser.post("\(base)/photos", ["caption": "后厨 <1>"], files: [("a.jpg", jpeg)])
            #expect(added.location == "\(base)/findings")
        }
        let photo = try #require(
            try await test.supervision.activities.sheet(of: activity.id, for: .console).photos.first)
        let own = "\(base)/photos/\(photo.id)/photo.jpg"
        let open = "/a/\(activity.code)/\(photo.id)/photo.jpg"
        try await test.visit(as: test.supervisor) { browser async throws in
            let shown = try await browser.get(own)
            #expect(shown.status == .ok && shown.headers[.contentType] == "image/jpeg")
            #expect(shown.bytes.starts(with: [0xFF, 0xD8, 0xFF]) && !shown.bytes.contains(Array("GPS-SECRET".utf8)))
            #expect(try await browser.get("\(base)/findings").text.contains("后厨 &lt;1&gt;"))
        }
        try await test.visit(as: test.otherHead) { browser async throws in
            #expect(try await browser.get(own).status == .notFound)
        }
        let activities = test.supervision.activities
        try await activities.handle(.finish, activity.id, by: .console)
        try await activities.handle(.report("x"), activity.id, by: .console)
        try await test.visit { browser async throws in
            #expect(try await browser.get(open).status == .notFound)
        }
        #expect(
            try await test.post(as: test.supervisor, "\(base)/photos/\(photo.id)/act", ["act": "pass"]).status.code
                == 303)
        try await test.visit { browser async throws in
            #expect(try await browser.get(open).status == .ok)
            #expect(try await browser.get("/a/\(activity.code)").text.contains(open))
        }
        #expect(
            try await test.post(as: test.supervisor, "\(base)/photos/\(photo.id)/act", ["act": "remove"]).status.code
                == 303)
        try await test.visit { browser async throws in
            #expect(try await browser.get(open).status == .notFound)
        }
        #expect(!FileManager.default.fileExists(atPath: test.folder.file("attachments/activities/\(photo.path)")))
    }

    @Test func `a finding becomes a case by who may open one, and the case leads back`() async throws {
        let test = try await SiteUnderTest()
        let activity = try await test.published(at: test.school.id)
        let activities = test.supervision.activities
        _ = try await activities.handle(.begin, activity.id, by: .console)
        let finding = try await activities.add(
            .init(school: test.school.id, area: test.area.id, matter: "过期食品", grade: .one), to: activity.id,
            by: .person(test.head.person))
        let uri = "/activities/\(activity.id)/findings/\(finding.id)/case"
        #expect(try await test.post(as: test.head, uri, [:]).status == .forbidden)
        #expect(try await test.post(as: test.otherHead, uri, [:]).status == .notFound)
        let opened = try #require(try await test.post(as: test.supervisor, uri, [:]).location)
        #expect(opened.hasPrefix("/cases/"))
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(try await browser.get(opened).text.contains("/activities/\(activity.id)"))
            let day = try await browser.get("/activities/\(activity.id)/findings").text
            #expect(day.contains(opened) && !day.contains(uri))
        }
    }

    @Test func `the next open days stand on the school's public page`() async throws {
        let test = try await SiteUnderTest()
        let publications = test.supervision.publications
        try await publications.change(
            Publication(isOn: true, cameras: [test.camera.id]), of: test.school.id, by: .console)
        let code = try #require(try await publications.sheet(of: test.school.id, for: .console).code)
        let draft = try await test.supervision.activities.plan(test.plan(at: test.school.id), by: .console)
        let activity = try await test.published(at: test.school.id)
        let elsewhere = try await test.published(at: test.otherSchool.id)
        try await test.visit { browser async throws in
            let text = try await browser.get("/p/\(code)").text
            #expect(text.contains("/a/\(activity.code)") && text.contains("秋季 &lt;开放日&gt;"))
            #expect(!text.contains("/a/\(draft.code)") && !text.contains("/a/\(elsewhere.code)"))
            #expect(Markup(text).faults == [])
        }
        try await test.supervision.activities.handle(.cancel(reason: "下雨"), activity.id, by: .console)
        try await test.visit { browser async throws in
            #expect(!(try await browser.get("/p/\(code)").text.contains("/a/\(activity.code)")))
        }
    }

    @Test func `programs get activities and counts as the document says, and nobody's name`() async throws {
        let test = try await SiteUnderTest()
        let activity = try await test.published(at: test.school.id)
        let signUp = try await test.signUp(Guest("王女士", as: .parent, phone: "13800000000"), for: activity)
        test.time.advance(by: .seconds(7 * 86_400))
        let activities = test.supervision.activities
        try await activities.checkIn([signUp.id], of: activity.id, by: .console)
        try await activities.add(
            .init(school: test.school.id, matter: "x", grade: .two), to: activity.id, by: .console)
        try await activities.rate(signUp.code, stars: 4, words: "", from: "::1")
        try await activities.handle(.finish, activity.id, by: .console)
        try await test.program(as: test.supervisor) { api async throws in
            for path in ["/activities", "/activities/\(activity.id)", "/activity-counts"] {
                let answer = try await api.get("/api/v1" + path)
                #expect(answer.status == .ok, "\(path)")
                let body = String(buffer: answer.body)
                #expect(!body.contains("王女士") && !body.contains("13800000000"))
            }
            let counts = String(buffer: try await api.get("/api/v1/activity-counts").body)
            #expect(counts.contains(#""parent":1"#) && counts.contains(#""activities":1"#))
        }
    }

    @Test func `a letter says what it is about, and leads to the right page`() async throws {
        let test = try await SiteUnderTest()
        let activity = try await test.published(at: test.school.id, capacity: ActivityCapacity(1))
        let first = try await test.signUp(Guest("王", as: .parent), for: activity)
        let second = try await test.signUp(
            Guest("李", as: .parent, mail: "li@example.org", language: .english), for: activity)
        let waiting = try #require(try await test.supervision.activities.claim().first)
        let told = test.site.message(for: waiting)
        #expect(told.lines[0].contains("waiting list") && told.address == nil)
        try await test.supervision.activities.finish(waiting, with: .sent(answer: ""))
        try await test.supervision.activities.cancel(first.code, from: "::1")
        let moved = try #require(try await test.supervision.activities.claim().first)
        #expect(moved.letter.kind == .movedUp && moved.signUp?.id == second.id)
        #expect(test.site.message(for: moved).subject.contains("You have a place"))
    }
}
