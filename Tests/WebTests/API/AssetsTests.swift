import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct AssetsTests {
    @Test func `files are kept by browsers for ever under their version, and checked under any other`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit { browser async throws in
            let current = try await browser.get("\(test.site.assets.folder)/css/app.css")
            #expect(current.status == .ok)
            #expect(current.headers[.contentType] == "text/css; charset=utf-8")
            #expect(current.headers[.cacheControl] == "public, max-age=31536000, immutable")
            let tag = try #require(current.headers[.eTag])
            let again = try await browser.get("\(test.site.assets.folder)/css/app.css", [.ifNoneMatch: tag])
            #expect(again.status == .notModified)
            #expect(again.bytes.isEmpty)
            let old = try await browser.get("/static/0123456789ab/css/app.css")
            #expect(old.status == .ok)
            #expect(old.headers[.cacheControl] == "no-cache")
        }
    }

    @Test(arguments: [
        "/static", "/static/x",
        "/static/x/../templates/layout.mustache", "/static/x/strings/en/frame.json", "/static/x/",
    ])
    func `nothing but the static files is given out`(path: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit { browser async throws in
            #expect(try await browser.get(path).status == .notFound)
        }
    }

    @Test func `every module, style sheet and icon that a file names is there`() throws {
        let resources = try Resources.bundled()
        let names = Set(resources.files.keys)
        for (path, bytes) in resources.files where path.hasSuffix(".js") {
            let folder = path.split(separator: "/").dropLast().joined(separator: "/")
            for part in String(decoding: bytes, as: UTF8.self).split(separator: "from \"./").dropFirst() {
                #expect(names.contains("\(folder)/\(part.prefix { $0 != "\"" })"), "\(path)")
            }
        }
        let icons = String(decoding: try resources.bytes("static/icons.svg"), as: UTF8.self)
        for (path, bytes) in resources.files where path.hasPrefix("templates/") {
            let html = String(decoding: bytes, as: UTF8.self)
            for part in html.split(separator: "icons.svg#").dropFirst() {
                let name = part.prefix { $0 != "\"" }
                if !name.contains("{{") { #expect(icons.contains("id=\"\(name)\""), "\(path): \(name)") }
            }
            for part in html.split(separator: "{{frame.assets}}/").dropFirst() {
                let name = part.prefix { $0 != "\"" && $0 != "#" }
                #expect(names.contains("static/\(name)"), "\(path): \(name)")
            }
        }
        for item in RailItem.allCases { #expect(icons.contains("id=\"\(item.rawValue)\"")) }
    }
}
