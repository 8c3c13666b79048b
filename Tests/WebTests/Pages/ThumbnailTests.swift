import Domain
import FFmpeg
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct ThumbnailTests {
    /// A photograph of 1600 × 900.
    private static func photograph() throws -> [UInt8] {
        var picture = try Picture.blank(width: 1600, height: 900)
        picture.withMutablePlanes { y, u, v in
            for index in y.indices { y[index] = UInt8(60 + index % 97) }
            for index in u.indices { u[index] = 128 }
            for index in v.indices { v[index] = 128 }
        }
        var encoder = try JPEGEncoder.open(width: 1600, height: 900)
        return try encoder.encode(picture)
    }

    private static func handedIn(_ test: SiteUnderTest, _ name: String, _ bytes: [UInt8]) async throws -> String {
        let page = try await test.openedCase()
        _ = try await test.post(as: test.supervisor, "\(page)/act?move=dispatch", ["seen": "1"])
        let found = Found()
        try await test.visit(as: test.head) { browser async throws in
            _ = try await browser.post("\(page)/act?move=acknowledge", ["seen": "2"])
            _ = try await browser.post(
                "\(page)/act?move=submit", ["seen": "3", "text": "已整改"], files: [(name, bytes)])
            let text = try await browser.get(page).text
            found.path = try #require(text.firstMatch(of: /"(\/cases\/[^"]*\/thumbnail\.jpg)"/)?.1).description
        }
        return found.path
    }

    private final class Found: @unchecked Sendable { var path = "" }

    @Test func `a photograph is shown small, the same from the disk as when it was made`() async throws {
        let test = try await SiteUnderTest()
        let path = try await Self.handedIn(test, "灶台.jpg", try Self.photograph())
        try await test.visit(as: test.head) { browser async throws in
            let made = try await browser.get(path)
            #expect(made.headers[.contentType] == "image/jpeg")
            let small = try StillPicture.decode(made.bytes)
            #expect(small.width == 320 && small.height == 180)
            #expect(try await browser.get(path).bytes == made.bytes)
        }
        // Whoever may not see the case sees none of its pictures.
        try await test.visit(as: test.otherHead) { browser async throws in
            #expect(try await browser.get(path).status == .notFound)
        }
        try await test.visit { browser async throws in #expect(try await browser.get(path).status == .seeOther) }
    }

    @Test func `a film shows a picture of itself`() async throws {
        let test = try await SiteUnderTest()
        let film = try Data(contentsOf: URL(fileURLWithPath: try await Clip.h264.path()))
        let path = try await Self.handedIn(test, "整改.mp4", Array(film))
        try await test.visit(as: test.head) { browser async throws in
            let made = try await browser.get(path)
            #expect(made.headers[.contentType] == "image/jpeg")
            #expect(try StillPicture.decode(made.bytes).width == 320)
        }
    }

    @Test func `a paper is shown as a sheet`() async throws {
        let test = try await SiteUnderTest()
        let path = try await Self.handedIn(
            test, "证书.pdf", Array("%PDF-1.4\n%%EOF \(String(repeating: " ", count: 40))".utf8))
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get(path).headers[.contentType] == "image/svg+xml")
        }
    }
}
