import Bitstream
import TestSupport

@testable import RTSP

/// Parameter sets that x264 and x265 wrote, and slices around random bytes.
enum TestStream {
    /// 320×240, no reordering.
    static let h264SPS = bytes("6764000cacb40a0fd80880000003008000000f078a1550")
    static let h264PPS = bytes("68ef0fcb")
    /// 640×360.
    static let h264LargeSPS = bytes("67640016acb405017fcb8088000003000800000300f078b175")
    /// 320×240, two pictures may be reordered.
    static let h264ReorderingSPS = bytes("6764000cacd94141fb0110000003001000000301e0f1429960")
    static let h264ReorderingPPS = bytes("68ef8fcb")
    static let h265VPS = bytes("40010c01ffff01600000030090000003000003003cba0240")
    static let h265SPS = bytes("42010101600000030090000003000003003ca00a080f165ba4a4c2f0168080000003008000000784")
    static let h265PPS = bytes("4401c073c189")

    static func parameterSets(_ codec: VideoFormat.Codec) -> [[UInt8]] {
        codec == .h264 ? [h264SPS, h264PPS] : [h265VPS, h265SPS, h265PPS]
    }

    /// A slice: a right header, then bytes that hold no start code.
    static func slice(
        _ codec: VideoFormat.Codec, isKey: Bool, isFirst: Bool = true, size: Int, _ random: inout SeededGenerator
    ) -> [UInt8] {
        let size = max(size, 4)
        let header: [UInt8] = codec == .h264 ? [isKey ? 0x65 : 0x41] : [isKey ? 19 << 1 : 1 << 1, 1]
        var unit = header + [isFirst ? 0x88 : 0x48]
        while unit.count < size {
            let bits = random.next() | 0x0404_0404_0404_0404
            withUnsafeBytes(of: bits) { unit.append(contentsOf: $0) }
        }
        return Array(unit[..<max(size, header.count + 2)])
    }

    /// Pictures as lists of NAL units: a keyframe with its parameter sets in front each `keyDistance`.
    static func pictures(
        _ codec: VideoFormat.Codec, count: Int, keyDistance: Int = 8, slices: Int = 1,
        sizes: ClosedRange<Int> = 40...5000,
        seed: UInt64 = 7
    ) -> [[[UInt8]]] {
        var random = SeededGenerator(seed: seed)
        return (0..<count).map { index in
            let isKey = index % keyDistance == 0
            let units = (0..<slices).map { part in
                slice(
                    codec, isKey: isKey, isFirst: part == 0, size: Int.random(in: sizes, using: &random), &random)
            }
            return (isKey ? parameterSets(codec) : []) + units
        }
    }

    /// What an access unit of these NAL units holds: the slices, each after its length.
    static func sample(_ units: [[UInt8]], _ codec: VideoFormat.Codec) -> [UInt8] {
        units.filter { !parameterSets(codec).contains($0) }.flatMap { unit in
            let length = UInt32(unit.count)
            return [UInt8(length >> 24), UInt8(length >> 16 & 255), UInt8(length >> 8 & 255), UInt8(length & 255)]
                + unit
        }
    }

    static func choice(_ codec: VideoFormat.Codec, parameterSets: [[UInt8]] = []) -> VideoChoice {
        let name = codec == .h264 ? "H264" : "H265"
        var lines = "v=0\r\nm=video 0 RTP/AVP 96\r\na=rtpmap:96 \(name)/90000\r\n"
        if !parameterSets.isEmpty {
            lines +=
                "a=fmtp:96 sprop-parameter-sets=" + parameterSets.map(Base64.encode).joined(separator: ",") + "\r\n"
        }
        return try! VideoChoice(from: SessionDescription(Array(lines.utf8))!)
    }

    static func bytes(_ hexadecimal: String) -> [UInt8] {
        stride(from: 0, to: hexadecimal.utf8.count, by: 2).map { start in
            UInt8(hexadecimal.dropFirst(start).prefix(2), radix: 16)!
        }
    }
}
