import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct DutyAPITests {
    @Test func `a program enters a school's day and reads it`() async throws {
        let test = try await SiteUnderTest()
        let today = Day(of: test.time.now, in: .shanghai)
        let day = today + (10 - today.weekday)
        test.time.advance(by: day.time(minute: 420, in: .shanghai) - test.time.now)
        try await test.supervision.duties.change(.standard, from: day, by: .console)
        let cook = try await Session.begin("cook", .school, test.school.id, test.supervision)
        let base = "/api/v1/duties/\(test.school.id)"
        @Sendable func body(
            _ duty: String, _ record: String, version: Int = 0, meal: String = "null", more: String = ""
        )
            -> String
        {
            #"{"duty":"\#(duty)","period":"\#(day)","meal":\#(meal),"version":\#(version),"record":\#(record)\#(more)}"#
        }
        try await test.program(as: cook) { api async throws in
            for text in [
                body("dailyControl", #"{"findings":[{"point":"pests","what":"a","remedy":"b"}]}"#),
                body(
                    "morningHealthCheck",
                    #"{"staff":[{"name":"A","isFit":true,"temperatureTenths":365},{"name":"B","isFit":false,"symptom":"x"}]}"#
                ),
                body("accompaniedMeal", #"{"companion":"C","quality":"fair"}"#, meal: "\"lunch\""),
                body(
                    "sampleRetention",
                    #"{"samples":[{"dish":"rice","grams":150}],"taken":"\#(day)T06:00","fridgeTenths":40}"#,
                    meal: "\"lunch\""),
                body(
                    "disinfection", #"{"method":"steam","strength":100,"minutes":15,"items":"plates"}"#,
                    meal: "\"lunch\""),
            ] {
                let answer = try await api.post(base, text)
                #expect(answer.status == .ok, "\(text): \(answer.text)")
                // Sent again: somebody has entered it.
                #expect(try await api.post(base, text).status == .conflict)
            }
            let wrong: [(String, HTTPResponse.Status)] = [
                (body("disinfection", "{}", meal: "\"dinner\""), .notFound), (body("disinfection", "{}"), .badRequest),
                (body("dailyControl", #"{"finding":[]}"#, version: 1), .badRequest),
                (body("dailyControl", "{}", version: 1), .unprocessableContent),
                (body("nothing", "{}"), .badRequest), (#"{"duty":"dailyControl"}"#, .badRequest),
                (#"{"duty":"dailyControl","period":"\#(day)","record":{}}"#, .preconditionRequired),
            ]
            for (text, status) in wrong { #expect(try await api.post(base, text).status == status, "\(text)") }
            let corrected = try await api.post(
                base, body("dailyControl", "{}", version: 1, more: #","reason":"mended""#))
            #expect(corrected.status == .ok && corrected.text.contains("\"version\":2"))
            let list = try await api.get("/api/v1/duties?from=\(day)&to=\(day)")
            #expect(list.status == .ok && list.text.components(separatedBy: "\"state\":\"done\"").count == 6)
            for query in ["from=x", "from=\(day)&to=\(day - 1)", "from=\(day)&to=\(day + 7)"] {
                #expect(try await api.get("/api/v1/duties?\(query)").status == .badRequest, "\(query)")
            }
            #expect(try await api.get("/api/v1/duties?school=\(test.otherSchool.id)").status == .notFound)
        }
        #expect(try await test.ledger(.dutyEntered).count == 5)
    }
}
