public import Domain
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// A mail server for tests: speaks SMTP (RFC 5321) on loopback, keeps what it takes, and misbehaves as it is told.
public final class MailServer: Sendable {
    /// How one connection goes.
    public enum Manner: Hashable, Sendable {
        case normal
        /// Greets with 421 and closes.
        case busy
        /// Refuses the receiver for good.
        case noSuchReceiver
        /// Puts the letter off, once it has read it.
        case putOff
        /// Keeps the letter, and closes before it answers.
        case cutAfterData
        /// Closes in the middle of the letter.
        case cutInData
        /// Never says anything.
        case silent
        /// Speaks another protocol.
        case nonsense
    }

    public enum Encryption: Hashable, Sendable {
        case none
        case startTLS
        case tls
    }

    public struct Letter: Hashable, Sendable {
        public var from: String
        public var to: String
        /// Without the dots of transport.
        public var text: String
        public var isEncrypted: Bool
        public var user: String?

        /// The value of a header field, lines joined.
        public func header(_ name: String) -> String? {
            let unfolded = text.replacing("\r\n ", with: " ")
            for line in unfolded.split(separator: "\r\n", omittingEmptySubsequences: false) {
                if line.isEmpty { return nil }
                if line.lowercased().hasPrefix(name.lowercased() + ": ") {
                    return String(line.dropFirst(name.count + 2))
                }
            }
            return nil
        }
    }

    public struct Options: Sendable {
        public var encryption = Encryption.none
        /// PEM files; needed for encryption.
        public var certificate: TestCertificate?
        /// nil = nobody needs to sign in.
        public var credentials: Credentials?
        /// Offered after EHLO.
        public var authentication = "AUTH PLAIN LOGIN"
        /// What it takes to say that a letter was taken.
        public var delay = Duration.zero

        public init() {}
    }

    struct State {
        var letters: [Letter] = []
        var manners: [Manner] = []
        var connections = 0
        var conversation: [String] = []
    }

    let options: Options
    let state = Mutex(State())
    private let listener = Mutex<(any Channel)?>(nil)

    private init(_ options: Options) { self.options = options }

    public static func start(_ options: Options = Options(), port: Int = 0) async throws -> MailServer {
        let server = MailServer(options)
        let context = try options.certificate.map { certificate in
            try NIOSSLContext(
                configuration: .makeServerConfiguration(
                    certificateChain: try NIOSSLCertificate.fromPEMFile(certificate.path).map { .certificate($0) },
                    privateKey: .privateKey(try NIOSSLPrivateKey(file: certificate.keyPath, format: .pem))))
        }
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if options.encryption == .tls, let context {
                        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    }
                    try channel.pipeline.syncOperations.addHandler(MailConversation(server, tls: context))
                }
            }
            .bind(host: "127.0.0.1", port: port).get()
        server.listener.withLock { $0 = channel }
        return server
    }

    public var port: Int { listener.withLock { $0?.localAddress?.port ?? 0 } }

    /// In the order in which they came; a letter that came twice is here twice.
    public var letters: [Letter] { state.withLock { $0.letters } }
    public var connections: Int { state.withLock { $0.connections } }
    /// What clients said, without letters.
    public var conversation: [String] { state.withLock { $0.conversation } }

    /// For the next connections, one each; then all goes well.
    public func behave(_ manners: Manner...) { state.withLock { $0.manners += manners } }

    public func stop() async throws { try await listener.withLock { $0 }?.close() }
}

/// One connection of a client.
private final class MailConversation: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let server: MailServer
    private let tls: NIOSSLContext?
    private var manner = MailServer.Manner.normal
    private var bytes: [UInt8] = []
    private var isEncrypted: Bool
    private var from = ""
    private var to = ""
    private var letter: [String]?
    private var user: String?
    /// What the next line is, in AUTH LOGIN.
    private var asked: [String] = []
    private var given: [String] = []

    init(_ server: MailServer, tls: NIOSSLContext?) {
        self.server = server
        self.tls = tls
        isEncrypted = server.options.encryption == .tls
    }

    func channelActive(context: ChannelHandlerContext) {
        manner = server.state.withLock { state in
            state.connections += 1
            return state.manners.isEmpty ? .normal : state.manners.removeFirst()
        }
        switch manner {
        case .silent: break
        case .busy:
            say("421 4.3.2 too busy", context)
            context.close(promise: nil)
        case .nonsense: say("HTTP/1.1 400 Bad Request", context)
        default: say("220-mail.example.org\r\n220 ready", context)
        }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        bytes += Array(unwrapInboundIn(data).readableBytesView)
        while let end = bytes.firstIndex(of: 0x0A) {
            var line = bytes[..<end]
            if line.last == 0x0D { line.removeLast() }
            let text = String(decoding: line, as: UTF8.self)
            bytes.removeSubrange(...end)
            take(text, context)
        }
    }

    private func take(_ line: String, _ context: ChannelHandlerContext) {
        guard manner != .silent else { return }
        if letter != nil { return takeText(line, context) }
        if !asked.isEmpty {
            given.append(line)
            asked.removeFirst()
            return asked.isEmpty ? signIn(context) : say("334 \(asked[0])", context)
        }
        server.state.withLock { $0.conversation.append(line) }
        let words = line.split(separator: " ")
        switch words.first?.uppercased() {
        case "EHLO":
            var lines = ["mail.example.org", "SIZE 10485760"]
            if server.options.encryption == .startTLS, !isEncrypted { lines.append("STARTTLS") }
            if server.options.credentials != nil { lines.append(server.options.authentication) }
            let last = lines.removeLast()
            say((lines.map { "250-\($0)" } + ["250 \(last)"]).joined(separator: "\r\n"), context)
        case "STARTTLS":
            say("220 go on", context)
            guard let tls else { return }
            isEncrypted = true
            try? context.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls), position: .first)
        case "AUTH" where words.count == 3 && words[1] == "PLAIN":
            given = decoded(String(words[2])).split(separator: "\0").map(String.init)
            signIn(context, isDecoded: true)
        case "AUTH":
            given = []
            asked = ["VXNlcm5hbWU6", "UGFzc3dvcmQ6"]
            say("334 \(asked[0])", context)
        case "MAIL":
            guard server.options.credentials == nil || user != nil else {
                return say("530 5.7.0 sign in first", context)
            }
            from = String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
            say("250 2.1.0 ok", context)
        case "RCPT":
            guard manner != .noSuchReceiver else { return say("550 5.1.1 no such user here", context) }
            to = String(line.drop { $0 != "<" }.dropFirst().prefix { $0 != ">" })
            say("250 2.1.5 ok", context)
        case "DATA":
            letter = []
            say("354 end with a dot", context)
            if manner == .cutInData { context.close(promise: nil) }
        case "QUIT":
            say("221 bye", context)
            context.close(promise: nil)
        default: say("500 5.5.2 what?", context)
        }
    }

    private func takeText(_ line: String, _ context: ChannelHandlerContext) {
        guard line == "." else {
            letter?.append(line.hasPrefix(".") ? String(line.dropFirst()) : line)
            return
        }
        let text = (letter ?? []).map { $0 + "\r\n" }.joined()
        letter = nil
        guard manner != .putOff else { return say("451 4.7.1 come back later", context) }
        let taken = MailServer.Letter(from: from, to: to, text: text, isEncrypted: isEncrypted, user: user)
        server.state.withLock { $0.letters.append(taken) }
        if manner == .cutAfterData {
            context.close(promise: nil)
        } else {
            let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
            let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
            context.eventLoop.scheduleTask(in: TimeAmount(server.options.delay)) {
                handler.value.say("250 2.0.0 taken", bound.value)
            }
        }
    }

    private func signIn(_ context: ChannelHandlerContext, isDecoded: Bool = false) {
        let words = isDecoded ? given : given.map(decoded)
        guard let wanted = server.options.credentials, words == [wanted.user, wanted.password.reveal()] else {
            return say("535 5.7.8 wrong: \(given.last ?? "")", context)
        }
        user = wanted.user
        say("235 2.7.0 welcome", context)
    }

    private func decoded(_ text: String) -> String {
        String(decoding: Base64.decoded(text), as: UTF8.self)
    }

    private func say(_ text: String, _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: text + "\r\n")), promise: nil)
    }
}
