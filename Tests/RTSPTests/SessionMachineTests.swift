import Domain
import TestSupport
import Testing

@testable import RTSP

struct SessionMachineTests {
    private func machine(_ transport: Camera.Transport = .tcp, scheme: SourceAddress.Scheme = .rtsp) -> SessionMachine {
        SessionMachine(
            address: SourceAddress(scheme: scheme, host: "camera", path: "/live"), transport: transport,
            authenticator: Authenticator(credentials: nil), userAgent: "test")
    }

    private func response(_ status: Int = 200, _ fields: (String, String)..., body: String = "") -> Response {
        var response = Response(status: status, reason: "", body: Array(body.utf8))
        for (name, value) in fields { response.headers.append(name, value) }
        return response
    }

    /// Leads a machine up to the answer to PLAY.
    private func playing(session: String = "1;timeout=20", options: String = "") -> SessionMachine {
        var machine = machine()
        _ = machine.start()
        _ = machine.received(response(200, ("Public", options)), packetsFlow: false)
        _ = machine.received(response(body: PlainCamera.sdp()), packetsFlow: false)
        _ = machine.received(response(200, ("Session", session)), packetsFlow: false)
        let actions = machine.received(response(), packetsFlow: false)
        #expect(actions == [.playing])
        return machine
    }

    private func sent(_ actions: [SessionMachine.Action]) -> [Request] {
        actions.compactMap { action in
            guard case .send(let bytes) = action,
                case .request(let request) = Message(head: bytes.span.extracting(0..<(bytes.count - 2)), body: [])
            else { return nil }
            return request
        }
    }

    @Test(arguments: [
        ("1", 30), ("1;timeout=20", 10), ("1; Timeout = 10", 5), ("1;timeout=0", 30), ("1;timeout=99999", 30),
        ("1;timeout=x", 30),
    ])
    func `keep-alives are due at half the time-out, at most at half of the default`(_ header: String, _ seconds: Int) {
        #expect(playing(session: header).keepAliveInterval == .seconds(seconds))
    }

    @Test func `keep-alives use what the camera knows`() {
        var knowing = playing(options: "DESCRIBE, get_parameter")
        #expect(sent(knowing.keepAlive()).map(\.method) == [.getParameter])
        _ = knowing.received(response(404), packetsFlow: true)
        #expect(sent(knowing.keepAlive()).map(\.method) == [.options])
        var plain = playing()
        #expect(sent(plain.keepAlive()).map(\.method) == [.options])
        // Never answered: asked again all the same.
        #expect(sent(plain.keepAlive()).map(\.method) == [.options])
    }

    @Test func `a forgotten session ends when no packets come either`() {
        var machine = playing()
        _ = machine.keepAlive()
        #expect(machine.received(response(454), packetsFlow: true).isEmpty)
        _ = machine.keepAlive()
        guard case .fail(let failure) = machine.received(response(454), packetsFlow: false).first else {
            return #expect(Bool(false))
        }
        #expect(failure.kind == .ended)
    }

    @Test func `late answers to other requests are ignored while playing`() {
        var machine = playing(options: "GET_PARAMETER")
        let sequence = sent(machine.keepAlive()).first?.headers["CSeq"] ?? ""
        #expect(machine.received(response(500, ("CSeq", "1")), packetsFlow: true).isEmpty)
        #expect(machine.announcesGetParameter)
        _ = machine.received(response(500, ("CSeq", sequence)), packetsFlow: true)
        #expect(!machine.announcesGetParameter)
    }

    @Test func `1xx answers are waited through`() {
        var machine = machine()
        _ = machine.start()
        #expect(machine.received(response(100), packetsFlow: false).isEmpty)
        #expect(sent(machine.received(response(), packetsFlow: false)).map(\.method) == [.describe])
    }

    @Test func `UDP binds ports first; RTSPS is always TCP`() {
        var udp = machine(.udp)
        _ = udp.start()
        _ = udp.received(response(), packetsFlow: false)
        #expect(udp.received(response(body: PlainCamera.sdp()), packetsFlow: false) == [.bindPorts])
        let request = sent(udp.portsBound(.init(rtp: 5000, rtcp: 5001)))
        #expect(request.first?.headers["Transport"] == "RTP/AVP;unicast;client_port=5000-5001")

        var secure = machine(.udp, scheme: .rtsps)
        _ = secure.start()
        _ = secure.received(response(), packetsFlow: false)
        let setup = sent(secure.received(response(body: PlainCamera.sdp()), packetsFlow: false))
        #expect(setup.first?.headers["Transport"]?.contains("TCP") == true)
    }

    @Test func `454 in answer to PLAY sets up once more, 459 asks for the stream's own address`() {
        var machine = machine()
        _ = machine.start()
        _ = machine.received(response(), packetsFlow: false)
        _ = machine.received(
            response(200, ("Content-Base", "rtsp://camera/base/"), body: PlainCamera.sdp()), packetsFlow: false)
        _ = machine.received(response(200, ("Session", "1")), packetsFlow: false)
        let again = sent(machine.received(response(454), packetsFlow: false))
        #expect(again.map(\.method) == [.setup] && again[0].headers["Session"] == nil)
        _ = machine.received(response(200, ("Session", "2")), packetsFlow: false)
        let own = sent(machine.received(response(459), packetsFlow: false))
        #expect(own.map(\.address) == ["rtsp://camera/base/track1"])
        #expect(machine.received(response(454), packetsFlow: false).count == 1)
        #expect(machine.phase == .ended)
    }

    @Test func `the camera's requests are answered by what we know`() {
        var machine = playing()
        func status(_ request: Request) -> String {
            guard case .send(let bytes) = machine.received(request).first else { return "" }
            return String(decoding: bytes.prefix(12), as: UTF8.self)
        }
        #expect(status(Request(method: .options, address: "*")) == "RTSP/1.0 200")
        #expect(status(Request(method: .announce, address: "*")) == "RTSP/1.0 200")
        #expect(status(Request(method: .setParameter, address: "*")) == "RTSP/1.0 501")
        var redirect = Request(method: .redirect, address: "*")
        redirect.headers.append("Location", "rtsp://elsewhere/")
        #expect(machine.received(redirect).last == .redirect("rtsp://elsewhere/"))
    }

    @Test(
        arguments: [
            ("RTP/AVP/TCP;unicast;interleaved=2-3", TransportHeader.Pair(rtp: 2, rtcp: 3)),
            ("RTP/AVP;interleaved=1-0", .init(rtp: 1, rtcp: 0)),
            ("RTP/AVP/TCP;interleaved=4", .init(rtp: 4, rtcp: 5)),
            ("RTP/AVP/TCP;interleaved=300-301", nil),
            ("RTP/AVP/TCP;interleaved=x", nil),
            ("", nil),
        ] as [(String, TransportHeader.Pair?)])
    func `channels are read from the Transport field`(_ field: String, _ expected: TransportHeader.Pair?) {
        #expect(TransportHeader(field).interleaved == expected)
    }

    @Test func `the rest of the Transport field is read`() {
        let header = TransportHeader(
            "RTP/AVP/UDP;unicast;client_port=1-2;server_port=6970-6971;source=10.0.0.9;ssrc=1A2B3C4D;mode=\"PLAY\"")
        #expect(!header.isTCP && header.serverPorts == .init(rtp: 6970, rtcp: 6971))
        #expect(header.source == "10.0.0.9" && header.ssrc == 0x1A2B_3C4D)
    }
}

struct RedirectionTests {
    private let start = SourceAddress(scheme: .rtsp, host: "camera", port: 8554, path: "/a")

    @Test(arguments: [
        ("rtsp://camera:9000/b", true), ("rtsp://CAMERA/b", true), ("/b", true), ("rtsp://other/b", false),
        ("rtsps://camera/b", true),
    ])
    func `credentials go along to the same host only`(_ location: String, _ keeps: Bool) throws {
        var redirection = Redirection(from: start, credentials: .farm)
        _ = try redirection.follow(location)
        #expect((redirection.credentials != nil) == keeps)
    }

    @Test func `credentials don't go from RTSPS to RTSP, nor come back from elsewhere`() throws {
        var secure = Redirection(from: SourceAddress(scheme: .rtsps, host: "camera", path: "/"), credentials: .farm)
        _ = try secure.follow("rtsp://camera/x")
        #expect(secure.credentials == nil)
        var away = Redirection(from: start, credentials: .farm)
        _ = try away.follow("rtsp://other/b")
        _ = try away.follow("rtsp://camera:8554/c")
        #expect(away.credentials == nil)
    }

    @Test func `credentials in the redirect itself are the camera's own`() throws {
        var redirection = Redirection(from: start, credentials: nil)
        let address = try redirection.follow("rtsp://u:p@other:1/b?c")
        #expect(redirection.credentials?.user == "u")
        #expect(address.description == "rtsp://other:1/b?c")
    }

    @Test func `circles and long chains end`() throws {
        var redirection = Redirection(from: start, credentials: nil)
        for number in 1...Redirection.maximum { _ = try redirection.follow("rtsp://camera/\(number)") }
        #expect(throws: SourceFailure.self) { try redirection.follow("rtsp://camera/last") }
        var circle = Redirection(from: start, credentials: nil)
        #expect(throws: SourceFailure.self) { try circle.follow("/a") }
        #expect(throws: SourceFailure.self) { try circle.follow("http://camera/") }
        #expect(throws: SourceFailure.self) { try circle.follow("file:///etc/passwd") }
    }
}
