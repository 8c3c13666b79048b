import Domain
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// One connection from its first attempt to its end, and the way to cancel it from another thread at any moment.
final class Connecting: Sendable {
    private struct State {
        var channel: (any Channel)?
        var isCancelled = false
    }

    private let source: RTSPSource
    private let attempt: Attempt
    private let eventLoop: any EventLoop
    private let deliver: @Sendable (RTSPEvent) -> Void
    private let ended: EventLoopPromise<Ending>
    private let state = Mutex(State())

    init(
        source: RTSPSource, attempt: Attempt, eventLoop: any EventLoop, deliver: @escaping @Sendable (RTSPEvent) -> Void
    ) {
        self.source = source
        self.attempt = attempt
        self.eventLoop = eventLoop
        self.deliver = deliver
        ended = eventLoop.makePromise()
    }

    func run() async -> Ending {
        await withTaskCancellationHandler {
            start()
            do {
                return try await ended.futureResult.get()
            } catch {
                return .failed(.connecting(error))
            }
        } onCancel: {
            cancel()
        }
    }

    private func start() {
        let address = attempt.address
        let isTLS = address.scheme == .rtsps
        let timeout = TimeAmount.nanoseconds(source.responseTimeout.inNanoseconds)
        let bootstrap = ClientBootstrap(group: eventLoop)
            .connectTimeout(timeout)
            .channelOption(.socketOption(.tcp_nodelay), value: 1)
            .channelOption(.recvAllocator, value: FixedSizeRecvByteBufferAllocator(capacity: 64 * 1024))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    if isTLS {
                        let name = Self.isNumeric(address.host) ? nil : address.host
                        let context = try TLSContexts.context(verifies: self.source.verifiesCertificate)
                        try channel.pipeline.syncOperations.addHandler(
                            NIOSSLClientHandler(context: context, serverHostname: name))
                    }
                    let connection = Connection(
                        source: self.source, attempt: self.attempt, ended: self.ended, deliver: self.deliver)
                    try channel.pipeline.syncOperations.addHandler(connection)
                }
                .flatMap { self.opened(channel) }
            }
        let port = address.port ?? (isTLS ? 322 : 554)
        bootstrap.connect(host: address.host, port: port).whenFailure { error in
            self.ended.fail(error)
        }
    }

    /// The address as numbers needs no name in the TLS handshake, and must have none (RFC 6066 §3).
    private static func isNumeric(_ host: String) -> Bool {
        (try? SocketAddress(ipAddress: host, port: 0)) != nil
    }

    private func opened(_ channel: any Channel) -> EventLoopFuture<Void> {
        let isCancelled = state.withLock { state in
            state.channel = channel
            return state.isCancelled
        }
        return isCancelled ? channel.close() : channel.eventLoop.makeSucceededVoidFuture()
    }

    private func cancel() {
        let channel = state.withLock { state in
            state.isCancelled = true
            return state.channel
        }
        eventLoop.execute { [self] in
            // Still looking the name up or waiting for the camera's first packet: there is nobody to say good-bye to.
            guard let channel, channel.isActive else {
                ended.succeed(.cancelled)
                channel?.close(promise: nil)
                return
            }
            channel.pipeline.fireUserInboundEventTriggered(Connection.Stop())
        }
    }
}

extension Duration {
    var inNanoseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}
