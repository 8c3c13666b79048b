import Domain
import Logging
import NIOPosix
import TestSupport
import Testing

@testable import Cameras

struct ProbeTests {
    private let probe = Probe(
        sources: SourceFactory(
            eventLoops: MultiThreadedEventLoopGroup.singleton, time: .real, log: Logger(label: "test")), time: .real)

    @Test func `a look at a camera tells codec, size, rate, keyframes, a picture, and what to change`() async throws {
        let farm = try await CameraFarm.start(.init("/cooking", .h265, credentials: .farm))
        let report = try await probe.run(farm.address("/cooking"), credentials: .farm)
        #expect(report.main.codec == "H.265" && report.main.codecs.hasPrefix("hvc1."))
        #expect(report.main.width == 320 && report.main.height == 240)
        #expect(abs(report.main.framesPerSecond - 15) < 1)
        #expect(report.main.bitsPerSecond > 10_000)
        #expect(report.main.keyframeInterval.map { abs($0.inSeconds - 1) < 0.1 } == true)
        #expect(report.main.jpeg?.starts(with: [0xFF, 0xD8]) == true)
        #expect(report.advice.contains(.noSubStream))
        #expect(report.advice.contains(.notPlayableInBrowsers))
        try await farm.stop()
    }

    @Test func `a wrong password is told as such`() async throws {
        let farm = try await CameraFarm.start(.init("/cooking", .h264, credentials: .farm))
        let error = await #expect(throws: SourceFailure.self) {
            try await probe.run(
                farm.address("/cooking"), credentials: Credentials(user: "viewer", password: Secret("no")))
        }
        #expect(error?.kind == .wrongPassword)
        try await farm.stop()
    }
}
