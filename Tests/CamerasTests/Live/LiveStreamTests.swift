import Bitstream
import Domain
import ISOBMFF
import NIOCore
import Synchronization
import Testing

@testable import Cameras

struct LiveStreamTests {
    private static let clock = TimeSource(
        now: { UTCTime(milliseconds: 1_795_392_900_000) }, monotonic: { .seconds(1) })

    private func parts(seconds: Int, from start: Time90k = .zero, of units: [AccessUnit] = TestStream.units) -> [Part] {
        var writer = FragmentWriter(format: units[0].format)
        return TestStream.endless(count: seconds * 10 + 1, from: start, of: units).compactMap { writer.append($0) }
    }

    private func stream(seconds: Int) -> (LiveStream, [Part]) {
        let stream = LiveStream(time: Self.clock)
        stream.begin(InitializationSegment(format: TestStream.units[0].format).bytes)
        let parts = parts(seconds: seconds)
        for part in parts { publish(part, to: stream) }
        return (stream, parts)
    }

    private func publish(_ part: Part, to stream: LiveStream) {
        stream.publish(part, start: Self.clock.now() + part.decodeTime.duration)
    }

    @Test func `a viewer gets the initialization segment and then the newest keyframe at once`() async throws {
        let (stream, parts) = stream(seconds: 10)
        let viewer = stream.subscribe()
        let first = try #require(try await viewer.next())
        #expect(Array(first.readableBytesView) == InitializationSegment(format: TestStream.units[0].format).bytes)
        let second = try #require(try await viewer.next())
        let newestKey = try #require(parts.last { $0.isIndependent })
        #expect(Array(second.readableBytesView) == newestKey.bytes)
    }

    @Test func `viewers share a part, wait for the next and end when the camera is lost`() async throws {
        let (stream, _) = stream(seconds: 2)
        let viewers = (0..<20).map { _ in stream.subscribe() }
        #expect(stream.viewerCount == 20)
        let more = parts(seconds: 3, from: Time90k(.seconds(2)))
        try await withThrowingTaskGroup(of: Int.self) { group in
            for viewer in viewers {
                group.addTask {
                    var bytes = 0
                    while let chunk = try await viewer.next() { bytes += chunk.readableBytes }
                    return bytes
                }
            }
            for part in more {
                publish(part, to: stream)
                await Task.yield()
            }
            // Every viewer has had everything before the camera goes.
            let last = stream.state.withLock { $0.nextPart }
            while stream.state.withLock({ $0.waiters.count < 20 || $0.nextPart != last }) { await Task.yield() }
            stream.interrupt()
            let totals = try await group.reduce(into: Set<Int>()) { $0.insert($1) }
            #expect(totals.count == 1, "all saw the same bytes")
            #expect(try #require(totals.first) > more.reduce(0) { $0 + $1.bytes.count })
        }
        #expect(stream.skippedGroups == 0)
    }

    @Test func `a slow viewer is skipped ahead to a keyframe and the skip is counted`() async throws {
        let (stream, _) = stream(seconds: 2)
        let viewer = stream.subscribe()
        _ = try await viewer.next()
        for part in parts(seconds: 60, from: Time90k(.seconds(2))) { publish(part, to: stream) }
        let next = try #require(try await viewer.next())
        #expect(stream.skippedGroups == 1)
        let samples = try FragmentedFile.samples(inFragment: Array(next.readableBytesView))
        #expect(samples[0].isKey)
        #expect(samples[0].decodeTime > Time90k(.seconds(55)))
    }

    @Test func `memory holds some seconds, not the day`() {
        let (stream, _) = stream(seconds: 60)
        let (segments, seconds) = stream.state.withLock {
            ($0.segments.count, $0.segments.reduce(0) { $0 + $1.duration })
        }
        #expect(segments >= 2)
        #expect(seconds >= 4 && seconds < 8)
    }

    @Test func `a new format reaches viewers with its own initialization segment`() async throws {
        let (stream, _) = stream(seconds: 2)
        let viewer = stream.subscribe()
        _ = try await viewer.next()
        let other = TestStream.otherUnits
        stream.begin(InitializationSegment(format: other[0].format).bytes)
        for part in parts(seconds: 3, from: Time90k(.seconds(2)), of: other) { publish(part, to: stream) }
        var seen: [[UInt8]] = []
        for _ in 0..<6 { seen.append(Array(try #require(try await viewer.next()).readableBytesView)) }
        let initialization = InitializationSegment(format: other[0].format).bytes
        let at = try #require(seen.firstIndex(of: initialization))
        #expect(try FragmentedFile.samples(inFragment: seen[at + 1])[0].isKey)
    }

    @Test func `a cancelled viewer does not wait on`() async throws {
        let (stream, _) = stream(seconds: 2)
        let task = Task {
            let viewer = stream.subscribe()
            while try await viewer.next() != nil {}
        }
        while stream.state.withLock({ $0.waiters.isEmpty }) { await Task.yield() }
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(stream.viewerCount == 0)
    }

    // MARK: LL-HLS

    @Test func `the playlist names parts, whole segments and the part to come`() async throws {
        let (stream, _) = stream(seconds: 9)
        let text = try await stream.playlist(mediaSequence: nil, part: nil)
        let lines = text.split(separator: "\n")
        #expect(lines.first == "#EXTM3U")
        #expect(lines.contains("#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.50000"))
        #expect(lines.contains { $0.hasPrefix("#EXT-X-MAP:URI=\"live/init-1.mp4\"") })
        #expect(lines.contains { $0.hasPrefix("#EXT-X-PART:DURATION=0.50000") && $0.hasSuffix("INDEPENDENT=YES") })
        #expect(lines.last?.hasPrefix("#EXT-X-PRELOAD-HINT:TYPE=PART") == true)
        for line in lines where line.hasPrefix("live/") || line.contains("URI=\"live/") && !line.contains("HINT") {
            let name = String(line.split(separator: "\"").first { $0.hasPrefix("live/") }!.dropFirst(5))
            #expect(try await stream.resource(name).readableBytes > 0, "everything named can be had")
        }
    }

    @Test func `a blocking reload returns when the part asked for is there`() async throws {
        let (stream, _) = stream(seconds: 4)
        let (sequence, part) = stream.state.withLock {
            ($0.segments.last!.mediaSequence, $0.segments.last!.parts.count)
        }
        async let playlist = stream.playlist(mediaSequence: sequence, part: part)
        while stream.state.withLock({ $0.waiters.isEmpty }) { await Task.yield() }
        for part in parts(seconds: 1, from: Time90k(.seconds(4))) { publish(part, to: stream) }
        #expect(try await playlist.contains("#EXT-X-PART"))
    }

    @Test(arguments: [(1_000_000, nil), (nil, 3)] as [(Int?, Int?)])
    func `a place that can't come is refused`(sequence: Int?, part: Int?) async {
        let (stream, _) = stream(seconds: 4)
        await #expect(throws: LiveError.self) { try await stream.playlist(mediaSequence: sequence, part: part) }
    }

    @Test(arguments: [
        "", "x", "1", "..m4s", "-1.m4s", "1.-1.m4s", "init-.mp4", "init-9.mp4", "99999.m4s", "1.2.3.m4s", "../1.m4s",
    ])
    func `names that the playlist never gave are refused`(name: String) async {
        let (stream, _) = stream(seconds: 4)
        await #expect(throws: LiveError.self) { try await stream.resource(name) }
    }
}
