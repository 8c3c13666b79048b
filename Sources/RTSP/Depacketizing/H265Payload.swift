/// The payload of an RTP packet of H.265 (RFC 7798 §4.4), without decoding order numbers (`sprop-max-don-diff` = 0).
enum H265Payload {
    private static let aggregation: UInt8 = 48
    private static let fragmentation: UInt8 = 49
    /// §4.4.4: wraps another payload in control information.
    private static let paci: UInt8 = 50

    /// Hands the NAL units of one payload over.
    static func take(_ payload: Span<UInt8>, into picture: inout PictureAssembler) {
        guard payload.count >= 3 else { return }
        switch payload[0] >> 1 & 0x3F {
        case aggregation: aggregated(payload, &picture)
        case fragmentation: fragmented(payload, &picture)
        case paci: picture.damage()
        default: picture.append(payload)
        }
    }

    private static func aggregated(_ payload: Span<UInt8>, _ picture: inout PictureAssembler) {
        var index = 2
        while index + 2 <= payload.count {
            let length = Int(payload.bigEndian16(at: index))
            index += 2
            guard index + length <= payload.count else { return picture.damage() }
            picture.append(payload.extracting(index..<(index + length)))
            index += length
        }
    }

    private static func fragmented(_ payload: Span<UInt8>, _ picture: inout PictureAssembler) {
        let piece = payload.extracting(3..<payload.count)
        if payload[2] & 0x80 != 0 {
            picture.beginFragment(first: header(payload), second: payload[1], piece)
        } else {
            picture.continueFragment(piece)
        }
        if payload[2] & 0x40 != 0 { picture.endFragment() }
    }

    /// The fragment's own type in place of the packet's.
    private static func header(_ payload: Span<UInt8>) -> UInt8 { payload[0] & 0x81 | (payload[2] & 0x3F) << 1 }

    /// The first NAL unit that the payload begins; nil for the rest of a fragment.
    static func beginning(of payload: Span<UInt8>) -> PayloadBeginning? {
        guard payload.count >= 3 else { return nil }
        if payload[0] == 0, payload[1] == 0, let code = StartCodes.first(in: payload), code <= 1 {
            return PayloadBeginning(payload, header: code + 3, length: 2)
        }
        switch payload[0] >> 1 & 0x3F {
        case aggregation: return PayloadBeginning(payload, header: 4, length: 2)
        case fragmentation:
            guard payload[2] & 0x80 != 0, payload.count > 3 else { return nil }
            return PayloadBeginning(first: header(payload), second: payload[1], third: payload[3])
        default: return PayloadBeginning(payload, header: 0, length: 2)
        }
    }
}
