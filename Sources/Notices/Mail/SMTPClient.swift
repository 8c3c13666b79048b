import Domain
import FoundationEssentials
import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Hands one letter to a mail server (RFC 5321), on a connection of its own.
struct SMTPClient: Sendable {
    let settings: MailSettings
    let trust: Trust
    let eventLoops: any EventLoopGroup
    var limit = Duration.seconds(45)

    /// Ends within `limit`.
    func send(_ letter: Letter) async -> SendOutcome {
        let outcome = await withTaskGroup(of: SendOutcome?.self) { group in
            group.addTask { await attempt(letter) }
            group.addTask {
                try? await Task.sleep(for: limit)
                return nil
            }
            defer { group.cancelAll() }
            return await group.next() ?? nil
        }
        // Whether the server had it by then doesn't matter: it knows the Message-ID.
        return outcome ?? .unknown(SendFault(.timedOut))
    }

    private func attempt(_ letter: Letter) async -> SendOutcome {
        let channel: NIOAsyncChannel<ByteBuffer, ByteBuffer>
        let faults = ConnectionFaults()
        do {
            channel = try await connect(faults)
        } catch let stop as Stop {
            return stop.outcome
        } catch {
            let isLate = if case ChannelError.connectTimeout = error { true } else { false }
            return .later(SendFault(isLate ? .timedOut : .unreachable))
        }
        do {
            return try await channel.executeThenClose { inbound, outbound in
                var dialogue = Dialogue(
                    settings: settings, answers: inbound.makeAsyncIterator(), outbound: outbound,
                    channel: channel.channel)
                return try await dialogue.run(letter, tls: tlsHandler)
            }
        } catch let stop as Stop {
            return stop.outcome
        } catch {
            if let refused = faults.tls ?? Self.tlsFault(error) { return .later(refused) }
            return .unknown(SendFault(.connectionLost))
        }
    }

    /// nil = it has nothing to do with TLS.
    static func tlsFault(_ error: any Error) -> SendFault? {
        switch error {
        case let error as NIOSSLError: SendFault(.certificate, quoting: "\(error)")
        case let error as NIOSSLExtraError: SendFault(.certificate, quoting: error.description)
        default: nil
        }
    }

    private func connect(_ faults: ConnectionFaults) async throws -> NIOAsyncChannel<ByteBuffer, ByteBuffer> {
        // Before connecting: a file of authorities that can't be read is no fault of the server's.
        let tls = settings.encryption == .tls ? try tlsHandler() : nil
        return try await ClientBootstrap(group: eventLoops)
            .connectTimeout(.seconds(10))
            .connect(host: settings.host, port: settings.port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    if let tls { try channel.pipeline.syncOperations.addHandler(tls.handler()) }
                    try channel.pipeline.syncOperations.addHandler(FaultHandler(faults))
                    return try NIOAsyncChannel(
                        wrappingChannelSynchronously: channel,
                        configuration: .init(inboundType: ByteBuffer.self, outboundType: ByteBuffer.self))
                }
            }
    }

    @Sendable private func tlsHandler() throws -> TLSClient {
        do {
            return try TLSClient(host: settings.host, trust: trust)
        } catch {
            throw Stop(.later(SendFault(.notSetUp, quoting: "\(error)")))
        }
    }
}

/// Certificates are always checked, against the name that was asked for.
struct TLSClient: Sendable {
    private let context: NIOSSLContext
    private let host: String?

    init(host: String, trust: Trust) throws {
        context = try NIOSSLContext(configuration: trust.configuration())
        // An address has no name to send (RFC 6066 §3); it is checked all the same.
        self.host = (try? SocketAddress(ipAddress: host, port: 0)) == nil ? host : nil
    }

    func handler() throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context, serverHostname: host)
    }
}

extension Trust {
    func configuration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        if let authorities {
            configuration.additionalTrustRoots = [.certificates(try NIOSSLCertificate.fromPEMFile(authorities))]
        }
        return configuration
    }
}

/// What went wrong below the conversation, which only sees that the connection has ended.
private final class ConnectionFaults: Sendable {
    private let state = Mutex<SendFault?>(nil)

    var tls: SendFault? { state.withLock { $0 } }

    func note(_ error: any Error) {
        guard let fault = SMTPClient.tlsFault(error) else { return }
        state.withLock { $0 = $0 ?? fault }
    }
}

private final class FaultHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let faults: ConnectionFaults

    init(_ faults: ConnectionFaults) { self.faults = faults }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        faults.note(error)
        context.fireErrorCaught(error)
    }
}

/// The conversation has come to its end.
struct Stop: Error {
    let outcome: SendOutcome

    init(_ outcome: SendOutcome) { self.outcome = outcome }
}
