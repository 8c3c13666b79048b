import Domain

/// What is due when, and what has taken too long. All times are monotonic.
struct SessionClocks {
    /// RFC 3550 §6.2: every five seconds, each time between half and one and a half of it.
    private static let reportInterval = Duration.seconds(5)
    /// For the answer to TEARDOWN.
    private static let leaveTaking = Duration.milliseconds(500)
    /// After the sender has said that it stops, and did.
    private static let afterGoodbye = Duration.seconds(1)

    private let responseTimeout: Duration
    private let stallTimeout: Duration
    private var waitingSince: Duration
    private var lastPacket: Duration
    private var lastPicture: Duration
    private var pictureWaits = false
    private var isPlaying = false
    private var keepAliveInterval = Duration.zero
    private var nextKeepAlive = Duration.zero
    private var nextReport = Duration.zero
    private var stoppingSince: Duration?
    private var goodbyeAt: Duration?
    /// A packet has come since the last request.
    private(set) var packetsFlow = false

    init(now: Duration, responseTimeout: Duration, stallTimeout: Duration) {
        self.responseTimeout = responseTimeout
        self.stallTimeout = stallTimeout
        (waitingSince, lastPacket, lastPicture) = (now, now, now)
    }

    mutating func requestSent(now: Duration) {
        waitingSince = now
        packetsFlow = false
    }

    mutating func answerCame(now: Duration) { waitingSince = now }

    mutating func packetCame(now: Duration) {
        lastPacket = now
        packetsFlow = true
    }

    mutating func pictureCame() { pictureWaits = true }

    mutating func stopping(now: Duration) { stoppingSince = now }

    mutating func playing(now: Duration, keepAlive: Duration) {
        isPlaying = true
        (lastPacket, lastPicture) = (max(lastPacket, now), now)
        keepAliveInterval = keepAlive
        nextKeepAlive = now + keepAlive
        nextReport = now + Self.reportInterval / 2
    }

    /// What the passing of time brings about.
    mutating func due(now: Duration, machine: inout SessionMachine, saidGoodbye: Bool) -> [SessionMachine.Action] {
        if let stoppingSince { return now - stoppingSince > Self.leaveTaking ? [.close] : [] }
        guard isPlaying else {
            guard now - waitingSince > responseTimeout else { return [] }
            return machine.fail(unanswered(machine))
        }
        if pictureWaits {
            lastPicture = now
            pictureWaits = false
        }
        if let failure = silence(now: now, saidGoodbye: saidGoodbye) { return machine.fail(failure) }
        guard now >= nextKeepAlive else { return [] }
        nextKeepAlive = now + keepAliveInterval
        return machine.keepAlive()
    }

    mutating func reportIsDue(now: Duration) -> Bool {
        guard isPlaying, stoppingSince == nil, now >= nextReport else { return false }
        nextReport = now + Self.reportInterval * Double.random(in: 0.5...1.5)
        return true
    }

    private func unanswered(_ machine: SessionMachine) -> SourceFailure {
        let request = machine.awaited?.rawValue ?? "the connection"
        return SourceFailure(machine.wasAnswered ? .stalled : .noRoute, detail: "no answer to \(request)")
    }

    private mutating func silence(now: Duration, saidGoodbye: Bool) -> SourceFailure? {
        if saidGoodbye {
            let since = goodbyeAt ?? now
            goodbyeAt = since
            if now - since > Self.afterGoodbye { return SourceFailure(.ended, detail: "the camera stopped sending") }
        } else {
            goodbyeAt = nil
        }
        if now - lastPacket > stallTimeout { return SourceFailure(.stalled) }
        // Packets come, but nothing that begins with a keyframe and parameter sets can be made of them.
        if now - lastPicture > stallTimeout * 6 { return SourceFailure(.stalled, detail: "packets, but no picture") }
        return nil
    }
}
