import Domain
import TestSupport
import Testing

struct ToolsTests {
    @Test func `a child's lines, errors and ending are seen`() async throws {
        let child = try ChildProcess.start(["sh", "-c", "echo ready; read word; echo got $word >&2; exit 3"])
        #expect(try await child.line(containing: "rea") == "ready")
        child.write("hello\n")
        #expect(try await child.line(containing: "got") == "got hello")
        #expect(try await child.ending() == .exited(3))
        child.signal(9)
    }

    @Test func `waiting for a line of a program that ended fails at once`() async throws {
        let child = try ChildProcess.start(["sh", "-c", "echo last words >&2; exit 1"])
        let start = ContinuousClock.now
        await #expect(throws: ProgramEnded.self) { try await child.line(containing: "never") }
        #expect(start.duration(to: .now) < .seconds(10))
    }

    @Test func `a child's CPU time and memory are counted`() async throws {
        let child = try ChildProcess.start(["sh", "-c", "while :; do :; done"])
        try await eventually("it has worked") { (child.usage?.cpuSeconds ?? 0) > 0.1 }
        let usage = try #require(child.usage)
        #expect(usage.residentBytes > 100_000 && usage.threads == 1 && usage.proportionalBytes > 0)
        child.signal(9)
        #expect(try await child.ending() == .killed(9))
        #expect(child.usage == nil)
    }

    @Test func `a child goes with the value that holds it`() async throws {
        let pid: Int32
        do { pid = try ChildProcess.start(["sleep", "1000"]).pid }
        try await eventually("it is gone") { ProcessUsage(pid: pid) == nil }
    }

    @Test func `the wall clock jumps and the monotonic one does not`() {
        let time = FakeTime()
        let (wall, monotonic) = (time.now, time.monotonic)
        time.jump(by: .seconds(-3600))
        #expect(time.source.now() == wall - .seconds(3600) && time.source.monotonic() == monotonic)
        time.advance(by: .seconds(2))
        #expect(time.now == wall - .seconds(3598) && time.monotonic == monotonic + .seconds(2))
    }

    @Test func `the same seed makes the same mutations`() {
        let bytes = Array(UInt8(0)...99)
        let first = Array(Mutations(of: bytes, count: 500, seed: 7))
        #expect(first == Array(Mutations(of: bytes, count: 500, seed: 7)))
        #expect(first.count == 500 && first.filter { $0 != bytes }.count > 450)
        #expect(Set(first.map(\.count)).count > 20)
        #expect(Array(Mutations(of: [], count: 10)).count == 10)
        #expect(truncations(of: [1, 2]).map { $0 } == [[], [1]])
    }

    @Test func `a temporary folder is removed with its files`() async throws {
        let path: String
        do {
            let folder = try TemporaryDirectory()
            path = folder.path
            try folder.write("a/b.bin", [1, 2, 3])
            #expect(try folder.read("a/b.bin") == [1, 2, 3] && folder.files() == ["a/b.bin"])
        }
        #expect(try await !ChildProcess.run(["test", "-e", path]).ending.isSuccess)
    }

    @Test(arguments: [
        Clip.h264, .h265WithBFrames, .sizeChange, .changingSize(.h265), .mjpeg, .soundOnly, .h264WithSound,
    ])
    func `clips are made and are sound`(clip: Clip) async throws {
        let path = try await clip.path()
        #expect(try await !FFprobe.streams(path).isEmpty)
    }

    @Test func `a clip has the keyframes and B pictures that were asked for`() async throws {
        let path = try await Clip.test(.h264, width: 640, height: 360, seconds: 10, keyframeSeconds: 2, bFrames: 2)
            .path()
        let packets = try await FFprobe.packets(path)
        #expect(packets.count == 150 && packets.filter(\.isKey).count == 5)
        #expect(packets.contains { $0.pts != $0.dts })
        #expect(try await FFprobe.countFrames(path) == 150)
        #expect(try await FFprobe.decodingErrors(path) == "")
    }
}
