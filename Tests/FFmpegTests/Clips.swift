import Bitstream
import Domain
import FFmpeg
import Foundation
import TestSupport

extension SourceAddress {
    static func file(_ path: String) -> SourceAddress { SourceAddress(scheme: .file, host: "", path: path) }
}

/// All access units of a file.
func units(in path: String) throws -> [AccessUnit] {
    var demuxer = try Demuxer.open(.file(path))
    var units: [AccessUnit] = []
    while let unit = try demuxer.next() { units.append(unit) }
    return units
}

/// Runs ffmpeg to make a file in `directory`.
func make(_ name: String, in directory: TemporaryDirectory, _ arguments: [String]) async throws -> String {
    let path = directory.file(name)
    let made = try await ChildProcess.run(["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments + [path])
    guard made.ending.isSuccess else { throw CannotMake(message: made.errors) }
    return path
}

struct CannotMake: Error {
    let message: String
}

/// ffmpeg's own decoding of a file into planes, one picture after the other.
func planes(of path: String, filter: String? = nil) async throws -> [UInt8] {
    let filters = filter.map { ["-vf", $0] } ?? []
    let done = try await ChildProcess.run(
        ["ffmpeg", "-nostdin", "-v", "error", "-i", path] + filters + [
            "-pix_fmt", "yuv420p", "-fps_mode", "passthrough", "-f", "rawvideo", "-",
        ])
    guard done.ending.isSuccess else { throw CannotMake(message: done.errors) }
    return done.output
}

extension Picture {
    /// The three planes without padding.
    func packed() -> [UInt8] {
        withPlanes { y, u, v in
            var bytes: [UInt8] = []
            for (plane, stride, width, height) in [
                (Array(y), lumaStride, self.width, self.height), (Array(u), chromaStride, chromaWidth, chromaHeight),
                (Array(v), chromaStride, chromaWidth, chromaHeight),
            ] {
                for row in 0..<height { bytes += plane[(row * stride)..<(row * stride + width)] }
            }
            return bytes
        }
    }
}

extension Array where Element == UInt8 {
    fileprivate init(_ span: Span<UInt8>) {
        self = span.withUnsafeBufferPointer { Array($0) }
    }
}

/// All pictures of a file by our decoder, packed.
func decoded(_ units: [AccessUnit], threads: Int = 1, keyframesOnly: Bool = false) throws -> [[UInt8]] {
    guard let first = units.first else { return [] }
    var pictures: [[UInt8]] = []
    var decoder = try Decoder.open(first.format, threads: threads, keyframesOnly: keyframesOnly)
    for unit in units {
        try decoder.decode(unit) { (picture) throws(FFmpegError) in pictures.append(picture.packed()) }
    }
    if !keyframesOnly { try decoder.finish { (picture) throws(FFmpegError) in pictures.append(picture.packed()) } }
    return pictures
}

/// A picture with moving contents.
func drawn(_ index: Int, width: Int, height: Int) throws -> Picture {
    var picture = try Picture.blank(width: width, height: height)
    let (lumaStride, chromaStride) = (picture.lumaStride, picture.chromaStride)
    picture.withMutablePlanes { y, u, v in
        for row in 0..<height {
            for column in 0..<width { y[row * lumaStride + column] = UInt8(16 + (row + column * 2 + index * 5) % 200) }
        }
        for row in 0..<((height + 1) / 2) {
            for column in 0..<((width + 1) / 2) {
                u[row * chromaStride + column] = UInt8(90 + (row + index) % 60)
                v[row * chromaStride + column] = UInt8(90 + (column + index * 2) % 60)
            }
        }
    }
    return picture
}

/// A picture that is hard to compress, and different each time.
func noise(_ index: Int, width: Int, height: Int) throws -> Picture {
    var picture = try drawn(index, width: width, height: height)
    var generator = SeededGenerator(seed: UInt64(index))
    picture.withMutablePlanes { y, _, _ in
        for place in y.indices { y[place] = UInt8(Int(y[place]) * 3 / 4 + Int(generator.next() % 48)) }
    }
    return picture
}

/// Access units as a raw stream that other tools can read.
func byteStream(_ units: [AccessUnit]) -> [UInt8] {
    var bytes: [UInt8] = []
    for unit in units {
        if unit.isKey {
            for set in unit.format.videoParameterSets + unit.format.sequenceParameterSets
                + unit.format.pictureParameterSets
            {
                bytes += [0, 0, 0, 1] + set
            }
        }
        for nal in nalUnits(unit.data) { bytes += [0, 0, 0, 1] + nal }
    }
    return bytes
}

/// The NAL units of an access unit; nil lengths that don't add up end it early.
func nalUnits(_ data: [UInt8]) -> [ArraySlice<UInt8>] {
    var units: [ArraySlice<UInt8>] = []
    var rest = data[...]
    while rest.count >= 4 {
        let length = rest.prefix(4).reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(4)
        guard length <= rest.count else { break }
        units.append(rest.prefix(length))
        rest = rest.dropFirst(length)
    }
    return units
}
