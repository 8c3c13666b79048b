import Domain
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct SamplePagesTests {
    /// Frames of a camera that were drawn yesterday.
    @discardableResult
    private func drawn(
        _ count: Int64, of camera: CameraID, _ test: SiteUnderTest, sha256: [UInt8] = Array(repeating: 7, count: 32)
    ) async throws -> [SampledFrame] {
        let samples = test.supervision.samples
        var random = SystemRandomNumberGenerator()
        let time = test.time.now - .seconds(86_400)
        let day = Day(of: time, in: .shanghai)
        var frames: [SampledFrame] = []
        for key in 0..<count {
            let code = FrameCode.random(using: &random)
            let path = "\(camera)/\(day)/sample/\(code).jpg"
            let bytes = Array("picture \(key)".utf8)
            _ = try test.folder.write("evidence/\(path)", bytes)
            let frame = SampledFrame(
                code: code, camera: camera, day: day, time: time, origin: .drawn(key: key),
                file: EvidenceFile(kind: .first, path: path, sizeBytes: Int64(bytes.count), sha256: sha256))
            _ = try await samples.keep(frame, in: FrameSample(size: 200, offered: 500))
            frames.append(frame)
        }
        for (camera, day) in try await samples.unsettled() { _ = try await samples.settle(day, of: camera) }
        return frames
    }

    private func code(in page: String) throws -> String {
        let match = try #require(page.firstMatch(of: /name="frame" value="([0-9a-f]{32})"/))
        return String(match.1)
    }

    @Test func `one picture after the other, blind, and nothing is said twice`() async throws {
        let test = try await SiteUnderTest()
        let frames = try await drawn(3, of: test.camera.id, test)
        try await test.visit(as: test.supervisor) { browser async throws in
            var seen: Set<String> = []
            var page = try await browser.get("/triage/sample").text
            for answer in ["seen", "nothing", "cannotTell"] {
                let code = try self.code(in: page)
                seen.insert(code)
                // Neither where nor when, nor what the program thought; the frame around the page has a clock of its own.
                let shown = try #require(page.split(separator: "page-head").last)
                for word in ["灶台", "实验小学", "\(test.camera.id)", "2026-11-2", "data-time"] {
                    #expect(!shown.contains(word), "\(word)")
                }
                for word in ["data-key=\"0\"", "data-key=\"6\"", "data-key=\"u\"", "data-key=\"Enter\"", "未戴帽"] {
                    #expect(page.contains(word), "\(word)")
                }
                let picture = try await browser.get("/triage/sample/\(code)/picture.jpg")
                #expect(picture.status == .ok && picture.headers[.contentType] == "image/jpeg")
                #expect(picture.text.hasPrefix("picture "))
                let fields: KeyValuePairs<String, String> =
                    answer == "seen"
                    ? ["frame": code, "answer": answer, "item": "noHat", "item": "rodent"]
                    : ["frame": code, "answer": answer]
                #expect(try await browser.post("/triage/sample", fields).location == "/triage/sample?done=1")
                // An impatient second press.
                #expect(try await browser.post("/triage/sample", fields).location == "/triage/sample?conflict=1")
                page = try await browser.get("/triage/sample?done=1").text
            }
            #expect(seen == Set(frames.map { "\($0.code)" }))
            #expect(page.contains("没有待看的画面") && page.contains("次日零点"))
            let precision = try await browser.get("/precision").text
            for word in ["漏报估计", "不足 30 张", "没有进入分析的帧", "id=\"misses\""] {
                #expect(precision.contains(word), "\(word)")
            }
        }
        #expect(try await test.ledger(.frameReviewed).count == 3)
        let viewed = try await test.ledger(.footageViewed)
        #expect(viewed.contains { $0.payload.contains("qualitySample") })
    }

    @Test func `Enter without a choice asks again for the same picture`() async throws {
        let test = try await SiteUnderTest()
        try await drawn(9, of: test.camera.id, test)
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            let code = try self.code(in: try await browser.get("/triage/sample").text)
            let answer = try await browser.post("/triage/sample", ["frame": code, "answer": "seen"])
            let again = try #require(answer.location)
            let page = try await browser.get(again).text
            #expect(try self.code(in: page) == code)
            #expect(page.contains("Tick what you see first"))
            for fields: KeyValuePairs<String, String> in [
                ["frame": code, "answer": "seen", "item": "dragon"], ["frame": code, "answer": "perhaps"],
                ["frame": "../../etc", "answer": "nothing"],
            ] {
                #expect(try await browser.post("/triage/sample", fields).status == .badRequest)
            }
        }
        #expect(try await test.ledger(.frameReviewed).isEmpty)
    }

    @Test func `a decoy's picture is given as any other`() async throws {
        let test = try await SiteUnderTest()
        try await test.supervision.captures.judge(
            test.otherCapture.id, .confirmed, seen: nil, by: .person(test.supervisor.person))
        let drawn = try await drawn(1, of: test.otherCamera.id, test)
        try await test.visit(as: test.supervisor) { browser async throws in
            var headers: [Set<String>] = []
            var hasDecoy = false
            for _ in 0..<2 {
                let page = try await browser.get("/triage/sample").text
                let code = try self.code(in: page)
                hasDecoy = hasDecoy || !drawn.contains { "\($0.code)" == code }
                let picture = try await browser.get("/triage/sample/\(code)/picture.jpg")
                #expect(picture.status == .ok)
                headers.append(
                    Set(
                        picture.headers.filter { $0.name != .contentLength }.map { "\($0.name): \($0.value)" }
                            .filter { !$0.lowercased().contains("request-id") }))
                #expect(!page.contains("\(test.otherCapture.id)"))
                _ = try await browser.post("/triage/sample", ["frame": code, "answer": "seen", "item": "rodent"])
            }
            #expect(hasDecoy && headers[0] == headers[1])
            #expect(try await browser.get("/precision").text.contains("混入的 1 张已确认抓拍中，认出 1 张"))
        }
    }

    @Test func `who may not judge sees no picture, a guessed code leads nowhere, a changed file is not shown`()
        async throws
    {
        let test = try await SiteUnderTest()
        let frame = try await drawn(1, of: test.camera.id, test, sha256: EvidenceFile.tampered)[0]
        let path = "/triage/sample/\(frame.code)/picture.jpg"
        let own = try await office(of: test.school, "own", test)
        let other = try await office(of: test.otherSchool, "other", test)
        for (session, status) in [
            (test.head, 404), (test.administrator, 404), (other, 404), (test.supervisor, 409), (own, 409),
        ] {
            try await test.visit(as: session) { browser async throws in
                #expect(try await browser.get(path).status.code == status, "\(session.person.account)")
                #expect(
                    try await browser.get("/triage/sample/\(String(repeating: "0", count: 32))/picture.jpg").status
                        == .notFound)
                #expect(try await browser.get("/triage/sample/..%2F..%2Fmingchu.db/picture.jpg").status == .notFound)
            }
        }
        try await test.visit(as: other) { browser async throws in
            #expect(try await browser.get("/triage/sample").text.contains("没有待看的画面"))
            #expect(
                try await browser.post("/triage/sample", ["frame": "\(frame.code)", "answer": "nothing"]).status
                    == .notFound)
        }
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get("/triage/sample").status == .forbidden)
            #expect(
                try await browser.post("/triage/sample", ["frame": "\(frame.code)", "answer": "nothing"]).status
                    == .forbidden)
            #expect(!(try await browser.get("/captures").text.contains("/triage/sample")))
        }
        try await test.visit { browser async throws in #expect(try await browser.get(path).status == .seeOther) }
        #expect(try await test.ledger(.frameReviewed).isEmpty)
    }

    /// Of a township of its own, with that school.
    private func office(of school: School, _ name: String, _ test: SiteUnderTest) async throws -> Session {
        let township = try await test.supervision.places.addTownship("镇 \(name)", by: .console)
        var school = school
        school.township = township.id
        try await test.supervision.places.changeSchool(school, by: .console)
        return try await Session.begin("office-\(name)", .township, nil, township: township.id, test.supervision)
    }
}
