import Bitstream

@testable import RTSP

/// Cuts NAL units into RTP packets as RFC 6184 and RFC 7798 say, for the way back.
struct Packetiser {
    var codec: VideoFormat.Codec
    /// Payload bytes of a packet at most.
    var limit = 1400
    /// Small NAL units share a packet (STAP-A, AP).
    var aggregates = false
    var payloadType: UInt8 = 96
    var ssrc: UInt32 = 0x1234_5678
    var sequence: UInt16 = 65_500

    mutating func packets(
        of units: [[UInt8]], timestamp: UInt32, marker: Bool = true
    ) -> [[UInt8]] {
        let groups = aggregates ? grouped(units) : units.map { [$0] }
        let payloads = groups.flatMap { self.payloads($0) }
        return payloads.enumerated().map { index, payload in
            packet(payload, timestamp: timestamp, marker: marker && index == payloads.count - 1)
        }
    }

    mutating func packet(_ payload: [UInt8], timestamp: UInt32, marker: Bool) -> [UInt8] {
        var bytes: [UInt8] = [0x80, payloadType | (marker ? 0x80 : 0)]
        bytes.append(bigEndian: sequence)
        bytes.append(bigEndian: timestamp)
        bytes.append(bigEndian: ssrc)
        sequence &+= 1
        return bytes + payload
    }

    private func grouped(_ units: [[UInt8]]) -> [[[UInt8]]] {
        units.reduce(into: [[[UInt8]]]()) { groups, unit in
            if let last = groups.last, last.reduce(4, { $0 + $1.count + 2 }) + unit.count + 2 <= limit {
                groups[groups.count - 1].append(unit)
            } else {
                groups.append([unit])
            }
        }
    }

    private func payloads(_ units: [[UInt8]]) -> [[UInt8]] {
        if units.count > 1 {
            var payload: [UInt8] = codec == .h264 ? [24] : [48 << 1, 1]
            for unit in units {
                payload.append(bigEndian: UInt16(unit.count))
                payload += unit
            }
            return [payload]
        }
        let unit = units[0]
        if unit.count <= limit { return [unit] }
        let headerLength = codec == .h264 ? 1 : 2
        let body = Array(unit[headerLength...])
        let room = limit - headerLength - 1
        return stride(from: 0, to: body.count, by: room).map { start in
            let piece = body[start..<min(start + room, body.count)]
            let flags: UInt8 = (start == 0 ? 0x80 : 0) | (start + room >= body.count ? 0x40 : 0)
            let head: [UInt8] =
                codec == .h264
                ? [unit[0] & 0xE0 | 28, flags | unit[0] & 0x1F]
                : [unit[0] & 0x81 | 49 << 1, unit[1], flags | unit[0] >> 1 & 0x3F]
            return head + piece
        }
    }
}
