import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

/// What a phone sends, as it sends it.
struct InspectionAPITests {
    @Test func `a phone's work arrives once and byte for byte`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.plannedInspection()
        try await test.api(session: test.supervisor) { api async throws in
            let base = "/api/v1/inspections/\(id)"
            let list = try await api.get("/api/v1/inspections?stage=open&mine=1")
            #expect(try list.list("inspections").count == 2)
            let taken = try await api.post("\(base)/begin", "{}")
            #expect(try taken.text("state") == "begun")
            #expect(try taken.list("items").count == 20)
            let report = try await InspectionSample(api, base, test.time.now)
            for picture in report.pictures {
                let again = try await report.send(picture)
                #expect(again.status == .ok)
                #expect(try again.text("sha256") == picture.sha256)
            }
            let sent = try await api.post("\(base)/report", report.json)
            #expect(sent.status == .ok)
            #expect(try sent.text("state") == "handedIn")
            #expect(try sent.integer("points") == 10)
            #expect(try sent.text("report.id") == "\(report.id)")
            let twice = try await api.post("\(base)/report", report.json)
            #expect(try twice.integer("version") == sent.integer("version"))
            for picture in report.pictures {
                let url = "\(base)/files/\(picture.id)"
                #expect(try await api.get(url).bytes == picture.bytes)
            }
        }
        #expect(try await test.ledger(.inspectionHandedIn).count == 1)
        #expect(try await test.ledger(.inspectionFileKept).count == 12)
    }

    @Test func `who comes second gets both versions, and may send the second beside the first`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.plannedInspection()
        let colleague = try await Session.begin("second", .supervisor, nil, test.supervision)
        let base = "/api/v1/inspections/\(id)"
        try await test.api(session: colleague) { api async throws in
            let first = try await InspectionSample(api, base, test.time.now)
            #expect(try await api.post("\(base)/report", first.json).status == .ok)
        }
        try await test.api(session: test.supervisor) { api async throws in
            let mine = try await InspectionSample(api, base, test.time.now)
            let refused = try await api.post("\(base)/report", mine.json)
            #expect(refused.status == .conflict)
            #expect(try refused.text("error.code") == "changed")
            #expect(try refused.text("inspection.report.by") == "second 先生")
            let kept = try await api.post(
                "\(base)/report", mine.json.replacing(#""remark":"""#, with: #""remark":"","supplement":true"#))
            #expect(kept.status == .ok)
            #expect(try kept.text("supplements.0.id") == "\(mine.id)")
        }
    }

    @Test func `what is no picture, or not the asker's to send, is refused`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.plannedInspection()
        let file = InspectionFileID(at: test.time.now)
        let uri = "/api/v1/inspections/\(id)/files/\(file)?kind=photo&name=a.jpg"
        let octets: HTTPFields = [.contentType: "application/octet-stream"]
        try await test.api(session: test.supervisor) { api async throws in
            let text = try await api.ask(
                .post, uri, nil, octets, bytes: Array("no picture at all, but long enough".utf8))
            #expect(text.status == .unsupportedMediaType)
            #expect(
                try await api.ask(.post, uri, nil, [:], bytes: InspectionSample.png).status == .unsupportedMediaType)
            let wrong = try await api.post("/api/v1/inspections/\(id)/report", #"{"id":"x"}"#)
            #expect(wrong.status == .badRequest)
        }
        try await test.api(session: test.head) { api async throws in
            #expect(try await api.ask(.post, uri, nil, octets, bytes: InspectionSample.png).status == .notFound)
            #expect(try await api.get("/api/v1/inspections/\(id)").status == .notFound)
        }
        try await test.program(as: test.supervisor, scopes: [.readInspections]) { api async throws in
            #expect(try await api.get("/api/v1/inspections/\(id)").status == .ok)
            #expect(try await api.post("/api/v1/inspections/\(id)/begin", "{}").status == .forbidden)
        }
        #expect(try await test.ledger(.inspectionFileKept).isEmpty)
    }

    @Test func `the worker names files that are there`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor) { browser async throws in
            let worker = try await browser.get("/field/worker.js")
            #expect(worker.headers[.contentType]?.hasPrefix("text/javascript") == true)
            for name in FieldWorker.files {
                let path = "\(test.site.assets.folder)/\(name)"
                #expect(worker.text.contains("\"\(path)\""))
                #expect(try await browser.get(path).status == .ok, "\(name)")
            }
            let page = try await browser.get("/field/inspections")
            #expect(page.headers[.permissionsPolicy]?.contains("geolocation=(self)") == true)
            #expect(page.text.contains("data-person=\"\(test.supervisor.person.id)\""))
            // Every module that a module of the page asks for is kept with it.
            for name in FieldWorker.files where name.hasSuffix(".js") {
                let source = try await browser.get("\(test.site.assets.folder)/\(name)").text
                for part in source.matches(of: /from "(\.\.?\/[\w.\/-]+)"/) {
                    let steps = (name.split(separator: "/").dropLast() + part.1.split(separator: "/"))
                        .reduce(into: [Substring]()) { steps, step in
                            if step == ".." { steps.removeLast() } else if step != "." { steps.append(step) }
                        }
                    #expect(FieldWorker.files.contains(steps.joined(separator: "/")), "\(name): \(part.1)")
                }
            }
        }
    }
}

/// A report with ten photographs and two signatures, which were sent.
struct InspectionSample: Sendable {
    struct Picture: Sendable {
        let id: InspectionFileID
        let kind: String
        let bytes: [UInt8]
        let sha256: String
    }

    /// 64 × 48 pixels.
    static let png = Array(
        Data(
            base64Encoded: """
                iVBORw0KGgoAAAANSUhEUgAAAEAAAAAwCAIAAAAuKetIAAAAUElEQVR42u3PQQ0AMAgEMORMzt6nZHKQOhG8SJrUQKvSuwkICAgI\
                CAgIDJz0agICAgICAgICk8BNryYgICAgICAgMAm89GoCAgICAgICAgMfPo6I02cvD7EAAAAASUVORK5CYII=
                """)!)

    let id: InspectionReportID
    let pictures: [Picture]
    let json: String
    private let api: APIClient
    private let base: String

    init(_ api: APIClient, _ base: String, _ now: UTCTime) async throws {
        self.api = api
        self.base = base
        id = InspectionReportID(at: now)
        var pictures: [Picture] = []
        var answers: [String] = []
        for item in InspectionTemplate.standard.items {
            var photo = ""
            if item.photo == .always {
                let one = try await Self.made("photo", pictures.count, api, base, now)
                pictures.append(one)
                photo = "\"\(one.id)\""
            }
            let outcome = item.code == "training" ? "fails/5" : "conforms"
            answers.append(#"{"item":"\#(item.code)","outcome":"\#(outcome)","note":"看过","photos":[\#(photo)]}"#)
        }
        let mine = try await Self.made("signature", 100, api, base, now)
        let theirs = try await Self.made("signature", 101, api, base, now)
        self.pictures = pictures + [mine, theirs]
        json = """
            {"id":"\(id)","begun":\(now.milliseconds - 60_000),"finished":\(now.milliseconds),"template":1,\
            "answers":[\(answers.joined(separator: ","))],"remark":"","inspectorSignature":"\(mine.id)",\
            "school":{"signature":"\(theirs.id)","name":"王校长"},\
            "position":{"latitude":31.55,"longitude":118.49,"accuracy":12.5}}
            """
    }

    private static func made(
        _ kind: String, _ number: Int, _ api: APIClient, _ base: String, _ now: UTCTime
    ) async throws -> Picture {
        // Bytes behind a PNG's end tell the pictures apart.
        let bytes = png + Array("\(kind) \(number)".utf8)
        let digits = InspectionDraws.sha256(bytes).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }
        let one = Picture(id: InspectionFileID(at: now), kind: kind, bytes: bytes, sha256: digits.joined())
        #expect(try await send(one, api, base).status == .created)
        return one
    }

    func send(_ picture: Picture) async throws -> TestResponse { try await Self.send(picture, api, base) }

    private static func send(_ picture: Picture, _ api: APIClient, _ base: String) async throws -> TestResponse {
        try await api.ask(
            .post, "\(base)/files/\(picture.id)?kind=\(picture.kind)&name=a.png", nil,
            [.contentType: "application/octet-stream"], bytes: picture.bytes)
    }
}

extension SiteUnderTest {
    /// Of the first school, planned for the whole county.
    func plannedInspection() async throws -> SpotInspectionID {
        let inspections = supervision.inspections
        let principal = Principal.person(supervisor.person)
        try await inspections.add(
            InspectionPlanDraft(
                title: "秋季开学检查", season: .autumnStart, territory: .county, template: InspectionTemplate.standardID,
                due: Day(of: time.now, in: .shanghai) + 14), by: principal)
        let all = try await inspections.list(for: principal)
        return try #require(all.first { $0.school.id == school.id }).inspection.id
    }

    /// Handed in by the supervisor: one item failed with 10 points.
    func handedInInspection() async throws -> SpotInspectionID {
        let id = try await plannedInspection()
        try await api(session: supervisor) { api async throws in
            let base = "/api/v1/inspections/\(id)"
            let report = try await InspectionSample(api, base, self.time.now)
            #expect(try await api.post("\(base)/report", report.json).status == .ok)
        }
        return id
    }
}
