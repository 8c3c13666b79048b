import Bitstream
import Domain
import FFmpeg
import Foundation
import TestSupport
import Testing

@Suite struct DecoderTests {
    @Test(arguments: [Clip.h264, .h265, .h264WithBFrames, .h265WithBFrames])
    func `pictures equal ffmpeg's to the byte`(clip: Clip) async throws {
        let path = try await clip.path()
        let expected = try await planes(of: path)
        let pictures = try decoded(try units(in: path))
        #expect(pictures.count == 150)
        #expect(Array(pictures.joined()) == expected)
    }

    @Test func `several threads make no difference but delay`() async throws {
        let units = try units(in: try await Clip.h264WithBFrames.path())
        #expect(try decoded(units, threads: 3) == decoded(units))
    }

    @Test(arguments: [
        ("10-bit", ["-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p10le"]),
        ("4:2:2", ["-c:v", "libx264", "-pix_fmt", "yuv422p"]),
        ("full range", ["-c:v", "libx264", "-pix_fmt", "yuvj420p", "-color_range", "pc"]),
        ("odd", ["-c:v", "libx264", "-pix_fmt", "yuv444p", "-vf", "crop=319:239"]),
        ("rotated", ["-c:v", "libx264", "-pix_fmt", "yuv420p", "-metadata:s:v", "rotate=90"]),
    ])
    func `unusual inputs come out as plain pictures`(name: String, arguments: [String]) async throws {
        let directory = try TemporaryDirectory()
        let source = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=5:duration=2"]
        let path = try await make("odd.mp4", in: directory, source + arguments)
        let expected = try await planes(of: path, filter: "scale=out_range=tv:flags=bilinear")
        let pictures = try decoded(try units(in: path))
        #expect(pictures.count == 10)
        let ours = Array(pictures.joined())
        try #require(ours.count == expected.count)
        let difference = zip(ours, expected).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(Double(difference) / Double(ours.count) < 1.2)
    }

    @Test(arguments: [Clip.h264, .h264WithBFrames, .h265WithBFrames])
    func `keyframes alone come out each at once`(clip: Clip) async throws {
        let units = try units(in: try await clip.path())
        var decoder = try Decoder.open(units[0].format, keyframesOnly: true)
        for unit in units {
            var times: [Time90k] = []
            try decoder.decode(unit) { (picture) throws(FFmpegError) in times.append(picture.presentationTime) }
            #expect(times == (unit.isKey ? [unit.presentationTime] : []))
        }
    }

    @Test func `pictures keep the times of their access units`() async throws {
        let units = try units(in: try await Clip.h264WithBFrames.path())
        var decoder = try Decoder.open(units[0].format)
        var times: [Time90k] = []
        for unit in units {
            try decoder.decode(unit) { (picture) throws(FFmpegError) in times.append(picture.presentationTime) }
        }
        try decoder.finish { (picture) throws(FFmpegError) in times.append(picture.presentationTime) }
        #expect(times == units.map(\.presentationTime).sorted())
    }

    @Test(arguments: [Clip.changingSize(.h264), .changingSize(.h265)])
    func `the size may change in the middle`(clip: Clip) async throws {
        let units = try units(in: try await clip.path())
        var decoder = try Decoder.open(units[0].format)
        var widths: [Int] = []
        for unit in units { try decoder.decode(unit) { (picture) throws(FFmpegError) in widths.append(picture.width) } }
        try decoder.finish { (picture) throws(FFmpegError) in widths.append(picture.width) }
        #expect(widths == Array(repeating: 320, count: 60) + Array(repeating: 640, count: 60))
    }

    @Test(arguments: [Clip.h264, .h265])
    func `broken access units neither crash nor hang it`(clip: Clip) async throws {
        let units = try units(in: try await clip.path())
        var decoder = try Decoder.open(units[0].format)
        for data in Mutations(of: units[0].data, count: 300, seed: 9) {
            let broken = AccessUnit(format: units[0].format, decodeTime: .zero, isKey: true, data: data)
            try? decoder.decode(broken) { (picture) throws(FFmpegError) in #expect(picture.width > 0) }
        }
        // And afterwards it works as before.
        var count = 0
        for unit in units { try? decoder.decode(unit) { (_) throws(FFmpegError) in count += 1 } }
        #expect(count > 140)
    }
}
