/// The header of an RTP packet (RFC 3550 §5.1) and where its payload stands.
struct RTPPacket: Hashable, Sendable {
    let payloadType: UInt8
    let marker: Bool
    let sequence: UInt16
    let timestamp: UInt32
    let ssrc: UInt32
    /// Without contributing sources, header extension and padding; may be empty.
    let payload: Range<Int>

    /// nil for anything that is no RTP packet of version 2, or whose lengths contradict each other.
    init?(_ bytes: Span<UInt8>) {
        guard bytes.count >= 12, bytes[0] >> 6 == 2 else { return nil }
        var start = 12 + 4 * Int(bytes[0] & 0x0F)
        if bytes[0] & 0x10 != 0 {
            guard bytes.count >= start + 4 else { return nil }
            start += 4 + 4 * (Int(bytes[start + 2]) << 8 | Int(bytes[start + 3]))
        }
        var end = bytes.count
        if bytes[0] & 0x20 != 0 { end -= Int(bytes[bytes.count - 1]) }
        guard start <= end else { return nil }
        payloadType = bytes[1] & 0x7F
        marker = bytes[1] & 0x80 != 0
        sequence = bytes.bigEndian16(at: 2)
        timestamp = bytes.bigEndian32(at: 4)
        ssrc = bytes.bigEndian32(at: 8)
        payload = start..<end
    }
}

extension Span<UInt8> {
    func bigEndian16(at index: Int) -> UInt16 {
        UInt16(self[index]) << 8 | UInt16(self[index + 1])
    }

    func bigEndian32(at index: Int) -> UInt32 {
        UInt32(bigEndian16(at: index)) << 16 | UInt32(bigEndian16(at: index + 2))
    }
}

/// Whether bytes are RTCP when RTP and RTCP come by the same way (RFC 5761 §4).
func isRTCP(_ bytes: Span<UInt8>) -> Bool {
    bytes.count >= 2 && (192...223).contains(bytes[1])
}
