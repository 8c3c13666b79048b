import Domain
import Testing

@testable import Supervision

struct DeliveriesTests {
    private static let fault = SendFault(.busy, answer: "421")

    @Test(arguments: Engine.all) func `news go through each channel of their body once, whoever looks how often`(
        engine: Engine
    ) async throws {
        try await withDesk(on: engine) { desk in
            let mail = try await desk.channel(.mail, of: .body(.educationBureau))
            let robot = try await desk.channel(.wecom, of: .body(.educationBureau))
            _ = try await desk.channel(.mail, of: .body(.school(desk.county.office.otherSchool.id)))
            try await desk.dispatched()
            #expect(try await desk.deliveries.route() > 0)
            #expect(try await desk.deliveries.route() == 0)
            let claimed = try await desk.deliveries.claim(limit: 10)
            #expect(Set(claimed.map(\.channel.id)) == [mail.id, robot.id])
            #expect(claimed.allSatisfy { $0.news.body == .educationBureau && $0.news.ofCase?.number == 1 })
            #expect(try await desk.deliveries.claim(limit: 10).isEmpty)
            for outgoing in claimed { try await desk.deliveries.finish(outgoing, with: .sent(answer: "250 ok")) }
            #expect(try await desk.deliveries.nextTime() == nil)
            let sent = try await desk.county.office.ledger(.noticeSent)
            #expect(sent.count == 2)
            let payloads = try await desk.county.office.allPayloads
            #expect(!payloads.contains("hidden"))
            let log = try await desk.deliveries.list(for: desk.administrator)
            #expect(log.map(\.delivery.state) == [.sent, .sent] && log.first?.delivery.answer == "250 ok")
        }
    }

    @Test(arguments: Engine.all) func `what fails is tried again with growing waits, and then stands as failed`(
        engine: Engine
    ) async throws {
        try await withDesk(on: engine) { desk in
            _ = try await desk.channel(.mail, of: .body(.educationBureau))
            try await desk.dispatched()
            _ = try await desk.deliveries.route()
            for wait in [60, 300, 1800, 7200, 21_600] {
                let outgoing = try #require(try await desk.deliveries.claim(limit: 1).first)
                try await desk.deliveries.finish(outgoing, with: .later(Self.fault))
                desk.clock.advance(by: .seconds(wait - 1))
                #expect(try await desk.deliveries.claim(limit: 1).isEmpty)
                desk.clock.advance(by: .seconds(1))
            }
            let last = try #require(try await desk.deliveries.claim(limit: 1).first)
            #expect(last.delivery.attempts == 6)
            try await desk.deliveries.finish(last, with: .later(Self.fault))
            let entry = try #require(try await desk.deliveries.list(for: desk.administrator).first)
            #expect(entry.delivery.state == .failed && entry.delivery.fault == Self.fault)
            #expect(try await desk.county.office.ledger(.noticeFailed).count == 1)

            try await desk.deliveries.sendAgain(entry.delivery.id, by: desk.administrator)
            let again = try #require(try await desk.deliveries.claim(limit: 1).first)
            #expect(again.delivery.id == entry.delivery.id && again.delivery.tries == 1 && again.delivery.attempts == 7)
            #expect(
                try await refusal { try await desk.deliveries.sendAgain(entry.delivery.id, by: desk.administrator) }
                    == .conflict(.deliveryMoved))
            #expect(
                try await refusal { try await desk.deliveries.sendAgain(entry.delivery.id, by: desk.county.supervisor) }
                    == .notPermitted)
        }
    }

    @Test(arguments: Engine.all, [NoticeChannel.Kind.mail, .webhook, .wecom, .dingtalk, .feishu])
    func `what a crash leaves behind is tried again only when the receiver can tell`(
        engine: Engine, kind: NoticeChannel.Kind
    ) async throws {
        try await withDesk(on: engine) { desk in
            _ = try await desk.channel(kind, of: .body(.educationBureau))
            try await desk.dispatched()
            _ = try await desk.deliveries.route()
            let lost = try #require(try await desk.deliveries.claim(limit: 1).first)
            #expect(try await desk.deliveries.recover() == 0)
            desk.clock.advance(by: SendingPolicy.standard.lease)
            #expect(try await desk.deliveries.recover() == 1)
            desk.clock.advance(by: .seconds(60))
            let again = try await desk.deliveries.claim(limit: 1)
            let entry = try #require(try await desk.deliveries.list(for: desk.administrator).first)
            if kind.recognizesRepeats {
                #expect(again.map(\.delivery.id) == [lost.delivery.id] && again.first?.delivery.attempts == 2)
            } else {
                #expect(again.isEmpty && entry.delivery.state == .uncertain)
                #expect(entry.delivery.fault?.kind == .interrupted)
                // Whoever was thought dead comes back and knows better.
                try await desk.deliveries.finish(lost, with: .sent(answer: "0"))
                let known = try #require(try await desk.deliveries.list(for: desk.administrator).first)
                #expect(known.delivery.state == .sent)
            }
        }
    }

    @Test(arguments: Engine.all) func `a channel is used at most so often in a minute and in a day`(engine: Engine)
        async throws
    {
        try await withDesk(on: engine, SendingPolicy(dailyCap: 5, minuteCap: 2)) { desk in
            _ = try await desk.channel(.mail, of: .body(.educationBureau))
            for _ in 0..<6 { try await desk.dispatched() }
            _ = try await desk.deliveries.route()
            var perMinute: [Int] = []
            for _ in 0..<5 {
                var sent = 0
                while let outgoing = try await desk.deliveries.claim(limit: 1).first {
                    try await desk.deliveries.finish(outgoing, with: .sent(answer: ""))
                    sent += 1
                }
                perMinute.append(sent)
                desk.clock.advance(by: .seconds(60))
            }
            #expect(perMinute == [2, 2, 1, 0, 0])
            let next = try #require(try await desk.deliveries.nextTime())
            #expect(next == TerritoryZone.shanghai.day(of: desk.clock.now).end)
        }
    }

    @Test(arguments: Engine.all) func `switching a channel off ends what waits for it`(engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let channel = try await desk.channel(.mail, of: .body(.educationBureau))
            try await desk.dispatched()
            _ = try await desk.deliveries.route()
            var draft = desk.draft(.mail, of: .body(.educationBureau))
            draft.isEnabled = false
            try await desk.channels.change(channel.id, draft, by: desk.administrator)
            let entry = try #require(try await desk.deliveries.list(for: desk.administrator).first)
            #expect(entry.delivery.state == .failed && entry.delivery.fault?.kind == .switchedOff)
            #expect(
                try await refusal { try await desk.deliveries.sendAgain(entry.delivery.id, by: desk.administrator) }
                    == .conflict(.channelOff))
            #expect(try await desk.deliveries.nextTime() == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `a person's channel gets news while they are on duty, their substitute's while they are absent`(engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let supervision = desk.county.office.supervision
            func officer(_ account: String) async throws -> (Person, NoticeChannel) {
                let person = try await supervision.people.add(
                    account: account, name: account, role: .education, school: nil, by: .console
                ).person
                return (person, try await desk.channel(.mail, of: .person(person.id)))
            }
            let (lead, leadChannel) = try await officer("lead")
            let (first, firstChannel) = try await officer("first")
            let (second, secondChannel) = try await officer("second")
            func reached() async throws -> Set<ChannelID> {
                try await desk.dispatched()
                _ = try await desk.deliveries.route()
                var reached: Set<ChannelID> = []
                for outgoing in try await desk.deliveries.claim(limit: 10) {
                    reached.insert(outgoing.channel.id)
                    try await desk.deliveries.finish(outgoing, with: .sent(answer: ""))
                }
                return reached
            }
            // Nobody is named: everybody.
            #expect(try await reached() == [leadChannel.id, firstChannel.id, secondChannel.id])
            let now = desk.clock.now
            func day(_ number: Int) -> TimeSpan {
                TimeSpan(start: now + .seconds(number * 86_400), duration: .seconds(86_400))
            }
            var roster = DutyRoster(
                of: .educationBureau, lead: lead.id,
                turns: [DutyRoster.Turn(day(0), person: first.id, substitutes: [second.id])])
            try await supervision.rosters.set(roster, by: desk.county.supervisor)
            #expect(try await reached() == [firstChannel.id])
            roster.absences = [DutyRoster.Absence(first.id, day(0))]
            try await supervision.rosters.set(roster, by: desk.county.supervisor)
            #expect(try await reached() == [secondChannel.id])
            desk.clock.advance(by: .seconds(2 * 86_400))
            #expect(try await reached() == [leadChannel.id])
            #expect(try await desk.county.office.ledger(.rosterChanged).count == 2)
            roster.lead = desk.county.head.person.id
            #expect(
                try await refusal { try await supervision.rosters.set(roster, by: desk.administrator) }
                    == .invalid(.roster, .unknown))
            #expect(
                try await refusal { try await supervision.rosters.set(roster, by: desk.county.head) } == .notPermitted)
        }
    }

    @Test(arguments: Engine.all) func `a channel for escalations gets those only`(engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            var draft = desk.draft(.mail, of: .body(.school(desk.county.office.school.id)))
            draft.scope = .escalations
            try await desk.channels.add(draft, by: desk.administrator)
            let id = try await desk.dispatched()
            _ = try await desk.deliveries.route()
            #expect(try await desk.deliveries.claim(limit: 1).isEmpty)
            try await desk.county.cases.act(.urge("请尽快"), on: id, seen: 2, by: desk.county.supervisor)
            _ = try await desk.deliveries.route()
            #expect(try await desk.deliveries.claim(limit: 1).map(\.news.ofCase?.notice) == [.urged])
        }
    }

    @Test(arguments: Engine.all) func `an address that can't be used is refused`(engine: Engine) async throws {
        try await withDesk(on: engine) { desk in
            let wrong: [(NoticeChannel.Kind, String, SupervisionError.Flaw)] = [
                (.mail, "no address", .forbiddenCharacter), (.mail, "", .empty), (.mail, "a@b@c", .forbiddenCharacter),
                (.mail, "a@b>\r\nRCPT", .forbiddenCharacter), (.wecom, "ftp://x", .forbiddenCharacter),
                (.wecom, "https://", .forbiddenCharacter), (.feishu, "https://user@x/", .forbiddenCharacter),
                (.dingtalk, "https://x y", .forbiddenCharacter),
            ]
            for (kind, address, flaw) in wrong {
                var draft = desk.draft(kind, of: .body(.educationBureau))
                draft.address = Secret(address)
                let given = draft
                let refused = try await refusal { try await desk.channels.add(given, by: desk.administrator) }
                #expect(refused == .invalid(.address, flaw), "\(address)")
            }
        }
    }

    @Test(arguments: Engine.all) func `address and key are kept sealed, and kept when nothing was typed`(engine: Engine)
        async throws
    {
        try await withDesk(on: engine) { desk in
            let channel = try await desk.channel(.webhook, of: .body(.educationBureau))
            var draft = desk.draft(.webhook, of: .body(.educationBureau))
            (draft.address, draft.key, draft.name) = (nil, nil, "renamed")
            try await desk.channels.change(channel.id, draft, by: desk.administrator)
            let kept = try await desk.channels.channel(channel.id, for: desk.administrator)
            #expect(kept.address == channel.address && kept.key == channel.key && kept.name == "renamed")
            draft.kind = .dingtalk
            #expect(
                try await refusal { try await desk.channels.change(channel.id, draft, by: desk.administrator) }
                    == .invalid(.address, .empty))
            #expect(try await refusal { try await desk.channels.list(for: desk.county.supervisor) } == .notPermitted)
            let payloads = try await desk.county.office.allPayloads
            #expect(!payloads.contains("hidden"))
        }
    }
}

/// Runs `body` with a county on a fresh database, which is removed afterwards.
private func withDesk(
    on engine: Engine, _ policy: SendingPolicy = .standard, _ body: (Desk) async throws -> Void
) async throws {
    try await withOffice(on: engine) { office in try await body(try await Desk(office, policy)) }
}

/// A county with channels.
private struct Desk {
    let county: County
    let deliveries: Deliveries
    var clock: FakeClock { county.clock }
    var channels: Channels { county.office.supervision.channels }
    var administrator: Principal { county.office.administrator }

    init(_ office: Office, _ policy: SendingPolicy) async throws {
        county = try await County(office)
        deliveries =
            Supervision(
                store: county.office.store, time: county.clock.source, passwordCost: Office.cheap, sending: policy
            ).deliveries
    }

    func draft(_ kind: NoticeChannel.Kind, of owner: NoticeChannel.Owner) -> ChannelDraft {
        ChannelDraft(
            owner: owner, kind: kind, name: "\(kind)",
            address: Secret(kind == .mail ? "hidden@example.org" : "https://example.org/send?key=hidden"),
            key: kind == .webhook ? Secret("hidden-key") : nil)
    }

    func channel(_ kind: NoticeChannel.Kind, of owner: NoticeChannel.Owner) async throws -> NoticeChannel {
        try await channels.add(draft(kind, of: owner), by: administrator)
    }

    /// A notice went to township office, education bureau and school.
    @discardableResult
    func dispatched() async throws -> CaseID {
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        return id
    }
}
