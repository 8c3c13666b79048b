public import Domain
public import Logging
public import NIOCore

/// A camera's RTSP or RTSPS stream: our own client (RFC 2326, 3550, 6184, 7798) on an event loop.
///
/// One session is one connection on one event loop: no thread, no task and no copy of its own for each packet. While
/// pictures come, the connection is read some twenty-five times a second rather than whenever something arrives.
public struct RTSPSource: Sendable {
    let address: SourceAddress
    let credentials: Credentials?
    let transport: Camera.Transport
    let verifiesCertificate: Bool
    let stallTimeout: Duration
    let responseTimeout: Duration
    let userAgent: String
    let group: any EventLoopGroup
    let time: TimeSource
    let logger: Logger

    /// - Parameters:
    ///   - address: `rtsp` or `rtsps`.
    ///   - transport: what is asked for first; a camera that refuses it (461) is asked for the other. RTSPS is always TCP.
    ///   - verifiesCertificate: RTSPS only.
    ///   - stallTimeout: without a packet for so long the stream has `stalled`.
    ///   - responseTimeout: for the connection, and for each answer before the stream begins.
    public init(
        address: SourceAddress, credentials: Credentials? = nil, transport: Camera.Transport = .tcp,
        verifiesCertificate: Bool = false, stallTimeout: Duration = .seconds(10),
        responseTimeout: Duration = .seconds(5), userAgent: String = "Mingchu", eventLoopGroup: any EventLoopGroup,
        time: TimeSource, logger: Logger
    ) {
        self.address = address
        self.credentials = credentials
        self.transport = transport
        self.verifiesCertificate = verifiesCertificate
        self.stallTimeout = stallTimeout
        self.responseTimeout = responseTimeout
        self.userAgent = userAgent
        self.group = eventLoopGroup
        self.time = time
        self.logger = logger
    }

    /// Runs until the stream fails or ends (it throws) or the task is cancelled (it returns, within a second).
    ///
    /// - Parameter deliver: called on the event loop, one call at a time, never after `run` has returned; must not block.
    public func run(deliver: @escaping @Sendable (RTSPEvent) -> Void) async throws(SourceFailure) {
        let eventLoop = group.next()
        var redirection = Redirection(from: address, credentials: credentials)
        var attempt = Attempt(
            address: address, transport: transport, authenticator: Authenticator(credentials: credentials))
        var reconnections = 0
        while true {
            let connecting = Connecting(source: self, attempt: attempt, eventLoop: eventLoop, deliver: deliver)
            switch await connecting.run() {
            case .cancelled: return
            case .failed(let failure): throw failure
            case .redirected(let location):
                attempt.address = try redirection.follow(location)
                attempt.authenticator = Authenticator(credentials: redirection.credentials)
            case .closedAfterChallenge(let authenticator):
                // Cameras that close the connection with each 401.
                reconnections += 1
                guard reconnections <= 2 else { throw SourceFailure(.ended, detail: "closed after each challenge") }
                attempt.authenticator = authenticator
            }
        }
    }
}

/// What one connection is to do.
struct Attempt: Sendable {
    var address: SourceAddress
    var transport: Camera.Transport
    var authenticator: Authenticator
}

/// How one connection ended.
enum Ending: Sendable {
    case cancelled
    case failed(SourceFailure)
    /// The camera's words, not yet looked at.
    case redirected(String)
    /// It closed the connection together with its 401; the answer may be tried on a new one.
    case closedAfterChallenge(Authenticator)
}
