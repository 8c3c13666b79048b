/// Which sender's packets are the stream (RFC 3550 §8).
struct SynchronizationSource {
    enum Verdict: Hashable, Sendable {
        case current
        /// The sender took a new number, or the first one is known now.
        case changed
        case stranger
    }

    /// By UDP, so many packets in a row of another sender, and nothing of ours, are a restart.
    private static let packetsOfRestart = 8

    private(set) var current: UInt32?
    /// Anybody can send UDP; an RTSP connection has one sender.
    private let isConnection: Bool
    private var candidate: UInt32?
    private var candidatePackets = 0

    init(isConnection: Bool, announced: UInt32? = nil) {
        self.isConnection = isConnection
        candidate = announced
    }

    mutating func take(_ ssrc: UInt32) -> Verdict {
        if ssrc == current {
            candidatePackets = 0
            return .current
        }
        guard let _ = current, !isConnection else {
            current = ssrc
            return .changed
        }
        candidatePackets = ssrc == candidate ? candidatePackets + 1 : 1
        candidate = ssrc
        guard candidatePackets >= Self.packetsOfRestart else { return .stranger }
        candidatePackets = 0
        current = ssrc
        return .changed
    }
}
