import Bitstream
import Domain
import TestSupport
import Testing

@testable import ISOBMFF

/// Recordings whose samples are noise: no decoder needed, and small enough to be cut at each byte.
enum SyntheticFile {
    static let format = try! VideoFormat(
        codec: .h264,
        sequenceParameterSets: [[0x67, 0x42, 0xC0, 0x1E, 0x8C, 0x8D, 0x40, 0xA0, 0xF9, 0x00, 0xF0, 0x88, 0x46, 0xA0]],
        pictureParameterSets: [[0x68, 0xCE, 0x3C, 0x80]])

    /// Ten pictures a second, a keyframe each second.
    static func units(_ count: Int, bytes: ClosedRange<Int> = 8...60, step: Int64 = 9000) -> [AccessUnit] {
        var generator = SeededGenerator(seed: 3)
        return (0..<count).map { index in
            AccessUnit(
                format: format, decodeTime: Time90k(ticks: 1_000_000 + Int64(index) * step),
                compositionOffset: Time90k(ticks: Int64(index % 3) * step), isKey: index % 10 == 0,
                data: generator.bytes(Int.random(in: bytes, using: &generator)))
        }
    }

    static func parts(of units: [AccessUnit]) -> [Part] {
        var writer = FragmentWriter(format: format)
        return units.compactMap { writer.append($0) } + [writer.finish()].compactMap { $0 }
    }

    static func initialization(_ description: FileDescription? = nil) -> [UInt8] {
        InitializationSegment(format: format, description: description).bytes
    }

    static func scan(_ bytes: [UInt8]) throws -> FragmentedFile {
        try FragmentedFile.scan(size: Int64(bytes.count)) { Array(bytes.dropFirst(Int($0)).prefix($1)) }
    }

    static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        withUnsafeBytes(of: UInt32(8 + content.count).bigEndian) { Array($0) } + Array(type.utf8) + content
    }

    /// With its size in eight bytes.
    static func largeBox(_ type: String, _ content: [UInt8]) -> [UInt8] {
        [0, 0, 0, 1] + Array(type.utf8) + withUnsafeBytes(of: UInt64(16 + content.count).bigEndian) { Array($0) }
            + content
    }
}
