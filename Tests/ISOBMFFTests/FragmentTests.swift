import Bitstream
import Domain
import TestSupport
import Testing

@testable import ISOBMFF

struct FragmentTests {
    static let description = FileDescription(
        camera: "01935d3c-0000-7000-8000-000000000001", startMilliseconds: 1_795_392_900_123,
        timeZone: "Asia/Shanghai", offsetMinutes: 480)

    /// A file as the recorder writes it, with its parts.
    static func file(of units: [AccessUnit]) throws -> (bytes: [UInt8], parts: [Part]) {
        let format = try #require(units.first?.format)
        var writer = FragmentWriter(format: format)
        var parts = units.compactMap { writer.append($0) }
        if let last = writer.finish() { parts.append(last) }
        var bytes = InitializationSegment(format: format, description: description).bytes
        var trailer = RandomAccessTrailer()
        for (index, part) in parts.enumerated() {
            if part.isIndependent { trailer.add(decodeTime: part.decodeTime, moofOffset: UInt64(bytes.count)) }
            bytes += part.header(decodeTime: part.decodeTime - units[0].decodeTime, sequence: UInt32(index + 1))
            bytes += part.bytes[part.payload]
        }
        return (bytes + trailer.bytes, parts)
    }

    static func scan(_ bytes: [UInt8]) throws -> FragmentedFile {
        try FragmentedFile.scan(size: Int64(bytes.count)) { Array(bytes.dropFirst(Int($0)).prefix($1)) }
    }

    @Test(arguments: [Clip.h264, .h265, .h264WithBFrames, .h265WithBFrames])
    func `another program finds every picture of what we write, and decodes it without an error`(clip: Clip)
        async throws
    {
        let units = try await units(of: clip)
        let folder = try TemporaryDirectory()
        let path = try folder.write("file.mp4", Self.file(of: units).bytes)
        #expect(try await FFprobe.countFrames(path) == units.count)
        let errors = try await FFprobe.decodingErrors(path)
        #expect(errors == "")
        let stream = try #require(try await FFprobe.streams(path).first)
        #expect(stream.width == units[0].format.picture.width && stream.height == units[0].format.picture.height)
        let packets = try await FFprobe.packets(path)
        #expect(packets.map(\.isKey) == units.map(\.isKey))
        #expect(packets.map(\.pts) == units.map(\.presentationTime.ticks))
    }

    @Test(arguments: [Clip.h264, .h265, .h264WithBFrames])
    func `parts are at most half a second, begin anew at each keyframe and leave no time out`(clip: Clip) async throws {
        let units = try await units(of: clip)
        let parts = try Self.file(of: units).parts
        #expect(parts.reduce(0) { $0 + $1.sampleCount } == units.count)
        #expect(parts.filter(\.isIndependent).count == units.filter(\.isKey).count)
        for (part, next) in zip(parts, parts.dropFirst()) {
            #expect(part.decodeTime + part.duration == next.decodeTime)
            #expect(part.duration <= Time90k(.milliseconds(500)))
        }
    }

    @Test(arguments: [Clip.h264, .h265WithBFrames])
    func `samples come back byte for byte`(clip: Clip) async throws {
        let units = try await units(of: clip)
        var index = 0
        for part in try Self.file(of: units).parts {
            for sample in try FragmentedFile.samples(inFragment: part.bytes) {
                let unit = units[index]
                #expect(Array(part.bytes[sample.range]) == unit.data)
                #expect(sample.decodeTime == unit.decodeTime && sample.isKey == unit.isKey)
                #expect(sample.compositionOffset == unit.compositionOffset)
                index += 1
            }
            let head = try part.bytes.withUnsafeBytes { try FragmentHead($0) }
            #expect(head.length == part.bytes.count && head.duration == part.duration)
        }
        #expect(index == units.count)
    }

    @Test(arguments: [Clip.h264, .h265])
    func `a file tells its format, its camera and its fragments`(clip: Clip) async throws {
        let units = try await units(of: clip)
        let (bytes, parts) = try Self.file(of: units)
        let file = try Self.scan(bytes)
        #expect(file.format == units[0].format)
        #expect(file.description == Self.description)
        #expect(file.fragments.count == parts.count)
        #expect(file.fragments.map(\.duration) == parts.map(\.duration))
        #expect(file.hasTrailer && file.validLength == Int64(bytes.count))
        #expect(Int64(file.initializationLength) == file.fragments.first?.offset)
    }

    @Test func `a file cut at any byte is whole up to its last whole fragment`() async throws {
        let bytes = try Self.file(of: Array(try await units(of: .h264).prefix(20))).bytes
        let whole = try Self.scan(bytes)
        for length in bytes.indices {
            let cut = Array(bytes[..<length])
            guard length >= whole.initializationLength else {
                // Before the end of our own box there is a file with no description, before the moov's none at all.
                if let file = try? Self.scan(cut) { #expect(file.fragments.isEmpty) }
                continue
            }
            let file = try Self.scan(cut)
            let expected = whole.fragments.filter { $0.offset + Int64($0.length) <= Int64(length) }
            #expect(file.fragments == expected)
            let end = expected.last.map { $0.offset + Int64($0.length) } ?? Int64(whole.initializationLength)
            #expect(file.validLength == end)
        }
    }

    @Test func `changed bytes make no reader trap or run on`() async throws {
        let bytes = try Self.file(of: Array(try await units(of: .h264).prefix(20))).bytes
        for mutated in Mutations(of: bytes, count: 5000) {
            guard let file = try? Self.scan(mutated) else { continue }
            #expect(file.validLength <= Int64(mutated.count))
            for fragment in file.fragments {
                let part = Array(mutated[Int(fragment.offset)..<Int(fragment.offset) + fragment.length])
                _ = try? FragmentedFile.samples(inFragment: part)
                _ = try? part.withUnsafeBytes { try FragmentHead($0) }
            }
        }
    }

    @Test func `pieces of several recordings in two formats make one file that plays through`() async throws {
        let first = try Self.file(of: try await units(of: .h264))
        let second = try Self.file(of: try await units(of: Clip.test(.h264, width: 640, height: 360)))
        let formats = try [first, second].map { try Self.scan($0.bytes).format }
        var stitcher = FragmentStitcher(formats: formats)
        var bytes = stitcher.initializationSegment
        var pictures = 0
        for (parts, format) in [(first.parts, formats[0]), (second.parts, formats[1]), (first.parts, formats[0])] {
            for part in parts {
                var copy = part.bytes
                let inserted = try copy.withUnsafeMutableBytes {
                    try stitcher.rewrite($0, format: format, duration: part.duration)
                }
                bytes += copy[..<part.payload.lowerBound] + inserted + copy[part.payload]
                pictures += part.sampleCount
            }
        }
        let file = try Self.scan(bytes)
        #expect(file.formats == formats)
        for (a, b) in zip(file.fragments, file.fragments.dropFirst()) {
            #expect(a.decodeTime + a.duration == b.decodeTime)
        }
        let folder = try TemporaryDirectory()
        let path = try folder.write("export.mp4", bytes)
        #expect(try await FFprobe.countFrames(path) == pictures)
        let errors = try await FFprobe.decodingErrors(path)
        #expect(errors == "")
    }
}
