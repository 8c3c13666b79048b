import Bitstream
import Domain
import FFmpeg
import TestSupport
import Testing

@testable import Cameras

@Suite struct FileSourceTests {
    private func clip(_ name: String, in directory: TemporaryDirectory, _ arguments: [String]) async throws -> String {
        let path = directory.file(name)
        let made = try await ChildProcess.run(["ffmpeg", "-nostdin", "-v", "error", "-y"] + arguments + [path])
        try #require(made.ending.isSuccess, "\(made.errors)")
        return path
    }

    private let source = ["-f", "lavfi", "-i", "testsrc2=size=320x240:rate=20"]

    @Test(arguments: [
        ("loop.mp4", ["-c:v", "libx264", "-g", "10", "-bf", "2"]), ("loop.ts", ["-c:v", "libx264", "-g", "10"]),
        ("loop.mkv", ["-c:v", "libx265", "-x265-params", "log-level=error:keyint=10"]),
        ("loop.h264", ["-c:v", "libx264", "-bf", "0"]),
    ])
    func `it plays at its own speed, over and over, on one line of time`(name: String, arguments: [String]) async throws
    {
        let directory = try TemporaryDirectory()
        let path = try await clip(name, in: directory, source + ["-frames:v", "20", "-pix_fmt", "yuv420p"] + arguments)
        let start = Interruption.now
        let units = try await collect(52, from: FileSource(path: path))
        let elapsed = Interruption.now - start
        #expect(units[0].isKey && units[20].isKey && units[40].isKey)
        #expect(units[0].decodeTime == .zero)
        for (a, b) in zip(units, units.dropFirst()) {
            #expect((b.decodeTime - a.decodeTime).ticks > 0)
            #expect((b.decodeTime - a.decodeTime).ticks <= 4_500 * 5)
        }
        // 51 steps of a twentieth of a second, never faster; up to a step's rounding in the container at each seam.
        let played = units[51].decodeTime.duration
        #expect(abs(played.inSeconds - 2.55) < 0.2)
        #expect(elapsed > played - .milliseconds(60))
        #expect(units[0].data == units[20].data && units[7].data == units[27].data)
        #expect(units[20].compositionOffset == units[0].compositionOffset)
    }

    @Test func `a file of one picture is a still camera`() async throws {
        let directory = try TemporaryDirectory()
        let path = try await clip("one.mp4", in: directory, source + ["-frames:v", "1", "-c:v", "libx264"])
        let units = try await collect(4, from: FileSource(path: path))
        #expect(units.allSatisfy { $0.isKey })
        #expect(units[1].decodeTime > units[0].decodeTime)
    }

    @Test func `a file that is cut off plays as far as it goes`() async throws {
        let directory = try TemporaryDirectory()
        let path = try await clip(
            "whole.mp4", in: directory,
            source + ["-frames:v", "40", "-c:v", "libx264", "-g", "5", "-movflags", "+faststart"])
        let bytes = try directory.read("whole.mp4")
        try directory.write("cut.mp4", Array(bytes.prefix(bytes.count * 2 / 3)))
        let units = try await collect(45, from: FileSource(path: directory.file("cut.mp4")))
        #expect(units.count { $0.isKey } >= 2)
        _ = path
    }

    @Test func `files that can't be played say why`() async throws {
        let directory = try TemporaryDirectory()
        let text = try directory.write("menu.txt", Array("rice, cabbage, tofu\n".utf8))
        let empty = try directory.write("empty.mp4", [])
        let mpeg2 = try await clip("old.mpg", in: directory, source + ["-frames:v", "10", "-c:v", "mpeg2video"])
        let cases: [(String, SourceFailure.Kind)] = [
            (directory.file("nothing.mp4"), .notFound), (text, .notVideo), (empty, .notVideo),
            (try await Clip.soundOnly.path(), .notVideo), (mpeg2, .unsupportedCodec),
        ]
        for (path, kind) in cases {
            let failure = await failure(of: FileSource(path: path))
            #expect(failure?.kind == kind, "\(path): \(String(describing: failure))")
        }
        #expect(await failure(of: FileSource(path: mpeg2))?.detail == "mpeg2video")
    }
}

@Suite struct LoopTimelineTests {
    @Test func `holes and steps back become one step`() {
        var timeline = LoopTimeline()
        timeline.step = Time90k(ticks: 9_000)
        let times = [0, 9_000, 18_000, 90_000_000, 90_009_000, 5].map { timeline.place(Time90k(ticks: $0)).ticks }
        #expect(times == [0, 9_000, 18_000, 27_000, 36_000, 45_000])
        timeline.beginAgain()
        #expect(timeline.place(Time90k(ticks: -7)).ticks == 54_000)
    }
}
