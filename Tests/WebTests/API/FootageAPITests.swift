import Domain
import Hummingbird
import HummingbirdTesting
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct FootageAPITests {
    /// Ten minutes of footage from 08:00 to 08:10 in two files, a gap after them; the files hold countable bytes.
    private static func record(_ test: SiteUnderTest) async throws -> [RecordedFile] {
        let start = UTCTime(milliseconds: 1_795_392_000_000)
        var files: [RecordedFile] = []
        for number in 0..<2 {
            let begin = start + .seconds(number * 300)
            let file = RecordedFile(
                camera: test.camera.id, path: "\(test.camera.id)/2026-11-23/08-0\(number * 5)-00.mp4", start: begin,
                duration: .zero, sizeBytes: 40, initBytes: 40, codecs: "avc1.64001F", width: 960, height: 540)
            try test.folder.write("footage/\(file.path)", (0..<1000).map { UInt8($0 % 251) })
            var changes: [RecordingChange] = [.opened(file)]
            for segment in 0..<75 {
                changes.append(
                    .segment(
                        RecordedSegment(
                            camera: test.camera.id, path: file.path, start: begin + .seconds(segment * 4),
                            duration: .seconds(4), offset: Int64(40 + segment * 12), length: 12,
                            sha256: Array(repeating: 7, count: 32))))
            }
            changes.append(.closed(camera: test.camera.id, path: file.path, sizeBytes: 1000))
            try await test.store.footage.record(changes)
            files.append(file)
        }
        let gap = TimeSpan(start: start + .seconds(600), duration: .seconds(60))
        try await test.store.footage.record([.gap(RecordingGap(camera: test.camera.id, span: gap, reason: .diskFull))])
        return files
    }

    private static func base(_ test: SiteUnderTest) -> String { "/api/v1/cameras/\(test.camera.id)" }

    @Test func `a timeline has stretches, gaps with reasons, and the gap that still lasts`() async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.record(test)
        test.time.advance(by: .seconds(3600))
        try await test.visit(as: test.head, language: .english) { browser async throws in
            let text = try await browser.get("\(Self.base(test))/timeline?from=2026-11-23&to=2026-11-24").text
            #expect(text.contains(#""spans":[{"start":1795392000000,"end":1795392600000}]"#))
            #expect(
                text.contains(
                    #"{"start":1795392600000,"end":1795392660000,"reason":"diskFull","reasonText":"Disk full"}"#))
            #expect(
                text.contains(
                    #"{"start":1795392660000,"end":1795395600000,"reason":"offline","reasonText":"Camera offline"}"#))
            let past = try await browser.get("\(Self.base(test))/timeline?from=2026-11-20&to=2026-11-22").text
            #expect(past.hasSuffix(#""spans":[],"gaps":[]}"#))
        }
    }

    @Test func `days, segments and playlist tell the same footage`() async throws {
        let test = try await SiteUnderTest()
        let files = try await Self.record(test)
        try await test.giveReason(test.head, test.camera.id)
        try await test.visit(as: test.head) { browser async throws in
            let days = try await browser.get("\(Self.base(test))/days?from=2026-11-01&to=2026-11-30").text
            #expect(days == #"{"days":["2026-11-23"],"timeZone":"Asia/Shanghai"}"#)
            let query = "from=2026-11-23T08:00:00&to=2026-11-23T09:00:00"
            let segments = try await browser.get("\(Self.base(test))/segments?\(query)").text
            #expect(
                segments.contains(#""url":"/api/v1/cameras/\#(files[0].path.replacing("/2026", with: "/files/2026"))""#)
            )
            #expect(segments.contains("[0,1795392000000,4000,40,12],[0,1795392004000,4000,52,12]"))
            #expect(segments.contains("[1,1795392300000,4000,40,12]"))
            let playlist = try await browser.get("\(Self.base(test))/vod.m3u8?\(query)")
            #expect(playlist.headers[.contentType] == "application/vnd.apple.mpegurl")
            #expect(playlist.text.split(separator: "\n").count { $0.hasPrefix("#EXTINF") } == 150)
            #expect(playlist.text.contains("\(Self.base(test))/files/2026-11-23/08-05-00.mp4"))
        }
    }

    @Test func `files come whole or in ranges, and watching is noted`() async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.record(test)
        let uri = "\(Self.base(test))/files/2026-11-23/08-00-00.mp4"
        try await test.giveReason(test.head, test.camera.id)
        let whole = (0..<1000).map { UInt8($0 % 251) }
        try await test.visit(as: test.head) { browser async throws in
            let all = try await browser.get(uri)
            #expect(all.status == .ok)
            #expect(all.bytes == whole)
            #expect(all.headers[.acceptRanges] == "bytes")
            let part = try await browser.get(uri, [.range: "bytes=40-51"])
            #expect(part.status == .partialContent)
            #expect(part.headers[.contentRange] == "bytes 40-51/1000")
            #expect(part.headers[.contentLength] == "12")
            #expect(part.bytes == Array(whole[40..<52]))
            let end = try await browser.get(uri, [.range: "bytes=-10"])
            #expect(end.bytes == Array(whole.suffix(10)))
            let past = try await browser.get(uri, [.range: "bytes=1000-"])
            #expect(past.status == .rangeNotSatisfiable)
            #expect(past.headers[.contentRange] == "bytes */1000")
            let head = try await browser.get(uri, method: .head)
            #expect(head.headers[.contentLength] == "1000")
            #expect(head.bytes.isEmpty)
        }
        let entry = try #require(try await test.ledger(.footageViewed).first)
        #expect(entry.actor == .person(test.head.person.id))
        #expect(entry.subject == "camera/\(test.camera.id)")
    }

    @Test(arguments: [
        "2026-11-23/..%2f..%2fmingchu.db", "..%2f..%2f/mingchu.db", "../../mingchu.db", "2026-11-23/08-00-01.mp4",
        "2026-11-23/08-00-00.mp4%00", "2026-11-23/", "/etc/passwd",
    ])
    func `no other file is ever given out`(path: String) async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.record(test)
        for camera in [test.camera.id, test.lockedCamera.id] { try await test.giveReason(test.administrator, camera) }
        try await test.visit(as: test.administrator) { browser async throws in
            #expect(try await browser.get("\(Self.base(test))/files/\(path)").status == .notFound)
            // The same file under another camera's name.
            let other = "/api/v1/cameras/\(test.lockedCamera.id)/files/2026-11-23/08-00-00.mp4"
            #expect(try await browser.get(other).status == .notFound)
        }
    }

    @Test func `a file that the disk lost says so`() async throws {
        let test = try await SiteUnderTest()
        let start = UTCTime(milliseconds: 1_795_392_000_000)
        let path = "\(test.camera.id)/2026-11-23/08-00-00.mp4"
        try await test.store.footage.record([
            .opened(
                RecordedFile(
                    camera: test.camera.id, path: path, start: start, duration: .zero, sizeBytes: 40, initBytes: 40,
                    codecs: "avc1.64001F", width: 960, height: 540))
        ])
        try await test.giveReason(test.head, test.camera.id)
        try await test.visit(as: test.head) { browser async throws in
            let response = try await browser.get("\(Self.base(test))/files/2026-11-23/08-00-00.mp4")
            #expect(response.status == .notFound)
            #expect(response.text.contains("\"code\":\"fileMissing\""))
        }
    }

    @Test(arguments: [
        ("timeline?from=1&to=1", "spanOrder"), ("timeline?from=1", "spanMissing"), ("timeline?from=x&to=2", "time"),
        ("days?to=2026-11-01", "spanMissing"), ("live.mp4?stream=third", "choice"),
        ("live.m3u8?_HLS_msn=-1", "number"), ("snapshot.jpg?width=wide", "number"),
    ])
    func `a wrong parameter is told in words`(question: String, code: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head, language: .english) { browser async throws in
            let response = try await browser.get("\(Self.base(test))/\(question)")
            #expect(response.status == .badRequest)
            #expect(response.text.contains(test.site.catalogues[.english]("bad.\(code)")))
        }
    }

    @Test(arguments: [
        ("timeline?from=2026-01-01&to=2026-03-01", 744), ("segments?from=2026-01-01&to=2026-01-03", 24),
        ("export.mp4?from=2026-01-01&to=2026-01-03", 24), ("days?from=2024-01-01&to=2026-01-03", 9600),
    ])
    func `spans have limits, told in hours`(question: String, hours: Int) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            let response = try await browser.get("\(Self.base(test))/\(question)")
            #expect(response.status == .badRequest)
            #expect(response.text.contains("at most \(hours) hours"))
        }
    }

    @Test func `an export needs the right to it and is entered before the first byte`() async throws {
        let test = try await SiteUnderTest()
        _ = try await Self.record(test)
        let uri = "\(Self.base(test))/export.mp4?from=2026-11-23T08:00&to=2026-11-23T08:02"
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get(uri).status == .forbidden)
        }
        try await test.giveReason(test.supervisor, test.camera.id)
        try await test.visit(as: test.supervisor) { browser async throws in
            let head = try await browser.get(uri, method: .head)
            #expect(head.status == .ok)
            #expect(head.headers[.contentDisposition]?.contains("2026-11-23_08-00-00.mp4".percentEncoded) == true)
            #expect(Int(head.headers[.estimatedLength] ?? "").map { $0 > 40 } == true)
        }
        #expect(try await test.ledger(.footageExported).isEmpty)
    }

    @Test func `the list of cameras has what players need`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head) { browser async throws in
            let text = try await browser.get("/api/v1/cameras").text
            #expect(
                text.contains(
                    #"{"id":"\#(test.lockedCamera.id)","name":"Door & window","area":{"id":"\#(test.area.id)","kind":"cooking","name":"烹饪区"},"school":{"id":"\#(test.school.id)","name":"实验小学 <1>"},"simulated":false,"hasSub":true,"status":{"state":"connecting","#
                ))
            #expect(text.contains(#""reason":null"#))
            #expect(!text.contains("192.0.2.17"))
        }
    }
}
