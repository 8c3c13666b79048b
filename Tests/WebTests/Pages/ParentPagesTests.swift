import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct ParentPagesTests {
    /// The county has parents, the school a page and a class; the class's code.
    static func invited(_ test: SiteUnderTest) async throws -> PublicCode {
        let supervision = test.supervision
        try await supervision.parents.setLevel(isOn: true, by: .console)
        try await supervision.publications.change(
            Publication(isOn: true, cameras: [test.camera.id], parents: ParentShowing()), of: test.school.id,
            by: .console)
        let invitation = try await supervision.parents.invite(
            ParentInvitationDraft(className: "3年<2>班", mostUses: 5, lastDay: Day(of: test.time.now, in: .shanghai) + 7),
            to: test.school.id, by: .person(test.head.person))
        return try await supervision.parents.invitation(invitation.id, of: test.school.id, for: .console).code
    }

    private static func joined(_ test: SiteUnderTest) async throws -> ParentSignedIn {
        try await test.supervision.parents.join(
            ParentDraft(name: "王<同学>家长", consents: true), by: try await invited(test), from: "192.0.2.1")
    }

    private static func cookie(_ token: Secret) -> HTTPFields {
        [.cookie: "\(ParentCookie.name)=\(token.reveal())"]
    }

    @Test(arguments: Language.allCases)
    func `a parent reads what is done with their data, agrees, and keeps a code`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let code = try await Self.invited(test)
        try await test.visit(language: language) { browser async throws in
            let form = try await browser.get("/join/\(code)")
            #expect(form.status == .ok && Markup(form.text).faults == [])
            #expect(form.text.contains("3年&lt;2&gt;班") && form.text.contains("2027-07-31"))
            #expect(form.text.contains("当涂县") && form.headers[.cacheControl] == "no-store")
            let without = try await browser.post("/join/\(code)", ["name": "王<同学>家长"])
            #expect(without.status == .unprocessableContent && without.text.contains("王&lt;同学&gt;家长"))
            #expect(without.cookies.isEmpty)
            // Whoever fills what nobody sees is nobody.
            let trapped = try await browser.post(
                "/join/\(code)", ["name": "王同学家长", "consent": "1", "website": "x"])
            #expect(trapped.status == .seeOther && trapped.cookies.isEmpty)
            let joined = try await browser.post("/join/\(code)", ["name": "王<同学>家长", "consent": "1"])
            #expect(joined.status == .ok && Markup(joined.text).faults == [])
            #expect(joined.text.firstMatch(of: /[0-9a-z]{4}(-[0-9a-z]{4}){3}/) != nil)
            let cookie = try #require(joined.cookies[ParentCookie.name])
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"))
            let value = String(cookie.prefix { $0 != ";" })
            let page = try await browser.get("/parents", [.cookie: "\(ParentCookie.name)=\(value)"])
            #expect(page.status == .ok && Markup(page.text).faults == [])
            #expect(page.text.contains("王&lt;同学&gt;家长") && page.text.contains("3年&lt;2&gt;班"))
            #expect(page.text.contains("05:30") && page.headers[.cacheControl] == "no-store")
            for secret in ["灶台", "192.0.2.17", "head 先生", "/kitchens", "/cases"] {
                #expect(!page.text.contains(secret), "\(secret)")
            }
            #expect(page.text.firstMatch(of: /parent\.[a-z]+[A-Z.]/) == nil)
        }
    }

    @Test(arguments: Language.allCases)
    func `a parent signs in on another phone, gets a new code, and leaves`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let session = try await Self.joined(test)
        let code = try #require(session.code)
        try await test.visit(language: language) { browser async throws in
            let form = try await browser.get("/parents/sign-in")
            #expect(form.status == .ok && Markup(form.text).faults == [])
            #expect(try await browser.get("/parents").location == "/parents/sign-in")
            let wrong = try await browser.post("/parents/sign-in", ["code": "0000-0000-0000-0000"])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("role=\"alert\""))
            let signedIn = try await browser.post("/parents/sign-in", ["code": code.grouped.uppercased()])
            #expect(signedIn.location == "/parents")
            let value = String(try #require(signedIn.cookies[ParentCookie.name]).prefix { $0 != ";" })
            let headers: HTTPFields = [.cookie: "\(ParentCookie.name)=\(value)"]
            let token = FormToken.text(for: Secret(value))
            #expect(try await browser.get("/parents/sign-in", headers).location == "/parents")
            // A form of another phone is none.
            for path in ["/parents/sign-out", "/parents/code", "/parents/leave"] {
                #expect(try await browser.post(path, [:], token: "x", headers).status == .forbidden)
            }
            let renewed = try await browser.post("/parents/code", [:], token: token, headers)
            #expect(renewed.status == .ok && !renewed.text.contains(code.grouped))
            #expect(Markup(renewed.text).faults == [])
            #expect(try await browser.get("/parents", Self.cookie(session.token)).location == "/parents/sign-in")
            let left = try await browser.post("/parents/leave", [:], token: token, headers)
            #expect(left.location == "/parents/sign-in?done=left")
            #expect(left.cookies[ParentCookie.name]?.contains("Max-Age=0") == true)
            #expect(try await browser.get("/parents", headers).location == "/parents/sign-in")
        }
    }

    @Test func `a parent's cookie opens no page, no file and no act of supervision`() async throws {
        let test = try await SiteUnderTest()
        let session = try await Self.joined(test)
        let names = [
            "camera": "\(test.camera.id)", "capture": "\(test.capture.id)", "school": "\(test.school.id)",
            "area": "\(test.area.id)", "person": "\(test.head.person.id)", "file": "data.json", "date": "2026-11-23",
            "name": "08-00-00.mp4",
        ]
        let routes = test.site.router().routes.filter { $0.method != .head }
            .map { (method: $0.method, path: $0.path.description) }
        let own = Set(["/parents", "/parents/sign-in", "/parents/sign-out", "/parents/code", "/parents/leave"])
        try await test.visit { browser async throws in
            for (method, path) in routes where !own.contains(path) {
                let uri = names.reduce(path) { $0.replacing("{\($1.key)}", with: $1.value) }
                func ask(_ headers: HTTPFields) async throws -> TestResponse {
                    method == .post
                        ? try await browser.post(uri, [:], token: FormToken.text(for: session.token), headers)
                        : try await browser.get(uri, headers)
                }
                let parent = try await ask(Self.cookie(session.token))
                let nobody = try await ask([:])
                #expect(parent.status == nobody.status, "\(method) \(path)")
                #expect(parent.location == nobody.location, "\(method) \(path)")
            }
            // As somebody's session it is none either.
            let stolen: HTTPFields = [.cookie: "\(SessionCookie.name)=\(session.token.reveal())"]
            #expect(try await browser.get("/today", stolen).location?.hasPrefix("/sign-in") == true)
            let bearer: HTTPFields = [.authorization: "Bearer \(session.token.reveal())"]
            #expect(try await browser.get("/api/v1/cameras", bearer).status == .unauthorized)
        }
    }

    @Test func `who supervises opens no parent's page`() async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.joined(test)
        for person in [test.head, test.supervisor, test.administrator] {
            try await test.visit(as: person) { browser async throws in
                #expect(try await browser.get("/parents").location == "/parents/sign-in")
                let picture = "/parents/pictures/\(test.camera.id)/index.m3u8"
                #expect(try await browser.get(picture).status == .notFound)
            }
        }
    }

    @Test(arguments: Language.allCases)
    func `a school invites a class, prints its sheet, and takes it back`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let session = try await Self.joined(test)
        let page = "/publication/\(test.school.id)/parents"
        try await test.visit(as: test.head, language: language) { browser async throws in
            let text = try await browser.get(page).text
            #expect(Markup(text).faults == [] && text.contains("王&lt;同学&gt;家长") && text.contains("1 / 5"))
            #expect(text.firstMatch(of: /parent\.[a-z]+[A-Z.]/) == nil)
            let sheet = try #require(text.firstMatch(of: /href="([^"]+sheet\.pdf)"/)).1
            let document = try await browser.get(String(sheet))
            #expect(document.status == .ok && document.bytes.starts(with: Array("%PDF".utf8)))
            for (field, value) in [("className", ""), ("uses", "0"), ("uses", "x"), ("until", "gestern")] {
                var fields = ["className": "1班", "uses": "40", "until": "2026-12-01"]
                fields[field] = value
                let answer = try await browser.post(
                    page,
                    ["className": fields["className"]!, "uses": fields["uses"]!, "until": fields["until"]!])
                #expect(answer.status == .unprocessableContent && answer.text.contains("role=\"alert\""), "\(field)")
            }
            let made = try await browser.post(page, ["className": "1班", "uses": "40", "until": "2026-12-01"])
            #expect(made.location == "\(page)?done=invited")
            let member = try #require(try await test.supervision.parents.member(forToken: session.token))
            let removed = try await browser.post("\(page)/members/\(member.parent.id)/revoke")
            #expect(removed.location == "\(page)?done=removed")
            #expect(!(try await browser.get(page).text.contains("王&lt;同学&gt;家长")))
            let invitation = member.parent.invitation
            #expect(try await browser.post("\(page)/\(invitation)/revoke").location == "\(page)?done=revoked")
            #expect(try await browser.get("\(page)/\(invitation)/sheet.pdf").status == .notFound)
        }
        // Another school, and those above, see as much as they may.
        try await test.visit(as: test.otherHead) { browser async throws in
            #expect(try await browser.get(page).status == .notFound)
            let other = "/publication/\(test.otherSchool.id)/parents"
            let member = try await test.supervision.parents.sheet(of: test.school.id, for: .console).classes[0]
            #expect(try await browser.post("\(other)/\(member.invitation.id)/revoke").status == .notFound)
        }
        try await test.visit(as: test.supervisor, language: language) { browser async throws in
            let text = try await browser.get(page).text
            #expect(Markup(text).faults == [] && !text.contains("sheet.pdf"))
            #expect(try await browser.post(page, ["className": "1班"]).status == .forbidden)
        }
    }

    @Test func `the county switches it on and off, and says to whom what happens`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.post("/publication", ["isOn": "1"]).status == .forbidden)
        }
        let page = "/publication/\(test.school.id)"
        try await test.visit(as: test.supervisor) { browser async throws in
            #expect(!(try await browser.get(page).text.contains("parentStart")))
            let on = try await browser.post("/publication", ["isOn": "1"])
            #expect(on.location == "/publication?done=level")
            let text = try await browser.get("/publication?done=level").text
            #expect(Markup(text).faults == [] && text.contains("关闭家长端"))
            let form = try await browser.get(page).text
            #expect(Markup(form).faults == [] && form.contains("name=\"parentStart\""))
            let saved = try await browser.post(
                page,
                [
                    "seen": "0", "isOn": "1", "camera": "\(test.camera.id)", "start": "09:00", "end": "12:00",
                    "weekday": "1", "delay": "15", "parents": "1", "parentCamera": "\(test.lockedCamera.id)",
                    "parentStart": "07:00", "parentEnd": "18:00", "parentWeekday": "1",
                ])
            #expect(saved.location == "\(page)?done=saved")
            #expect(try await browser.get(page).text.contains("value=\"18:00\""))
            #expect(try await browser.post("/publication").location == "/publication?done=level")
        }
        let sheet = try await test.supervision.publications.sheet(of: test.school.id, for: .console)
        #expect(sheet.publication.parents?.cameras == [test.lockedCamera.id])
        #expect(sheet.publication.cameras == [test.camera.id])
    }

    @Test func `a parent's concern stands on their page`() async throws {
        let test = try await SiteUnderTest()
        let session = try await Self.joined(test)
        let member = try #require(try await test.supervision.parents.member(forToken: session.token))
        let concern = try await test.supervision.concerns.submit(
            ConcernDraft(text: "后厨门口有<老鼠>"), to: member.page, of: member.parent.id)
        try await test.visit { browser async throws in
            let text = try await browser.get("/parents", Self.cookie(session.token)).text
            #expect(Markup(text).faults == [])
            #expect(text.contains("后厨门口有&lt;老鼠&gt;") && text.contains("/c/\(concern)"))
            let form = try await browser.get("/p/\(member.page)/concern", Self.cookie(session.token)).text
            #expect(form.contains("答复也会出现在您的家长页"))
            // Everybody's page tells nobody apart.
            let page = "/p/\(member.page)"
            #expect(
                try await browser.get(page, Self.cookie(session.token)).text == (try await browser.get(page).text))
        }
    }

    @Test func `what may be kept of a public picture ends within its delay, and a refusal is kept a second`()
        async throws
    {
        let test = try await SiteUnderTest()
        _ = try await Self.invited(test)
        let code = try #require(
            try await test.supervision.publications.sheet(of: test.school.id, for: .console).code)
        try await test.visit { browser async throws in
            let refused = try await browser.get("/p/\(code)/\(test.camera.id)/index.m3u8")
            #expect(refused.status == .notFound && refused.headers[.cacheControl] == "public, max-age=1")
            #expect(refused.headers[.setCookie] == nil)
        }
    }
}
