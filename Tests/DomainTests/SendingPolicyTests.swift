import Testing

@testable import Domain

struct SendingPolicyTests {
    private static let now = UTCTime(milliseconds: 1_795_000_000_000)
    private static let fault = SendFault(.busy)

    @Test func `waits grow, and then no more is tried`() {
        let policy = SendingPolicy.standard
        var waits: [Duration] = []
        for tries in 1...6 {
            let next = policy.next(after: .later(Self.fault), tries: tries, on: .mail, at: Self.now)
            guard let time = next.nextTry else {
                #expect(next.state == .failed && tries == 6)
                continue
            }
            #expect(next.state == .waiting)
            waits.append(time - Self.now)
        }
        #expect(waits == [60, 300, 1800, 7200, 21_600].map { .seconds($0) })
    }

    @Test(arguments: NoticeChannel.Kind.allCases)
    func `what may have arrived goes again only to who can tell`(kind: NoticeChannel.Kind) {
        let next = SendingPolicy.standard.next(after: .unknown(Self.fault), tries: 1, on: kind, at: Self.now)
        #expect(next.state == (kind.isRobot ? .uncertain : .waiting))
        #expect(
            SendingPolicy.standard.next(after: .refused(Self.fault), tries: 1, on: kind, at: Self.now).state == .failed)
        #expect(SendingPolicy.standard.next(after: .sent(answer: ""), tries: 1, on: kind, at: Self.now).state == .sent)
    }

    @Test(arguments: [
        (NoticeChannel.Kind.mail, "a@b.example", "a@b.example"),
        (.wecom, "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k", "https://qyapi.weixin.qq.com/…"),
        (.webhook, "http://10.0.0.1:8080?k", "http://10.0.0.1:8080/…"), (.webhook, "odd", "…"),
    ]) func `an address is shown without what opens it`(kind: NoticeChannel.Kind, address: String, shown: String) {
        let channel = NoticeChannel(
            id: ChannelID(at: Self.now), owner: .body(.educationBureau), kind: kind, name: "", address: Secret(address))
        #expect(channel.shownAddress == shown)
    }

    @Test func `an owner is read as it is written`() {
        let owners: [NoticeChannel.Owner] = [
            .body(.marketRegulation), .body(.educationBureau), .body(.countyLeadership),
            .body(.school(SchoolID(at: Self.now))), .body(.townshipOffice(TownshipID(at: Self.now))),
            .person(PersonID(at: Self.now)),
        ]
        for owner in owners { #expect(NoticeChannel.Owner("\(owner)") == owner) }
        #expect(NoticeChannel.Owner("person/x") == nil && NoticeChannel.Owner("nobody") == nil)
    }
}
