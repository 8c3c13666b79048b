import NIOCore
import NIOPosix

/// Two UDP ports side by side: an even one for RTP, the next for RTCP (RFC 3550 §11). They read only when told to.
struct DatagramPair: Sendable {
    /// Called on the event loop.
    typealias Receive = @Sendable (_ data: ByteBuffer, _ sender: SocketAddress) -> Void

    /// Datagrams of more than this have no place on Ethernet.
    private static let datagramBytes = 2048
    private static let datagramsPerRead = 32
    private static let attempts = 20

    let ports: TransportHeader.Pair
    private let media: any Channel
    private let control: any Channel

    /// Tries some random pairs.
    ///
    /// - Parameter local: our end of the RTSP connection: the camera sends to the same address.
    static func bind(
        on eventLoop: any EventLoop, local: SocketAddress?, receive: @escaping Receive
    ) -> EventLoopFuture<DatagramPair> {
        bind(on: eventLoop, host: local?.ipAddress ?? "0.0.0.0", attemptsLeft: attempts, receive: receive)
    }

    private static func bind(
        on eventLoop: any EventLoop, host: String, attemptsLeft: Int, receive: @escaping Receive
    ) -> EventLoopFuture<DatagramPair> {
        let port = Int.random(in: 8192..<32_000) * 2
        return bootstrap(on: eventLoop, receive: receive).bind(host: host, port: port)
            .flatMap { media in
                bootstrap(on: eventLoop, receive: receive).bind(host: host, port: port + 1)
                    .map { control in
                        DatagramPair(ports: .init(rtp: port, rtcp: port + 1), media: media, control: control)
                    }
                    .flatMapErrorThrowing { error in
                        media.close(promise: nil)
                        throw error
                    }
            }
            .flatMapError { error in
                guard attemptsLeft > 1 else { return eventLoop.makeFailedFuture(error) }
                return bind(on: eventLoop, host: host, attemptsLeft: attemptsLeft - 1, receive: receive)
            }
    }

    private static func bootstrap(on eventLoop: any EventLoop, receive: @escaping Receive) -> DatagramBootstrap {
        DatagramBootstrap(group: eventLoop)
            .channelOption(.autoRead, value: false)
            .channelOption(.socketOption(.so_rcvbuf), value: 1 << 20)
            .channelOption(.datagramVectorReadMessageCount, value: datagramsPerRead)
            .channelOption(.maxMessagesPerRead, value: 16)
            .channelOption(
                .recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: datagramsPerRead * datagramBytes)
            )
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(DatagramHandler(receive: receive))
                }
            }
    }

    private init(ports: TransportHeader.Pair, media: any Channel, control: any Channel) {
        self.ports = ports
        self.media = media
        self.control = control
    }

    func read() {
        media.read()
        control.read()
    }

    func send(media bytes: [UInt8], to address: SocketAddress) { Self.send(bytes, to: address, over: media) }

    func send(control bytes: [UInt8], to address: SocketAddress) { Self.send(bytes, to: address, over: control) }

    func close() {
        media.close(promise: nil)
        control.close(promise: nil)
    }

    private static func send(_ bytes: [UInt8], to address: SocketAddress, over channel: any Channel) {
        let envelope = AddressedEnvelope(remoteAddress: address, data: ByteBuffer(bytes: bytes))
        channel.writeAndFlush(envelope, promise: nil)
    }
}

private final class DatagramHandler: ChannelInboundHandler {
    typealias InboundIn = AddressedEnvelope<ByteBuffer>

    private let receive: DatagramPair.Receive

    init(receive: @escaping DatagramPair.Receive) { self.receive = receive }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let envelope = unwrapInboundIn(data)
        receive(envelope.data, envelope.remoteAddress)
    }

    /// What a camera's host says about closed ports (ICMP) changes nothing: the watchdog sees to silence.
    func errorCaught(context: ChannelHandlerContext, error: any Error) {}
}
