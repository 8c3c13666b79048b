import AsyncHTTPClient
import Domain
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// A JSON document for a web address. The address may hold a key and is never shown.
struct HTTPPost: Sendable {
    var address: Secret
    var headers: [(name: String, value: String)] = []
    var body: [UInt8]

    /// Ends within 12 s. Follows nobody elsewhere, and asks only once.
    func send(on eventLoops: any EventLoopGroup, trust: Trust) async -> HTTPAnswer {
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        do {
            configuration.tlsConfiguration = try trust.configuration()
        } catch {
            return .notSent(SendFault(.notSetUp, quoting: "\(error)"))
        }
        configuration.timeout = .init(connect: .seconds(5), read: .seconds(10))
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        var request = HTTPClientRequest(url: address.reveal())
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json; charset=utf-8")
        request.headers.add(name: "User-Agent", value: "Mingchu")
        request.headers.add(name: "Connection", value: "close")
        for header in headers { request.headers.add(name: header.name, value: header.value) }
        request.body = .bytes(body)
        do {
            // A connection of its own: one that was kept might end just when it is used again.
            return try await HTTPClient.withHTTPClient(
                eventLoopGroup: eventLoops, configuration: configuration
            ) { [request] client in
                let response = try await client.execute(request, timeout: .seconds(10))
                // The status has come; what is lost behind it matters to nobody but robots.
                let text = try? await response.body.collect(upTo: 64 << 10)
                return .answered(
                    status: Int(response.status.code), text: text.map { String(buffer: $0) } ?? "")
            }
        } catch {
            return Self.answer(for: error)
        }
    }

    static func answer(for error: any Error) -> HTTPAnswer {
        switch error {
        case let error as HTTPClientError:
            switch error {
            case .connectTimeout, .getConnectionFromPoolTimeout: .notSent(SendFault(.timedOut))
            case .tlsHandshakeTimeout: .notSent(SendFault(.timedOut))
            case .invalidURL, .emptyHost, .emptyScheme, .missingSocketPath: .notSent(SendFault(.notSetUp))
            case .readTimeout, .deadlineExceeded, .writeTimeout: .unknown(SendFault(.timedOut))
            default: .unknown(SendFault(.connectionLost))
            }
        case is NIOConnectionError: .notSent(SendFault(.unreachable))
        case let error as NIOSSLError: .notSent(SendFault(.certificate, quoting: "\(error)"))
        case let error as NIOSSLExtraError: .notSent(SendFault(.certificate, quoting: error.description))
        case ChannelError.connectTimeout: .notSent(SendFault(.timedOut))
        case let error as IOError where error.errnoCode == 111: .notSent(SendFault(.unreachable))
        default: .unknown(SendFault(.connectionLost))
        }
    }
}

/// What came back.
enum HTTPAnswer: Sendable, Hashable {
    case answered(status: Int, text: String)
    /// Nothing has left this machine that the other side could act on.
    case notSent(SendFault)
    /// It may have arrived.
    case unknown(SendFault)
}
