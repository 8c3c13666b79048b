import Domain
import FoundationEssentials
import NIOCore
import NIOSSL

/// The conversation with a mail server, from its greeting to our QUIT.
struct Dialogue {
    let settings: MailSettings
    var answers: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator
    let outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>
    let channel: any Channel
    private var parser = SMTPReplyParser()

    init(
        settings: MailSettings, answers: NIOAsyncChannelInboundStream<ByteBuffer>.AsyncIterator,
        outbound: NIOAsyncChannelOutboundWriter<ByteBuffer>, channel: any Channel
    ) {
        self.settings = settings
        self.answers = answers
        self.outbound = outbound
        self.channel = channel
    }

    /// - Throws: ``Stop`` with what came of it, or an error of the connection.
    mutating func run(_ letter: Letter, tls: @Sendable () throws -> TLSClient) async throws -> SendOutcome {
        try wanted(await answer())
        var extensions = try await hello()
        if settings.encryption == .startTLS {
            guard extensions["STARTTLS"] != nil else {
                throw Stop(.later(SendFault(.certificate, answer: "no STARTTLS")))
            }
            try wanted(await ask("STARTTLS"))
            // What somebody in the middle put behind the answer would count as said under TLS (RFC 3207 §6).
            guard parser.isEmpty else { throw Stop(.later(SendFault(.nonsense))) }
            let client = try tls()
            try await channel.eventLoop.submit { [channel] in
                try channel.pipeline.syncOperations.addHandler(client.handler(), position: .first)
            }.get()
            extensions = try await hello()
        }
        if let credentials = settings.credentials { try await signIn(credentials, extensions["AUTH"] ?? []) }
        try wanted(await ask("MAIL FROM:<\(settings.from)>"))
        try wanted(await ask("RCPT TO:<\(letter.to)>"))
        try wanted(await ask("DATA"), 354)
        let taken: SMTPReply
        do {
            taken = try await ask(bytes: Self.stuffed(letter.bytes))
        } catch let stop as Stop {
            throw stop
        } catch {
            // All of it may be there.
            throw Stop(.unknown(SendFault(.connectionLost)))
        }
        try wanted(taken)
        // It is sent, whatever comes of this.
        try? await outbound.write(ByteBuffer(string: "QUIT\r\n"))
        return .sent(answer: SendFault(.rejected, quoting: taken.text).answer)
    }

    private mutating func hello() async throws -> [String: [String]] {
        let name = settings.from.split(separator: "@").last.map(String.init) ?? "localhost"
        let reply = try await ask("EHLO \(name)")
        try wanted(reply)
        return reply.extensions
    }

    /// RFC 4954; LOGIN as many servers in offices still want it.
    private mutating func signIn(_ credentials: Credentials, _ ways: [String]) async throws {
        let user = Array(credentials.user.utf8)
        let password = Array(credentials.password.reveal().utf8)
        let reply: SMTPReply
        if ways.contains("PLAIN") {
            reply = try await ask("AUTH PLAIN \(Self.base64([0] + user + [0] + password))")
        } else if ways.contains("LOGIN") {
            guard try await ask("AUTH LOGIN").code == 334, try await ask(Self.base64(user)).code == 334 else {
                throw Stop(.later(SendFault(.authentication)))
            }
            reply = try await ask(Self.base64(password))
        } else {
            throw Stop(.later(SendFault(.authentication, answer: "no AUTH PLAIN, no AUTH LOGIN")))
        }
        // An administrator can put it right, so that it is tried again.
        guard reply.code == 235 else {
            let secrets = [credentials.password, Secret(Self.base64(password))]
            throw Stop(.later(SendFault(.authentication, quoting: reply.text, hiding: secrets)))
        }
    }

    /// - Parameter code: nil = any that says yes.
    private func wanted(_ reply: SMTPReply, _ code: Int? = nil) throws {
        if let code, reply.code == code { return }
        if code == nil, reply.isPositive, reply.code < 300 { return }
        if reply.isTransient { throw Stop(.later(SendFault(.busy, quoting: reply.text))) }
        if reply.code >= 500 { throw Stop(.refused(SendFault(.rejected, quoting: reply.text))) }
        throw Stop(.later(SendFault(.nonsense, quoting: reply.text)))
    }

    private mutating func ask(_ line: String) async throws -> SMTPReply {
        try await ask(bytes: Array((line + "\r\n").utf8))
    }

    private mutating func ask(bytes: [UInt8]) async throws -> SMTPReply {
        try await outbound.write(ByteBuffer(bytes: bytes))
        return try await answer()
    }

    private mutating func answer() async throws -> SMTPReply {
        while true {
            do {
                if let reply = try parser.next() { return reply }
            } catch {
                throw Stop(.later(SendFault(.nonsense)))
            }
            guard let more = try await answers.next(isolation: nil) else { throw ChannelError.eof }
            parser.append(more.readableBytesView)
        }
    }

    /// RFC 5321 §4.5.2: a line that begins with a dot gets another; a dot alone ends it.
    static func stuffed(_ text: [UInt8]) -> [UInt8] {
        var stuffed: [UInt8] = []
        stuffed.reserveCapacity(text.count + 16)
        var isLineStart = true
        for byte in text {
            if isLineStart, byte == UInt8(ascii: ".") { stuffed.append(byte) }
            stuffed.append(byte)
            isLineStart = byte == 0x0A
        }
        if !isLineStart { stuffed += [0x0D, 0x0A] }
        return stuffed + [UInt8(ascii: "."), 0x0D, 0x0A]
    }

    private static func base64(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
