import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct DocumentTests {
    @Test func `the document has every route of the API, and no others`() async throws {
        let test = try await SiteUnderTest()
        let registered = test.site.router().routes.filter { $0.method != .head }
            .map { "\($0.method) \($0.path)" }.filter { $0.contains(" /api/v1/") }
        #expect(Set(registered) == (try APISchema().operations))
    }

    @Test func `every reference leads somewhere, and every part is used`() throws {
        let bytes = try Resources.bundled().bytes(APIDocument.path)
        let text = String(decoding: bytes, as: UTF8.self)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(document["openapi"] as? String == "3.1.0")
        let components = try #require(document["components"] as? [String: [String: Any]])
        let references = Set(text.matches(of: /"#\/components\/(\w+)\/(\w+)"/).map { "\($0.1)/\($0.2)" })
        let parts = Set(
            components.filter { $0.key != "securitySchemes" }
                .flatMap { kind, members in members.keys.map { "\(kind)/\($0)" } })
        #expect(references == parts)
    }

    @Test func `names in a path are its parameters`() throws {
        let bytes = try Resources.bundled().bytes(APIDocument.path)
        let content = try APIDocument(Resources.bundled()).content
        #expect(bytes.count > 10_000)
        for (path, operations) in content.paths {
            let names = path.matches(of: /\{(\w+)\}/).map { String($0.1) }
            for (method, operation) in operations {
                let parameters = (operation.parameters ?? []).compactMap { parameter in
                    parameter.reference.flatMap {
                        content.components.parameters[String($0.split(separator: "/").last!)]
                    }
                        ?? parameter
                }
                let inPath = parameters.filter { $0.place == "path" }.compactMap(\.name)
                #expect(inPath == names, "\(method) \(path)")
                #expect(operation.security.count == 2, "\(method) \(path)")
                #expect(operation.tags.allSatisfy { tag in content.tags.contains { $0.name == tag } })
            }
        }
    }

    /// Each route that answers with JSON, asked so that it does: the answer is held against its schema.
    @Test func `answers are what the document says`() async throws {
        let test = try await SiteUnderTest()
        let id = try await test.openedCaseID()
        try await test.program(as: test.supervisor) { api async throws in
            for path in [
                "/openapi.json", "/cases", "/cases/\(id)", "/news", "/captures", "/captures/\(test.capture.id)",
                "/captures/\(test.otherCapture.id)", "/captures/\(test.capture.id)/data.json", "/analysis", "/cameras",
                "/cameras/\(test.camera.id)/timeline?from=0&to=1000",
                "/cameras/\(test.camera.id)/days?from=2026-11-01&to=2026-11-30",
            ] {
                #expect(try await api.get("/api/v1" + path).status == .ok, "\(path)")
            }
            let segments = "/api/v1/cameras/\(test.camera.id)/segments?from=0&to=1000"
            for (reason, status) in [
                ("inspection", 200), ("case; number=12; note=%E7%9C%8B", 200), ("other", 400), ("curiosity", 400),
                ("case; number=x", 400),
            ] {
                let answer = try await api.get(segments, [.viewingReason: reason])
                #expect(Int(answer.status.code) == status, "\(reason)")
            }
            let asked = try await api.get(segments)
            #expect(asked.status == .preconditionRequired)
            #expect(try asked.text("error.address")?.hasPrefix("/replay/reason?cameras=") == true)
            for path in [
                "/cases?stage=x", "/cases?limit=-1", "/captures?from=x", "/cameras/\(test.camera.id)/timeline",
            ] {
                #expect(try await api.get("/api/v1" + path).status == .badRequest, "\(path)")
            }
        }
    }

    @Test func `what is not so is found`() throws {
        let schema = try APISchema()
        let box = #"{"x":0.1,"y":0,"width":1,"height":1}"#
        #expect(try schema.schemaFaults(of: box, "Box") == [])
        for wrong in [
            #"{"x":0.1,"y":0,"width":1}"#, #"{"x":"0","y":0,"width":1,"height":1}"#,
            #"{"x":true,"y":0,"width":1,"height":1}"#, #"{"x":0,"y":0,"width":1,"height":1,"z":1}"#, "[]",
        ] {
            #expect(try schema.schemaFaults(of: wrong, "Box") != [], "\(wrong)")
        }
        let verdict = #"{"kind":"merged","reason":null,"other":"x","by":"\#(UUID().uuidString)","time":1}"#
        #expect(try schema.schemaFaults(of: verdict, "Verdict") == [])
        #expect(try schema.schemaFaults(of: verdict.replacing("merged", with: "maybe"), "Verdict") != [])
        #expect(try schema.schemaFaults(of: verdict.replacing("\"time\":1", with: "\"time\":1.5"), "Verdict") != [])
    }

    @Test func `the page shows every operation`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head, language: .english) { browser async throws in
            let text = try await browser.get("/api").text
            for operation in try APISchema().operations {
                #expect(text.contains("<code>\(operation)</code>"), "\(operation)")
            }
        }
    }
}
