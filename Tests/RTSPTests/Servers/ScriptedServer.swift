import Domain
import NIOCore
import NIOPosix
import Synchronization

@testable import RTSP

/// An RTSP server on 127.0.0.1 that answers exactly as a test says.
final class ScriptedServer: Sendable {
    /// One request, and where it stands.
    struct Incoming: Sendable {
        let connection: Int
        /// From 0, on its connection.
        let index: Int
        let request: Request
        /// `rtsp://127.0.0.1:port`
        let origin: String
        var sequence: String { request.headers["CSeq"] ?? "" }
    }

    enum Reaction: Sendable {
        case bytes([UInt8])
        case closeAfter([UInt8])
        case silence
    }

    /// What connections share.
    fileprivate final class Log: Sendable {
        let received = Mutex<[Incoming]>([])
        let packets = Mutex<[[UInt8]]>([])
        let connections = Mutex(0)
    }

    private let channel: any Channel
    private let log: Log

    private init(channel: any Channel, log: Log) {
        self.channel = channel
        self.log = log
    }

    var port: Int { channel.localAddress?.port ?? 0 }
    var address: SourceAddress { SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: port, path: "/live") }
    var requests: [Incoming] { log.received.withLock { $0 } }
    var methods: [Request.Method] { requests.map(\.request.method) }
    /// Interleaved packets of the client.
    var packets: [[UInt8]] { log.packets.withLock { $0 } }
    var connectionCount: Int { log.connections.withLock { $0 } }

    /// - Parameter greeting: what the server says before it is asked.
    static func start(
        on group: any EventLoopGroup, greeting: [UInt8] = [], _ script: @escaping @Sendable (Incoming) -> Reaction
    ) async throws -> ScriptedServer {
        let log = Log()
        let channel = try await ServerBootstrap(group: group)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let handler = ScriptHandler(log: log, greeting: greeting, script: script)
                    try channel.pipeline.syncOperations.addHandler(handler)
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        return ScriptedServer(channel: channel, log: log)
    }

    func stop() async throws { try await channel.close() }
}

private final class ScriptHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let log: ScriptedServer.Log
    private let greeting: [UInt8]
    private let script: @Sendable (ScriptedServer.Incoming) -> ScriptedServer.Reaction
    private var framer = InterleavedFramer()
    private var kept: [UInt8] = []
    private var number = 0
    private var index = 0

    init(
        log: ScriptedServer.Log, greeting: [UInt8],
        script: @escaping @Sendable (ScriptedServer.Incoming) -> ScriptedServer.Reaction
    ) {
        self.log = log
        self.greeting = greeting
        self.script = script
    }

    func channelActive(context: ChannelHandlerContext) {
        number = log.connections.withLock { count in
            defer { count += 1 }
            return count
        }
        if !greeting.isEmpty { write(greeting, context) }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        kept += Array(unwrapInboundIn(data).readableBytesView)
        while !kept.isEmpty {
            switch framer.next(in: kept.span, isPlausible: { _, _, _ in false }) {
            case .message(let head, _, let used):
                let message = Message(head: kept.span.extracting(head), body: [])
                kept.removeFirst(used)
                if case .request(let request) = message { react(to: request, context) }
            case .packet(_, let payload, let used):
                let packet = Array(kept[payload])
                log.packets.withLock { $0.append(packet) }
                kept.removeFirst(used)
            case .blank(let used), .garbage(let used): kept.removeFirst(used)
            case .incomplete, .tooLarge: return
            }
        }
    }

    private func react(to request: Request, _ context: ChannelHandlerContext) {
        let port = context.localAddress?.port ?? 0
        let incoming = ScriptedServer.Incoming(
            connection: number, index: index, request: request, origin: "rtsp://127.0.0.1:\(port)")
        index += 1
        log.received.withLock { $0.append(incoming) }
        switch script(incoming) {
        case .bytes(let bytes): write(bytes, context)
        case .closeAfter(let bytes):
            write(bytes, context)
            context.close(promise: nil)
        case .silence: break
        }
    }

    private func write(_ bytes: [UInt8], _ context: ChannelHandlerContext) {
        context.writeAndFlush(wrapOutboundOut(ByteBuffer(bytes: bytes)), promise: nil)
    }
}
