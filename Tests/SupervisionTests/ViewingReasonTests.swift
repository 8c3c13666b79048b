import Domain
import Store
import Testing

@testable import Supervision

struct ViewingReasonTests {
    /// Somebody's session of work.
    private static func session(_ office: Office, _ account: String = "watcher") async throws -> (Principal, Secret) {
        let (person, initial) = try await office.supervision.people.add(
            account: account, name: "Watcher", role: .supervisor, school: nil, by: .console)
        let signedIn = try await office.supervision.signIn.signIn(
            account: account, password: initial, from: "192.0.2.1")
        return (.person(person), signedIn.token)
    }

    @Test func `a reason is given once, holds for eight hours, and ends with the session`() async throws {
        let office = try await Office()
        let footage = office.supervision.footage
        let (principal, session) = try await Self.session(office)
        let id = office.camera.id
        func asked() async throws -> SupervisionError? {
            try await refusal { try await footage.reason(of: id, in: session, for: principal) }
        }
        #expect(try await asked() == .reasonNeeded([id]))
        let reason = ViewingReason(.complaint, note: "家长反映")
        try await footage.give(reason, for: [id], in: session, by: principal)
        #expect(try await footage.reason(of: id, in: session, for: principal) == reason)
        #expect(try await footage.reason(to: .export, of: id, in: session, for: principal) == reason)
        let entry = try #require(try await office.ledger(.viewingReasonGiven).first)
        #expect(entry.subject == "school/\(office.school.id)" && entry.actor == principal.actor)
        #expect(JSON(parsing: entry.payload)?["note"]?.string == "家长反映")
        office.clock.advance(by: ViewingReason.validity - .seconds(1))
        #expect(try await asked() == nil)
        office.clock.advance(by: .seconds(1))
        #expect(try await asked() == .reasonNeeded([id]))
        try await footage.give(reason, for: [id], in: session, by: principal)
        try await office.supervision.signIn.signOut(token: session)
        #expect(try await asked() == .reasonNeeded([id]))
        // The program's own command line names itself.
        #expect(try await footage.reason(of: id, in: session, for: .console) == nil)
    }

    @Test func `a reason is the person's own, said in words, about a case that there is`() async throws {
        let office = try await Office()
        let footage = office.supervision.footage
        let (principal, session) = try await Self.session(office)
        func refused(
            _ reason: ViewingReason, by asker: Principal, in token: Secret, of camera: CameraID
        ) async throws -> SupervisionError? {
            try await refusal { try await footage.give(reason, for: [camera], in: token, by: asker) }
        }
        let id = office.camera.id
        #expect(
            try await refused(ViewingReason(.other, note: " "), by: principal, in: session, of: id)
                == .invalid(.note, .empty))
        #expect(
            try await refused(
                ViewingReason(.inspection, note: String(repeating: "长", count: 201)), by: principal, in: session, of: id
            )
                == .invalid(.reason, .tooLong(maximum: 200)))
        #expect(
            try await refused(ViewingReason(.caseWork, caseNumber: 7), by: principal, in: session, of: id)
                == .invalid(.caseNumber, .unknown))
        #expect(
            try await refused(ViewingReason(.inspection), by: office.head, in: session, of: id) == .notPermitted)
        #expect(
            try await refused(ViewingReason(.inspection), by: principal, in: Secret("short"), of: id) == .notPermitted)
        #expect(
            try await refused(
                ViewingReason(.inspection), by: principal, in: session, of: CameraID(at: office.clock.now)) == .notFound
        )
        #expect(try await office.ledger(.viewingReasonGiven).isEmpty)
    }

    @Test func `each viewing and export in the register names its reason`() async throws {
        let office = try await Office()
        let footage = office.supervision.footage
        let span = TimeSpan(start: office.clock.now, duration: .seconds(60))
        let reason = ViewingReason(.superior, note: "省级督查", caseNumber: 3)
        let other = ViewingReason(.inspection)
        for why in [reason, other] {
            try await footage.noteViewing(
                of: office.camera.id, span: span, kind: .replay, reason: why, by: office.supervisor)
        }
        try await footage.noteExport(
            of: office.camera.id, span: span, purpose: "存证", reason: reason, by: office.supervisor)
        try await footage.noteViewing(of: office.camera.id, span: span, kind: .live, by: office.head)
        let register = try await office.supervision.register.page(for: office.administrator)
        #expect(register.map(\.kind) == [.live, .export, .replay, .replay])
        #expect(register.map(\.reason) == [nil, reason, other, reason])
        #expect(register.map(\.length) == Array(repeating: .seconds(60), count: 4))
        #expect(register[0].person?.id == office.head.person.id && register[0].school == office.school)
        #expect(register[1].purpose == "存证")
        let ofHead = try await office.supervision.register.page(
            ViewingFilter(person: office.head.person.id), for: office.administrator)
        #expect(ofHead == [register[0]])
        #expect(
            try await office.supervision.register.page(
                ViewingFilter(school: office.otherSchool.id), for: office.administrator
            ).isEmpty)
        #expect(try await refusal { try await office.supervision.register.page(for: office.head) } == .notPermitted)
    }
}
