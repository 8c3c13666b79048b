import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// One connection to a web server on loopback, kept open between requests. One request at a time.
public final class HTTPCaller: Sendable {
    public struct Call: Sendable {
        public var method: String
        public var path: String
        public var headers: [(String, String)]
        public var body: [UInt8]

        public init(_ method: String, _ path: String, headers: [(String, String)] = [], body: [UInt8] = []) {
            self.method = method
            self.path = path
            self.headers = headers
            self.body = body
        }
    }

    public struct Reply: Sendable {
        public var status: Int
        /// Names in small letters.
        public var headers: [String: String]
        public var body: [UInt8]

        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The connection ended before the whole answer was there: whether the request was done is not known.
    public struct Cut: Error {}

    private let channel: any Channel

    private init(_ channel: any Channel) { self.channel = channel }

    public static func connect(port: Int) async throws -> HTTPCaller {
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .channelOption(.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHTTPClientHandlers()
                    try channel.pipeline.syncOperations.addHandler(ReplyHandler())
                }
            }
            .connect(host: "127.0.0.1", port: port).get()
        return HTTPCaller(channel)
    }

    /// - Throws: ``Cut`` when the connection ends first.
    public func send(_ call: Call) async throws -> Reply {
        let promise = channel.eventLoop.makePromise(of: Reply.self)
        channel.writeAndFlush(Exchange(call: call, promise: promise)).whenFailure { _ in promise.fail(Cut()) }
        return try await promise.futureResult.get()
    }

    public func close() { channel.close(promise: nil) }
}

private struct Exchange: Sendable {
    let call: HTTPCaller.Call
    let promise: EventLoopPromise<HTTPCaller.Reply>
}

private final class ReplyHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = Exchange
    typealias OutboundOut = HTTPClientRequestPart

    private var waiting: EventLoopPromise<HTTPCaller.Reply>?
    private var reply = HTTPCaller.Reply(status: 0, headers: [:], body: [])

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        let exchange = unwrapOutboundIn(data)
        waiting = exchange.promise
        reply = HTTPCaller.Reply(status: 0, headers: [:], body: [])
        let call = exchange.call
        var headers = HTTPHeaders(call.headers)
        headers.add(name: "Host", value: "127.0.0.1")
        headers.add(name: "Content-Length", value: "\(call.body.count)")
        let head = HTTPRequestHead(
            version: .http1_1, method: HTTPMethod(rawValue: call.method), uri: call.path, headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: call.body)))), promise: nil)
        context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            reply.status = Int(head.status.code)
            for (name, value) in head.headers { reply.headers[name.lowercased()] = value }
        case .body(let part): reply.body += Array(part.readableBytesView)
        case .end:
            waiting?.succeed(reply)
            waiting = nil
        }
    }

    func channelInactive(context: ChannelHandlerContext) { cut() }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        cut()
        context.close(promise: nil)
    }

    private func cut() {
        waiting?.fail(HTTPCaller.Cut())
        waiting = nil
    }
}
