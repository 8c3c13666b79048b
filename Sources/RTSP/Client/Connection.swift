import Domain
import Logging
import NIOCore
import NIOPosix

/// The handler at the end of the connection's pipeline: bytes and time in, requests and access units out.
///
/// While the session is being set up, the channel reads by itself. From the first packet on it no longer does:
/// ``look()`` reads, straight from the socket where there is no TLS.
final class Connection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    /// The user event that asks for TEARDOWN.
    struct Stop: Sendable {}

    /// While searching for the next packet after nonsense, so much is looked through.
    static let maximumGarbage = 256 * 1024

    let source: RTSPSource
    let deliver: @Sendable (RTSPEvent) -> Void
    private let ended: EventLoopPromise<Ending>
    let logger: Logger
    var machine: SessionMachine
    var clocks: SessionClocks
    var context: ChannelHandlerContext?
    private var isOver = false
    private var isStopping = false

    private var buffer = ReceiveBuffer()
    private var framer = InterleavedFramer()
    private var needed = 0
    private var garbage = 0
    private var firstBytes: String?

    var receiver: VideoReceiver?
    private var channels: ChannelMap?
    private var datagrams: DatagramPair?
    private var peer = DatagramPeer()
    /// Of the connection; -1 with TLS and in tests, where reading goes through the channel.
    private var socket: CInt = -1
    private var isPaced = false

    init(
        source: RTSPSource, attempt: Attempt, ended: EventLoopPromise<Ending>,
        deliver: @escaping @Sendable (RTSPEvent) -> Void
    ) {
        self.source = source
        self.ended = ended
        self.deliver = deliver
        logger = source.logger
        clocks = SessionClocks(
            now: source.time.monotonic(), responseTimeout: source.responseTimeout, stallTimeout: source.stallTimeout)
        machine = SessionMachine(
            address: attempt.address, transport: attempt.transport, authenticator: attempt.authenticator,
            userAgent: source.userAgent)
    }

    func channelActive(context: ChannelHandlerContext) {
        self.context = context
        perform(machine.start())
        look()
        context.fireChannelActive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isOver else { return }
        unwrapInboundIn(data).withUnsafeReadableBytes { buffer.append($0) }
        takeBytes(now: source.time.monotonic())
    }

    func channelInactive(context: ChannelHandlerContext) {
        end(.failed(SourceFailure(.ended, detail: "the camera closed the connection")))
        context.fireChannelInactive()
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        end(.failed(.broken(error, isSecured: machine.wasAnswered)))
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard event is Stop, !isStopping, !isOver else { return context.fireUserInboundEventTriggered(event) }
        isStopping = true
        clocks.stopping(now: source.time.monotonic())
        perform(machine.stop())
    }

    /// The last thing that happens; what comes later is ignored.
    func end(_ ending: Ending) {
        guard !isOver else { return }
        isOver = true
        socket = -1
        datagrams?.close()
        datagrams = nil
        receiver = nil
        ended.succeed(isStopping ? .cancelled : afterChallenge(ending))
        context?.close(promise: nil)
    }

    private func afterChallenge(_ ending: Ending) -> Ending {
        guard case .failed(let failure) = ending, failure.kind == .ended, machine.phase == .handshake,
            machine.wasChallenged
        else { return ending }
        return .closedAfterChallenge(machine.authenticator)
    }

    func emit(_ event: RTSPEvent) {
        if isStopping || isOver { return }
        if case .accessUnit = event { clocks.pictureCame() }
        deliver(event)
    }
}

// Bytes.
extension Connection {
    /// Takes what has come: messages, packets, nonsense.
    private func takeBytes(now: Duration) {
        needed = 0
        // Another reference to the same memory, let go of before the next read.
        let bytes = buffer.bytes
        let span = bytes.span
        while !isOver, !buffer.unused.isEmpty {
            let unused = span.extracting(buffer.unused)
            let element = framer.next(in: unused) { channel, length, start in
                length >= 8 && channels?.contains(channel) ?? false && receiver?.mayBegin(start) ?? false
            }
            switch element {
            case .packet(let channel, let payload, let used):
                buffer.use(upTo: buffer.unused.lowerBound + used)
                take(unused.extracting(payload), channel: channel, now: now)
            case .message(let head, let body, let used):
                buffer.use(upTo: buffer.unused.lowerBound + used)
                take(head: unused.extracting(head), body: unused.extracting(body), now: now)
            case .blank(let used):
                buffer.use(upTo: buffer.unused.lowerBound + used)
            case .garbage(let used):
                discard(unused.extracting(0..<used))
                buffer.use(upTo: buffer.unused.lowerBound + used)
            case .incomplete(let atLeast):
                needed = atLeast
                return
            case .tooLarge:
                end(.failed(SourceFailure(.protocolError, detail: "an answer of more than 256 KiB")))
            }
        }
    }

    private func take(_ packet: Span<UInt8>, channel: UInt8, now: Duration) {
        guard receiver != nil, packet.count >= 8,
            channels?.accepts(channel, looksRight: receiver?.mayBegin(packet) ?? false) ?? false
        else { return }
        if isRTCP(packet) {
            takeControl(packet, now: now)
        } else if receiver?.receive(packet, now: now, emit) ?? false {
            clocks.packetCame(now: now)
            garbage = 0
        }
    }

    func takeControl(_ packet: Span<UInt8>, now: Duration) {
        receiver?.receiveControl(packet, now: now, wall: source.time.now(), emit)
    }

    private func take(head: Span<UInt8>, body: Span<UInt8>, now: Duration) {
        switch Message(head: head, body: body.withUnsafeBufferPointer { Array($0) }) {
        case .response(let response):
            clocks.answerCame(now: now)
            perform(machine.received(response, packetsFlow: clocks.packetsFlow))
        case .request(let request): perform(machine.received(request))
        case nil: discard(head)
        }
    }

    /// Between packets, nonsense is passed over up to a bound; before them, it tells that this is no RTSP server.
    private func discard(_ bytes: Span<UInt8>) {
        guard machine.phase == .playing || machine.phase == .closing else {
            let excerpt = bytes.extracting(0..<min(bytes.count, 80)).withUnsafeBufferPointer {
                String(decoding: $0, as: UTF8.self).prefix { $0 != "\r\n" && $0 != "\n" }.printable(limit: 60)
            }
            return perform(machine.fail(SourceFailure(.protocolError, detail: "not RTSP: \(excerpt)")))
        }
        garbage += bytes.count
        if garbage > Self.maximumGarbage {
            end(.failed(SourceFailure(.protocolError, detail: "lost the packets' boundaries")))
        }
    }

    func send(_ bytes: [UInt8]) {
        guard let context else { return }
        var data = context.channel.allocator.buffer(capacity: bytes.count)
        data.writeBytes(bytes)
        context.writeAndFlush(wrapOutboundOut(data), promise: nil)
    }

    private func perform(_ actions: [SessionMachine.Action]) {
        for action in actions where !isOver {
            switch action {
            case .send(let bytes):
                clocks.requestSent(now: source.time.monotonic())
                send(bytes)
            case .bindPorts: bindPorts()
            case .expect(let stream): expect(stream)
            case .playing:
                logger.debug("RTSP session plays")
                clocks.playing(now: source.time.monotonic(), keepAlive: machine.keepAliveInterval)
                openWay()
            case .redirect(let location): end(.redirected(location))
            case .fail(let failure): end(.failed(failure))
            case .close: end(.cancelled)
            }
        }
    }

    private func expect(_ stream: SessionMachine.Stream) {
        receiver = VideoReceiver(
            choice: stream.choice, isConnection: stream.channels != nil, announced: stream.transport.ssrc)
        if let channels = stream.channels {
            self.channels = ChannelMap(channels)
            datagrams?.close()
            datagrams = nil
            pace()
        } else {
            peer = DatagramPeer(stream.transport, camera: context?.remoteAddress)
            openWay()
        }
    }

    private func bindPorts() {
        guard let context else { return }
        let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
        DatagramPair.bind(on: context.eventLoop, local: context.localAddress) {
            connection.value.takeDatagram($0, from: $1)
        }
        .whenComplete { connection.value.portsBound($0) }
    }

    private func portsBound(_ result: Result<DatagramPair, any Error>) {
        switch result {
        case .success(let pair) where isOver || isStopping: pair.close()
        case .success(let pair):
            datagrams = pair
            perform(machine.portsBound(pair.ports))
        case .failure(let error):
            perform(
                machine.portsFailed(SourceFailure(.internalError, detail: "UDP ports: \(error)".printable(limit: 200))))
        }
    }
}

// Time.
extension Connection: NIOScheduledCallbackHandler {
    func handleScheduledCallback(eventLoop: some EventLoop) { look() }

    /// From here on the channel reads only when it is told to.
    private func pace() {
        guard !isPaced, let context else { return }
        isPaced = true
        _ = try? context.channel.syncOptions?.setOption(.autoRead, value: false)
        if machine.address.scheme == .rtsp {
            socket = (try? context.pipeline.syncOperations.withUnsafeTransportIfAvailable { (it: CInt) in it }) ?? -1
        }
    }

    /// Reads what has come, sees to what is due, and arranges to be called again.
    private func look() {
        guard !isOver, let context else { return }
        let now = source.time.monotonic()
        let isBusy = isPaced && readAll(now: now)
        datagrams?.read()
        if datagrams != nil { receiver?.expire(now: now, emit) }
        guard !isOver else { return }
        perform(clocks.due(now: now, machine: &machine, saidGoodbye: receiver?.saidGoodbye ?? false))
        if clocks.reportIsDue(now: now) { sendReport(now: now) }
        guard !isOver else { return }
        let interval = isBusy ? Pacing.busy : datagrams == nil ? Pacing.stream : Pacing.datagrams
        _ = try? context.eventLoop.assumeIsolated().scheduleCallback(
            at: Pacing.next(interval, after: .now()), handler: self)
    }

    /// - Returns: whether more is waiting than was read.
    private func readAll(now: Duration) -> Bool {
        guard socket >= 0 else {
            context?.read()
            return false
        }
        var rounds = 0
        while !isOver, let channel = context?.channel, channel.isActive {
            switch buffer.read(from: socket, needed: needed) {
            case .full:
                takeBytes(now: now)
                rounds += 1
                // The other cameras of this event loop are waiting.
                if rounds == 8 { return true }
            case .drained:
                takeBytes(now: now)
                return rounds > 0
            case .closed:
                takeBytes(now: now)
                end(.failed(SourceFailure(.ended, detail: "the camera closed the connection")))
            case .failed(let code): end(.failed(SourceFailure(.ended, detail: SourceFailure.words(code))))
            }
        }
        return false
    }

    private func sendReport(now: Duration) {
        guard var report = receiver?.receiverReport(now: now) else { return }
        if let datagrams {
            if let control = peer.control { datagrams.send(control: report, to: control) }
        } else if let channels {
            let header = [UInt8(ascii: "$"), channels.control, UInt8(report.count >> 8), UInt8(report.count & 0xFF)]
            report.insert(contentsOf: header, at: 0)
            send(report)
        }
    }
}

// UDP.
extension Connection {
    private func takeDatagram(_ data: ByteBuffer, from sender: SocketAddress) {
        guard !isOver, receiver != nil, peer.believes(sender) else { return }
        let now = source.time.monotonic()
        data.withUnsafeReadableBytes { bytes in
            let packet = bytes.bindMemory(to: UInt8.self).span
            if isRTCP(packet) {
                peer.heard(controlFrom: sender)
                takeControl(packet, now: now)
            } else if receiver?.receiveDatagram(packet, now: now, emit) ?? false {
                clocks.packetCame(now: now)
            }
        }
    }

    /// Packets of ours to the ports that the camera sends from let its packets through a firewall.
    private func openWay() {
        guard let datagrams, let receiver else { return }
        if let media = peer.media { datagrams.send(media: receiver.opening(), to: media) }
        sendReport(now: source.time.monotonic())
    }
}
