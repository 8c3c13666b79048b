import Domain
import NIOPosix
import TestSupport
import Testing

@testable import Notices

struct SMTPClientTests {
    private static let credentials = Credentials(user: "mingchu", password: Secret("hunter2"))

    private static func client(
        _ server: MailServer, _ encryption: MailSettings.Encryption = .none, credentials: Credentials? = nil,
        host: String = "127.0.0.1", authorities: String? = nil, limit: Duration = .seconds(60)
    ) -> SMTPClient {
        SMTPClient(
            settings: MailSettings(
                host: host, port: server.port, encryption: encryption, credentials: credentials,
                from: "mingchu@county.example", name: "明厨"),
            trust: Trust(authorities: authorities), eventLoops: MultiThreadedEventLoopGroup.singleton, limit: limit)
    }

    @Test(arguments: ["AUTH PLAIN LOGIN", "AUTH LOGIN"])
    func `a letter arrives as it was written`(ways: String) async throws {
        var options = MailServer.Options()
        options.credentials = Self.credentials
        options.authentication = ways
        let server = try await MailServer.start(options)
        let outcome = await Self.client(server, credentials: Self.credentials).send(LetterTests.letter("通知"))
        #expect(outcome == .sent(answer: "250 2.0.0 taken"))
        let letter = try #require(server.letters.first)
        #expect(letter.from == "mingchu@county.example" && letter.to == "head@school.example")
        #expect(Array(letter.text.utf8) == LetterTests.letter("通知").bytes)
        #expect(letter.header("Message-ID") == "<01a2@county.example>")
        #expect(letter.user == "mingchu")
        try await server.stop()
    }

    @Test(arguments: [MailSettings.Encryption.startTLS, .tls])
    func `an encrypted server's certificate is checked`(encryption: MailSettings.Encryption) async throws {
        let certificate = try await TestCertificate.make()
        var options = MailServer.Options()
        options.encryption = encryption == .tls ? .tls : .startTLS
        options.certificate = certificate
        options.credentials = Self.credentials
        let server = try await MailServer.start(options)
        let distrusting = await Self.client(server, encryption, credentials: Self.credentials).send(
            LetterTests.letter("a"))
        guard case .later(let fault) = distrusting, fault.kind == .certificate else {
            Issue.record("\(distrusting)")
            return
        }
        #expect(server.letters.isEmpty)
        let trusting = await Self.client(
            server, encryption, credentials: Self.credentials, authorities: certificate.path
        ).send(LetterTests.letter("a"))
        #expect(trusting == .sent(answer: "250 2.0.0 taken"))
        #expect(server.letters.map(\.isEncrypted) == [true])
        try await server.stop()
    }

    @Test func `nothing is sent in the clear when encryption was asked for`() async throws {
        var options = MailServer.Options()
        options.credentials = Self.credentials
        let server = try await MailServer.start(options)
        let outcome = await Self.client(server, .startTLS, credentials: Self.credentials).send(LetterTests.letter("a"))
        #expect(outcome == .later(SendFault(.certificate, answer: "no STARTTLS")))
        #expect(!server.conversation.contains { $0.hasPrefix("AUTH") || $0.hasPrefix("MAIL") })
        try await server.stop()
    }

    @Test(arguments: [
        (MailServer.Manner.busy, SendOutcome.later(SendFault(.busy, answer: "421 4.3.2 too busy"))),
        (.noSuchReceiver, .refused(SendFault(.rejected, answer: "550 5.1.1 no such user here"))),
        (.putOff, .later(SendFault(.busy, answer: "451 4.7.1 come back later"))),
        (.cutAfterData, .unknown(SendFault(.connectionLost))), (.cutInData, .unknown(SendFault(.connectionLost))),
        (.silent, .unknown(SendFault(.timedOut))), (.nonsense, .later(SendFault(.nonsense))),
    ]) func `each fault is told by its kind`(manner: MailServer.Manner, wanted: SendOutcome) async throws {
        let server = try await MailServer.start()
        server.behave(manner)
        let limit = Duration.seconds(manner == .silent ? 1 : 60)
        let client = Self.client(server, limit: limit)
        #expect(await client.send(LetterTests.letter("a")) == wanted)
        #expect(server.letters.count == (manner == .cutAfterData ? 1 : 0))
        // The next one goes well.
        #expect(await Self.client(server).send(LetterTests.letter("a")).isSent)
        try await server.stop()
    }

    @Test func `a password that is not accepted is never told`() async throws {
        var options = MailServer.Options()
        options.credentials = Credentials(user: "mingchu", password: Secret("other"))
        let server = try await MailServer.start(options)
        let outcome = await Self.client(server, credentials: Self.credentials).send(LetterTests.letter("a"))
        guard case .later(let fault) = outcome, fault.kind == .authentication else {
            Issue.record("\(outcome)")
            return
        }
        // The server repeats it.
        #expect(fault.answer.contains("•••") && !fault.answer.contains("hunter2"))
        try await server.stop()
    }

    @Test func `nobody there is told as such`() async throws {
        // A port that was just let go may be another test's server by now.
        let client = SMTPClient(
            settings: MailSettings(host: "127.0.0.1", port: 1, encryption: .none, from: "mingchu@county.example"),
            trust: Trust(), eventLoops: MultiThreadedEventLoopGroup.singleton)
        #expect(await client.send(LetterTests.letter("a")) == .later(SendFault(.unreachable)))
    }
}

extension SendOutcome {
    var isSent: Bool { if case .sent = self { true } else { false } }
}
