import Bitstream
import Crypto
import Domain
import Foundation
import ISOBMFF
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Cameras

/// Cameras, recorder and index without any network: access units go in, real files come out.
struct RecorderTests {
    private static let start = UTCTime(milliseconds: 1_795_392_900_000)  // 2026-11-23T08:15:00+08:00

    private final class Bench: Sendable {
        let folder: TemporaryDirectory
        let index = MemoryIndex()
        let wall = Mutex(RecorderTests.start)
        let monotonic = Mutex(Duration.zero)
        let settings: RecorderSettings
        let camera = Camera(
            id: CameraID(at: RecorderTests.start), area: AreaID(at: RecorderTests.start), name: "one",
            main: SourceAddress(scheme: .sim, host: "cooking"))

        init() throws {
            folder = try TemporaryDirectory()
            settings = RecorderSettings(root: folder.path, reserveBytes: 0)
        }

        var time: TimeSource {
            TimeSource(now: { self.wall.withLock { $0 } }, monotonic: { self.monotonic.withLock { $0 } })
        }

        func recorder() -> Recorder {
            Recorder(settings: settings, index: index, time: time, log: Logger(label: "test"))
        }

        func pipeline(_ recorder: Recorder) async -> StreamPipeline {
            StreamPipeline(
                live: LiveStream(time: time), track: await recorder.track(for: camera, label: "one"), time: time)
        }

        /// Pictures at ten a second, with the clocks going along.
        func feed(_ pipeline: StreamPipeline, _ units: [AccessUnit]) {
            for unit in units {
                pipeline.receive(.accessUnit(unit))
                wall.withLock { $0 = $0 + .milliseconds(100) }
                monotonic.withLock { $0 += .milliseconds(100) }
            }
        }

        func check() async throws -> FootageCheck.Report {
            try await FootageCheck(settings: settings, index: index).run()
        }
    }

    @Test func `what is recorded plays in another program, picture for picture, and its hashes hold`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        bench.feed(pipeline, TestStream.endless(count: 600))
        pipeline.interrupt(.offline)
        await recorder.close()
        let files = bench.index.state.withLock { Array($0.files.values) }
        #expect(files.count == 1)
        let file = try #require(files.first)
        #expect(file.path == "\(bench.camera.id)/2026-11-23/08-15-00.mp4")
        let path = bench.folder.file(file.path)
        #expect(try await FFprobe.countFrames(path) == 600)
        #expect(try await FFprobe.decodingErrors(path).isEmpty)
        #expect(try await bench.check().findings == [])
        #expect(file.duration == .seconds(60))
        let segments = try await bench.index.segments(ofFile: file.path)
        #expect(segments.count == 15, "four-second segments")
        for (a, b) in zip(segments, segments.dropFirst()) {
            #expect(a.offset + Int64(a.length) == b.offset && a.start + a.duration == b.start)
        }
    }

    @Test func `a new file begins at the full five minutes, with nothing lost in between`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        for minute in 0..<12 {
            bench.feed(pipeline, TestStream.endless(count: 600, from: Time90k(.seconds(minute * 60))))
            await recorder.drain()
        }
        pipeline.interrupt(.offline)
        await recorder.close()
        let files = bench.index.state.withLock { $0.files.values.sorted { $0.start < $1.start } }
        #expect(files.map { $0.path.suffix(12) } == ["08-15-00.mp4", "08-20-00.mp4", "08-25-00.mp4"])
        #expect(bench.index.state.withLock { $0.gaps } == [])
        for (a, b) in zip(files, files.dropFirst()) { #expect(a.span.end == b.start) }
        #expect(try await bench.check().findings == [])
    }

    @Test func `a lost connection becomes a gap with its reason`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        bench.feed(pipeline, TestStream.endless(count: 100))
        pipeline.interrupt(.offline)
        bench.wall.withLock { $0 = $0 + .seconds(20) }
        bench.monotonic.withLock { $0 += .seconds(20) }
        bench.feed(pipeline, TestStream.endless(count: 100, from: Time90k(.seconds(7000))))
        pipeline.interrupt(.offline)
        await recorder.close()
        let gaps = bench.index.state.withLock { $0.gaps }
        #expect(
            gaps == [
                RecordingGap(
                    camera: bench.camera.id,
                    span: TimeSpan(start: Self.start + .seconds(10), end: Self.start + .seconds(30)), reason: .offline)
            ])
    }

    @Test(arguments: [Duration.seconds(-3600), .seconds(86_400)])
    func `a clock that is set loses no picture and overwrites no file`(step: Duration) async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        bench.feed(pipeline, TestStream.endless(count: 205))
        bench.wall.withLock { $0 = $0 + step }
        bench.feed(pipeline, TestStream.endless(count: 200, from: Time90k(.milliseconds(20_500))))
        bench.wall.withLock { $0 = $0 - step }
        bench.feed(pipeline, TestStream.endless(count: 200, from: Time90k(.milliseconds(40_500))))
        pipeline.interrupt(.offline)
        await recorder.close()
        let report = try await bench.check()
        #expect(report.findings == [])
        let files = bench.index.state.withLock { $0.files.values.sorted { $0.path < $1.path } }
        #expect(files.count == 3)
        var frames = 0
        for file in files { frames += try await FFprobe.countFrames(bench.folder.file(file.path)) }
        #expect(frames == 605)
        #expect(bench.index.state.withLock { $0.gaps.contains { $0.reason == .clockStepped } })
    }

    @Test func `a changed format ends the file and begins another`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        bench.feed(pipeline, TestStream.endless(count: 100))
        bench.feed(pipeline, TestStream.endless(count: 100, from: Time90k(.seconds(10)), of: TestStream.otherUnits))
        pipeline.interrupt(.offline)
        await recorder.close()
        let widths = bench.index.state.withLock { $0.files.values.sorted { $0.start < $1.start }.map(\.width) }
        #expect(widths == [160, 320])
        #expect(try await bench.check().findings == [])
    }

    @Test func `killed at any moment, the start-up indexes what is whole and cuts what is torn`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        bench.feed(pipeline, TestStream.endless(count: 105))
        await recorder.drain()
        await recorder.enterChanges()
        // The program is gone here: nothing is closed. Every tenth length the file could have had when it was.
        let path = try #require(bench.index.state.withLock { $0.files.keys.first })
        let full = bench.folder.path + "/" + path
        let bytes = try Data(contentsOf: URL(fileURLWithPath: full))
        let before = bench.index.state.withLock { ($0.files, $0.segments) }
        let whole = try FragmentedFile.scan(size: Int64(bytes.count)) {
            [UInt8](bytes[Int($0)..<min(bytes.count, Int($0) + $1)])
        }
        let known = before.1.map { $0.offset + Int64($0.length) }.max() ?? 0
        for length in stride(from: Int(known), through: bytes.count, by: 97) {
            try bytes.prefix(length).write(to: URL(fileURLWithPath: full))
            bench.index.state.withLock { ($0.files, $0.segments, $0.closed) = (before.0, before.1, []) }
            try await Recovery(settings: bench.settings, index: bench.index, log: Logger(label: "test")).run()
            #expect(try await bench.check().findings == [])
            let kept = try #require(bench.index.state.withLock { $0.files[path] })
            let expected = whole.fragments.last { $0.offset + Int64($0.length) <= Int64(length) }
            #expect(kept.sizeBytes == expected.map { $0.offset + Int64($0.length) })
        }
    }

    @Test func `check names a missing file, an unknown file, a changed byte, and mends only the index`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        for minute in 0..<16 {
            bench.feed(pipeline, TestStream.endless(count: 600, from: Time90k(.seconds(minute * 60))))
            await recorder.drain()
        }
        pipeline.interrupt(.offline)
        await recorder.close()
        let paths = bench.index.state.withLock { $0.files.keys.sorted() }
        #expect(paths.count == 4)
        let urls = paths.map { URL(fileURLWithPath: bench.folder.path + "/" + $0) }
        try FileManager.default.removeItem(at: urls[0])
        bench.index.state.withLock { state in
            state.files[paths[1]] = nil
            state.segments.removeAll { $0.path == paths[1] }
        }
        var changed = try Data(contentsOf: urls[2])
        changed[changed.count / 2] ^= 1
        try changed.write(to: urls[2])
        let findings = try await bench.check().findings
        #expect(findings.count == 3)
        #expect(findings.contains(.fileMissing(paths[0])))
        #expect(findings.contains(.fileUnknown(paths[1])))
        guard
            case .hashDiffers(paths[2], _) = findings.first(where: { if case .hashDiffers = $0 { true } else { false } }
            )
        else {
            Issue.record("the changed byte was not found: \(findings)")
            return
        }
        let report = try await FootageCheck(settings: bench.settings, index: bench.index).run(repair: true)
        #expect(report.mended == 2)
        let after = try await bench.check().findings
        #expect(after.count == 1, "the changed byte stays on record")
        #expect(try Data(contentsOf: urls[2]) == changed, "footage is never touched by a repair")
    }

    @Test func `an index that can't be written for a while loses nothing`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        struct Locked: Error {}
        bench.index.state.withLock { $0.failsWith = Locked() }
        bench.feed(pipeline, TestStream.endless(count: 200))
        await recorder.drain()
        await recorder.enterChanges()
        #expect(bench.index.state.withLock { $0.files.isEmpty })
        bench.index.state.withLock { $0.failsWith = nil }
        bench.feed(pipeline, TestStream.endless(count: 200, from: Time90k(.seconds(20))))
        pipeline.interrupt(.offline)
        await recorder.close()
        #expect(try await bench.check().findings == [])
        #expect(bench.index.state.withLock { $0.files.values.first?.duration } == .seconds(40))
    }

    @Test func `retention deletes what is due, oldest first, never what is protected`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        for minute in 0..<21 {
            bench.feed(pipeline, TestStream.endless(count: 600, from: Time90k(.seconds(minute * 60))))
            await recorder.drain()
        }
        pipeline.interrupt(.offline)
        await recorder.close()
        let files = bench.index.state.withLock { $0.files.values.sorted { $0.start < $1.start } }
        try #require(files.count == 5)
        bench.index.state.withLock { state in
            state.protected = [ProtectedSpan(camera: bench.camera.id, span: files[0].span, reason: "case")]
        }
        var settings = bench.settings
        settings.budgetBytes = files[3].sizeBytes + files[4].sizeBytes + files[0].sizeBytes
        let retention = Retention(settings: settings, index: bench.index, time: bench.time, log: Logger(label: "test"))
        await retention.run(keeping: [:])
        #expect(
            bench.index.state.withLock { $0.files.keys.sorted() }
                == [files[0], files[3], files[4]].map(\.path).sorted())
        #expect(!FileManager.default.fileExists(atPath: bench.folder.path + "/" + files[1].path))

        // A month and a half on, by both clocks, everything but the protected span is due.
        bench.wall.withLock { $0 = $0 + .seconds(45 * 86_400) }
        bench.monotonic.withLock { $0 += .seconds(45 * 86_400) }
        await retention.run(keeping: [:])
        #expect(bench.index.state.withLock { Array($0.files.keys) } == [files[0].path])
    }

    @Test func `a clock set to next year by mistake deletes nothing`() async throws {
        let bench = try Bench()
        let recorder = bench.recorder()
        let pipeline = await bench.pipeline(recorder)
        let retention = Retention(
            settings: bench.settings, index: bench.index, time: bench.time, log: Logger(label: "test"))
        bench.feed(pipeline, TestStream.endless(count: 100))
        pipeline.interrupt(.offline)
        await recorder.close()
        bench.wall.withLock { $0 = $0 + .seconds(365 * 86_400) }
        await retention.run(keeping: [:])
        #expect(bench.index.state.withLock { $0.files.count } == 1)
    }
}
