import Domain
import Foundation
import NIOPosix
import TestSupport
import Testing

@testable import Notices

struct WebSendersTests {
    private static let time = FakeTime()
    private static let message = NoticeMessage(
        subject: "【明厨】抄告件 · 实验小学", lines: ["学校：实验小学 [<a>](http://evil.example)", "期限：签收 2026-11-23 08:15"],
        address: "https://m.example/cases/1", addressLabel: "打开案件")
    private static let news = CaseNews(
        caseID: CaseID(at: time.now), number: 12, notice: .escalated(.yellowCard), school: "实验小学",
        matter: .item(.noHat), grade: .two, body: .educationBureau, due: .init(.acknowledge, at: time.now),
        time: time.now)

    private static func courier() -> Courier {
        Courier(
            mail: nil, eventLoops: MultiThreadedEventLoopGroup.singleton, time: time.source, zone: .shanghai)
    }

    private static func channel(_ kind: NoticeChannel.Kind, _ address: String, key: String? = nil) -> NoticeChannel {
        NoticeChannel(
            id: ChannelID(at: time.now), owner: .body(.educationBureau), kind: kind, name: "c",
            address: Secret(address), key: key.map { Secret($0) })
    }

    /// What another program makes of key and text.
    private static func python(_ expression: String) async throws -> String {
        let result = try await ChildProcess.run([
            "python3", "-c", "import hmac, hashlib, base64, urllib.parse, sys; print(\(expression), end='')",
        ])
        #expect(result.ending.isSuccess, "\(result.errors)")
        return String(decoding: result.output, as: UTF8.self)
    }

    @Test func `a webhook gets a signed document that names the case`() async throws {
        let receiver = try await WebReceiver.start(.answer(204, ""))
        let outcome = await Self.courier().send(
            Self.message, about: .ofCase(Self.news), id: "id-1",
            through: Self.channel(.webhook, receiver.address + "/hook?a=1", key: "s3cret"))
        #expect(outcome == .sent(answer: "204"))
        let post = try #require(receiver.posts.first)
        #expect(post.uri == "/hook?a=1")
        #expect(post.headers["idempotency-key"] == "id-1" && post.headers["mingchu-event"] == "case.notice")
        let seconds = Self.time.now.milliseconds / 1000
        let hash = try await Self.python(
            "hmac.new(b's3cret', b'\(seconds).' + bytes.fromhex('\(post.body.hex)'), hashlib.sha256).hexdigest()")
        #expect(post.headers["mingchu-signature"] == "t=\(seconds),v1=\(hash)")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(post.body)) as? [String: Any])
        #expect(document["caseNumber"] as? Int == 12 && document["kind"] as? String == "escalated")
        #expect(document["measure"] as? String == "yellowCard" && document["school"] as? String == "实验小学")
        #expect(document["address"] as? String == "https://m.example/cases/1")
        #expect((document["deadline"] as? [String: String])?["clock"] == "acknowledge")
        try await receiver.stop()
    }

    @Test(arguments: [
        (WebReceiver.Manner.answer(500, "oh"), SendOutcome.later(SendFault(.busy, answer: "500 oh"))),
        (.answer(429, ""), .later(SendFault(.busy, answer: "429"))),
        (.answer(404, "no"), .refused(SendFault(.rejected, answer: "404 no"))),
        (.redirect("http://127.0.0.1:1/"), .refused(SendFault(.redirected, answer: "302"))),
        (.cut, .unknown(SendFault(.connectionLost))),
    ]) func `a webhook's answers are told by their kind`(manner: WebReceiver.Manner, wanted: SendOutcome) async throws {
        let receiver = try await WebReceiver.start(manner)
        let channel = Self.channel(.webhook, receiver.address, key: "k")
        #expect(await Self.courier().send(Self.message, about: nil, id: "x", through: channel) == wanted)
        // Asked once, whatever came of it.
        #expect(receiver.posts.count == 1)
        try await receiver.stop()
    }

    @Test func `nobody there is told as such, and an address is never told`() async throws {
        // A port that was just let go may be another test's server by now.
        let address = "http://127.0.0.1:1/send?key=very-secret"
        for kind in [NoticeChannel.Kind.webhook, .wecom, .dingtalk, .feishu] {
            let outcome = await Self.courier().send(
                Self.message, about: nil, id: "x", through: Self.channel(kind, address, key: "k"))
            #expect(outcome == .later(SendFault(.unreachable)))
        }
    }

    @Test func `WeCom gets markdown in which nothing that was typed is markup`() async throws {
        let receiver = try await WebReceiver.start(.answer(200, #"{"errcode":0,"errmsg":"ok"}"#))
        let channel = Self.channel(.wecom, receiver.address + "/cgi-bin/webhook/send?key=abc")
        let outcome = await Self.courier().send(Self.message, about: .ofCase(Self.news), id: "x", through: channel)
        #expect(outcome == .sent(answer: "0"))
        let post = try #require(receiver.posts.first)
        #expect(post.uri == "/cgi-bin/webhook/send?key=abc")
        let document = try #require(try JSONSerialization.jsonObject(with: Data(post.body)) as? [String: Any])
        #expect(document["msgtype"] as? String == "markdown")
        let content = try #require((document["markdown"] as? [String: String])?["content"])
        #expect(content.contains("［＜a＞］") && content.hasSuffix("[打开案件](https://m.example/cases/1)"))
        try await receiver.stop()
    }

    @Test func `DingTalk's signature is in the query`() async throws {
        let receiver = try await WebReceiver.start(.answer(200, #"{"errcode":0,"errmsg":"ok"}"#))
        let channel = Self.channel(.dingtalk, receiver.address + "/robot/send?access_token=t", key: "SECabc")
        let outcome = await Self.courier().send(Self.message, about: .ofCase(Self.news), id: "x", through: channel)
        #expect(outcome == .sent(answer: "0"))
        let milliseconds = Self.time.now.milliseconds
        let sign = try await Self.python(
            """
            urllib.parse.quote_plus(base64.b64encode(hmac.new(b'SECabc', b'\(milliseconds)\\nSECabc', \
            hashlib.sha256).digest()))
            """)
        let post = try #require(receiver.posts.first)
        #expect(post.uri == "/robot/send?access_token=t&timestamp=\(milliseconds)&sign=\(sign)")
        #expect(post.text.contains(#""msgtype":"markdown""#))
        #expect(post.text.contains(#""title":"【明厨】抄告件 · 实验小学""#))
        try await receiver.stop()
    }

    @Test func `Feishu's signature is in the document`() async throws {
        let receiver = try await WebReceiver.start(.answer(200, #"{"code":0,"msg":"success","data":{}}"#))
        let channel = Self.channel(.feishu, receiver.address + "/open-apis/bot/v2/hook/h", key: "k3y")
        let outcome = await Self.courier().send(Self.message, about: .ofCase(Self.news), id: "x", through: channel)
        #expect(outcome == .sent(answer: "0"))
        let seconds = Self.time.now.milliseconds / 1000
        let sign = try await Self.python(
            "base64.b64encode(hmac.new(b'\(seconds)\\nk3y', b'', hashlib.sha256).digest()).decode()")
        let post = try #require(receiver.posts.first)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(post.body)) as? [String: Any])
        #expect(document["timestamp"] as? String == "\(seconds)" && document["sign"] as? String == sign)
        #expect(document["msg_type"] as? String == "text")
        try await receiver.stop()
    }

    @Test(arguments: [
        (
            NoticeChannel.Kind.wecom, WebReceiver.Manner.answer(200, #"{"errcode":45009,"errmsg":"api freq limit"}"#),
            SendOutcome.later(SendFault(.busy, answer: "45009 api freq limit"))
        ),
        (
            .wecom, .answer(200, #"{"errcode":93000,"errmsg":"invalid webhook url"}"#),
            .refused(SendFault(.rejected, answer: "93000 invalid webhook url"))
        ),
        (
            .dingtalk, .answer(200, #"{"errcode":310000,"errmsg":"sign not match"}"#),
            .refused(SendFault(.rejected, answer: "310000 sign not match"))
        ),
        (
            .feishu, .answer(200, #"{"code":19021,"msg":"sign match fail"}"#),
            .refused(SendFault(.rejected, answer: "19021 sign match fail"))
        ),
        (
            .feishu, .answer(200, #"{"code":11232,"msg":"frequency limited"}"#),
            .later(SendFault(.busy, answer: "11232 frequency limited"))
        ),
        (.wecom, .answer(200, "<html>"), .unknown(SendFault(.nonsense, answer: "<html>"))),
        (.wecom, .answer(502, ""), .unknown(SendFault(.busy, answer: "502"))),
        (.wecom, .answer(503, ""), .later(SendFault(.busy, answer: "503"))),
        (.wecom, .cut, .unknown(SendFault(.connectionLost))),
    ]) func `a robot's answers are told by their kind`(
        kind: NoticeChannel.Kind, manner: WebReceiver.Manner, wanted: SendOutcome
    ) async throws {
        let receiver = try await WebReceiver.start(manner)
        let outcome = await Self.courier().send(
            Self.message, about: nil, id: "x", through: Self.channel(kind, receiver.address))
        #expect(outcome == wanted)
        #expect(receiver.posts.count == 1)
        try await receiver.stop()
    }
}

extension [UInt8] {
    fileprivate var hex: String { map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined() }
}
