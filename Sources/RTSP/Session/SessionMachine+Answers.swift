import Domain

// What the camera's answers mean.
extension SessionMachine {
    /// - Parameter packetsFlow: whether packets have come since the pending request was sent.
    mutating func received(_ response: Response, packetsFlow: Bool) -> [Action] {
        wasAnswered = true
        guard response.status >= 200, phase != .ended, let request = pending else { return [] }
        // Cameras number their answers oddly; only beside the stream can an answer be one that came too late.
        if phase != .handshake, let sequence = response.sequence, sequence != request.sequence { return [] }
        pending = nil
        wasChallenged = false
        if response.status == 401 { return challenged(by: response, request) }
        if response.isSuccess { authenticator.accepted() }
        if let field = response.headers["Session"], let header = SessionHeader(field) { session = header }
        switch phase {
        case .handshake: return handshake(request, response)
        case .playing: return keptAlive(request, response, packetsFlow: packetsFlow)
        case .closing:
            phase = .ended
            return [.close]
        case .ended: return []
        }
    }

    private mutating func challenged(by response: Response, _ request: Pending) -> [Action] {
        switch authenticator.refused(response.headers, answered: request.wasAuthorized) {
        case .retry:
            wasChallenged = true
            return [repeatRequest(request)]
        case _ where phase == .playing:
            // The pictures go on; if not, the watchdog will say so.
            return []
        case .passwordNeeded: return fail(SourceFailure(.passwordNeeded))
        case .wrongPassword: return fail(SourceFailure(.wrongPassword, detail: response.line))
        case .unknownScheme:
            let asked = response.headers.all("WWW-Authenticate").joined(separator: ", ").printable(limit: 60)
            return fail(SourceFailure(.protocolError, detail: "401, asking for \(asked.isEmpty ? "nothing" : asked)"))
        }
    }

    private mutating func handshake(_ request: Pending, _ response: Response) -> [Action] {
        if (300..<400).contains(response.status), let location = response.headers["Location"], !location.isEmpty {
            phase = .ended
            return [.redirect(location)]
        }
        switch request.method {
        case .options:
            // A camera that doesn't know OPTIONS may well know the rest.
            let methods = response.headers.all("Public").joined(separator: ",").uppercased()
            announcesGetParameter = response.isSuccess && methods.contains("GET_PARAMETER")
            return [describe()]
        case .describe where response.isSuccess: return described(response)
        case .setup where response.isSuccess: return setUp(response)
        case .setup where response.status == 461:
            if let actions = setUpByOtherTransport() { return actions }
        case .play where response.isSuccess:
            phase = .playing
            return [.playing]
        case .play where response.status == 459:
            if let actions = playMediaAddress() { return actions }
        case .play where response.status == 454:
            if let actions = setUpOnceMore() { return actions }
        default: break
        }
        return fail(Self.failure(of: request.method, response))
    }

    private mutating func described(_ response: Response) -> [Action] {
        guard let description = SessionDescription(response.body) else {
            let type = response.headers["Content-Type"]?.printable(limit: 40) ?? "nothing"
            return fail(SourceFailure(.protocolError, detail: "DESCRIBE answered with \(type), not SDP"))
        }
        do {
            return try described(response, description)
        } catch {
            return fail(error)
        }
    }

    private mutating func setUp(_ response: Response) -> [Action] {
        guard let choice else { return [] }
        guard session != nil else {
            return fail(SourceFailure(.protocolError, detail: "SETUP answered without a session"))
        }
        let answered = TransportHeader(response.headers["Transport"] ?? "")
        let channels: TransportHeader.Pair?
        if transport == .tcp {
            guard answered.isTCP || answered.serverPorts == nil else {
                return fail(SourceFailure(.protocolError, detail: "asked for TCP, got UDP"))
            }
            channels = answered.interleaved ?? .init(rtp: 0, rtcp: 1)
        } else {
            guard !answered.isTCP else {
                return fail(SourceFailure(.protocolError, detail: "asked for UDP, got TCP"))
            }
            channels = nil
        }
        return [.expect(Stream(choice: choice, channels: channels, transport: answered)), play()]
    }

    /// The answer to a keep-alive: an error is no reason to let a running stream go.
    private mutating func keptAlive(_ request: Pending, _ response: Response, packetsFlow: Bool) -> [Action] {
        if response.status == 454, !packetsFlow {
            return fail(SourceFailure(.ended, detail: "the camera forgot the session (454)"))
        }
        if !response.isSuccess, request.method == .getParameter { announcesGetParameter = false }
        return []
    }

    static func failure(of method: Request.Method, _ response: Response) -> SourceFailure {
        let detail = "\(method.rawValue): \(response.line)"
        return switch response.status {
        case 403: SourceFailure(.wrongPassword, detail: detail)
        case 404, 410: SourceFailure(.notFound, detail: detail)
        default: SourceFailure(.protocolError, detail: detail)
        }
    }
}

// What the camera asks of us.
extension SessionMachine {
    mutating func received(_ request: Request) -> [Action] {
        guard phase != .ended else { return [] }
        let isKnown = [.options, .announce, .redirect].contains(request.method)
        var response = Response(status: isKnown ? 200 : 501, reason: isKnown ? "OK" : "Not Implemented")
        if let sequence = request.headers["CSeq"] { response.headers.append("CSeq", sequence) }
        if let session = request.headers["Session"] { response.headers.append("Session", session) }
        if request.method == .options { response.headers.append("Public", "OPTIONS, ANNOUNCE, REDIRECT") }
        let answer = Action.send(response.encoded())
        guard request.method == .redirect, let location = request.headers["Location"], phase != .closing else {
            return [answer]
        }
        phase = .ended
        return [answer, .redirect(location)]
    }
}
