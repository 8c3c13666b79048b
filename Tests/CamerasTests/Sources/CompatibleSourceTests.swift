import Bitstream
import Domain
import FFmpeg
import TestSupport
import Testing

@testable import Cameras

@Suite struct CompatibleSourceTests {
    @Test(arguments: [Clip.h264, .h265], [Camera.Transport.tcp, .udp])
    func `it plays a real camera with a password`(clip: Clip, transport: Camera.Transport) async throws {
        let farm = try await CameraFarm.start(.init("/kitchen", clip, credentials: .farm))
        let source = CompatibleSource(
            address: farm.address("/kitchen"), credentials: farm.credentials("/kitchen"), transport: transport)
        let units = try await collect(25, from: source)
        #expect(units[0].isKey)
        #expect(units[0].format.codec == (clip == .h264 ? .h264 : .h265))
        #expect(units[0].format.picture.width == 320)
        for (a, b) in zip(units, units.dropFirst()) { #expect(a.decodeTime < b.decodeTime) }
        let seconds = (units[24].decodeTime - units[0].decodeTime).seconds
        #expect((1.2...2.4).contains(seconds))
    }

    @Test func `what the camera refuses is told in kinds`() async throws {
        let farm = try await CameraFarm.start([
            .init("/kitchen", .h264, credentials: .farm), .init("/open", .h264), .init("/old", .mpeg4),
        ])
        let wrong = Credentials(user: "viewer", password: Secret("not-that-0ne"))
        let cases: [(String, Credentials?, SourceFailure.Kind)] = [
            ("/kitchen", nil, .passwordNeeded), ("/kitchen", wrong, .wrongPassword), ("/old", nil, .unsupportedCodec),
        ]
        for (path, credentials, kind) in cases {
            let failure = await failure(of: CompatibleSource(address: farm.address(path), credentials: credentials))
            #expect(failure?.kind == kind, "\(path): \(String(describing: failure))")
            #expect(!"\(String(describing: failure))".contains("not-that-0ne"))
        }
        let known = farm.address("/open")
        let missing = SourceAddress(scheme: .rtsp, host: known.host, port: known.port, path: "/nowhere")
        #expect(await failure(of: CompatibleSource(address: missing))?.kind == .notFound)
    }

    @Test func `nobody there is told in kinds`() async {
        let refused = CompatibleSource(address: SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: 9, path: "/"))
        #expect(await failure(of: refused)?.kind == .refused)
        let unknown = CompatibleSource(address: SourceAddress(scheme: .rtsp, host: "kitchen.invalid", path: "/"))
        #expect(await failure(of: unknown)?.kind == .hostUnknown)
        let verified = CompatibleSource(
            address: SourceAddress(scheme: .rtsps, host: "127.0.0.1", port: 9, path: "/"), verifiesCertificate: true)
        #expect(await failure(of: verified)?.kind == .insecure)
    }

    @Test func `a camera that loses power ends the stream`() async throws {
        let farm = try await CameraFarm.start(.init("/kitchen", .h264))
        let source = CompatibleSource(address: farm.address("/kitchen"))
        let collector = Collector()
        async let failed = failure(of: source) { collector.take($0) }
        try await eventually("a picture", within: .seconds(60)) { !collector.units.isEmpty }
        try await farm.kill()
        #expect(await failed?.kind == .ended)
    }
}
