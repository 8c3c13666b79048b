import Domain
import Hummingbird
import HummingbirdTesting
import NIOCore
import Supervision
import TestSupport
import Testing

@testable import Web

struct APIFuzzTests {
    /// Good bodies with bytes changed, cut, doubled and exchanged: whatever comes, it is answered as the document says,
    /// and never with 500.
    @Test(arguments: 0..<6) func `no body makes the API fail`(seed: Int) async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/cases/\(try await test.openedCaseID())"
        try await test.program(as: test.supervisor) { api async throws in
            var random = SeededGenerator(seed: UInt64(seed))
            let bodies = [
                ("\(base)/moves", #"{"move":"dispatch","version":1,"text":"soon","due":1799395600000}"#),
                (
                    "\(base)/moves",
                    #"{"move":"return","version":3,"text":"see","method":"onSite","files":["\#(test.camera.id)"]}"#
                ),
                ("\(base)/moves", #"{"move":"transfer","version":1,"text":"x","office":null}"#),
                ("/api/v1/cases", #"{"captures":["\#(test.otherCapture.id)"],"grade":2,"note":"n"}"#),
                (
                    "/api/v1/cases",
                    #"{"patrol":{"camera":"\#(test.camera.id)","item":"noHat","time":"2026-11-22T08:00"},"note":"n"}"#
                ),
                (
                    "/api/v1/captures/\(test.otherCapture.id)/verdict",
                    #"{"verdict":"rejected","reason":"notAPest","seen":null}"#
                ),
                (
                    "/api/v1/captures/\(test.otherCapture.id)/verdict",
                    #"{"verdict":"duplicate","of":"\#(test.capture.id)","seen":1}"#
                ),
            ]
            for _ in 0..<120 {
                let (uri, body) = bodies.randomElement(using: &random)!
                let text = Self.mutated(Array(body.utf8), &random)
                let response = try await api.ask(
                    .post, uri, nil, [.contentType: "application/json", .idempotencyKey: "\(random.next() % 50)"],
                    bytes: text)
                #expect(
                    response.status.code < 500,
                    "seed \(seed): \(uri) \(String(decoding: text, as: UTF8.self)) \(response.text)")
            }
        }
        #expect(try await test.supervision.cases.proofs().allSatisfy { $0.faults.isEmpty })
    }

    private static func mutated(_ whole: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = whole
        let pieces = [
            "null", "true", "-1", "1e400", "9223372036854775808", "\"\\u0000\"", "\"\\ud800\"", "{}", "[]", "[[[[", ",",
            "\"move\":", "\"files\":[null]", "\u{FEFF}", "\"comment\"", "\"withdraw\"", "0.1",
        ]
        for _ in 0..<Int.random(in: 1...4, using: &random) {
            guard !bytes.isEmpty else { return bytes }
            let place = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 1: bytes.removeSubrange(place..<min(bytes.count, place + 4))
            case 2: bytes.removeSubrange(place...)
            case 3: bytes.insert(contentsOf: bytes[place...].prefix(12), at: place)
            case 4: bytes.insert(contentsOf: Array(pieces.randomElement(using: &random)!.utf8), at: place)
            default:
                // A whole value exchanged, so that the body stays JSON.
                let text = String(decoding: bytes, as: UTF8.self)
                guard let colon = text.indices.filter({ text[$0] == ":" }).randomElement(using: &random) else { break }
                let rest = text[text.index(after: colon)...]
                let end = rest.firstIndex { $0 == "," || $0 == "}" } ?? rest.endIndex
                bytes = Array(
                    (text[...colon] + pieces.randomElement(using: &random)! + rest[end...]).utf8)
            }
        }
        return bytes
    }
}
