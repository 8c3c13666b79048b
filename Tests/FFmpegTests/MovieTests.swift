import Domain
import FFmpeg
import Foundation
import TestSupport
import Testing

@Suite struct MovieTests {
    private static let h264 = ["-c:v", "libx264", "-pix_fmt", "yuv420p"]
    private let directory = try! TemporaryDirectory()

    private struct Shot: Hashable {
        var width: Int
        var height: Int
        var time: Time90k
    }

    private func shots(of path: String) throws -> (shots: [Shot], damaged: Int) {
        var movie = try Movie.open(path: path)
        var shots: [Shot] = []
        while try movie.next(
            isWanted: { _ in true },
            show: { (picture, time) throws(FFmpegError) in
                shots.append(Shot(width: picture.width, height: picture.height, time: time))
            })
        {}
        return (shots, movie.damaged)
    }

    private func film(_ name: String, _ size: String, frames: Int, _ arguments: [String]) async throws -> String {
        let source = ["-f", "lavfi", "-i", "testsrc2=size=\(size):rate=5", "-frames:v", "\(frames)"]
        return try await make(name, in: directory, source + arguments)
    }

    @Test(arguments: [
        ("10-bit.mp4", ["-c:v", "libx265", "-x265-params", "log-level=error", "-pix_fmt", "yuv420p10le"]),
        ("4-2-2.mkv", ["-c:v", "libx264", "-pix_fmt", "yuv422p"]), ("mpeg4.avi", ["-c:v", "mpeg4"]),
        ("motion-jpeg.avi", ["-c:v", "mjpeg"]), ("transport.ts", h264 + ["-bf", "2"]),
    ])
    func `any codec, depth and container comes out as pictures in time`(name: String, arguments: [String]) async throws
    {
        let (shots, damaged) = try shots(of: try await film(name, "320x240", frames: 10, arguments))
        #expect(shots.map(\.time) == (0..<10).map { Time90k(ticks: Int64($0) * 18_000) })
        #expect(shots.allSatisfy { $0.width == 320 && $0.height == 240 } && damaged == 0)
    }

    @Test func `a film made with a turned telephone is upright`() async throws {
        let lying = try await film("lying.mp4", "320x240", frames: 3, Self.h264)
        let turned = try await make(
            "turned.mp4", in: directory, ["-i", lying, "-c", "copy", "-metadata:s:v", "rotate=90"])
        #expect(try shots(of: turned).shots.allSatisfy { $0.width == 240 && $0.height == 320 })
    }

    @Test func `one picture is a film`() async throws {
        #expect(try shots(of: try await film("one.mp4", "320x240", frames: 1, Self.h264)).shots.count == 1)
    }

    @Test func `a picture of 4K comes whole`() async throws {
        let path = try await film("large.mp4", "3840x2160", frames: 2, Self.h264 + ["-preset", "ultrafast"])
        #expect(try shots(of: path).shots.map { [$0.width, $0.height] } == [[3840, 2160], [3840, 2160]])
    }

    @Test func `the size may change on the way`() async throws {
        let small = try await film("small.h264", "320x240", frames: 5, Self.h264)
        let large = try await film("large.h264", "640x360", frames: 5, Self.h264)
        let both = directory.file("both.h264")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: small)) + Data(contentsOf: URL(fileURLWithPath: large))
        try bytes.write(to: URL(fileURLWithPath: both))
        let found = try shots(of: both).shots
        #expect(found.map(\.width) == [320, 320, 320, 320, 320, 640, 640, 640, 640, 640])
        #expect(zip(found, found.dropFirst()).allSatisfy { $0.time < $1.time })
    }

    @Test func `joined films whose times begin anew go on in time`() async throws {
        let one = try await film("one.ts", "320x240", frames: 10, Self.h264)
        let twice = directory.file("twice.ts")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: one))
        try (bytes + bytes).write(to: URL(fileURLWithPath: twice))
        let times = try shots(of: twice).shots.map(\.time)
        #expect(times.count == 20 && zip(times, times.dropFirst()).allSatisfy { $0 < $1 })
        #expect(try #require(times.last).seconds < 5)
    }

    @Test func `what nobody wants is not shown`() async throws {
        var movie = try Movie.open(path: try await film("skipped.mp4", "320x240", frames: 10, Self.h264))
        var times: [Int64] = []
        while try movie.next(
            isWanted: { $0.ticks.isMultiple(of: 36_000) },
            show: { (_, time) throws(FFmpegError) in times.append(time.ticks / 18_000) })
        {}
        #expect(times == [0, 2, 4, 6, 8])
    }

    @Test func `what is no video says so`() async throws {
        let sound = try await make(
            "sound.wav", in: directory, ["-f", "lavfi", "-i", "sine=frequency=440:duration=1"])
        let (empty, text) = (directory.file("empty.mp4"), directory.file("text.mp4"))
        try Data().write(to: URL(fileURLWithPath: empty))
        try Data("hats off, please\n".utf8).write(to: URL(fileURLWithPath: text))
        for path in [sound, empty, text] {
            let error = #expect(throws: FFmpegError.self) { _ = try shots(of: path) }
            #expect(error?.kind == .noVideo, "\(path)")
        }
        #expect(throws: FFmpegError.self) { _ = try Movie.open(path: directory.file("nowhere.mp4")) }
    }

    @Test(arguments: ["whole.ts", "whole.mp4", "whole.mkv"])
    func `cut off anywhere and changed anywhere it is an error or fewer pictures, never a crash`(
        name: String
    ) async throws {
        let path = try await film(name, "64x64", frames: 10, Self.h264 + ["-g", "5"])
        let whole = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
        let broken = directory.file("broken-\(name)")
        func look(_ bytes: [UInt8]) throws {
            try Data(bytes).write(to: URL(fileURLWithPath: broken))
            do {
                let (shots, damaged) = try shots(of: broken)
                #expect(shots.count <= 20 && damaged < 1000)
            } catch is FFmpegError {}
        }
        for count in stride(from: 0, to: whole.count, by: max(whole.count / 150, 1)) {
            try look(Array(whole.prefix(count)))
        }
        var random = SeededGenerator(seed: 7)
        for _ in 0..<250 {
            var bytes = whole
            for _ in 0..<3 {
                bytes[Int(random.next() % UInt64(bytes.count))] = UInt8(truncatingIfNeeded: random.next())
            }
            try look(bytes)
        }
    }
}
