/// The payload of an RTP packet of H.264 (RFC 6184 §5).
enum H264Payload {
    private static let stapA: UInt8 = 24
    private static let stapB: UInt8 = 25
    private static let mtap16: UInt8 = 26
    private static let mtap24: UInt8 = 27
    private static let fuA: UInt8 = 28
    private static let fuB: UInt8 = 29

    /// Hands the NAL units of one payload over.
    static func take(_ payload: Span<UInt8>, into picture: inout PictureAssembler) {
        guard payload.count >= 2 else { return }
        switch payload[0] & 0x1F {
        case stapA: aggregated(payload, from: 1, &picture)
        case stapB: aggregated(payload, from: 3, &picture)
        // Pictures out of order, which we never ask for.
        case mtap16, mtap24: picture.damage()
        case fuA: fragmented(payload, from: 2, &picture)
        case fuB: fragmented(payload, from: 4, &picture)
        // 0 begins a start code.
        default: picture.append(payload)
        }
    }

    private static func aggregated(_ payload: Span<UInt8>, from start: Int, _ picture: inout PictureAssembler) {
        var index = start
        while index + 2 <= payload.count {
            let length = Int(payload.bigEndian16(at: index))
            index += 2
            guard index + length <= payload.count else { return picture.damage() }
            picture.append(payload.extracting(index..<(index + length)))
            index += length
        }
    }

    private static func fragmented(_ payload: Span<UInt8>, from start: Int, _ picture: inout PictureAssembler) {
        guard payload.count >= start else { return picture.damage() }
        let piece = payload.extracting(start..<payload.count)
        if payload[1] & 0x80 != 0 {
            picture.beginFragment(first: payload[0] & 0xE0 | payload[1] & 0x1F, second: 0, piece)
        } else {
            picture.continueFragment(piece)
        }
        if payload[1] & 0x40 != 0 { picture.endFragment() }
    }

    /// The first NAL unit that the payload begins: its header, and the byte after that; nil for the rest of a fragment.
    static func beginning(of payload: Span<UInt8>) -> PayloadBeginning? {
        guard payload.count >= 2 else { return nil }
        switch payload[0] & 0x1F {
        case stapA: return PayloadBeginning(payload, header: 3, length: 1)
        case stapB: return PayloadBeginning(payload, header: 5, length: 1)
        case fuA, fuB:
            let start = payload[0] & 0x1F == fuA ? 2 : 4
            guard payload[1] & 0x80 != 0, payload.count > start else { return nil }
            return PayloadBeginning(first: payload[0] & 0xE0 | payload[1] & 0x1F, second: 0, third: payload[start])
        case 0:
            guard let code = StartCodes.first(in: payload) else { return nil }
            return PayloadBeginning(payload, header: code + 3, length: 1)
        default: return PayloadBeginning(payload, header: 0, length: 1)
        }
    }
}

/// The first bytes of a NAL unit.
struct PayloadBeginning: Hashable, Sendable {
    let first: UInt8
    /// H.265 only.
    let second: UInt8
    /// The first byte after the header.
    let third: UInt8

    init(first: UInt8, second: UInt8, third: UInt8) {
        (self.first, self.second, self.third) = (first, second, third)
    }

    init?(_ payload: Span<UInt8>, header: Int, length: Int) {
        guard payload.count > header + length else { return nil }
        first = payload[header]
        second = length == 2 ? payload[header + 1] : 0
        third = payload[header + length]
    }
}
