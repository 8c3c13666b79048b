import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct CapturePagesTests {
    @Test func `evidence is given out whole and in parts, and each way of looking is in the ledger`() async throws {
        let test = try await SiteUnderTest()
        let base = "/captures/\(test.capture.id)"
        try await test.visit(as: test.head) { browser async throws in
            let clip = try await browser.get("\(base)/clip.mp4")
            #expect(clip.status == .ok)
            #expect(clip.text == "clip of \(test.capture.id)")
            #expect(clip.headers[.contentType] == "video/mp4")
            let part = try await browser.get("\(base)/clip.mp4", [.range: "bytes=5-6"])
            #expect(part.status == .partialContent)
            #expect(part.text == "of")
            #expect(part.headers[.contentRange] == "bytes 5-6/\(clip.bytes.count)")
            #expect(try await browser.get("\(base)/clip.mp4", [.range: "bytes=-2"]).bytes == clip.bytes.suffix(2))
            #expect(
                try await browser.get("\(base)/clip.mp4", [.range: "bytes=9999-"]).status == .rangeNotSatisfiable)
            for name in ["picture.jpg", "first.jpg"] {
                let picture = try await browser.get("\(base)/\(name)")
                #expect(picture.text == "\(name.prefix { $0 != "." }) of \(test.capture.id)")
                #expect(picture.headers[.contentType] == "image/jpeg")
            }
            let data = try await browser.get("\(base)/data.json")
            #expect(data.text == (try test.capture.dataText))
        }
        let viewed = try await test.ledger(.footageViewed)
        #expect(viewed.map(\.actor) == Array(repeating: .person(test.head.person.id), count: viewed.count))
        #expect(Set(viewed.map(\.subject)) == ["camera/\(test.camera.id)"])
        let payloads = viewed.map(\.payload).joined()
        #expect(payloads.contains("\"replay\"") && payloads.contains("\"still\""))
    }

    @Test func `evidence whose bytes are not those that were kept is not shown`() async throws {
        let test = try await SiteUnderTest()
        let capture = Capture.sample(of: test.camera.id, at: test.time.now)
        var first = try capture.write(.first, into: test.folder)
        first.sha256 = EvidenceFile.tampered
        try await test.supervision.captures.open(capture, first: first)
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let changed = try await browser.get("/captures/\(capture.id)/first.jpg")
            #expect(changed.status == .conflict)
            #expect(changed.text.contains("no longer the one that was kept"))
            #expect(!changed.text.contains("first of"))
        }
    }

    @Test func `evidence that is gone, or never was, is a page that says so`() async throws {
        let test = try await SiteUnderTest()
        let capture = Capture.sample(of: test.camera.id, at: test.time.now)
        try await test.supervision.captures.open(
            capture,
            first: EvidenceFile(
                kind: .first, path: "lost/first.jpg", sizeBytes: 10, sha256: Array(repeating: 1, count: 32)))
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let lost = try await browser.get("/captures/\(capture.id)/first.jpg")
            #expect(lost.status == .notFound)
            #expect(lost.text.contains("The evidence is not on the disk."))
            #expect(Markup(lost.text).faults == [])
            for name in ["picture.jpg", "clip.mp4", "first.jpeg", "..", "%2e%2e%2fmingchu.db"] {
                let response = try await browser.get("/captures/\(test.otherCapture.id)/\(name)")
                #expect(response.status == .notFound, "\(name)")
            }
        }
    }

    @Test(arguments: ["", "/etc/passwd", "../x", "a/../../x", "a//b", "./a", "a/.", "a\u{0}b"])
    func `no path of the records leads out of the evidence folder`(path: String) {
        func file(_ path: String) -> EvidenceFile { EvidenceFile(kind: .clip, path: path, sizeBytes: 0, sha256: []) }
        #expect(!file(path).staysBelow)
        #expect(file("camera/2026-11-23/capture/clip.mp4").staysBelow)
    }

    @Test func `a school's people find nothing of another school's captures`() async throws {
        let test = try await SiteUnderTest()
        let foreign = test.otherCapture
        try await test.visit(as: test.head) { browser async throws in
            for path in [
                "/captures/\(foreign.id)", "/captures/\(foreign.id)/first.jpg", "/captures/\(foreign.id)/data.json",
                "/api/v1/captures/\(foreign.id)", "/cameras/\(test.otherCamera.id)/analysis",
            ] {
                #expect(try await browser.get(path).status == .notFound, "\(path)")
            }
            for path in [
                "/captures", "/captures?school=\(test.otherSchool.id)", "/captures?camera=\(test.otherCamera.id)",
                "/captures.csv", "/api/v1/captures", "/analysis", "/api/v1/analysis",
            ] {
                let text = try await browser.get(path).text
                #expect(!text.contains("\(foreign.id)"), "\(path)")
                #expect(!text.contains("第二中学"), "\(path)")
                #expect(!text.contains("案板"), "\(path)")
            }
        }
    }

    @Test func `the list is filtered, paged and exported as its address says`() async throws {
        let test = try await SiteUnderTest()
        for number in 0..<60 {
            try await test.supervision.captures.open(
                .sample(of: test.lockedCamera.id, at: test.time.now - .seconds(1000 + Int64(number)), item: .phone),
                first: nil)
        }
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            func ids(_ html: String) -> [String] {
                html.split(separator: "data-capture=\"").dropFirst().map { String($0.prefix(36)) }
            }
            var seen: [String] = []
            var path: String? = "/captures"
            while let next = path {
                let html = try await browser.get(next).text
                seen += ids(html)
                path = Markup(html).links.first { $0.contains("after=") }
            }
            #expect(seen.count == 62)
            #expect(Set(seen).count == 62)
            #expect(seen.prefix(2) == ["\(test.otherCapture.id)", "\(test.capture.id)"])
            #expect(ids(try await browser.get("/captures?item=rodent").text) == ["\(test.otherCapture.id)"])
            #expect(ids(try await browser.get("/captures?ongoing=0").text) == ["\(test.capture.id)"])
            #expect(ids(try await browser.get("/captures?from=2030-01-01").text) == [])
            let csv = try await browser.get("/captures.csv?item=noHat").text
            #expect(csv.split(separator: "\r\n").count == 2)
            #expect(csv.contains("No hat,II,实验小学 <1>,Cooking,灶台"))
            for bad in ["item=nothing", "ongoing=2", "from=2030-01-02&to=2030-01-01"] {
                #expect(try await browser.get("/captures?\(bad)").status == .badRequest, "\(bad)")
            }
            #expect(try await browser.get("/captures?camera=x").status == .notFound)
        }
    }

    @Test func `a curve says how long the score was high, and draws inside its frame`() throws {
        let wording = try Self.wording()
        let capture = Capture.sample(of: CameraID(at: wording.now), at: wording.now, end: wording.now)
        let curve = try #require(ScoreCurve(capture, threshold: 0.55, wording: wording))
        #expect(curve.title.contains("0.55") && curve.title.contains("6 s") && curve.title.contains("0.87"))
        let points = curve.points.split(separator: " ").map { $0.split(separator: ",").compactMap { Double($0) } }
        #expect(points.count == 40)
        #expect(points.allSatisfy { (44...708).contains($0[0]) && (14...168).contains($0[1]) })
        #expect(curve.rows.count == 40 && !curve.isTableCut)
        var long = capture
        long.curve = (0..<50_000).map { .init(offsetMs: $0 * 200, score: Double($0 % 7) / 7, box: nil) }
        let thinned = try #require(ScoreCurve(long, threshold: nil, wording: wording))
        #expect(thinned.points.split(separator: " ").count <= 1010)
        #expect(thinned.rows.count <= 60 && thinned.isTableCut)
        var broken = capture
        broken.curve = [.init(offsetMs: 0, score: .nan, box: nil), .init(offsetMs: 1, score: 0.5, box: nil)]
        #expect(ScoreCurve(broken, threshold: nil, wording: wording) == nil)
    }

    private static func wording() throws -> Wording {
        Wording(
            words: try Catalogues(try Resources.bundled())[.english], zone: .shanghai,
            now: UTCTime(milliseconds: 1_795_000_000_000))
    }
}
