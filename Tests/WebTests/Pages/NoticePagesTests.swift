import Domain
import Hummingbird
import HummingbirdTesting
import Supervision
import TestSupport
import Testing

@testable import Web

struct NoticePagesTests {
    private static let address = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hidden-key"

    @Test func `a channel is added, shown without what opens it, changed and tried`() async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let added = try await browser.post(
                "/channels/new",
                [
                    "name": "执法群", "kind": "wecom", "address": Self.address, "owner": "market-regulation",
                    "scope": "escalations", "language": "zh-Hans", "enabled": "1",
                ])
            #expect(added.status == .seeOther)
            let channel = try #require(try await test.supervision.channels.list(for: .console).first)
            #expect(channel.address.reveal() == Self.address && channel.scope == .escalations)
            for path in ["/channels", "/channels/\(channel.id)", "/ledger"] {
                let page = try await browser.get(path)
                #expect(page.status == .ok && page.text.contains("执法群"))
                #expect(!page.text.contains("hidden-key"))
                #expect(Markup(page.text).faults == [])
            }
            #expect(try await browser.get("/channels").text.contains("https://qyapi.weixin.qq.com/…"))
            let changed = try await browser.post(
                "/channels/\(channel.id)",
                [
                    "name": "执法一群", "kind": "wecom", "address": "", "owner": "market-regulation", "scope": "all",
                    "language": "en",
                ])
            #expect(changed.status == .seeOther)
            let kept = try await test.supervision.channels.channel(channel.id, for: .console)
            #expect(kept.address.reveal() == Self.address && kept.name == "执法一群" && !kept.isEnabled)
            // Nothing is set up to send here: the answer is in words.
            let tried = try await browser.post("/channels/\(channel.id)/trial")
            #expect(tried.status == .ok && tried.text.contains("没有发出去"))
            #expect(try await test.ledger(.channelTried).count == 1)
        }
    }

    @Test(arguments: [
        (["name": "a", "kind": "mail", "address": "nobody", "owner": "education"], "地址"),
        (["name": "", "kind": "mail", "address": "a@b.example", "owner": "education"], "名称"),
        (["name": "a", "kind": "mail", "address": "a@b.example", "owner": "nobody"], "接收方"),
        (["name": "a", "kind": "webhook", "address": "https://x.example/", "owner": "education"], "密钥"),
    ]) func `a mistake is shown with what was typed`(fields: [String: String], word: String) async throws {
        let test = try await SiteUnderTest()
        try await test.visit(as: test.administrator) { browser async throws in
            let answer = try await browser.post(
                "/channels/new",
                [
                    "name": fields["name"]!, "kind": fields["kind"]!, "address": fields["address"]!,
                    "owner": fields["owner"]!, "scope": "all", "language": "zh-Hans", "enabled": "1",
                ])
            #expect(answer.status == .unprocessableContent)
            #expect(answer.text.contains("role=\"alert\">\(word)"), "\(word)")
            #expect(answer.text.contains("value=\"\(fields["address"]!)\""))
        }
    }

    @Test(arguments: Language.allCases)
    func `the log says what came of each, and a failed one can be sent again`(language: Language) async throws {
        let test = try await SiteUnderTest()
        let supervision = test.supervision
        _ = try await supervision.channels.add(
            ChannelDraft(
                owner: .body(.educationBureau), kind: .mail, name: "Bureau", address: Secret("bureau@county.example")),
            by: .console)
        let id = try await supervision.cases.open(
            CaseDraft(.captures([test.capture.id])), by: .person(test.supervisor.person)
        ).id
        try await supervision.cases.dispatch(id, seen: 1, by: .person(test.supervisor.person))
        _ = try await supervision.deliveries.route()
        let outgoing = try #require(try await supervision.deliveries.claim(limit: 1).first)
        try await supervision.deliveries.finish(
            outgoing, with: .refused(SendFault(.rejected, answer: "550 5.1.1 <no> such user")))
        let news = try #require(outgoing.news)
        let message = test.site.message(for: news, in: .simplifiedChinese)
        #expect(message.subject.hasPrefix("【明厨】抄告件 明厨告〔") && message.subject.hasSuffix("实验小学 <1>"))
        #expect(message.lines.contains("案件编号：1") && message.address == nil)
        #expect(message.lines.contains { $0.hasPrefix("期限：") })
        #expect(test.site.message(for: news, in: .english).lines.contains("Case number: 1"))
        try await test.visit(as: test.administrator, language: language) { browser async throws in
            for path in ["/deliveries", "/deliveries?state=failed", "/deliveries?channel=\(outgoing.channel.id)"] {
                let page = try await browser.get(path)
                #expect(page.text.contains("550 5.1.1 &lt;no&gt; such user") && page.text.contains("Bureau"))
                #expect(Markup(page.text).faults == [])
            }
            #expect(try await !browser.get("/deliveries?state=sent").text.contains("Bureau</a>"))
            let path = "/deliveries/\(outgoing.delivery.id)/again"
            let again = try await browser.post(path, ["state": "failed"])
            #expect(again.status == .seeOther && again.location == "/deliveries?state=failed&again=1")
            #expect(try await browser.post(path).status == .conflict)
            #expect(try await test.ledger(.noticeResent).count == 1)
        }
        #expect(try await supervision.deliveries.claim(limit: 1).first?.delivery.id == outgoing.delivery.id)
    }

    @Test func `a roster is kept by turns and absences`() async throws {
        let test = try await SiteUnderTest()
        let deputy = try await Session.begin("deputy", .supervisor, nil, test.supervision)
        let (first, second) = (test.supervisor.person, deputy.person)
        try await test.visit(as: test.administrator) { browser async throws in
            func change(_ fields: KeyValuePairs<String, String>) async throws -> TestResponse {
                try await browser.post("/roster", fields)
            }
            let body = "market-regulation"
            #expect(try await change(["body": body, "do": "lead", "person": "\(first.id)"]).status == .seeOther)
            let today = TerritoryZone.shanghai.civil(test.time.now).date
            let turn = try await change([
                "body": body, "do": "turn", "person": "\(second.id)", "substitute1": "\(first.id)",
                "from": "\(today)T00:00", "to": "\(today)T23:59",
            ])
            #expect(turn.status == .seeOther)
            #expect(try await browser.get("/roster?body=\(body)").text.contains("deputy 先生"))
            let wrong = try await change([
                "body": body, "do": "turn", "person": "\(second.id)", "from": "\(today)T09:00", "to": "\(today)T08:00",
            ])
            #expect(wrong.status == .unprocessableContent && wrong.text.contains("\(today)T09:00"))
            _ = try await change([
                "body": body, "do": "absence", "person": "\(second.id)", "from": "\(today)T00:00",
                "to": "\(today)T23:00",
            ])
            let page = try await browser.get("/roster?body=\(body)")
            #expect(page.text.contains("inspector 先生（替 deputy 先生）"))
            #expect(Markup(page.text).faults == [])
            let roster = try #require(try await test.supervision.rosters.roster(of: .marketRegulation, for: .console))
            _ = try await change([
                "body": body, "do": "removeTurn", "person": "\(second.id)",
                "start": "\(roster.turns[0].span.start.milliseconds)",
            ])
            #expect(
                try await test.supervision.rosters.roster(of: .marketRegulation, for: .console)?.turns.isEmpty == true)
            #expect(try await change(["body": body, "do": "remove"]).status == .seeOther)
            #expect(try await test.supervision.rosters.roster(of: .marketRegulation, for: .console) == nil)
            #expect(try await browser.get("/roster?body=nowhere").status == .notFound)
        }
    }
}
