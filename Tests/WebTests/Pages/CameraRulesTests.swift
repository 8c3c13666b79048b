import Domain
import Hummingbird
import HummingbirdTesting
import NIOCore
import Store
import Supervision
import TestSupport
import Testing

@testable import Web

struct CameraRulesTests {
    /// The page's own form as a browser would send it, with some fields changed.
    private static func fields(_ html: String, _ changes: [String: String?]) -> [(String, String)] {
        var fields: [(String, String)] = []
        let form = html[(html.firstRange(of: "<form class=\"rules-form\"")?.lowerBound ?? html.startIndex)...]
        for tag in form.split(separator: "<input ").dropFirst() {
            let name = attribute("name", tag)
            guard !name.isEmpty, !tag.prefix(while: { $0 != ">" }).contains("checkbox") || tag.contains(" checked>")
            else { continue }
            let isBox = tag.prefix(while: { $0 != ">" }).contains("checkbox")
            if isBox, !tag.prefix(while: { $0 != ">" }).hasSuffix(" checked") { continue }
            fields.append((name, isBox ? "on" : attribute("value", tag)))
        }
        for tag in form.split(separator: "<textarea ").dropFirst() {
            let text = tag.drop { $0 != ">" }.dropFirst().prefix { $0 != "<" }
            fields.append((attribute("name", tag), String(text)))
        }
        for tag in form.split(separator: "<select ").dropFirst() {
            let options = tag.prefix(upTo: tag.firstRange(of: "</select>")?.lowerBound ?? tag.endIndex)
            let chosen = options.split(separator: "<option ").dropFirst().first { $0.contains(" selected>") }
            fields.append((attribute("name", tag), chosen.map { attribute("value", $0) } ?? ""))
        }
        for (name, value) in changes {
            fields.removeAll { $0.0 == name }
            if let value { fields.append((name, value)) }
        }
        return fields
    }

    private static func attribute(_ name: String, _ tag: Substring) -> String {
        guard let start = tag.firstRange(of: "\(name)=\"")?.upperBound else { return "" }
        return String(tag[start...].prefix { $0 != "\"" })
    }

    private static func send(
        _ browser: Browser, _ path: String, _ fields: [(String, String)]
    ) async throws -> TestResponse {
        let body = fields.map { "\($0.0.percentEncoded)=\($0.1.percentEncoded)" }.joined(separator: "&")
        var headers: HTTPFields = [.contentType: "application/x-www-form-urlencoded", .acceptLanguage: "en"]
        if let session = browser.session { headers[.cookie] = "\(SessionCookie.name)=\(session.token.reveal())" }
        return try await browser.client.execute(
            uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
    }

    @Test func `the form as it stands changes nothing, and what is changed is kept exactly`() async throws {
        let test = try await SiteUnderTest()
        let path = "/cameras/\(test.camera.id)/analysis"
        let captures = test.supervision.captures
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let html = try await browser.get(path).text
            #expect(try await Self.send(browser, path, Self.fields(html, [:])).location == "\(path)?saved=1")
            #expect(try await captures.settings() == [:])
            let fields = Self.fields(
                html,
                [
                    "noHat.zones": "10,20 60.5,20\t60,90\r\n\r\n0,0 100,0 100,100", "noHat.sustained": "4.5",
                    "noHat.threshold": "62.5", "phone.on": nil, "masks": "1,1 2,1 2,2", "leastHead": "32",
                    "noMask.hours": "always",
                ])
            let saved = try await Self.send(browser, path, fields)
            #expect(saved.location == "\(path)?saved=1")
            let settings = try #require(try await captures.settings()[test.camera.id])
            #expect(settings.leastHeadPixels == 32)
            #expect(settings.masks.count == 1)
            let noHat = settings.rule(.noHat)
            #expect(noHat.sustainedSeconds == 4.5 && noHat.threshold == 0.625 && noHat.zones.count == 2)
            #expect(noHat.zones[0].points[1] == PicturePoint(x: 0.605, y: 0.2))
            #expect(!settings.rule(.phone).isOn)
            #expect(Set(settings.rules.keys) == [.noHat, .phone, .noMask])
            let again = try await browser.get("\(path)?saved=1").text
            #expect(again.contains("The rules are saved"))
            #expect(again.contains("10,20 60.5,20 60,90\n0,0 100,0 100,100</textarea>"))
            #expect(again.contains("<polygon class=\"mask\" points=\"0.01,0.01 0.02,0.01 0.02,0.02\"/>"))
            #expect(Markup(again).faults == [])
            #expect(try await browser.get("/ledger").text.contains("Changed the rules"))
        }
    }

    @Test func `mistakes are shown beside what was typed, and nothing is kept`() async throws {
        let test = try await SiteUnderTest()
        let path = "/cameras/\(test.camera.id)/analysis"
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let html = try await browser.get(path).text
            let fields = Self.fields(
                html,
                [
                    "noHat.sustained": "601", "noHat.cooldown": "-1", "rodent.threshold": "4", "leastHead": "5",
                    "masks": "1,1 2,2", "phone.zones": "a,b 1,1 2,2",
                ])
            let response = try await Self.send(browser, path, fields)
            #expect(response.status == .unprocessableContent)
            for words in ["601", "a,b 1,1 2,2", "Masks, line 1", "Zones, line 1", "12", "86400"] {
                #expect(response.text.contains(words), "\(words)")
            }
            #expect(Markup(response.text).faults == [])
            #expect(try await test.supervision.captures.settings() == [:])
        }
    }

    @Test func `a form filled in from older rules is not saved over newer ones unawares`() async throws {
        let test = try await SiteUnderTest()
        let path = "/cameras/\(test.camera.id)/analysis"
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let html = try await browser.get(path).text
            try await test.supervision.captures.changeSettings(
                of: test.camera.id, to: AnalysisSettings(leastHeadPixels: 50), by: .console)
            let conflict = try await Self.send(browser, path, Self.fields(html, ["leastHead": "60"]))
            #expect(conflict.status == .conflict)
            #expect(conflict.text.contains("Somebody changed the rules") && conflict.text.contains("value=\"60\""))
            let second = try await Self.send(browser, path, Self.fields(conflict.text, [:]))
            #expect(second.location == "\(path)?saved=1")
            #expect(try await test.supervision.captures.settings()[test.camera.id]?.leastHeadPixels == 60)
        }
    }

    @Test func `an item without a model is shown with the reason and keeps its rule`() async throws {
        let test = try await SiteUnderTest()
        let path = "/cameras/\(test.camera.id)/analysis"
        let rule = CaptureRule(isOn: false, sustainedSeconds: 9)
        try await test.supervision.captures.changeSettings(
            of: test.camera.id, to: AnalysisSettings(rules: [.smoking: rule]), by: .console)
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let html = try await browser.get(path).text
            #expect(html.contains("too few &lt;real&gt; pictures"))
            #expect(!html.contains("name=\"smoking.on\""))
            #expect(html.contains("own 55"))
            _ = try await Self.send(browser, path, Self.fields(html, ["leastHead": "40"]))
            #expect(try await test.supervision.captures.settings()[test.camera.id]?.rule(.smoking) == rule)
        }
        try await test.visit(as: test.head, language: .english) { browser async throws in
            let html = try await browser.get(path).text
            #expect(html.contains("administrators change them"))
            #expect(!html.contains("Save the rules"))
        }
    }

    @Test func `a try-out runs the form's own rules over the last hour and keeps nothing`() async throws {
        let test = try await SiteUnderTest()
        let path = "/cameras/\(test.camera.id)/analysis"
        try await test.visit(as: test.administrator, language: .english) { browser async throws in
            let html = try await browser.get(path).text
            let fields = Self.fields(html, ["noHat.sustained": "7"])
            let nothing = try await Self.send(browser, "\(path)/trial", fields)
            #expect(nothing.status == .notFound && nothing.text.contains("Nothing was recorded"))
            try await test.record(test.camera.id, minutesAgo: 10)
            let response = try await Self.send(browser, "\(path)/trial", fields)
            #expect(response.status == .ok)
            let lines = response.text.split(separator: "\n")
            #expect(lines.count == 3)
            #expect(lines[0] == "{\"progress\":0.5}")
            #expect(lines[1].contains("\"itemText\":\"No hat\"") && lines[1].contains("data:image/jpeg;base64,/9g="))
            #expect(lines[2] == "{\"done\":true,\"count\":1}")
            let request = try #require(test.trials.requests.first)
            #expect(request.0 == test.camera.id)
            #expect(request.1.rule(.noHat).sustainedSeconds == 7)
            #expect(request.2.duration == .seconds(3600))
            #expect(try await test.supervision.captures.settings() == [:])
            // The room for one is free again.
            #expect(try await Self.send(browser, "\(path)/trial", fields).status == .ok)
            let bad = try await Self.send(browser, "\(path)/trial", Self.fields(html, ["leastHead": "0"]))
            #expect(bad.status == .unprocessableContent)
        }
    }

    @Test func `one try-out at a time`() {
        let slot = TrialSlot()
        var held = slot.take()
        #expect(held != nil)
        #expect(slot.take() == nil)
        held?.giveBack()
        held?.giveBack()
        held = slot.take()
        #expect(held != nil)
        held = nil
        #expect(slot.take() != nil, "given back by nobody's holding it")
    }

    @Test func `zones come back from their text, whatever they are`() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<200 {
            let zones = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                PictureZone(
                    (0..<Int.random(in: 3...64, using: &random)).map { _ in
                        PicturePoint(
                            x: Double(Int.random(in: 0...10_000, using: &random)) / 10_000,
                            y: Double(Int.random(in: 0...10_000, using: &random)) / 10_000)
                    })
            }
            let text = ZoneText.text(zones)
            let back = try ZoneText.parse(text)
            #expect(ZoneText.text(back) == text)
            #expect(back.map(\.points.count) == zones.map(\.points.count))
        }
    }

    @Test func `no text makes a zone that can't be used`() {
        var random = SeededGenerator(seed: 11)
        let characters = Array("0123456789.,- e+\n\t 1,2 3,4 50,50 nan∞")
        for _ in 0..<5000 {
            let text = String(
                (0..<Int.random(in: 0...60, using: &random)).map { _ in characters.randomElement(using: &random)! })
            if let zones = try? ZoneText.parse(text) { #expect(!zones.contains { !$0.isValid }, "\(text)") }
        }
        for text in [
            "1,1 2,2", "1,1 2,2 101,1", "1,1 2,2 -1,1", "1,1 2,2 1e1,1", "1,1 2,2 3", "1,1 2,2 ,", "nan,1 2,2 3,3",
        ] {
            #expect(throws: ZoneText.Fault(line: 1), "\(text)") { try ZoneText.parse(text) }
        }
    }
}

extension SiteUnderTest {
    /// A minute of footage in the index.
    func record(_ camera: CameraID, minutesAgo: Int64) async throws {
        let start = time.now - .seconds(minutesAgo * 60)
        let path = "\(camera)/2026-11-23/08-00-00.mp4"
        let file = RecordedFile(
            camera: camera, path: path, start: start, duration: .seconds(60), sizeBytes: 1100, initBytes: 100,
            codecs: "avc1.64001F", width: 640, height: 360)
        var empty = file
        empty.duration = .zero
        empty.sizeBytes = 100
        try await store.footage.record([
            .opened(empty),
            .segment(
                RecordedSegment(
                    camera: camera, path: path, start: start, duration: .seconds(60), offset: 100, length: 1000,
                    sha256: Array(repeating: 1, count: 32))),
            .closed(camera: camera, path: path, sizeBytes: 1100),
        ])
    }
}
