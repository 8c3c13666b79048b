import Bitstream
import Domain
import FFmpeg
import TestSupport
import Testing

@testable import ISOBMFF

/// What decoders make of our files: picture for picture what they make of the encoder's own stream.
struct EncodingTests {
    @Test(arguments: [
        ["libx264", "-x264-params", "bframes=4:b-pyramid=normal:ref=4:keyint=12", "-pix_fmt", "yuv420p"],
        ["libx264", "-x264-params", "tff=1:bframes=2:keyint=10", "-flags", "+ilme+ildct", "-pix_fmt", "yuv420p"],
        ["libx264", "-x264-params", "keyint=10:slices=4", "-pix_fmt", "yuv422p10le"],
        ["libx264", "-profile:v", "baseline", "-x264-params", "keyint=infinite", "-pix_fmt", "yuv420p"],
        ["libx265", "-x265-params", "log-level=error:bframes=4:b-pyramid=1:keyint=12", "-pix_fmt", "yuv420p10le"],
        [
            "libx265", "-x265-params", "log-level=error:open-gop=1:keyint=9:bframes=3:temporal-layers=1", "-pix_fmt",
            "yuv420p",
        ],
    ])
    func `every picture of every encoding comes out as it went in`(options: [String]) async throws {
        let folder = try TemporaryDirectory()
        let source = folder.file("source.mkv")
        let made = try await ChildProcess.run(
            [
                "ffmpeg", "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=size=322x244:rate=15:duration=3",
                "-c:v",
            ]
                + options + ["-preset", "ultrafast", source])
        try #require(made.ending.isSuccess, "\(made.errors)")
        var demuxer = try Demuxer.open(SourceAddress(scheme: .file, host: "", path: source))
        var units: [AccessUnit] = []
        while let unit = try demuxer.next() { units.append(unit) }
        let ours = try folder.write("ours.mp4", FragmentTests.file(of: units).bytes)
        let expected = try await hashes(source)
        #expect(expected.count == 45)
        #expect(try await hashes(ours) == expected)
        let complaints = try await FFprobe.decodingErrors(ours)
        #expect(complaints == "")
    }

    /// A hash of each decoded picture, in the order shown.
    private func hashes(_ path: String) async throws -> [String] {
        let done = try await ChildProcess.run(
            ["ffmpeg", "-nostdin", "-v", "error", "-i", path, "-fps_mode", "passthrough", "-f", "framehash", "-"])
        return String(decoding: done.output, as: UTF8.self).split(separator: "\n").filter { !$0.hasPrefix("#") }
            .compactMap { $0.split(separator: ",").last.map(String.init) }
    }
}
