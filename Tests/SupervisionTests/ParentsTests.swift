import Domain
import Store
import Testing

@testable import Supervision

struct ParentsTests {
    /// The county has parents, the school a page that is shut to the public in the evening and open to parents, and a class.
    private static func invited(_ office: Office, uses: Int = 3) async throws -> (ParentInvitation, PublicCode) {
        let supervision = office.supervision
        try await supervision.parents.setLevel(isOn: true, by: office.supervisor)
        try await supervision.publications.change(
            Publication(
                isOn: true, cameras: [office.camera.id], hours: .publicStandard, parents: ParentShowing()),
            of: office.school.id, by: office.supervisor)
        let invitation = try await supervision.parents.invite(
            ParentInvitationDraft(className: "3年2班", mostUses: uses, lastDay: try #require(Day("2026-12-01"))),
            to: office.school.id, by: office.head)
        return (
            invitation,
            try await supervision.parents.invitation(invitation.id, of: office.school.id, for: office.head).code
        )
    }

    private static func join(
        _ office: Office, _ code: PublicCode, _ name: String = "王同学家长", phone: String = ""
    ) async throws -> ParentSignedIn {
        try await office.supervision.parents.join(
            ParentDraft(name: name, phone: phone, consents: true), by: code, from: "192.0.2.1")
    }

    @Test(arguments: Engine.all)
    func `a family comes in by its class and sees what parents may see, on two phones`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let parents = office.supervision.parents
            let (_, code) = try await Self.invited(office)
            let session = try await Self.join(office, code, phone: "138 0000 0000")
            let board = try await parents.board(forToken: session.token)
            #expect(board.member.className == "3年2班" && board.member.parent.name == "王同学家长")
            #expect(board.board.opening.isOpen && board.board.views.map(\.camera) == [office.camera.id])
            #expect(try await parents.showing(office.camera.id, forToken: session.token).camera.id == office.camera.id)
            // To everybody it is shut at this hour.
            let everybody = try await office.supervision.publications.board(board.member.page)
            #expect(!everybody.opening.isOpen && everybody.takesParents)
            await #expect(throws: SupervisionError.notFound) {
                try await office.supervision.publications.showing(office.camera.id, of: board.member.page)
            }
            let own = try #require(session.code)
            let second = try await parents.signIn(own.grouped.uppercased(), from: "192.0.2.2")
            #expect(try await parents.member(forToken: second.token) == board.member)
            try await parents.signOut(token: session.token)
            #expect(try await parents.member(forToken: session.token) == nil)
            #expect(try await parents.member(forToken: second.token) != nil)
            // It is no session of anybody's who supervises.
            #expect(try await office.supervision.signIn.person(forToken: second.token) == nil)
            let sheet = try await parents.sheet(of: office.school.id, for: office.head)
            #expect(sheet.classes.map(\.used) == [1] && sheet.classes[0].members.first?.phone == "138 0000 0000")
            let entries = try await office.ledger(.parentJoined)
            #expect(entries.count == 1 && entries[0].actor == .anybody)
            let payloads = try await office.allPayloads
            for secret in ["王同学", "138 0000", own.description, "3年2班", code.description] {
                #expect(!payloads.contains(secret), "\(secret)")
            }
        }
    }

    @Test(arguments: Engine.all)
    func `who is removed, whose class is revoked, and who leaves is forgotten at once`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let parents = office.supervision.parents
            let (invitation, code) = try await Self.invited(office)
            let (one, two, three) = (
                try await Self.join(office, code, "一号家长"), try await Self.join(office, code, "二号家长", phone: "12345"),
                try await Self.join(office, code, "三号家长")
            )
            let member = try #require(try await parents.member(forToken: one.token))
            try await parents.revoke(member.parent.id, of: office.school.id, by: office.head)
            #expect(try await parents.member(forToken: one.token) == nil)
            await #expect(throws: SupervisionError.wrongCredentials) {
                try await parents.signIn(try #require(one.code).grouped, from: "192.0.2.9")
            }
            try await parents.leave(token: three.token)
            #expect(try await parents.member(forToken: three.token) == nil)
            #expect(try await parents.member(forToken: two.token) != nil)
            #expect(try await parents.sheet(of: office.school.id, for: office.head).active == 1)
            try await parents.revoke(invitation.id, of: office.school.id, by: office.head)
            #expect(try await parents.member(forToken: two.token) == nil)
            await #expect(throws: SupervisionError.notFound) { try await parents.invitation(code, from: "192.0.2.9") }
            #expect(try await parents.sheet(of: office.school.id, for: office.head).classes.isEmpty)
            let left = try await office.store.read { try $0.parents.parents(of: invitation.id) }
            #expect(left.map(\.name) == [nil, nil, nil])
            #expect(left.map { $0.ending?.rawValue ?? "" }.sorted() == ["left", "revoked", "revoked"])
            let numbers = try await office.store.read { records in try left.map { try records.parents.phone(of: $0.id) }
            }
            #expect(numbers == [nil, nil, nil])
            #expect(try await office.ledger(.parentsRevoked).first?.payload.contains("\"count\":1") == true)
            #expect(try await office.ledger(.parentLeft).count == 1)
        }
    }

    @Test(arguments: Engine.all) func `with the school year it ends, and names go`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let parents = office.supervision.parents
            let (invitation, code) = try await Self.invited(office)
            let session = try await Self.join(office, code)
            // A phone is signed in for half a year, the code holds longer.
            office.clock.advance(by: .seconds(181 * 86_400))
            #expect(try await parents.member(forToken: session.token) == nil)
            let again = try await parents.signIn(try #require(session.code).grouped, from: "192.0.2.1")
            #expect(try await parents.keepUp() == 0)
            let end = try #require(Day("2027-07-31")).time(minute: 1440, in: .shanghai)
            office.clock.advance(by: end - office.clock.now - .milliseconds(1))
            #expect(try await parents.member(forToken: again.token) != nil)
            office.clock.advance(by: .milliseconds(1))
            #expect(try await parents.member(forToken: again.token) == nil)
            #expect(try await parents.keepUp() == 1)
            #expect(try await parents.keepUp() == 0)
            let kept = try await office.store.read { try $0.parents.parents(of: invitation.id) }
            #expect(kept.map(\.name) == [nil] && kept[0].ending == .expired)
            #expect(try await office.ledger(.parentsExpired).count == 1)
        }
    }

    @Test(arguments: Engine.all)
    func `the answer to their own concern stands on their page, and nobody is told who asked`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let parents = office.supervision.parents
            let (_, code) = try await Self.invited(office)
            let session = try await Self.join(office, code)
            let member = try #require(try await parents.member(forToken: session.token))
            let concern = try await office.supervision.concerns.submit(
                ConcernDraft(text: "打饭的人没有戴口罩"), to: member.page, of: member.parent.id)
            _ = try await office.supervision.concerns.submit(ConcernDraft(text: "别人写的一件事"), to: member.page)
            let board = try await parents.board(forToken: session.token)
            #expect(board.reports.map(\.code) == [concern] && board.reports[0].state == .received)
            #expect(!(try await office.allPayloads.contains("\(member.parent.id)\"")))
            try await parents.leave(token: session.token)
            // What was reported stays, by its code.
            #expect(try await office.supervision.concerns.view(concern).state == .received)
        }
    }

    @Test func `nobody has come in before the county wants it, and switched off it is as if it weren't there`()
        async throws
    {
        let office = try await Office()
        let parents = office.supervision.parents
        let draft = ParentInvitationDraft(className: "1班", mostUses: 2, lastDay: try #require(Day("2026-12-01")))
        await #expect(throws: SupervisionError.notFound) {
            try await parents.invite(draft, to: office.school.id, by: office.head)
        }
        let (_, code) = try await Self.invited(office)
        let session = try await Self.join(office, code)
        try await parents.setLevel(isOn: false, by: office.administrator)
        #expect(try await parents.member(forToken: session.token) == nil)
        await #expect(throws: SupervisionError.notFound) { try await parents.invitation(code, from: "192.0.2.1") }
        await #expect(throws: SupervisionError.notFound) {
            try await parents.signIn(try #require(session.code).grouped, from: "192.0.2.1")
        }
        // What the school had set for parents is not lost by saving what is public.
        try await office.supervision.publications.change(
            Publication(isOn: true, cameras: [office.camera.id]), of: office.school.id, by: office.supervisor)
        try await parents.setLevel(isOn: true, by: office.administrator)
        #expect(try await parents.member(forToken: session.token) != nil)
        #expect(try await parents.board(forToken: session.token).board.opening.isOpen)
        #expect(try await office.ledger(.parentsSwitched).count == 3)
    }

    @Test func `the school alone invites and knows names; those above it see counts`() async throws {
        let office = try await Office()
        let parents = office.supervision.parents
        let (invitation, code) = try await Self.invited(office)
        _ = try await Self.join(office, code)
        let above = try await parents.sheet(of: office.school.id, for: office.supervisor)
        #expect(above.active == 1 && above.classes[0].members.isEmpty)
        #expect(try await parents.level(for: office.supervisor).count == 1)
        let draft = ParentInvitationDraft(className: "1班", mostUses: 2, lastDay: try #require(Day("2026-12-01")))
        for principal in [office.supervisor, office.administrator] {
            await #expect(throws: SupervisionError.notPermitted) {
                try await parents.invite(draft, to: office.school.id, by: principal)
            }
            await #expect(throws: SupervisionError.notPermitted) {
                try await parents.revoke(invitation.id, of: office.school.id, by: principal)
            }
        }
        await #expect(throws: SupervisionError.notPermitted) {
            try await parents.setLevel(isOn: false, by: office.head)
        }
        await #expect(throws: SupervisionError.notFound) {
            try await parents.invite(draft, to: office.otherSchool.id, by: office.head)
        }
    }

    @Test func `no more come in than are invited, and none after its day`() async throws {
        let office = try await Office()
        let (_, code) = try await Self.invited(office, uses: 2)
        let first = try await Self.join(office, code)
        _ = try await Self.join(office, code)
        await #expect(throws: SupervisionError.conflict(.invitationOver)) { try await Self.join(office, code) }
        // A place that was used once is used.
        try await office.supervision.parents.leave(token: first.token)
        await #expect(throws: SupervisionError.conflict(.invitationOver)) { try await Self.join(office, code) }
        let (_, late) = try await Self.invited(office)
        office.clock.advance(by: .seconds(14 * 86_400))
        await #expect(throws: SupervisionError.conflict(.invitationOver)) { try await Self.join(office, late) }
    }

    @Test func `guesses are slowed down`() async throws {
        let office = try await Office()
        let parents = office.supervision.parents
        let (_, code) = try await Self.invited(office)
        var random = SystemRandomNumberGenerator()
        for _ in 0..<5 {
            await #expect(throws: SupervisionError.wrongCredentials) {
                try await parents.signIn("\(ParentCode.random(using: &random))", from: "192.0.2.1")
            }
            await #expect(throws: SupervisionError.notFound) {
                try await parents.invitation(.random(using: &random), from: "192.0.2.1")
            }
        }
        await #expect(throws: SupervisionError.tooManyAttempts(retryAfter: .seconds(30))) {
            try await parents.signIn("x", from: "192.0.2.1")
        }
        await #expect(throws: SupervisionError.tooManyAttempts(retryAfter: .seconds(30))) {
            try await parents.invitation(code, from: "192.0.2.1")
        }
        // Others are not kept out by it.
        #expect(try await parents.invitation(code, from: "192.0.2.2").isOpen)
    }

    @Test(arguments: [
        ("", "", true, SupervisionError.Field.name), ("王", "", true, .name),
        (String(repeating: "王", count: 21), "", true, .name), ("王同学家长", "abc", true, .phone),
        ("王同学家长", "12", true, .phone), ("王同学家长", "", false, .consent),
    ])
    func `what can't be meant is refused, and so is who doesn't agree`(
        name: String, phone: String, consents: Bool, field: SupervisionError.Field
    ) async throws {
        let office = try await Office()
        let (_, code) = try await Self.invited(office)
        do {
            _ = try await office.supervision.parents.join(
                ParentDraft(name: name, phone: phone, consents: consents), by: code, from: "192.0.2.1")
            Issue.record("taken")
        } catch SupervisionError.invalid(let found, _) {
            #expect(found == field)
        }
        #expect(try await office.ledger(.parentJoined).isEmpty)
    }

    @Test func `a new code ends the old one and other phones`() async throws {
        let office = try await Office()
        let parents = office.supervision.parents
        let (_, code) = try await Self.invited(office)
        let session = try await Self.join(office, code)
        let old = try #require(session.code)
        let other = try await parents.signIn(old.grouped, from: "192.0.2.1")
        let new = try await parents.renewCode(token: session.token)
        #expect(try await parents.member(forToken: other.token) == nil)
        #expect(try await parents.member(forToken: session.token) != nil)
        await #expect(throws: SupervisionError.wrongCredentials) {
            try await parents.signIn(old.grouped, from: "192.0.2.1")
        }
        _ = try await parents.signIn(new.grouped, from: "192.0.2.1")
    }

    @Test func `a page for parents alone needs no public camera`() async throws {
        let office = try await Office()
        let (_, code) = try await Self.invited(office)
        try await office.supervision.publications.change(
            Publication(isOn: true, cameras: [], parents: ParentShowing(cameras: [office.camera.id])),
            of: office.school.id, by: office.supervisor)
        let session = try await Self.join(office, code)
        let board = try await office.supervision.parents.board(forToken: session.token)
        #expect(board.board.views.map(\.camera) == [office.camera.id])
        let everybody = try await office.supervision.publications.board(board.member.page)
        #expect(everybody.opening == .noCameras && everybody.views.isEmpty)
    }
}
