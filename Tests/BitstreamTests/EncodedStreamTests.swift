import Foundation
import TestSupport
import Testing

@testable import Bitstream

/// Streams of real encoders in many profiles, each against the word of FFmpeg's own parser and muxer.
struct EncodedStreamTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var codec = VideoFormat.Codec.h264
        var size = "320x240"
        var rate = "25"
        var options: [String]
        var testDescription: String { "\(codec) \(size) \(rate) \(options.joined(separator: " "))" }
    }

    static let cases: [Case] = [
        Case(size: "176x144", options: ["-profile:v", "baseline", "-pix_fmt", "yuv420p"]),
        Case(rate: "30000/1001", options: ["-profile:v", "main", "-bf", "2", "-pix_fmt", "yuv420p"]),
        Case(size: "720x576", options: ["-flags", "+ilme+ildct", "-x264-params", "tff=1", "-pix_fmt", "yuv420p"]),
        Case(size: "1920x1080", options: ["-x264-params", "bframes=4:b-pyramid=normal:ref=4", "-pix_fmt", "yuv420p"]),
        Case(
            size: "1920x1080", rate: "15",
            options: ["-flags", "+ilme+ildct", "-x264-params", "bff=1", "-pix_fmt", "yuv420p"]),
        Case(
            size: "322x242",
            options: [
                "-x264-params", "cqm=jvt:sar=12/11:nal-hrd=vbr:vbv-maxrate=500:vbv-bufsize=500", "-pix_fmt", "yuv420p",
            ]),
        Case(options: [
            "-color_primaries", "bt709", "-colorspace", "bt709", "-color_trc", "bt709", "-color_range", "pc",
            "-pix_fmt", "yuv420p",
        ]),
        Case(options: ["-pix_fmt", "yuv420p10le"]),
        Case(size: "326x242", options: ["-pix_fmt", "yuv422p"]),
        Case(size: "325x243", options: ["-pix_fmt", "yuv444p"]),
        Case(options: ["-pix_fmt", "gray"]),
        Case(codec: .h265, options: ["-x265-params", "log-level=error", "-pix_fmt", "yuv420p"]),
        Case(
            codec: .h265, size: "1920x1080",
            options: ["-x265-params", "log-level=error:bframes=4:b-pyramid=1", "-pix_fmt", "yuv420p"]),
        Case(
            codec: .h265, rate: "30000/1001",
            options: ["-x265-params", "log-level=error:temporal-layers=1:bframes=3", "-pix_fmt", "yuv420p"]),
        Case(
            codec: .h265,
            options: [
                "-x265-params", "log-level=error:scaling-list=default:sar=2:colorprim=bt709", "-pix_fmt", "yuv420p10le",
            ]),
        Case(codec: .h265, size: "326x242", options: ["-x265-params", "log-level=error", "-pix_fmt", "yuv422p10le"]),
        Case(codec: .h265, size: "326x246", options: ["-x265-params", "log-level=error", "-pix_fmt", "yuv444p"]),
        Case(codec: .h265, options: ["-x265-params", "log-level=error", "-pix_fmt", "gray"]),
    ]

    private struct Answer: Decodable {
        struct Stream: Decodable {
            var width: Int
            var height: Int
            var has_b_frames: Int
            var level: Int
            var r_frame_rate: String
        }
        var streams: [Stream]
    }

    @Test(arguments: cases)
    func `size, rate, level and reordering are what FFmpeg reads`(stream: Case) async throws {
        let made = try await EncodedStream.make(
            stream.codec, size: stream.size, rate: stream.rate, options: stream.options)
        let picture = try made.format().picture
        let done = try await ChildProcess.run(["ffprobe", "-v", "error", "-show_streams", "-of", "json", made.path])
        let probed = try #require(try JSONDecoder().decode(Answer.self, from: Data(done.output)).streams.first)
        #expect(picture.width == probed.width && picture.height == probed.height)
        #expect(picture.maxReorderedFrames == probed.has_b_frames)
        let rate = probed.r_frame_rate.split(separator: "/").compactMap { Double($0) }
        #expect(abs((picture.framesPerSecond ?? 0) - rate[0] / rate[1]) < 0.001)
        switch stream.codec {
        case .h264: #expect(picture.codecs.hasSuffix(hexadecimal(probed.level, digits: 2)))
        case .h265: #expect(picture.codecs.contains(".L\(probed.level)"))
        }
    }

    @Test(arguments: cases)
    func `the configuration record is the one that FFmpeg writes`(stream: Case) async throws {
        let made = try await EncodedStream.make(
            stream.codec, size: stream.size, rate: stream.rate, options: stream.options)
        let format = try made.format()
        let tag = stream.codec == .h264 ? [] : ["-tag:v", "hvc1"]
        let done = try await ChildProcess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-i", made.path, "-c", "copy"] + tag + [
                made.folder.file("remuxed.mp4")
            ])
        #expect(done.ending.isSuccess)
        let theirs = try #require(
            Self.box(stream.codec == .h264 ? "avcC" : "hvcC", in: try made.folder.read("remuxed.mp4")))
        let ours = format.configurationRecord
        #expect(try ConfigurationRecord(theirs, codec: stream.codec).format == format)
        switch stream.codec {
        case .h264: #expect(ours == theirs)
        // Up to the number of arrays, but for hints that we don't give (parallelism) and FFmpeg's list of SEI.
        case .h265:
            #expect(ours[..<13] == theirs[..<13])
            #expect(ours[16..<22] == theirs[16..<22])
        }
    }

    /// The content of the first box of a type, wherever it stands.
    private static func box(_ type: String, in bytes: [UInt8]) -> [UInt8]? {
        guard let range = bytes.firstRange(of: Array(type.utf8)), range.lowerBound >= 4 else { return nil }
        let size = bytes[range.lowerBound - 4..<range.lowerBound].reduce(0) { $0 << 8 | Int($1) }
        return Array(bytes[range.upperBound..<range.lowerBound - 4 + size])
    }
}
