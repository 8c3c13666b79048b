import Domain
import FFmpeg
import TestSupport
import Testing

@testable import Bitstream

struct ParameterSetTests {
    static func format(of clip: Clip) async throws -> VideoFormat {
        var demuxer = try Demuxer.open(SourceAddress(scheme: .file, host: "", path: try await clip.path()))
        return try #require(try demuxer.next()?.format)
    }

    @Test(arguments: [
        Clip.h264, .h265, .h264WithBFrames, .h265WithBFrames, .test(.h264, width: 640, height: 360),
        .test(.h265, width: 640, height: 360),
    ])
    func `sizes and reordering are what another program reads`(clip: Clip) async throws {
        let format = try await Self.format(of: clip)
        let stream = try #require(try await FFprobe.streams(try await clip.path()).first { $0.codec_type == "video" })
        #expect(format.picture.width == stream.width)
        #expect(format.picture.height == stream.height)
        let reorders = try await FFprobe.packets(try await clip.path()).contains { $0.pts != $0.dts }
        #expect(format.picture.maxReorderedFrames > 0 || !reorders)
    }

    @Test(
        arguments: [
            // 1920×1080 at 25 a second, High, level 4.0: coded as 1088 lines, cropped.
            (
                [
                    0x67, 0x64, 0x00, 0x28, 0xAC, 0xD9, 0x40, 0x78, 0x02, 0x27, 0xE5, 0xC0, 0x44, 0x00, 0x00, 0x03,
                    0x00,
                    0x04, 0x00, 0x00, 0x03, 0x00, 0xC8, 0x3C, 0x60, 0xC6, 0x58,
                ], 1920, 1080, "avc1.640028"
            )
        ] as [([UInt8], Int, Int, String)])
    func `a known sequence parameter set reads as it should`(bytes: [UInt8], width: Int, height: Int, codecs: String)
        throws
    {
        let picture = try PictureDescription(h264SPS: bytes)
        #expect(picture.width == width && picture.height == height)
        #expect(picture.codecs == codecs)
        #expect(picture.framesPerSecond == 25)
    }

    @Test(arguments: [Clip.h264, .h265])
    func `a configuration record comes back as it was, cut or changed it is refused or read, never trapped on`(
        clip: Clip
    ) async throws {
        let format = try await Self.format(of: clip)
        let record = format.configurationRecord
        #expect(try ConfigurationRecord(record, codec: format.codec).format == format)
        #expect(try ConfigurationRecord(record, codec: format.codec).lengthSize == 4)
        for cut in truncations(of: record) {
            // The last bytes of an avcC say chroma and bit depth; they may be missing.
            if cut.count < record.count - 4 {
                #expect(throws: BitstreamError.self) { try ConfigurationRecord(cut, codec: format.codec) }
            }
        }
        for mutated in Mutations(of: record, count: 20_000) {
            if let read = try? ConfigurationRecord(mutated, codec: format.codec).format { _ = read.configurationRecord }
        }
    }

    @Test(arguments: [Clip.h264, .h265])
    func `a sequence parameter set cut or changed anywhere is refused or read, never trapped on`(clip: Clip)
        async throws
    {
        let format = try await Self.format(of: clip)
        let set = format.sequenceParameterSets[0]
        func read(_ bytes: [UInt8]) throws -> PictureDescription {
            switch format.codec {
            case .h264: try PictureDescription(h264SPS: bytes)
            case .h265: try PictureDescription(h265SPS: bytes)
            }
        }
        for cut in truncations(of: set) { _ = try? read(cut) }
        #expect(throws: BitstreamError.self) { try read(Array(set.prefix(5))) }
        for mutated in Mutations(of: set, count: 20_000) {
            if let picture = try? read(mutated) {
                #expect((16...8192).contains(picture.width) && (16...8192).contains(picture.height))
            }
        }
    }
}
