import Bitstream

@testable import RTSP

/// The answers of a camera without quirks; tests replace those that they are about.
enum PlainCamera {
    static func sdp(_ codec: VideoFormat.Codec = .h264, control: String = "track1") -> String {
        "v=0\r\no=- 0 0 IN IP4 0.0.0.0\r\ns=x\r\na=control:*\r\nm=video 0 RTP/AVP 96\r\n"
            + "a=rtpmap:96 \(codec == .h264 ? "H264" : "H265")/90000\r\na=control:\(control)\r\n"
    }

    static func answer(
        _ incoming: ScriptedServer.Incoming, _ status: Int = 200, _ reason: String = "OK",
        _ fields: [(String, String)] = [], body: String = ""
    ) -> [UInt8] {
        var response = Response(status: status, reason: reason, body: Array(body.utf8))
        response.headers.append("CSeq", incoming.sequence)
        for (name, value) in fields { response.headers.append(name, value) }
        return response.encoded()
    }

    /// - Parameter stream: what follows the answer to PLAY.
    static func react(
        to incoming: ScriptedServer.Incoming, sdp: String = sdp(), session: String = "8F3A;timeout=60",
        transport: String = "RTP/AVP/TCP;unicast;interleaved=0-1", stream: [UInt8] = twentyPictures
    ) -> ScriptedServer.Reaction {
        switch incoming.request.method {
        case .options:
            return .bytes(
                accept(incoming, fields: ("Public", "OPTIONS, DESCRIBE, SETUP, PLAY, TEARDOWN, GET_PARAMETER")))
        case .describe:
            let base = ("Content-Base", incoming.request.address + "/")
            return .bytes(accept(incoming, fields: ("Content-Type", "application/sdp"), base, body: sdp))
        case .setup: return .bytes(accept(incoming, fields: ("Session", session), ("Transport", transport)))
        case .play: return .bytes(accept(incoming, fields: ("Session", session)) + stream)
        default: return .bytes(accept(incoming, fields: ("Session", session)))
        }
    }

    static func accept(
        _ incoming: ScriptedServer.Incoming, fields: (String, String)..., body: String = ""
    ) -> [UInt8] {
        answer(incoming, 200, "OK", fields, body: body)
    }

    static let twentyPictures = stream()

    /// So many pictures as interleaved packets.
    static func stream(pictures count: Int = 20, channel: UInt8 = 0, codec: VideoFormat.Codec = .h264) -> [UInt8] {
        packets(pictures: count, codec: codec).flatMap { interleaved($0, channel: channel) }
    }

    static func packets(pictures count: Int = 20, codec: VideoFormat.Codec = .h264) -> [[UInt8]] {
        var packetiser = Packetiser(codec: codec)
        return TestStream.pictures(codec, count: count).enumerated().flatMap { index, units in
            packetiser.packets(of: units, timestamp: UInt32(index) * 6000)
        }
    }

    static func interleaved(_ packet: [UInt8], channel: UInt8) -> [UInt8] {
        [0x24, channel, UInt8(packet.count >> 8), UInt8(packet.count & 255)] + packet
    }
}
