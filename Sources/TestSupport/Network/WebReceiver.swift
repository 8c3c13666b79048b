import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A web server for tests that takes what is posted to it, keeps it, and answers as it is told.
public final class WebReceiver: Sendable {
    public enum Manner: Hashable, Sendable {
        case answer(Int, String)
        case redirect(String)
        /// Reads everything, and closes without an answer.
        case cut
        /// Reads everything, and never answers.
        case silent
    }

    public struct Post: Hashable, Sendable {
        public var uri: String
        /// Names in small letters.
        public var headers: [String: String]
        public var body: [UInt8]

        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    struct State {
        var posts: [Post] = []
        var manners: [Manner] = []
        var usual: Manner
    }

    let state: Mutex<State>
    let delay: Duration
    private let listener = Mutex<(any Channel)?>(nil)

    private init(_ usual: Manner, _ delay: Duration) {
        state = Mutex(State(usual: usual))
        self.delay = delay
    }

    /// - Parameters:
    ///   - usual: What it answers when it was told nothing else.
    ///   - delay: What it takes to answer.
    public static func start(
        _ usual: Manner = .answer(200, "{}"), delay: Duration = .zero
    ) async throws -> WebReceiver {
        let receiver = WebReceiver(usual, delay)
        let channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(PostHandler(receiver))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        receiver.listener.withLock { $0 = channel }
        return receiver
    }

    public var address: String { "http://127.0.0.1:\(listener.withLock { $0?.localAddress?.port ?? 0 })" }
    public var posts: [Post] { state.withLock { $0.posts } }

    /// For the next posts, one each.
    public func behave(_ manners: Manner...) { state.withLock { $0.manners += manners } }

    public func stop() async throws { try await listener.withLock { $0 }?.close() }
}

private final class PostHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    private let receiver: WebReceiver
    private var post = WebReceiver.Post(uri: "", headers: [:], body: [])

    init(_ receiver: WebReceiver) { self.receiver = receiver }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            post = WebReceiver.Post(uri: head.uri, headers: [:], body: [])
            for (name, value) in head.headers { post.headers[name.lowercased()] = value }
        case .body(let part): post.body += Array(part.readableBytesView)
        case .end: answer(context)
        }
    }

    private func answer(_ context: ChannelHandlerContext) {
        let manner = receiver.state.withLock { state in
            state.posts.append(post)
            return state.manners.isEmpty ? state.usual : state.manners.removeFirst()
        }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: TimeAmount(receiver.delay)) { handler.value.answer(manner, bound.value) }
    }

    private func answer(_ manner: WebReceiver.Manner, _ context: ChannelHandlerContext) {
        switch manner {
        case .silent: break
        case .cut: context.close(promise: nil)
        case .answer(let status, let text): respond(status, text, [:], context)
        case .redirect(let address): respond(302, "", ["Location": address], context)
        }
    }

    private func respond(_ status: Int, _ text: String, _ headers: HTTPHeaders, _ context: ChannelHandlerContext) {
        var headers = headers
        headers.add(name: "Content-Length", value: "\(text.utf8.count)")
        headers.add(name: "Connection", value: "close")
        let head = HTTPResponseHead(version: .http1_1, status: .init(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(string: text)))), promise: nil)
        context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in }
        context.close(promise: nil)
    }
}
