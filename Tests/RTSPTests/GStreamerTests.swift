import Bitstream
import Domain
import TestSupport
import Testing

@testable import RTSP

/// Against a server that is not ours: GStreamer's gst-rtsp-server.
@Suite(.serialized, .timeLimit(.minutes(5)))
struct GStreamerTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var clip: Clip
        var codec: VideoFormat.Codec
        var transport = Camera.Transport.tcp
        var authentication = CameraFarm.Mount.Authentication.digest
        var isSecure = false
        var reorders = false
        var testDescription: String {
            "\(codec) \(transport) \(authentication)\(isSecure ? " RTSPS" : "")\(reorders ? " with B pictures" : "")"
        }
    }

    static let cases = [
        Case(clip: .h264, codec: .h264), Case(clip: .h265, codec: .h265),
        Case(clip: .h264, codec: .h264, transport: .udp), Case(clip: .h265, codec: .h265, transport: .udp),
        Case(clip: .h264, codec: .h264, authentication: .basic), Case(clip: .h265, codec: .h265, isSecure: true),
        Case(clip: .h264WithBFrames, codec: .h264, reorders: true),
        Case(clip: .h265WithBFrames, codec: .h265, reorders: true),
    ]

    private func mount(_ path: String, _ it: Case) -> CameraFarm.Mount {
        var mount = CameraFarm.Mount(path, it.clip, credentials: .farm)
        mount.authentication = it.authentication
        mount.isSecure = it.isSecure
        return mount
    }

    @Test(arguments: cases)
    func `streams come whole and in time`(_ it: Case) async throws {
        let farm = try await CameraFarm.start(mount("/cam", it))
        let session = Session(farm.address("/cam"), credentials: farm.credentials("/cam"), transport: it.transport)
        let units = try await session.units(60)
        #expect(session.damaged == 0)
        #expect(units.first?.isKey == true)
        #expect(units[0].format.codec == it.codec)
        #expect(units[0].format.picture.width == 320 && units[0].format.picture.height == 240)
        #expect(units.filter(\.isKey).count >= 4, "one a second")
        for (a, b) in zip(units, units.dropFirst()) { #expect(a.decodeTime < b.decodeTime) }
        // Fifteen pictures a second, in the order shown.
        let shown = units.map(\.presentationTime.ticks).sorted()
        let steps = zip(shown, shown.dropFirst()).map { $1 - $0 }.dropLast(it.reorders ? 3 : 0)
        #expect(steps.allSatisfy { (5990...6010).contains($0) })
        #expect(it.reorders == units.contains { $0.compositionOffset > .zero })
        // The server runs on this machine's clock.
        let offset = try await eventually("a sender report") { session.offsets.first }
        #expect((.seconds(-1)...Duration.seconds(1)).contains(offset))
        _ = await session.cancel()
        try await farm.stop()
    }

    @Test func `a password that is wrong, missing or not needed`() async throws {
        let farm = try await CameraFarm.start([.init("/locked", .h264, credentials: .farm), .init("/open", .h264)])
        let wrong = Credentials(user: "viewer", password: Secret("no"))
        #expect(try await Session(farm.address("/locked"), credentials: wrong).failure()?.kind == .wrongPassword)
        #expect(try await Session(farm.address("/locked")).failure()?.kind == .passwordNeeded)
        let open = Session(farm.address("/open"))
        _ = try await open.units(3)
        _ = await open.cancel()
        var missing = farm.address("/open")
        missing = SourceAddress(scheme: .rtsp, host: missing.host, port: missing.port, path: "/nothing")
        #expect(try await Session(missing).failure()?.kind == .notFound)
        try await farm.stop()
    }

    @Test func `codecs that we don't carry are named`() async throws {
        let farm = try await CameraFarm.start([.init("/mpeg4", .mpeg4), .init("/jpeg", .mjpeg)])
        #expect(
            try await Session(farm.address("/mpeg4")).failure() == SourceFailure(.unsupportedCodec, detail: "MP4V-ES"))
        #expect(try await Session(farm.address("/jpeg")).failure() == SourceFailure(.unsupportedCodec, detail: "JPEG"))
        try await farm.stop()
    }

    @Test(arguments: [Camera.Transport.tcp, .udp])
    func `a camera that refuses a transport is asked for the other`(_ offered: Camera.Transport) async throws {
        var mount = CameraFarm.Mount("/cam", .h264, credentials: .farm)
        mount.transports = [offered]
        let farm = try await CameraFarm.start(mount)
        let session = Session(
            farm.address("/cam"), credentials: .farm, transport: offered == .tcp ? .udp : .tcp)
        _ = try await session.units(20)
        _ = await session.cancel()
        try await farm.stop()
    }

    @Test func `a certificate that nobody signed is refused where it is to be verified`() async throws {
        var mount = CameraFarm.Mount("/cam", .h264, credentials: .farm)
        mount.isSecure = true
        let farm = try await CameraFarm.start(mount)
        let session = Session(farm.address("/cam"), credentials: .farm, verifiesCertificate: true)
        #expect(try await session.failure()?.kind == .insecure)
        try await farm.stop()
    }

    @Test func `the size of the picture may change`() async throws {
        let farm = try await CameraFarm.start(.init("/cam", .sizeChange, credentials: .farm))
        let session = Session(farm.address("/cam"), credentials: .farm)
        let units = try await eventually("both sizes", within: .seconds(40)) {
            Set(session.units.map(\.format.picture.width)).count == 2 ? session.units : nil
        }
        for (a, b) in zip(units, units.dropFirst()) where a.format != b.format { #expect(b.isKey) }
        _ = await session.cancel()
        try await farm.stop()
    }

    @Test(arguments: [Camera.Transport.tcp, .udp])
    func `a camera that hangs has stalled, one without power has ended`(_ transport: Camera.Transport) async throws {
        let farm = try await CameraFarm.start(.init("/cam", .h264, credentials: .farm))
        let hung = Session(farm.address("/cam"), credentials: .farm, transport: transport, stallTimeout: .seconds(1))
        let cut = Session(farm.address("/cam"), credentials: .farm, transport: transport)
        _ = try await hung.units(10)
        _ = try await cut.units(10)
        farm.pause()
        #expect(try await hung.failure() == SourceFailure(.stalled))
        farm.resume()
        try await farm.kill()
        #expect(try await cut.failure()?.kind == .ended)
    }
}
