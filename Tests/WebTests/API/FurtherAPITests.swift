import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

/// What programs do besides judging and moving: leaving, taking back, adding, and filters.
struct FurtherAPITests {
    @Test func `a capture is left to a colleague, once, and comes first to them`() async throws {
        let test = try await SiteUnderTest()
        let second = try await Session.begin("second", .supervisor, nil, test.supervision)
        let base = "/api/v1/captures/\(test.capture.id)"
        try await test.program(as: test.supervisor) { api async throws in
            let colleagues = try await api.get("\(base)/colleagues")
            #expect(try colleagues.list("colleagues").count == 1)
            #expect(try colleagues.text("colleagues.0.id") == "\(second.person.id)")
            let json = #"{"to":"\#(second.person.id)","note":"看不清"}"#
            let left = try await api.post("\(base)/hand-over", json, [.idempotencyKey: "h"])
            #expect(left.status == .ok)
            #expect(try left.member("verdict") == nil)
            #expect(try await api.post("\(base)/hand-over", json, [.idempotencyKey: "h"]).bytes == left.bytes)
            for wrong in [
                #"{"to":"\#(test.supervisor.person.id)"}"#, #"{"to":"\#(test.head.person.id)"}"#,
            ] {
                #expect(try await api.post("\(base)/hand-over", wrong).status == .unprocessableContent, "\(wrong)")
            }
            #expect(try await api.post("\(base)/hand-over", #"{"note":"x"}"#).status == .badRequest)
            #expect(
                try await api.post("\(base)/hand-over", #"{"to":"\#(second.person.id)","x":1}"#).status == .badRequest)
        }
        #expect(try await test.ledger(.captureHandedOver).count == 1)
        #expect(
            try await test.supervision.captures.nextWaiting(after: nil, for: .person(second.person)) == test.capture.id)
        try await test.supervision.captures.judge(
            test.capture.id, .confirmed, seen: nil, by: .person(second.person))
        try await test.program(as: test.supervisor) { api async throws in
            let late = try await api.post("\(base)/hand-over", #"{"to":"\#(second.person.id)"}"#)
            #expect(late.status == .conflict)
            #expect(try late.text("capture.verdict.kind") == "confirmed")
        }
    }

    @Test func `a verdict is taken back by whoever gave it, within a minute`() async throws {
        let test = try await SiteUnderTest()
        let base = "/api/v1/captures/\(test.capture.id)/verdict"
        try await test.program(as: test.supervisor) { api async throws in
            let judged = try await api.post(base, #"{"verdict":"confirmed","seen":null}"#)
            let time = try #require(try judged.integer("verdict.time"))
            #expect(try await api.post("\(base)/take-back", "{}").status == .preconditionRequired)
            let seen = #"{"seen":\#(time)}"#
            let back = try await api.post("\(base)/take-back", seen, [.idempotencyKey: "t"])
            #expect(back.status == .ok)
            #expect(try back.member("verdict") == nil)
            #expect(try await api.post("\(base)/take-back", seen, [.idempotencyKey: "t"]).bytes == back.bytes)
            let twice = try await api.post("\(base)/take-back", seen)
            #expect(twice.status == .conflict)
            #expect(try twice.text("capture.id") == "\(test.capture.id)")

            let again = try await api.post(
                base, #"{"verdict":"rejected","reason":"hatPresent"}"#, [.ifMatch: try #require(back.headers[.eTag])])
            #expect(again.status == .ok)
            test.time.advance(by: .seconds(61))
            let late = try await api.post("\(base)/take-back", "{}", [.ifMatch: try #require(again.headers[.eTag])])
            #expect(late.status == .preconditionFailed)
            #expect(try late.text("capture.verdict.kind") == "rejected")
        }
        #expect(try await test.ledger(.captureJudged).count == 3)
    }

    @Test func `captures become part of a case that runs, at the version that was seen`() async throws {
        let test = try await SiteUnderTest()
        let more = [5, 4, 3].map { Capture.sample(of: test.lockedCamera.id, at: test.time.now - .seconds($0)) }
        for capture in more { try await test.supervision.captures.open(capture, first: nil) }
        let base = "/api/v1/cases/\(try await test.openedCaseID())/captures"
        @Sendable func json(_ capture: Capture, _ version: String = "") -> String {
            #"{"captures":["\#(capture.id)"]\#(version)}"#
        }
        try await test.program(as: test.supervisor) { api async throws in
            #expect(try await api.post(base, json(more[0])).status == .preconditionRequired)
            let added = try await api.post(base, json(more[0], #","version":1"#), [.idempotencyKey: "a"])
            #expect(added.status == .ok)
            #expect(try added.list("captures").count == 2)
            let replayed = try await api.post(base, json(more[0], #","version":1"#), [.idempotencyKey: "a"])
            #expect(replayed.bytes == added.bytes)
            let stale = try await api.post(base, json(more[1], #","version":1"#))
            #expect(stale.status == .conflict)
            #expect(try stale.integer("case.version") == 2)
            let tag = try #require(added.headers[.eTag])
            #expect(try await api.post(base, json(more[1]), [.ifMatch: tag]).status == .ok)
            #expect(try await api.post(base, json(more[2]), [.ifMatch: tag]).status == .preconditionFailed)
            // Part of a case already; of another school; none at all.
            #expect(try await api.post(base, json(more[0], #","version":3"#)).status == .conflict)
            #expect(try await api.post(base, json(test.otherCapture, #","version":3"#)).status == .conflict)
            #expect(try await api.post(base, #"{"captures":[],"version":3}"#).status == .badRequest)
        }
        try await test.api(session: test.head) { api async throws in
            #expect(try await api.post(base, json(more[2], #","version":3"#)).status == .forbidden)
        }
        try await test.api(session: test.otherHead) { api async throws in
            #expect(try await api.post(base, json(more[2], #","version":3"#)).status == .notFound)
        }
        let record = try await test.supervision.captures.capture(more[1].id, for: .console)
        guard case .merged? = record.judgement?.verdict else {
            Issue.record("\(String(describing: record.judgement))")
            return
        }
    }

    @Test func `filters are kept under a name, and forgotten by their owner only`() async throws {
        let test = try await SiteUnderTest()
        let second = try await Session.begin("second", .supervisor, nil, test.supervision)
        let json = #"{"list":"cases","name":"超期","query":"stage=overdue&grade=1&unknown=2","shared":true}"#
        try await test.program(as: test.supervisor, scopes: [.readCases]) { api async throws in
            let kept = try await api.post("/api/v1/filters", json, [.idempotencyKey: "k"])
            #expect(kept.status == .created)
            #expect(try kept.text("query") == "stage=overdue&grade=1")
            #expect(try await api.post("/api/v1/filters", json, [.idempotencyKey: "k"]).bytes == kept.bytes)
            #expect(try await api.post("/api/v1/filters", json).status == .conflict)
            for wrong in [
                #"{"list":"cases","name":"x","query":"stage=never"}"#, #"{"list":"schools","name":"x","query":"a=1"}"#,
                #"{"name":"x","query":"stage=overdue"}"#,
            ] {
                #expect(try await api.post("/api/v1/filters", wrong).status == .badRequest, "\(wrong)")
            }
            for wrong in [#"{"list":"cases","name":"x","query":""}"#, #"{"list":"cases","name":"","query":"grade=1"}"#]
            {
                #expect(try await api.post("/api/v1/filters", wrong).status == .unprocessableContent, "\(wrong)")
            }
            #expect(try await api.get("/api/v1/filters?list=captures").list("filters").isEmpty)
            #expect(try await api.get("/api/v1/filters?list=x").status == .badRequest)
            let all = try await api.get("/api/v1/filters")
            #expect(try all.list("filters").count == 1)
            let address = "/api/v1/filters/\(try #require(try kept.text("id")))/remove"
            try await test.program(as: second, scopes: [.readCaptures]) { other async throws in
                let seen = try await other.get("/api/v1/filters?list=cases")
                #expect(try seen.member("filters.0.own") as? Bool == false)
                #expect(try await other.post(address, "{}").status == .notFound)
            }
            let removed = try await api.post(address, "{}", [.idempotencyKey: "r"])
            #expect(removed.status == .ok)
            #expect(try await api.post(address, "{}", [.idempotencyKey: "r"]).bytes == removed.bytes)
            #expect(try await api.post(address, "{}").status == .notFound)
            #expect(try await api.get("/api/v1/filters").list("filters").isEmpty)
        }
        #expect(try await test.ledger(.filterRemoved).count == 1)
    }
}
