import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct SignInTests {
    @Test func `signing in gives a guarded cookie and leads on`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit { browser async throws in
            let response = try await browser.post(
                "/sign-in",
                ["account": "chief", "password": SiteUnderTest.password, "next": "/ledger?act=node.started"])
            #expect(response.status == .seeOther)
            #expect(response.location == "/ledger?act=node.started")
            let cookie = try #require(response.cookies[SessionCookie.name])
            #expect(cookie.contains("HttpOnly"))
            #expect(cookie.contains("SameSite=Lax"))
            #expect(cookie.contains("Path=/"))
            #expect(!cookie.contains("Secure"))
            let token = cookie.prefix { $0 != ";" }
            let page = try await browser.get("/kitchens", [.cookie: "\(SessionCookie.name)=\(token)"])
            #expect(page.status == .ok)
        }
    }

    @Test func `a wrong password keeps the account and says nothing of which was wrong`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(language: .english) { browser async throws in
            let known = try await browser.post("/sign-in", ["account": "chief", "password": "wrong-wrong"])
            let unknown = try await browser.post("/sign-in", ["account": "nobody", "password": "wrong-wrong"])
            #expect(known.status == .unauthorized)
            #expect(known.text.contains("Account or password is wrong."))
            #expect(known.text.contains("value=\"chief\""))
            #expect(!known.text.contains("wrong-wrong"))
            #expect(known.text.replacing("chief", with: "nobody") == unknown.text)
            #expect(known.cookies.isEmpty)
        }
    }

    @Test func `guessing is slowed down, with the wait in words`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(language: .english) { browser async throws in
            var last = try await browser.post("/sign-in", ["account": "chief", "password": "guess"])
            for _ in 0..<10 where last.status != .tooManyRequests {
                last = try await browser.post("/sign-in", ["account": "chief", "password": "guess"])
            }
            #expect(last.status == .tooManyRequests)
            #expect(last.text.contains("Too many attempts. Please try again in"))
            #expect(Int(last.headers[.retryAfter] ?? "").map { $0 > 0 } == true)
        }
    }

    @Test(arguments: [
        "//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)", "evil", "/a\r\nX: y",
        "/ä",
        "/" + String(repeating: "x", count: 3000),
    ])
    func `next never leads to another site`(next: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit { browser async throws in
            let response = try await browser.post(
                "/sign-in", ["account": "chief", "password": SiteUnderTest.password, "next": next])
            #expect(response.location == "/today")
            let preference = try await browser.post("/preferences", ["language": "en", "next": next])
            #expect(preference.location == "/")
        }
    }

    @Test func `somebody with an initial password can do nothing before choosing another`() async throws {
        let test = try await SiteUnderTest()
        let (person, initial) = try await test.supervision.people.add(
            account: "fresh", name: "Fresh", role: .administrator, school: nil, by: .console)
        let signedIn = try await test.supervision.signIn.signIn(account: "fresh", password: initial, from: "192.0.2.9")
        let session = Session(person: person, token: signedIn.token)
        try await test.visit(as: session) { browser async throws in
            #expect(try await browser.get("/kitchens").location == "/account/password")
            #expect(try await browser.post("/schools", ["name": "x"]).location == "/account/password")
            #expect(try await browser.get("/api/v1/cameras").status == .forbidden)
            #expect(try await browser.get("/account/password").text.contains("请先设置自己的密码"))
            let short = try await browser.post(
                "/account/password", ["old": initial.reveal(), "new": "short", "again": "short"])
            #expect(short.status == .unprocessableContent)
            let different = try await browser.post(
                "/account/password", ["old": initial.reveal(), "new": SiteUnderTest.password, "again": "another"])
            #expect(different.text.contains("两次输入的新密码不一致"))
            let wrong = try await browser.post(
                "/account/password", ["old": "nope", "new": SiteUnderTest.password, "again": SiteUnderTest.password])
            #expect(wrong.text.contains("现密码不正确"))
            let done = try await browser.post(
                "/account/password",
                [
                    "old": initial.reveal(), "new": SiteUnderTest.password, "again": SiteUnderTest.password,
                    "next": "/people",
                ])
            #expect(done.location == "/people")
            #expect(try await browser.get("/kitchens").status == .ok)
        }
    }

    @Test func `signing out ends the session and takes the cookie back`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head) { browser async throws in
            let response = try await browser.post("/sign-out")
            #expect(response.location == "/sign-in")
            #expect(response.cookies[SessionCookie.name]?.contains("Max-Age=0") == true)
            #expect(try await browser.get("/kitchens").location == "/sign-in?next=%2Fkitchens")
        }
    }

    @Test func `behind TLS the cookie is never sent without it`() async throws {
        let test = try await SiteUnderTest()
        let signedIn = try await test.supervision.signIn.signIn(
            account: "chief", password: Secret(SiteUnderTest.password), from: "192.0.2.1")
        #expect(SessionCookie.begin(signedIn, now: test.time.now, isSecure: true).secure)
        #expect(SessionCookie.end(isSecure: true).secure)
    }
}
