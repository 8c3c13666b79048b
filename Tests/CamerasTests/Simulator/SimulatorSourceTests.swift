import Bitstream
import Domain
import FFmpeg
import Synchronization
import TestSupport
import Testing

@testable import Cameras

@Suite(.serialized) struct SimulatorSourceTests {
    @Test func `it films in step with the clock until it is cancelled`() async throws {
        let clock = FakeTime()
        let address = try SourceAddress.parse("sim://preparation?width=320&height=180&fps=5").address
        let source = try SimulatorSource(address, time: clock.source)
        let units = try await collect(12, from: source)
        #expect(units[0].isKey && units[0].decodeTime == .zero)
        for (a, b) in zip(units, units.dropFirst()) { #expect(a.decodeTime < b.decodeTime) }
        #expect(units.allSatisfy { $0.decodeTime.ticks % 18_000 == 0 && $0.captureTime == clock.now })
        // A keyframe in every two seconds, however late the frames were.
        let groups = Dictionary(grouping: units) { $0.decodeTime.ticks / 180_000 }
        #expect(groups.values.allSatisfy { $0[0].isKey })
        #expect(units[0].format.picture.width == 320 && units[0].format.picture.height == 180)

        let jpeg = try await Still.jpeg(of: units[0])
        let directory = try TemporaryDirectory()
        let stream = try await FFprobe.streams(try directory.write("first.jpg", jpeg)).first
        #expect(stream?.width == 320 && stream?.height == 180)
    }

    @Test func `a bad address fails before anything runs`() throws {
        let address = try SourceAddress.parse("sim://cooking?people=100").address
        #expect(throws: SourceFailure.self) { try SimulatorSource(address, time: FakeTime().source) }
    }
}
