import Domain
import Store
import Testing

@testable import Supervision

struct ConcernsTests {
    private static let text = "中午看到打饭的阿姨没有戴口罩"

    /// The school's public page.
    private static func page(_ office: Office) async throws -> PublicCode {
        let publications = office.supervision.publications
        try await publications.change(
            Publication(isOn: true, cameras: [office.camera.id]), of: office.school.id, by: office.supervisor)
        return try #require(try await publications.sheet(of: office.school.id, for: office.supervisor).code)
    }

    private static func sent(
        _ county: County, _ draft: ConcernDraft = ConcernDraft(text: text, contact: "13800000000")
    ) async throws -> (code: ConcernCode, id: ConcernID) {
        let concerns = county.office.supervision.concerns
        let code = try await concerns.submit(draft, to: try await page(county.office))
        return (code, try #require(try await concerns.list(for: county.supervisor).first?.id))
    }

    @Test(arguments: Engine.all)
    func `what somebody reports is taken, answered, led to a case, and closed with it`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let concerns = office.supervision.concerns
            let (code, id) = try await Self.sent(county)
            #expect(try await concerns.open(for: county.township) == [office.school.id: 1])
            try await concerns.take(id, seen: 1, by: county.township)
            try await concerns.askBack("哪一天？", on: id, seen: 2, by: county.township)
            #expect(try await concerns.view(code).state == .askedBack)
            #expect(try await concerns.open(for: county.township).isEmpty)
            office.clock.advance(by: .seconds(7200))
            try await concerns.add("昨天", to: code)
            let due = try #require(try await concerns.view(code).due)
            let received = try await concerns.sheet(id, for: county.supervisor).concern.receivedAt
            #expect(due == received + Concern.answerTime + .seconds(7200))
            let opened = try await concerns.openCase(
                .item(.noMask), .two, from: id, seen: 4, by: county.supervisor)
            try await concerns.answer("已核实，责令整改。", on: id, seen: 5, by: county.supervisor)
            let view = try await concerns.view(code)
            #expect(view.state == .answered && view.caseEnded == false && view.due == nil)
            #expect(
                view.entries.map(\.change.ledgerAct) == [
                    .concernReceived, .concernAskedBack, .concernAdded, .concernCaseOpened, .concernAnswered,
                ])
            let sheet = try await county.cases.sheet(opened.id, for: county.supervisor)
            #expect(sheet.current.opening.finding?.source == .concern)
            #expect(sheet.current.opening.finding?.reference == "\(id)")
            // The case runs: nothing is closed however long it takes.
            office.clock.advance(by: .seconds(40 * 86_400))
            #expect(try await concerns.keepUp().closed == 0)
            try await county.cases.act(
                .withdraw(reason: "not so"), on: opened.id, seen: sheet.current.version, by: county.supervisor)
            #expect(try await concerns.keepUp().closed == 1)
            #expect(try await concerns.view(code).state == .closed)
        }
    }

    @Test(arguments: Engine.all)
    func `a contact is sealed, seen by who answers alone, and erased thirty days after the end`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let concerns = office.supervision.concerns
            let (code, id) = try await Self.sent(county)
            #expect(try await concerns.sheet(id, for: county.township).contact == "13800000000")
            let seen = try await concerns.sheet(id, for: county.education)
            #expect(seen.contact == nil && seen.hasContact)
            try await concerns.reject("不属于食堂", on: id, seen: 1, by: county.township)
            office.clock.advance(by: .seconds(30 * 86_400 - 1))
            #expect(try await concerns.keepUp().erased == 0)
            office.clock.advance(by: .seconds(1))
            #expect(try await concerns.keepUp().erased == 1)
            #expect(try await concerns.keepUp().erased == 0)
            #expect(try await !concerns.sheet(id, for: county.township).hasContact)
            #expect(try await !concerns.view(code).hasContact)
            #expect(try await office.ledger(.concernContactErased).map(\.subject) == ["concern/\(id)"])
            // What people wrote is nowhere in the ledger.
            let payloads = try await office.allPayloads
            for secret in ["13800000000", Self.text, "不属于食堂", code.rawValue] {
                #expect(!payloads.contains(secret))
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a late answer is told of once, to the office and above it`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let concerns = office.supervision.concerns
            for (index, body) in [
                Body.marketRegulation, .townshipOffice(try #require(county.township.person.township)), .educationBureau,
            ].enumerated() {
                _ = try await office.supervision.channels.add(
                    ChannelDraft(
                        owner: .body(body), kind: .mail, name: "\(index)", address: Secret("a\(index)@example.org"),
                        scope: .escalations), by: .console)
            }
            let (_, id) = try await Self.sent(county)
            office.clock.advance(by: Concern.answerTime)
            #expect(try await concerns.keepUp().told == 0)
            office.clock.advance(by: .seconds(1))
            #expect(try await concerns.keepUp().told == 1)
            #expect(try await concerns.keepUp().told == 0)
            let deliveries = office.supervision.deliveries
            _ = try await deliveries.route()
            let outgoing = try await deliveries.claim(limit: 10)
            let news = outgoing.compactMap { $0.news?.affair }
            #expect(news.count == 2 && outgoing.count == 2)
            #expect(
                news.allSatisfy {
                    $0.affair == Affair(.concernOverdue, subject: "concern/\(id)", school: office.school.id)
                        && $0.school == office.school.name
                })
            #expect(Set(outgoing.map(\.channel.name)) == ["0", "1"])
            for one in outgoing { try await deliveries.finish(one, with: .sent(answer: "250")) }
            #expect(try await deliveries.list(for: county.office.administrator).count == 2)
            // It is no news of a case, but news.
            let own = try await county.cases.news(for: county.township)
            #expect(own.map(\.news.affair?.kind) == [.concernOverdue, .concernReceived])
            #expect(own.allSatisfy { $0.summary == nil })
            #expect(try await county.cases.countUnread(for: county.township) == 2)
            #expect(
                try await concerns.list(ConcernFilter(stage: .overdue), for: county.supervisor).map(\.id) == [id])
        }
    }

    @Test func `who may not look finds nothing, and who may not answer is told so`() async throws {
        let county = try await County()
        let concerns = county.office.supervision.concerns
        let (_, id) = try await Self.sent(county)
        for principal in [county.head, county.otherHead, county.otherTownship] {
            #expect(try await refusal { try await concerns.sheet(id, for: principal) } == .notFound)
            #expect(try await refusal { try await concerns.take(id, by: principal) } == .notFound)
        }
        #expect(try await refusal { try await concerns.take(id, by: county.education) } == .notPermitted)
        #expect(try await refusal { try await concerns.list(for: county.head) } == .notPermitted)
        #expect(try await concerns.open(for: county.head).isEmpty)
        #expect(try await concerns.list(for: county.otherTownship).isEmpty)
        // Only the county opens cases.
        #expect(
            try await refusal {
                try await concerns.openCase(.other("x"), .two, from: id, by: county.township)
            } == .notPermitted)
        #expect(
            try await refusal {
                try await concerns.sheet(ConcernID(at: county.clock.now), for: county.supervisor)
            } == .notFound)
    }

    @Test func `two who decide at once: the second is told that it has changed`() async throws {
        let county = try await County()
        let concerns = county.office.supervision.concerns
        let (code, id) = try await Self.sent(county)
        try await concerns.take(id, seen: 1, by: county.township)
        #expect(
            try await refusal { try await concerns.answer("x", on: id, seen: 1, by: county.supervisor) }
                == .conflict(.changedMeanwhile))
        try await concerns.withdraw(code)
        #expect(
            try await refusal { try await concerns.answer("x", on: id, by: county.supervisor) }
                == .conflict(.changedMeanwhile))
        #expect(try await refusal { try await concerns.withdraw(code) } == .conflict(.changedMeanwhile))
        #expect(try await refusal { try await concerns.add("x", to: code) } == .conflict(.changedMeanwhile))
    }

    @Test(arguments: [
        ("四个字了", SupervisionError.Flaw.tooShort(minimum: 5)), ("  ", .empty), ("a\u{0}bcdef", .forbiddenCharacter),
    ])
    func `words that can't be taken are refused`(text: String, flaw: SupervisionError.Flaw) async throws {
        let office = try await Office()
        let code = try await Self.page(office)
        let concerns = office.supervision.concerns
        #expect(
            try await refusal { try await concerns.submit(ConcernDraft(text: text), to: code) }
                == .invalid(.text, flaw))
        let long = String(repeating: "长", count: 2001)
        #expect(
            try await refusal { try await concerns.submit(ConcernDraft(text: long), to: code) }
                == .invalid(.text, .tooLong(maximum: 2000)))
        #expect(
            try await refusal {
                try await concerns.submit(
                    ConcernDraft(text: "够长了够长了", contact: String(repeating: "1", count: 101)), to: code)
            } == .invalid(.contact, .tooLong(maximum: 100)))
    }

    @Test func `a school without a public page takes none`() async throws {
        let office = try await Office()
        let code = try await Self.page(office)
        try await office.supervision.publications.change(
            Publication(cameras: [office.camera.id]), of: office.school.id, by: office.supervisor)
        let concerns = office.supervision.concerns
        #expect(
            try await refusal { try await concerns.submit(ConcernDraft(text: Self.text), to: code) } == .notFound)
        #expect(try await refusal { try await concerns.admit(to: code, from: "192.0.2.1") } == .notFound)
    }

    @Test func `one network and one school are slowed down, and all is forgotten after a day`() throws {
        let gate = ConcernGate()
        let (school, other) = (SchoolID(at: FakeClock().now), SchoolID(at: FakeClock().now))
        var now = Duration.seconds(1000)
        for _ in 0..<6 { try gate.admit(school, from: "192.0.2.7", at: now) }
        #expect(throws: SupervisionError.tooManyAttempts(retryAfter: .seconds(3600))) {
            try gate.admit(other, from: "192.0.2.7", at: now)
        }
        // A subscriber's whole IPv6 network is one.
        for index in 0..<6 { try gate.admit(school, from: "2001:db8:1:2::\(index)", at: now) }
        #expect(throws: SupervisionError.self) { try gate.admit(school, from: "2001:db8:1:2:ffff::1", at: now) }
        // The school's own limit, from many networks.
        for index in 0..<18 { try gate.admit(school, from: "198.51.100.\(index)", at: now) }
        #expect(throws: SupervisionError.self) { try gate.admit(school, from: "203.0.113.9", at: now) }
        try gate.admit(other, from: "203.0.113.9", at: now)
        now += .seconds(3600)
        try gate.admit(school, from: "192.0.2.7", at: now)
    }
}
