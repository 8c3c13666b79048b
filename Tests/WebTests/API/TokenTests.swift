import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct TokenTests {
    /// Every route of the API × every scope: open exactly when the scope holds the act that Domain's matrix asks for.
    @Test(arguments: Scope.allCases) func `a token opens what its scope says and nothing else`(scope: Scope)
        async throws
    {
        let test = try await SiteUnderTest()
        let id = try await test.openedCaseID()
        let who =
            switch scope {
            case .writeCameras: test.administrator
            case .writeDuties: test.head
            default: test.supervisor
            }
        try await test.program(as: who, scopes: [scope]) { api async throws in
            for (key, rule) in RouteRule.all where key.contains(" /api/v1/") {
                let parts = key.split(separator: " ").map(String.init)
                // Its answer never ends.
                guard parts[1] != "/api/v1/events" else { continue }
                let uri = test.uri(parts[1], case: id)
                let response =
                    parts[0] == "GET" ? try await api.get(uri) : try await api.ask(.post, uri, "{}")
                let isOpen = rule.act.map { scope.acts.contains($0) } ?? true
                let isRefused = try response.status == .forbidden && response.text("error.code") == "scopeMissing"
                #expect(isRefused != isOpen, "\(key) with \(scope.rawValue): \(response.status)")
                if isRefused {
                    #expect(response.headers[.wwwAuthenticate]?.contains("insufficient_scope") == true)
                }
            }
        }
    }

    @Test func `the scope that the document asks for is that of the matrix`() async throws {
        let document = try await SiteUnderTest().site.document
        for (key, rule) in RouteRule.all where key.contains(" /api/v1/") {
            let parts = key.split(separator: " ").map(String.init)
            switch document.access(parts[0] == "GET" ? .get : .post, parts[1]) {
            case .closed: Issue.record("\(key) is closed")
            case .open: #expect(rule.act == nil, "\(key)")
            case .scope(let scope): #expect(rule.act.map { scope.acts.contains($0) } == true, "\(key)")
            }
        }
    }

    @Test func `every act that the API asks for is in one scope`() {
        for act in Act.allCases {
            #expect(Scope.allCases.filter { $0.acts.contains(act) }.count <= 1, "\(act)")
        }
    }

    @Test func `a token has its owner's rights as they are, and no others`() async throws {
        let test = try await SiteUnderTest()
        let own = try await test.openedCaseID()
        try await test.program(as: test.otherHead) { api async throws in
            #expect(try await api.get("/api/v1/cases/\(own)").status == .notFound)
            #expect(try await api.get("/api/v1/captures/\(test.capture.id)").status == .notFound)
            #expect(try await api.get("/api/v1/cases").integer("count") == 0)
        }
        await #expect(throws: SupervisionError.invalid(.scopes, .notAllowed)) {
            try await test.supervision.tokens.add(
                name: "x", scopes: [.writeCaptures], lifetime: .seconds(60), by: .person(test.head.person))
        }
        try await test.program(as: test.supervisor) { api async throws in
            #expect(try await api.get("/api/v1/cases/\(own)").status == .ok)
            var moved = test.supervisor.person
            moved.school = test.otherSchool.id
            try await test.supervision.people.change(moved, by: .console)
            #expect(try await api.get("/api/v1/cases/\(own)").status == .notFound)
            try await test.supervision.people.setEnabled(false, of: moved.id, by: .console)
            #expect(try await api.get("/api/v1/cases").status == .unauthorized)
            try await test.supervision.people.setEnabled(true, of: moved.id, by: .console)
            // Revoked with it: whoever took the account over may have made it.
            #expect(try await api.get("/api/v1/cases").status == .unauthorized)
        }
    }

    @Test func `tokens are for the API alone, and cookies beside them are ignored`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor, scopes: [.readCaptures]) { api async throws in
            for path in ["/", "/captures", "/account", "/account/tokens", "/ledger", "/api", "/nothing"] {
                #expect(try await api.get(path).status == .forbidden, "\(path)")
            }
            #expect(try await api.ask(.post, "/sign-out", "").status == .forbidden)
            var both = api
            both.session = test.administrator
            #expect(try await both.get("/api/v1/captures").status == .ok)
            #expect(try await both.get("/api/v1/cameras").status == .forbidden)
            // A wrong token is not made good by a cookie.
            let wrong = try await both.get("/api/v1/captures", [.authorization: "Bearer mingchu_nothing"])
            #expect(wrong.status == .unauthorized)
            #expect(wrong.headers[.wwwAuthenticate]?.contains("invalid_token") == true)
            // A proxy's own scheme leaves the session as it is.
            var session = both
            session.token = nil
            #expect(try await session.get("/api/v1/cameras", [.authorization: "Basic eDp5"]).status == .ok)
            #expect(try await api.get("/api/v1/captures", [.origin: "https://elsewhere.example"]).status == .ok)
            let posted = try await api.ask(.post, "/api/v1/captures/\(test.capture.id)/verdict", "{}")
            #expect(posted.status == .forbidden)
        }
        // With a session, another site's page changes nothing.
        try await test.api(session: test.supervisor) { api async throws in
            let uri = "/api/v1/captures/\(test.capture.id)/verdict"
            let json = #"{"verdict":"confirmed","seen":null}"#
            #expect(try await api.post(uri, json, [.origin: "https://elsewhere.example"]).status == .forbidden)
            #expect(try await api.post(uri, json, [.contentType: "text/plain"]).status == .unsupportedMediaType)
            #expect(try await api.post(uri, json).status == .ok)
        }
    }

    @Test func `an end comes by time and by revoking, at once`() async throws {
        let test = try await SiteUnderTest()
        let tokens = test.supervision.tokens
        let owner = Principal.person(test.supervisor.person)
        let short = try await tokens.add(name: "short", scopes: [.readCases], lifetime: .seconds(60), by: owner)
        let long = try await tokens.add(name: "long", scopes: [.readCases], lifetime: .seconds(6000), by: owner)
        try await test.api(token: short.text) { api async throws in
            #expect(try await api.get("/api/v1/cases").status == .ok)
            test.time.advance(by: .seconds(61))
            #expect(try await api.get("/api/v1/cases").status == .unauthorized)
        }
        try await test.api(token: long.text) { api async throws in
            #expect(try await api.get("/api/v1/cases").status == .ok)
            let used = try await tokens.list(for: owner).first { $0.name == "long" }?.lastUsed
            #expect(used == test.time.now)
            await #expect(throws: SupervisionError.notFound) {
                try await tokens.revoke(long.token.id, by: .person(test.head.person))
            }
            try await tokens.revoke(long.token.id, by: owner)
            #expect(try await api.get("/api/v1/cases").status == .unauthorized)
        }
    }

    @Test func `wrong tokens are slowed down, and right ones never wait for them`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor) { api async throws in
            let wrong = "Bearer mingchu_" + String(repeating: "0", count: 64)
            var statuses: [Int] = []
            for _ in 0..<8 {
                statuses.append(try await api.get("/api/v1/cases", [.authorization: wrong]).status.code)
            }
            #expect(statuses == [401, 401, 401, 401, 401, 429, 429, 429])
            let slowed = try await api.get("/api/v1/cases", [.authorization: wrong])
            #expect(slowed.headers[.retryAfter] == "30")
            test.time.advance(by: .seconds(31))
            #expect(try await api.get("/api/v1/cases", [.authorization: wrong]).status == .unauthorized)
            // Sixty different ones from one address.
            for number in 0..<60 {
                let text = "Bearer mingchu_" + String(repeating: "0", count: 62) + "\(number + 10)"
                _ = try await api.get("/api/v1/cases", [.authorization: text])
            }
            let another = "Bearer mingchu_" + String(repeating: "f", count: 64)
            #expect(try await api.get("/api/v1/cases", [.authorization: another]).status == .tooManyRequests)
            #expect(try await api.get("/api/v1/cases").status == .ok)
        }
    }

    @Test func `a token is made on its page, shown once, and revoked there`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head, language: .english) { browser async throws in
            let page = try await browser.get("/account/tokens").text
            #expect(page.contains("read:captures"))
            #expect(!page.contains("write:captures"), "a school judges none")
            let nameless = try await browser.post(
                "/account/tokens", ["name": " ", "scope": "read:cases", "days": "30"])
            #expect(nameless.status == .unprocessableContent)
            #expect(nameless.text.contains("value=\"read:cases\" checked"))
            #expect(
                try await browser.post("/account/tokens", ["name": "x", "days": "30"]).status == .unprocessableContent)
            #expect(
                try await browser.post("/account/tokens", ["name": "x", "scope": "read:cases", "days": "9999"]).status
                    == .badRequest)
            #expect(
                try await browser.post(
                    "/account/tokens", ["name": "x", "scope": "read:cases", "days": "30"], token: "no"
                )
                .status == .forbidden)
            let made = try await browser.post(
                "/account/tokens", ["name": "Board <1>", "scope": "read:cases", "scope": "read:captures", "days": "30"])
            #expect(made.status == .ok)
            #expect(Markup(made.text).faults == [])
            let text = try #require(made.text.firstMatch(of: /mingchu_[0-9a-f]{64}/)).output
            let list = try await browser.get("/account/tokens").text
            #expect(list.contains("Board &lt;1&gt;") && list.contains("read:captures, read:cases"))
            #expect(!list.contains(text))
            #expect(Markup(list).faults == [])
            try await test.api(token: Secret(String(text))) { api async throws in
                #expect(try await api.get("/api/v1/cases").status == .ok)
            }
            let address = try #require(list.firstMatch(of: /\/account\/tokens\/[0-9a-f-]{36}\/revoke/)).output
            try await test.visit(as: test.otherHead) { other async throws in
                #expect(try await other.post(String(address)).status == .notFound)
            }
            #expect(try await browser.post(String(address)).location == "/account/tokens?revoked=1")
            try await test.api(token: Secret(String(text))) { api async throws in
                #expect(try await api.get("/api/v1/cases").status == .unauthorized)
            }
            let added = try await test.ledger(.tokenAdded)
            #expect(added.count == 1)
            #expect(added[0].payload.contains("Board <1>") && !added[0].payload.contains(text))
            #expect(try await test.ledger(.tokenRevoked).count == 1)
        }
        try await test.visit(as: test.administrator) { browser async throws in
            let ledger = try await browser.get("/ledger").text
            #expect(ledger.contains("创建访问令牌") && ledger.contains("吊销访问令牌"))
        }
    }

    @Test func `nobody has more tokens than twenty`() async throws {
        let test = try await SiteUnderTest()
        let owner = Principal.person(test.head.person)
        for number in 0..<Tokens.mostOfOnePerson {
            _ = try await test.supervision.tokens.add(
                name: "\(number)", scopes: [.readCases], lifetime: .seconds(60), by: owner)
        }
        await #expect(throws: SupervisionError.conflict(.tooManyTokens)) {
            try await test.supervision.tokens.add(
                name: "x", scopes: [.readCases], lifetime: .seconds(60), by: owner)
        }
    }

    @Test func `a new password from an administrator ends tokens too`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.head) { api async throws in
            #expect(try await api.get("/api/v1/cases").status == .ok)
            _ = try await test.supervision.people.resetPassword(of: test.head.person.id, by: .console)
            #expect(try await api.get("/api/v1/cases").status == .unauthorized)
        }
        #expect(try await test.ledger(.tokenRevoked).count == 1)
    }
}

extension RouteRule {
    /// nil = needs no right.
    fileprivate var act: Act? {
        switch self {
        case .everybody, .stream, .nobody, .unknown: nil
        case .list(let act), .county(let act), .thing(let act), .missing(let act), .unknownOf(let act): act
        // Writing to a case is one scope; which act of it, the body says.
        case .ofCase(let act): act
        case .missingOfCase: .lookAtCases
        }
    }
}

extension SiteUnderTest {
    func uri(_ path: String, case id: CaseID) -> String {
        var uri = path
        for (name, value) in [
            ("camera", "\(camera.id)"), ("capture", "\(capture.id)"), ("case", "\(id)"), ("file", "data.json"),
            ("date", "2026-11-23"), ("name", "08-00-00.mp4"),
        ] {
            uri = uri.replacing("{\(name)}", with: value)
        }
        return uri.hasSuffix("days") ? uri + "?from=2026-11-01&to=2026-11-30" : uri + "?from=0&to=1000"
    }
}
