import Domain
import FFmpeg
import Foundation
import TestSupport
import Testing

@testable import Vision

/// `mingchu analyze` on files as people have them.
@Suite struct FileAnalysisTests {
    private let directory = try! TemporaryDirectory()

    private func film(_ name: String, _ size: String, frames: Int) async throws -> String {
        let path = directory.file(name)
        let source = "testsrc2=size=\(size):rate=10"
        let made = try await ChildProcess.run([
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", "\(frames)",
            "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", path,
        ])
        try #require(made.ending.isSuccess, "\(made.errors)")
        return path
    }

    private func analysed(_ path: String) throws -> [AnalysedPicture] {
        var pictures: [AnalysedPicture] = []
        _ = try FileAnalysis().run(
            path, start: Moment.at(0).wall, with: ScriptedRecognition(), Interruption()
        ) { event, _, _ in
            if case .analysed(let picture) = event { pictures.append(picture) }
        }
        return pictures
    }

    @Test func `a film of one picture is analysed`() async throws {
        #expect(try analysed(try await film("one.mp4", "320x240", frames: 1)).count == 1)
    }

    @Test func `a film of 4K is analysed in its own size`() async throws {
        let looks = try analysed(try await film("large.mp4", "3840x2160", frames: 3))
        #expect(looks.first.map { [$0.width, $0.height] } == [3840, 2160])
    }

    @Test func `five pictures a second are looked at, and a new size on the way is no matter`() async throws {
        let paths = [
            try await film("small.h264", "320x240", frames: 20), try await film("large.h264", "640x360", frames: 20),
        ]
        let both = directory.file("both.h264")
        let bytes = try paths.map { try Data(contentsOf: URL(fileURLWithPath: $0)) }
        try (bytes[0] + bytes[1]).write(to: URL(fileURLWithPath: both))
        let looks = try analysed(both)
        #expect(Set(looks.map(\.width)) == [320, 640])
        let times = looks.map(\.moment.time.seconds)
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 > 0.13 && $1 - $0 < 0.31 })
    }

    @Test func `an empty file and one that breaks off before its first picture are errors`() async throws {
        let empty = directory.file("empty.mp4")
        try Data().write(to: URL(fileURLWithPath: empty))
        #expect(throws: FFmpegError.self) { try analysed(empty) }
        let whole = try Data(contentsOf: URL(fileURLWithPath: try await film("whole.ts", "320x240", frames: 5)))
        let torn = directory.file("torn.ts")
        try whole.prefix(700).write(to: URL(fileURLWithPath: torn))
        #expect(throws: FFmpegError.self) { try analysed(torn) }
    }

    @Test func `who interrupts it is obeyed`() async throws {
        let path = try await film("long.mp4", "320x240", frames: 100)
        let interruption = Interruption()
        var count = 0
        _ = try FileAnalysis().run(
            path, start: Moment.at(0).wall, with: ScriptedRecognition(), interruption
        ) { _, _, _ in
            count += 1
            if count == 3 { interruption.cancel() }
        }
        #expect(count == 3)
    }
}
