import Domain

/// The order of requests and answers of one session on one connection, without any I/O: events in, actions out.
///
/// OPTIONS → DESCRIBE → SETUP (video only) → PLAY → keep-alives → TEARDOWN, one request at a time.
struct SessionMachine {
    enum Action: Hashable, Sendable {
        case send([UInt8])
        /// Bind a pair of ports, then call ``portsBound(_:)`` or ``portsFailed(_:)``.
        case bindPorts
        /// Packets of this stream may come from now on, even before the answer to PLAY.
        case expect(Stream)
        case playing
        /// The camera's words, not yet looked at.
        case redirect(String)
        case fail(SourceFailure)
        /// TEARDOWN has been answered.
        case close
    }

    /// What SETUP agreed on.
    struct Stream: Hashable, Sendable {
        let choice: VideoChoice
        /// nil: RTP comes by UDP.
        let channels: TransportHeader.Pair?
        let transport: TransportHeader
    }

    enum Phase: Hashable, Sendable {
        case handshake
        case playing
        case closing
        case ended
    }

    struct Pending {
        var method: Request.Method
        var address: String
        var headers: Headers
        var sequence: Int
        var wasAuthorized: Bool
    }

    let address: SourceAddress
    let userAgent: String
    var authenticator: Authenticator
    private(set) var transport: Camera.Transport
    var phase = Phase.handshake
    var pending: Pending?
    /// Some request has been answered: it is RTSP that the other side speaks.
    var wasAnswered = false
    /// A challenge came last: if the camera closes the connection now, the answer goes over a new one.
    var wasChallenged = false
    private var sequence = 0
    var session: SessionHeader?
    var announcesGetParameter = false
    var choice: VideoChoice?
    private var mediaAddress = ""
    private var aggregateAddress = ""
    private var playsMediaAddress = false
    private var ports: TransportHeader.Pair?
    private var triedOtherTransport = false
    private var setUpAgain = false

    init(address: SourceAddress, transport: Camera.Transport, authenticator: Authenticator, userAgent: String) {
        self.address = address
        // Over UDP the pictures of an RTSPS session would travel in the clear.
        self.transport = address.scheme == .rtsps ? .tcp : transport
        self.authenticator = authenticator
        self.userAgent = userAgent
        let text = address.description
        requestAddress = address.path.isEmpty && address.query.isEmpty ? text + "/" : text
    }

    let requestAddress: String

    /// What the camera is being waited for.
    var awaited: Request.Method? { pending?.method }

    /// Half the time after which the camera forgets us; at most half the default, for cameras that promise more than they keep.
    var keepAliveInterval: Duration {
        min(session?.timeout ?? SessionHeader.defaultTimeout, SessionHeader.defaultTimeout) / 2
    }

    mutating func start() -> [Action] { [request(.options, requestAddress)] }

    mutating func portsBound(_ ports: TransportHeader.Pair) -> [Action] {
        self.ports = ports
        return [setUp()]
    }

    mutating func portsFailed(_ failure: SourceFailure) -> [Action] { fail(failure) }

    /// Call every ``keepAliveInterval`` while playing.
    mutating func keepAlive() -> [Action] {
        guard phase == .playing else { return [] }
        // The last was never answered: the camera may know the other.
        if pending?.method == .getParameter { announcesGetParameter = false }
        return [request(announcesGetParameter ? .getParameter : .options, aggregateAddress)]
    }

    /// We want to go.
    mutating func stop() -> [Action] {
        guard session != nil, phase == .handshake || phase == .playing else {
            phase = .ended
            return [.close]
        }
        phase = .closing
        return [request(.teardown, aggregateAddress)]
    }
}

// The steps that answers lead to.
extension SessionMachine {
    mutating func describe() -> Action {
        var headers = Headers()
        headers.append("Accept", "application/sdp")
        return request(.describe, requestAddress, headers)
    }

    mutating func described(_ response: Response, _ description: SessionDescription) throws(SourceFailure) -> [Action] {
        let choice = try VideoChoice(from: description)
        self.choice = choice
        let base =
            [response.headers["Content-Base"], response.headers["Content-Location"]]
            .compactMap { $0 }.first { $0.hasPrefixIgnoringCase("rtsp") && $0.contains("://") } ?? requestAddress
        mediaAddress = ControlAddress.resolve(choice.control, base: base)
        aggregateAddress = ControlAddress.resolve(description.control, base: base)
        return transport == .udp && ports == nil ? [.bindPorts] : [setUp()]
    }

    mutating func setUp() -> Action {
        var headers = Headers()
        if transport == .udp, let ports {
            headers.append("Transport", TransportHeader.udp(ports: ports))
        } else {
            headers.append("Transport", TransportHeader.tcp(channels: .init(rtp: 0, rtcp: 1)))
        }
        return request(.setup, mediaAddress, headers)
    }

    /// 461: the other transport, once.
    mutating func setUpByOtherTransport() -> [Action]? {
        guard !triedOtherTransport, address.scheme != .rtsps else { return nil }
        triedOtherTransport = true
        transport = transport == .tcp ? .udp : .tcp
        return transport == .udp && ports == nil ? [.bindPorts] : [setUp()]
    }

    /// 454 in answer to PLAY: the camera forgot the session that it has just given, once.
    mutating func setUpOnceMore() -> [Action]? {
        guard !setUpAgain else { return nil }
        setUpAgain = true
        session = nil
        return [setUp()]
    }

    mutating func play() -> Action {
        var headers = Headers()
        headers.append("Range", "npt=0.000-")
        return request(.play, playsMediaAddress ? mediaAddress : aggregateAddress, headers)
    }

    /// 459: the camera wants the stream's own address.
    mutating func playMediaAddress() -> [Action]? {
        guard !playsMediaAddress else { return nil }
        playsMediaAddress = true
        return [play()]
    }

    mutating func fail(_ failure: SourceFailure) -> [Action] {
        phase = .ended
        return [.fail(SourceFailure(failure.kind, detail: authenticator.withoutSecrets(failure.detail)))]
    }

    /// The same request again, with an answer to the newest challenge.
    mutating func repeatRequest(_ pending: Pending) -> Action {
        request(pending.method, pending.address, pending.headers)
    }

    mutating func request(_ method: Request.Method, _ address: String, _ headers: Headers = Headers()) -> Action {
        sequence += 1
        var request = Request(method: method, address: address)
        request.headers.append("CSeq", String(sequence))
        let authorization = authenticator.authorization(for: method, address: address)
        if let authorization { request.headers.append("Authorization", authorization) }
        request.headers.append("User-Agent", userAgent)
        if let session { request.headers.append("Session", session.id) }
        for field in headers.fields { request.headers.append(field.name, field.value) }
        pending = Pending(
            method: method, address: address, headers: headers, sequence: sequence, wasAuthorized: authorization != nil)
        return .send(request.encoded())
    }
}
