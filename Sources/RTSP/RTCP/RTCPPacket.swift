/// One packet of a compound RTCP packet (RFC 3550 §6), as far as a receiver of video needs it.
enum RTCPPacket: Hashable, Sendable {
    case senderReport(SenderReport)
    /// These sources have stopped.
    case goodbye([UInt32])
    case other(type: UInt8)

    /// Reads as many packets as are well formed.
    static func parse(_ bytes: Span<UInt8>) -> [RTCPPacket] {
        var packets: [RTCPPacket] = []
        var start = 0
        while bytes.count - start >= 4, bytes[start] >> 6 == 2 {
            let length = 4 + 4 * Int(bytes.bigEndian16(at: start + 2))
            guard start + length <= bytes.count else { break }
            packets.append(RTCPPacket(one: bytes.extracting(start..<(start + length))))
            start += length
        }
        return packets
    }

    private init(one bytes: Span<UInt8>) {
        switch bytes[1] {
        case 200 where bytes.count >= 28:
            let report = SenderReport(
                ssrc: bytes.bigEndian32(at: 4),
                ntpTime: UInt64(bytes.bigEndian32(at: 8)) << 32 | UInt64(bytes.bigEndian32(at: 12)),
                rtpTimestamp: bytes.bigEndian32(at: 16))
            self = .senderReport(report)
        case 203:
            let count = min(Int(bytes[0] & 0x1F), bytes.count / 4 - 1)
            self = .goodbye((0..<count).map { bytes.bigEndian32(at: 4 + 4 * $0) })
        default: self = .other(type: bytes[1])
        }
    }
}

/// What a sender says about its clocks (RFC 3550 §6.4.1).
struct SenderReport: Hashable, Sendable {
    let ssrc: UInt32
    /// Seconds since 1900 in units of 2⁻³² s.
    let ntpTime: UInt64
    /// The same moment on the clock of the RTP timestamps.
    let rtpTimestamp: UInt32

    /// The part that a receiver report repeats.
    var middle: UInt32 { UInt32(truncatingIfNeeded: ntpTime >> 16) }
}
