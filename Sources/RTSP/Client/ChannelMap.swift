/// On which interleaved channels of the connection the stream comes.
struct ChannelMap {
    private var pair: TransportHeader.Pair
    /// A packet has come where it was announced.
    private var isProven = false
    private var elsewhere = 0

    init(_ pair: TransportHeader.Pair) { self.pair = pair }

    /// The channel on which our own reports go out.
    var control: UInt8 { UInt8(pair.rtcp) }

    func contains(_ channel: UInt8) -> Bool { Int(channel) == pair.rtp || Int(channel) == pair.rtcp }

    /// - Parameter looksRight: the packet is of the stream's payload type.
    ///
    /// Cameras are known to announce one channel and to send on another: only after many packets that look right, and
    /// none where they should be, is that believed.
    mutating func accepts(_ channel: UInt8, looksRight: @autoclosure () -> Bool) -> Bool {
        if contains(channel) {
            isProven = true
            return true
        }
        guard !isProven, looksRight() else { return false }
        elsewhere += 1
        guard elsewhere > 16 else { return false }
        pair = .init(rtp: Int(channel), rtcp: min(Int(channel) + 1, 255))
        return true
    }
}
