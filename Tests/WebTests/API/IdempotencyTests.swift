import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct IdempotencyTests {
    private static let key: HTTPFields = [.idempotencyKey: "3c4d"]

    private static func opening(_ test: SiteUnderTest, note: String = "") -> String {
        #"{"captures":["\#(test.capture.id)"],"note":"\#(note)"}"#
    }

    @Test func `a request that comes again gets the same answer and does nothing`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor) { api async throws in
            let first = try await api.post("/api/v1/cases", Self.opening(test), Self.key)
            #expect(first.status == .created)
            #expect(first.headers[.idempotencyReplayed] == nil)
            test.time.advance(by: .seconds(3600))
            let second = try await api.post("/api/v1/cases", Self.opening(test), Self.key)
            #expect(second.status == .created)
            #expect(second.bytes == first.bytes)
            #expect(second.location == first.location)
            #expect(second.headers[.eTag] == first.headers[.eTag])
            #expect(second.headers[.idempotencyReplayed] == "true")
            let other = try await api.post("/api/v1/cases", Self.opening(test, note: "other"), Self.key)
            #expect(other.status == .unprocessableContent)
            #expect(try other.text("error.code") == "keyUsed")
            let elsewhere = try await api.post(
                "/api/v1/captures/\(test.otherCapture.id)/verdict", Self.opening(test), Self.key)
            #expect(elsewhere.status == .unprocessableContent)
            // Another token's keys are its own, though its owner is the same.
            try await test.program(as: test.supervisor) { another async throws in
                let answer = try await another.post("/api/v1/cases", Self.opening(test), Self.key)
                #expect(answer.status == .conflict, "the capture has its case")
            }
            test.time.advance(by: .seconds(23 * 3600 + 1))
            try await test.program(as: try await test.again(test.supervisor)) { later async throws in
                let forgotten = try await later.post("/api/v1/cases", Self.opening(test), Self.key)
                #expect(forgotten.status == .conflict)
            }
        }
        #expect(try await test.ledger(.caseOpened).count == 1)
    }

    @Test func `every write of the API is done once`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor) { api async throws in
            let verdict = "/api/v1/captures/\(test.otherCapture.id)/verdict"
            let confirmed = #"{"verdict":"confirmed","seen":null}"#
            let judged = try await api.post(verdict, confirmed, [.idempotencyKey: "v"])
            #expect(judged.status == .ok)
            #expect(try await api.post(verdict, confirmed, [.idempotencyKey: "v"]).bytes == judged.bytes)
            let base = "/api/v1/cases/\(try await test.openedCaseID())"
            let sent = try await api.post("\(base)/moves", #"{"move":"dispatch","version":1}"#, [.idempotencyKey: "d"])
            #expect(sent.status == .ok)
            let again = try await api.post("\(base)/moves", #"{"move":"dispatch","version":1}"#, [.idempotencyKey: "d"])
            #expect(again.status == .ok)
            #expect(again.bytes == sent.bytes)
            let file = try await api.send("a.jpg", CaseAPITests.jpeg, to: "\(base)/files", [.idempotencyKey: "f"])
            let twice = try await api.send("a.jpg", CaseAPITests.jpeg, to: "\(base)/files", [.idempotencyKey: "f"])
            #expect(twice.status == .created)
            #expect(twice.bytes == file.bytes)
            #expect(test.attachmentCount == 1)
            let bytes = CaseAPITests.jpeg + [1]
            let other = try await api.send("a.jpg", bytes, to: "\(base)/files", [.idempotencyKey: "f"])
            #expect(other.status == .unprocessableContent)
            #expect(test.attachmentCount == 1)
            // The file has become part of the case, and the same request still gets its answer.
            let id = try #require(try file.text("id"))
            let json = #"{"move":"comment","version":2,"text":"see","files":["\#(id)"]}"#
            let said = try await api.post("\(base)/moves", json, [.idempotencyKey: "c"])
            #expect(said.status == .ok)
            #expect(try await api.post("\(base)/moves", json, [.idempotencyKey: "c"]).bytes == said.bytes)
        }
        #expect(try await test.ledger(.caseDispatched).count == 1)
        #expect(try await test.ledger(.caseCommented).count == 1)
        #expect(try await test.ledger(.captureJudged).count == 2)
    }

    @Test func `sent many times at once, it is done once`() async throws {
        let test = try await SiteUnderTest()
        try await test.program(as: test.supervisor) { api async throws in
            let answers = try await withThrowingTaskGroup(of: TestResponse.self) { group in
                for _ in 0..<8 {
                    group.addTask { try await api.post("/api/v1/cases", Self.opening(test), Self.key) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == .created && $0.bytes == answers[0].bytes })
            #expect(answers.filter { $0.headers[.idempotencyReplayed] == nil }.count == 1)
        }
        #expect(try await test.ledger(.caseOpened).count == 1)
    }

    @Test func `the answer outlives a restart`() async throws {
        let test = try await SiteUnderTest()
        let token = try await test.supervision.tokens.add(
            name: "x", scopes: [.writeCases], lifetime: .seconds(86_400), by: .person(test.supervisor.person)
        ).text
        let again = try test.restarted()
        try await test.api(token: token) { before async throws in
            let first = try await before.post("/api/v1/cases", Self.opening(test), Self.key)
            try await test.api(token: token, on: again) { after async throws in
                let second = try await after.post("/api/v1/cases", Self.opening(test), Self.key)
                #expect(second.status == .created)
                #expect(second.bytes == first.bytes)
            }
        }
    }

    @Test func `what was refused is not kept, and may be tried again`() async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/cases/\(try await test.openedCaseID())/moves"
        try await test.program(as: test.supervisor) { api async throws in
            let bad = try await api.post(base, #"{"move":"withdraw","version":1,"text":""}"#, Self.key)
            #expect(bad.status == .unprocessableContent)
            let good = try await api.post(base, #"{"move":"withdraw","version":1,"text":"x"}"#, Self.key)
            #expect(good.status == .ok)
            for key in ["", String(repeating: "k", count: 256), "a b", "schlüssel"] {
                let odd = try await api.post(
                    base, #"{"move":"comment","version":2,"text":"x"}"#, [.idempotencyKey: key])
                #expect(odd.status == .badRequest, "\(key)")
            }
        }
    }
}
