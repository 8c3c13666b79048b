import Bitstream
import Domain
import NIOCore
import NIOPosix
import TestSupport
import Testing

@testable import RTSP

@Suite(.timeLimit(.minutes(2)))
struct RTSPSourceTests {
    /// A session stops within a second; the rest is for a busy machine.
    static let promptly = Duration.seconds(3)

    typealias Script = @Sendable (ScriptedServer.Incoming) -> ScriptedServer.Reaction

    private func server(greeting: String = "", _ script: @escaping Script) async throws -> ScriptedServer {
        try await ScriptedServer.start(
            on: MultiThreadedEventLoopGroup.singleton, greeting: Array(greeting.utf8), script)
    }

    /// How a session with such a server ends. The time-outs are long, but where one is what the test waits for.
    private func failure(
        of script: @escaping Script, credentials: Credentials? = nil, stall: Duration = .seconds(30),
        response: Duration = .seconds(30)
    ) async throws -> SourceFailure? {
        let server = try await server(script)
        let session = Session(server.address, credentials: credentials, stallTimeout: stall, responseTimeout: response)
        let failure = try await session.failure()
        try await server.stop()
        return failure
    }

    @Test func `a session is set up, plays, and takes its leave`() async throws {
        let server = try await server { PlainCamera.react(to: $0) }
        let session = Session(server.address)
        let units = try await session.units(20)
        #expect(units.map(\.data) == TestStream.pictures(.h264, count: 20).map { TestStream.sample($0, .h264) })
        #expect(await session.cancel() < Self.promptly)
        #expect(try await session.failure() == nil)
        try await eventually("TEARDOWN") { server.methods.last == .teardown }
        #expect(server.methods == [.options, .describe, .setup, .play, .teardown])
        let requests = server.requests.map(\.request)
        #expect(requests[2].address == server.address.description + "/track1")
        #expect(requests[3].address == server.address.description + "/")
        #expect(requests[3].headers["Session"] == "8F3A" && requests[4].headers["Session"] == "8F3A")
        #expect(requests.allSatisfy { $0.headers["User-Agent"] == "Mingchu" })
        try await server.stop()
    }

    @Test func `more than a read takes comes whole`() async throws {
        let stream = PlainCamera.stream(pictures: 600)
        let server = try await server { PlainCamera.react(to: $0, stream: stream) }
        let session = Session(server.address)
        #expect(try await session.units(600).count == 600)
        #expect(session.damaged == 0)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `packets before the answer to PLAY, on other and unknown channels, are sorted out`() async throws {
        let packets = PlainCamera.packets()
        let server = try await server { incoming in
            guard incoming.request.method == .play else {
                return PlainCamera.react(to: incoming, transport: "RTP/AVP/TCP;unicast;interleaved=6-7;ssrc=12345678")
            }
            let early = packets[..<10].flatMap { PlainCamera.interleaved($0, channel: 6) }
            let noise = PlainCamera.interleaved([0x80, 0xE1, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11], channel: 3)
            let late = packets[10...].flatMap { PlainCamera.interleaved($0, channel: 6) + noise }
            return .bytes(early + noise + PlainCamera.accept(incoming) + late)
        }
        let session = Session(server.address)
        #expect(try await session.units(20).count == 20)
        #expect(session.damaged == 0)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `a camera that announces one channel and sends on another is understood`() async throws {
        let stream = PlainCamera.stream(pictures: 60, channel: 2)
        let server = try await server { PlainCamera.react(to: $0, stream: stream) }
        let session = Session(server.address)
        #expect(try await session.units(20).first?.isKey == true)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `after nonsense between packets the stream goes on`() async throws {
        let half = PlainCamera.packets(pictures: 40)
        let server = try await server { incoming in
            let begin = half[..<20].flatMap { PlainCamera.interleaved($0, channel: 0) }
            let end = half[20...].flatMap { PlainCamera.interleaved($0, channel: 0) }
            // A length that lies, and bytes that belong to nothing.
            let lie: [UInt8] = [0x24, 0, 0, 40, 1, 2, 3] + [UInt8](repeating: 0x55, count: 5000)
            return PlainCamera.react(to: incoming, stream: begin + lie + end)
        }
        let session = Session(server.address)
        #expect(try await session.units(30).count >= 30)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `endless nonsense ends the session`() async throws {
        let failure = try await failure { incoming in
            PlainCamera.react(
                to: incoming,
                stream: PlainCamera.twentyPictures + [UInt8](repeating: 0x55, count: Connection.maximumGarbage + 99))
        }
        #expect(failure?.kind == .protocolError)
    }

    @Test func `a digest challenge is answered, on each request`() async throws {
        let server = try await server { incoming in
            guard incoming.request.headers["Authorization"] != nil else {
                let challenge = (
                    "WWW-Authenticate", "Digest realm=\"cam\", nonce=\"abc\", qop=\"auth\", algorithm=SHA-256"
                )
                return .bytes(PlainCamera.answer(incoming, 401, "Unauthorized", [challenge]))
            }
            return PlainCamera.react(to: incoming)
        }
        let session = Session(server.address, credentials: .farm)
        _ = try await session.units(20)
        _ = await session.cancel()
        try await eventually("TEARDOWN") { server.methods.last == .teardown }
        #expect(server.methods == [.options, .options, .describe, .setup, .play, .teardown])
        #expect(
            server.requests.dropFirst().allSatisfy { $0.request.headers["Authorization"]?.contains("SHA-256") == true })
        try await server.stop()
    }

    @Test func `a camera that hangs up after its challenge is called again`() async throws {
        let server = try await server { incoming in
            guard incoming.request.headers["Authorization"] != nil else {
                let challenge = ("WWW-Authenticate", "Digest realm=\"cam\", nonce=\"abc\"")
                return .closeAfter(PlainCamera.answer(incoming, 401, "Unauthorized", [challenge]))
            }
            return PlainCamera.react(to: incoming)
        }
        let session = Session(server.address, credentials: .farm)
        #expect(try await session.units(20).count == 20)
        #expect(server.connectionCount == 2)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `refusals have their kinds`() async throws {
        let challenge = ("WWW-Authenticate", "Basic realm=\"cam\"")
        let always401: Script = { .bytes(PlainCamera.answer($0, 401, "Unauthorized", [challenge])) }
        #expect(try await failure(of: always401)?.kind == .passwordNeeded)
        #expect(try await failure(of: always401, credentials: .farm)?.kind == .wrongPassword)
        for (status, kind) in [
            (403, SourceFailure.Kind.wrongPassword), (404, .notFound), (453, .protocolError), (503, .protocolError),
        ] {
            let failure = try await failure { incoming in
                incoming.request.method == .describe
                    ? .bytes(PlainCamera.answer(incoming, status, "Because")) : PlainCamera.react(to: incoming)
            }
            #expect(failure == SourceFailure(kind, detail: "DESCRIBE: \(status) Because"))
        }
    }

    @Test func `OPTIONS may be refused`() async throws {
        let server = try await server { incoming in
            incoming.request.method == .options
                ? .bytes(PlainCamera.answer(incoming, 501, "Not Implemented")) : PlainCamera.react(to: incoming)
        }
        let session = Session(server.address)
        #expect(try await session.units(20).count == 20)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `what is offered decides`() async throws {
        let audio = try await failure { PlainCamera.react(to: $0, sdp: "v=0\r\nm=audio 0 RTP/AVP 0\r\n") }
        #expect(audio?.kind == .notVideo)
        let old = try await failure {
            PlainCamera.react(to: $0, sdp: "v=0\r\nm=video 0 RTP/AVP 97\r\na=rtpmap:97 H263-1998/90000\r\n")
        }
        #expect(old == SourceFailure(.unsupportedCodec, detail: "H263-1998"))
        #expect(try await failure { PlainCamera.react(to: $0, sdp: "<html>") }?.kind == .protocolError)
    }

    @Test(arguments: [
        "HTTP/1.1 400 Bad Request\r\nServer: x\r\n\r\n", "SSH-2.0-OpenSSH_9.2\r\n", "\u{1}\u{2}\u{3}garbage",
    ])
    func `other servers are told by their words`(_ greeting: String) async throws {
        let server = try await server(greeting: greeting) { _ in .silence }
        let session = Session(server.address, responseTimeout: .seconds(30))
        let failure = try await session.failure()
        #expect(failure?.kind == .protocolError)
        #expect(failure?.detail.contains(greeting.prefix { $0 != "\r\n" }.printable(limit: 60)) == true)
        try await server.stop()
    }

    @Test func `silence, hanging up and stalling are told apart`() async throws {
        let brief = Duration.milliseconds(300)
        #expect(try await failure(of: { _ in .silence }, response: brief)?.kind == .noRoute)
        #expect(try await failure { _ in .closeAfter([]) }?.kind == .ended)
        let deaf = try await failure(
            of: { $0.request.method == .setup ? .silence : PlainCamera.react(to: $0) }, response: .seconds(2))
        #expect(deaf == SourceFailure(.stalled, detail: "no answer to SETUP"))
        #expect(try await failure(of: { PlainCamera.react(to: $0) }, stall: brief) == SourceFailure(.stalled))
        let ended = try await failure { incoming in
            guard incoming.request.method == .play else { return PlainCamera.react(to: incoming) }
            return .closeAfter(PlainCamera.accept(incoming) + PlainCamera.twentyPictures)
        }
        #expect(ended?.kind == .ended)
    }

    @Test func `an unbounded answer is refused`() async throws {
        let failure = try await failure { _ in
            .bytes(Array("RTSP/1.0 200 OK\r\n".utf8) + [UInt8](repeating: 0x41, count: 100_000))
        }
        #expect(failure?.kind == .protocolError)
    }

    @Test func `a closed port and unknown names have their kinds`() async throws {
        // tcpmux (RFC 1078): nobody has listened there for decades.
        let closed = SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: 1, path: "/")
        #expect(try await Session(closed).failure() == SourceFailure(.refused, detail: "Connection refused"))
        let unknown = SourceAddress(scheme: .rtsp, host: "no-such-camera.invalid", path: "/")
        #expect(try await Session(unknown).failure()?.kind == .hostUnknown)
    }

    @Test func `plain RTSP where TLS is expected is insecure`() async throws {
        let server = try await server(greeting: "RTSP/1.0 400 Bad Request\r\n\r\n") { _ in .silence }
        let address = SourceAddress(scheme: .rtsps, host: "127.0.0.1", port: server.port, path: "/")
        #expect(try await Session(address).failure()?.kind == .insecure)
        try await server.stop()
    }

    @Test func `cancelling returns at once, whatever it is waiting for`() async throws {
        let server = try await server { $0.request.method == .setup ? .silence : PlainCamera.react(to: $0) }
        let waiting = Session(server.address, responseTimeout: .seconds(30))
        try await eventually("SETUP") { server.methods.contains(.setup) }
        #expect(await waiting.cancel() < Self.promptly)
        // An address that swallows packets (RFC 5737).
        let nowhere = Session(SourceAddress(scheme: .rtsp, host: "192.0.2.1", path: "/"), responseTimeout: .seconds(30))
        #expect(await nowhere.cancel() < Self.promptly)
        try await server.stop()
    }

    @Test func `a server that doesn't answer TEARDOWN holds nobody up`() async throws {
        let server = try await server { $0.request.method == .teardown ? .silence : PlainCamera.react(to: $0) }
        let session = Session(server.address)
        _ = try await session.units(10)
        #expect(await session.cancel() < Self.promptly)
        try await eventually("TEARDOWN") { server.methods.last == .teardown }
        try await server.stop()
    }

    @Test func `redirects are followed, in circles not`() async throws {
        let server = try await server { incoming in
            guard incoming.request.method == .describe, incoming.request.address.hasSuffix("/live") else {
                return PlainCamera.react(to: incoming)
            }
            return .bytes(PlainCamera.answer(incoming, 302, "Moved", [("Location", incoming.origin + "/other")]))
        }
        let session = Session(server.address)
        #expect(try await session.units(20).count == 20)
        #expect(
            server.requests.last { $0.request.method == .describe }?.request.address
                == server.address.description.replacing("live", with: "other"))
        _ = await session.cancel()
        try await server.stop()

        let circle = try await failure { incoming in
            .bytes(PlainCamera.answer(incoming, 301, "Moved", [("Location", incoming.origin + "/live")]))
        }
        #expect(circle?.kind == .protocolError)
    }

    @Test func `a camera that refuses UDP is asked for TCP`() async throws {
        let server = try await server { incoming in
            let asked = incoming.request.headers["Transport"] ?? ""
            if incoming.request.method == .setup, !asked.contains("TCP") {
                return .bytes(PlainCamera.answer(incoming, 461, "Unsupported Transport"))
            }
            return PlainCamera.react(to: incoming)
        }
        let session = Session(server.address, transport: .udp)
        #expect(try await session.units(20).count == 20)
        _ = await session.cancel()
        try await eventually("TEARDOWN") { server.methods.last == .teardown }
        #expect(server.methods == [.options, .describe, .setup, .setup, .play, .teardown])
        try await server.stop()
    }

    @Test func `keep-alives come in time, and their failures are borne`() async throws {
        let server = try await server { incoming in
            switch incoming.request.method {
            case .getParameter: .bytes(PlainCamera.answer(incoming, 451, "Parameter Not Understood"))
            default: PlainCamera.react(to: incoming, session: "1;timeout=1")
            }
        }
        let session = Session(server.address, stallTimeout: .seconds(30))
        try await eventually("both kinds of keep-alive") {
            server.methods.contains(.getParameter) && server.methods.dropFirst().contains(.options)
        }
        #expect(server.requests.last?.request.headers["Session"] == "1")
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `the camera's own requests are answered`() async throws {
        let asked = Array(
            "OPTIONS rtsp://x RTSP/1.0\r\nCSeq: 77\r\n\r\nSET_PARAMETER rtsp://x RTSP/1.0\r\nCSeq: 78\r\n\r\n".utf8)
        let server = try await server { PlainCamera.react(to: $0, stream: asked + PlainCamera.twentyPictures) }
        let session = Session(server.address)
        #expect(try await session.units(20).count == 20)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `receiver reports go out`() async throws {
        let server = try await server { PlainCamera.react(to: $0) }
        let session = Session(server.address)
        let packet = try await eventually("a report") { server.packets.first }
        #expect(RTCPPacket.parse(packet.span) == [.other(type: 201), .other(type: 202)])
        #expect(session.units.count == 20)
        _ = await session.cancel()
        try await server.stop()
    }

    @Test func `passwords are in no failure`() async throws {
        let failure = try await failure(
            of: { incoming in
                let echo = incoming.request.headers["Authorization"] ?? ""
                let challenge = ("WWW-Authenticate", "Basic realm=\"cam\"")
                return .bytes(PlainCamera.answer(incoming, 401, echo, [challenge]))
            }, credentials: .farm)
        #expect(failure?.kind == .wrongPassword)
        #expect(failure?.detail.contains(Base64.encode(Array("viewer:kitchen-7Q".utf8))) == false)
    }
}
