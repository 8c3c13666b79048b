import Domain
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct FuzzTests {
    /// 2,000 requests with random paths, parameters, methods and bodies, as each role: whatever comes, it is answered,
    /// and never with 500.
    @Test(arguments: 0..<8)
    func `no input makes the site fail`(seed: Int) async throws {
        let test = try await SiteUnderTest()
        let sessions = [nil, test.administrator, test.supervisor, test.head]
        try await test.visit { visitor in
            var random = SeededGenerator(seed: UInt64(seed))
            for _ in 0..<250 {
                var browser = visitor
                browser.session = sessions.randomElement(using: &random)!
                let uri = Self.uri(test, &random)
                let response: TestResponse
                if Bool.random(using: &random) {
                    response = try await browser.get(uri, method: Self.methods.randomElement(using: &random)!)
                } else {
                    let (name, value) = (Self.names.randomElement(using: &random)!, Self.value(test, &random))
                    // Only now and then with the right token: a removed camera leaves nothing to ask for.
                    let token = Int.random(in: 0..<4, using: &random) == 0 && !uri.contains("probe") ? nil : "wrong"
                    response = try await browser.post(uri, [name: value, "kind": "cooking"], token: token)
                }
                #expect(response.status != .internalServerError, "seed \(seed): \(uri)")
                if response.headers[.contentType]?.hasPrefix("text/html") == true {
                    #expect(Markup(response.text).faults == [], "seed \(seed): \(uri)")
                }
            }
        }
    }

    private static let methods: [HTTPRequest.Method] = [.get, .get, .get, .head, .put, .delete, .options]
    private static let names = [
        "from", "to", "at", "width", "stream", "cameras", "school", "state", "sort", "order", "page", "q", "act",
        "person",
        "before", "subject", "next", "_HLS_msn", "_HLS_part", "confirmed", "purpose", "name", "main", "sub", "account",
        "role", "retentionDays", "area", "stamp", "language", "enabled", "example",
        "camera", "item", "ongoing", "after", "limit", "only", "standard", "masks", "leastHead", "noHat.zones",
        "noHat.sustained",
    ]

    private static func uri(_ test: SiteUnderTest, _ random: inout SeededGenerator) -> String {
        let steps = [
            "kitchens", "wall", "replay", "cameras", "cameras.csv", "new", "remove", "schools", "areas", "people",
            "password",
            "enabled", "ledger", "ledger.csv", "account", "sign-in", "preferences", "api", "v1", "live.mp4",
            "live.m3u8",
            "live", "sub", "vod.m3u8", "files", "segments", "timeline", "days", "export.mp4", "snapshot.jpg", "static",
            "captures", "captures.csv", "analysis", "trial", "clip.mp4", "first.jpg", "data.json", "\(test.capture.id)",
            "..", "%2e%2e", "\(test.camera.id)", "\(test.lockedCamera.id)", "\(test.school.id)", "\(test.area.id)",
            "\(test.head.person.id)", "2026-11-23", "08-00-00.mp4", "0.0.m4s", "init-1.mp4",
        ]
        let bases = [
            "", "/api/v1/cameras/\(test.camera.id)", "/api/v1/cameras/\(test.camera.id)/files", "/api/v1", "/cameras",
            "/people", "/schools", "/replay", "/ledger", "/captures", "/captures/\(test.capture.id)",
            "/cameras/\(test.camera.id)/analysis",
        ]
        var uri = bases.randomElement(using: &random)!
        for _ in 0..<Int.random(in: 0...3, using: &random) {
            let isKnown = Int.random(in: 0..<4, using: &random) > 0
            uri += "/" + (isKnown ? steps.randomElement(using: &random)! : value(test, &random).percentEncoded)
        }
        if uri.isEmpty { uri = "/" }
        let pairs = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            let value = value(test, &random)
            let text = Bool.random(using: &random) ? value.percentEncoded : value.filter { $0 != "\n" && $0 != "\r" }
            return "\(names.randomElement(using: &random)!)=\(text)"
        }
        return pairs.isEmpty ? uri : uri + "?" + pairs.joined(separator: "&")
    }

    private static func value(_ test: SiteUnderTest, _ random: inout SeededGenerator) -> String {
        let known = [
            "", "0", "-1", "1", "9223372036854775807", "-9223372036854775808", "1e9", "NaN", "1795392000000",
            "1795395600000", "2026-11-23", "2026-11-23T08:15:00+08:00", "9999-12-31T23:59:59Z", "0001-01-01",
            "2026-02-30",
            "\(test.camera.id)", "\(test.camera.id),\(test.otherCamera.id)", "live", "sub", "desc", "bitrate",
            "available",
            "node.started", "noHat", "\(test.capture.id)", "1,1 2,2 3,3", "<script>alert(1)</script>", "' or 1=1 --",
            "{{page}}", "%", "%zz", "../../etc/passwd",
            "rtsp://u:p@h/x", "file:///etc/passwd", "烹饪区", "a\u{0}b", "\u{202E}", "new", "school", "en",
        ]
        if Bool.random(using: &random) { return known.randomElement(using: &random)! }
        return String(decoding: random.bytes(Int.random(in: 1...24, using: &random)), as: UTF8.self)
    }
}
