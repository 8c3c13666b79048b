import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct ViewingTests {
    /// Everything that shows what was filmed before now.
    private static func recordings(_ test: SiteUnderTest) -> [String] {
        let base = "/api/v1/cameras/\(test.camera.id)"
        return [
            "\(base)/vod.m3u8?from=0&to=1000", "\(base)/segments?from=0&to=1000", "\(base)/snapshot.jpg?at=1000",
            "\(base)/files/2026-11-23/08-00-00.mp4", "\(base)/export.mp4?from=0&to=1000",
        ]
    }

    @Test func `without a reason no recording is shown, and the answer says where to give it`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            for uri in Self.recordings(test) {
                let response = try await browser.get(uri)
                #expect(response.status == .preconditionRequired, "\(uri)")
                #expect(response.text.contains(#""code":"reasonNeeded""#))
                #expect(response.text.contains(#""address":"/replay/reason?cameras=\#(test.camera.id)""#))
            }
            // What there is, and live pictures, are no recordings.
            let base = "/api/v1/cameras/\(test.camera.id)"
            #expect(try await browser.get("\(base)/timeline?from=0&to=1000").status == .ok)
            #expect(try await browser.get("\(base)/snapshot.jpg").status == .serviceUnavailable)
            #expect(try await browser.get("/captures/\(test.capture.id)/clip.mp4").status == .ok)
        }
        // Who may not watch recordings there is told that, whatever the reason.
        try await test.visit(as: test.otherHead) { browser async throws in
            for uri in Self.recordings(test) { #expect(try await browser.get(uri).status == .notFound, "\(uri)") }
        }
    }

    @Test(arguments: Language.allCases)
    func `a page asks once for the schools of all its cameras and leads back`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let page = "/replay?cameras=\(test.camera.id),\(test.lockedCamera.id),\(test.otherCamera.id)"
        try await test.visit(as: test.supervisor, language: language) { browser async throws in
            let asked = try #require(try await browser.get(page).location)
            #expect(asked.hasPrefix("/replay/reason?"))
            let form = try await browser.get(asked).text
            #expect(form.contains("实验小学 &lt;1&gt;") && form.contains("第二中学"))
            for kind in ViewingReason.Kind.choices { #expect(form.contains("value=\"\(kind.rawValue)\"")) }
            let cameras = "\(test.camera.id),\(test.otherCamera.id)"
            let empty = try await browser.post("/replay/reason", ["cameras": cameras, "why": "other", "next": page])
            #expect(empty.status == .unprocessableContent)
            #expect(empty.text.contains("role=\"alert\"") && empty.text.contains(page.replacing("&", with: "&amp;")))
            let unknown = try await browser.post("/replay/reason", ["cameras": cameras, "why": "case", "case": "77"])
            #expect(unknown.status == .unprocessableContent)
            let given = try await browser.post(
                "/replay/reason", ["cameras": cameras, "why": "other", "note": "<看蒸柜>", "next": page])
            #expect(given.status == .seeOther && given.location == page)
            let shown = try await browser.get(page)
            #expect(shown.status == .ok)
            #expect(shown.text.contains("&lt;看蒸柜&gt;"))
            // Never another site.
            let elsewhere = try await browser.post(
                "/replay/reason", ["cameras": cameras, "why": "complaint", "next": "//example.com/"])
            #expect(elsewhere.location?.hasPrefix("/replay?cameras=") == true)
        }
        #expect(try await test.ledger(.viewingReasonGiven).count == 4)
        // Another session of the same person is asked anew.
        let again = try await test.supervision.signIn.signIn(
            account: "inspector", password: Secret(SiteUnderTest.password), from: "192.0.2.2")
        let session = Session(person: test.supervisor.person, token: again.token)
        try await test.visit(as: session) { browser async throws in
            #expect(try await browser.get(page).location?.hasPrefix("/replay/reason") == true)
        }
    }

    @Test func `a kitchen's page shows pictures of the last hour only with a reason`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.head) { browser async throws in
            let page = try await browser.get("/kitchens/\(test.camera.id)").text
            #expect(page.contains("/replay/reason?cameras=\(test.camera.id)"))
            try await test.giveReason(test.head, test.camera.id)
            #expect(!(try await browser.get("/kitchens/\(test.camera.id)").text.contains("/replay/reason?")))
        }
    }

    @Test func `the register names who, what, how long and why, as page and file`() async throws {
        let test = try await SiteUnderTest()
        let span = TimeSpan(start: test.time.now - .seconds(600), duration: .seconds(90))
        let footage = test.supervision.footage
        try await footage.noteViewing(
            of: test.camera.id, span: span, kind: .replay, reason: ViewingReason(.complaint, note: "=家长举报"),
            by: .person(test.head.person))
        try await footage.noteExport(
            of: test.otherCamera.id, span: span, purpose: "=存证", reason: ViewingReason(.superior),
            by: .person(test.supervisor.person))
        try await test.visit(as: test.supervisor, language: .english) { browser async throws in
            let all = try await browser.get("/viewings").text
            #expect(all.contains("head 先生") && all.contains("inspector 先生"))
            #expect(all.contains("Complaint") && all.contains("=家长举报") && all.contains("Inspection from above"))
            #expect(all.contains("1 min"))
            let ofSchool = try await browser.get("/viewings?school=\(test.school.id)").text
            #expect(ofSchool.contains("=家长举报") && !ofSchool.contains("=存证"))
            let ofPerson = try await browser.get("/viewings.csv?person=\(test.supervisor.person.id)").text
            #expect(ofPerson.contains("'=存证") && !ofPerson.contains("家长举报"))
            let before = try await browser.get("/viewings?to=2020-01-01").text
            #expect(!before.contains("家长举报") && before.contains("No viewings match"))
            #expect(try await browser.get("/viewings?person=x").status == .notFound)
        }
        try await test.visit(as: test.head) { browser async throws in
            #expect(try await browser.get("/viewings").status == .forbidden)
        }
    }

    @Test func `the register is paged by key, nothing twice and nothing left out`() async throws {
        let test = try await SiteUnderTest()
        let span = TimeSpan(start: test.time.now, duration: .seconds(60))
        for number in 0..<60 {
            try await test.supervision.footage.noteExport(
                of: test.camera.id, span: span, purpose: "export-\(number)!", reason: ViewingReason(.inspection),
                by: .person(test.supervisor.person))
        }
        try await test.visit(as: test.supervisor) { browser async throws in
            let first = try await browser.get("/viewings").text
            let sequence = try await test.ledger(.footageExported)[49].sequence
            let older = "/viewings?before=\(sequence)"
            #expect(first.contains(older))
            let second = try await browser.get(older).text
            for number in 0..<60 {
                #expect(first.contains("export-\(number)!") != second.contains("export-\(number)!"), "\(number)")
            }
        }
    }
}
