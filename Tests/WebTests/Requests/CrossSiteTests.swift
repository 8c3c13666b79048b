import Domain
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct CrossSiteTests {
    @Test func `a form without the session's token changes nothing`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            for token in ["", "0", FormToken.text(for: test.head.token)] {
                let response = try await browser.post("/schools", ["name": "Sneaked in"], token: token)
                #expect(response.status == .forbidden)
                #expect(response.text.contains("表单已过期"))
            }
            #expect(try await !browser.get("/schools").text.contains("Sneaked in"))
        }
    }

    @Test(arguments: [
        [HTTPFields.Element.Name.origin: "https://evil.example"], [.origin: "null"], [.origin: "http://localhost.evil"],
        [.fetchSite: "cross-site"], [.fetchSite: "same-site"],
    ])
    func `another site's request is refused even with a token`(headers: [HTTPFields.Element.Name: String]) async throws
    {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            var fields = HTTPFields()
            for (name, value) in headers { fields[name] = value }
            #expect(try await browser.post("/schools", ["name": "Sneaked in"], fields).status == .forbidden)
            #expect(try await browser.post("/sign-in", ["account": "a", "password": "b"], fields).status == .forbidden)
            // Reading is not refused: links from elsewhere work.
            #expect(try await browser.get("/schools", fields).status == .ok)
        }
    }

    @Test func `the site's own forms pass`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let response = try await browser.post(
                "/schools", ["name": "Own"], [.origin: "http://localhost", .fetchSite: "same-origin"])
            #expect(response.location == "/schools?saved=1")
        }
    }

    @Test func `only forms are taken for forms, and only small ones`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let text = try await browser.post("/schools", ["name": "x"], [.contentType: "text/plain"])
            #expect(text.status == .unsupportedMediaType)
            let large = try await browser.post("/schools", ["name": String(repeating: "x", count: 100_000)])
            #expect(large.status == .contentTooLarge)
            #expect(large.text.contains("提交的内容太大"))
        }
    }

    @Test func `the probe takes JSON only`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            #expect(
                try await browser.post("/api/v1/probe", ["address": "sim://cooking"]).status == .unsupportedMediaType)
            let broken = try await browser.client.execute(
                uri: "/api/v1/probe", method: .post,
                headers: [
                    .contentType: "application/json",
                    .cookie: "\(SessionCookie.name)=\(test.administrator.token.reveal())",
                ], body: ByteBuffer(string: "{\"address\":"))
            #expect(broken.status == .badRequest)
            #expect(broken.text.contains("\"code\":\"badRequest\""))
        }
    }
}
