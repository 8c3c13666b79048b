import Domain
import TestSupport
import Testing

struct CameraFarmTests {
    static let mounts: [CameraFarm.Mount] = {
        var udp = CameraFarm.Mount("/udp", .h264)
        udp.transports = [.udp]
        var secure = CameraFarm.Mount("/secure", .h264, credentials: .farm)
        secure.isSecure = true
        return [
            .init("/h264", .h264, credentials: .farm), .init("/h265", .h265, credentials: .farm), .init("/open", .h264),
            .init("/b", .h264WithBFrames), .init("/size", .sizeChange), .init("/mpeg4", .mpeg4), udp, secure,
        ]
    }()

    @Test func `each kind of mount is a stream that ffmpeg reads`() async throws {
        let farm = try await CameraFarm.start(Self.mounts)
        for mount in Self.mounts {
            let transport = mount.transports.contains(.tcp) ? "tcp" : "udp"
            let done = try await ChildProcess.run([
                "ffmpeg", "-nostdin", "-v", "error", "-rtsp_transport", transport, "-i", farm.url(mount.path), "-t",
                "1.5",
                "-c", "copy", "-f", "framecrc", "-",
            ])
            let pictures = String(decoding: done.output, as: UTF8.self).split(separator: "\n").filter {
                !$0.hasPrefix("#")
            }
            #expect(
                done.ending.isSuccess && pictures.count >= 15,
                "\(mount.path): \(done.ending) \(pictures.count) \(done.errors)")
        }
    }

    @Test func `a wrong password is refused`() async throws {
        let farm = try await CameraFarm.start(.init("/h264", .h264, credentials: .farm))
        for url in [farm.url("/h264", withCredentials: false), farm.url("/h264").replacing("kitchen", with: "other")] {
            let done = try await ChildProcess.run(["ffprobe", "-v", "error", "-rtsp_transport", "tcp", url])
            #expect(done.errors.contains("401 Unauthorized"))
        }
    }

    @Test func `time stamps go on when the clip begins again`() async throws {
        let farm = try await CameraFarm.start(.init("/short", .test(.h264, seconds: 2)))
        let folder = try TemporaryDirectory()
        let file = folder.file("loop.mp4")
        let done = try await ChildProcess.run([
            "ffmpeg", "-nostdin", "-v", "error", "-rtsp_transport", "tcp", "-i", farm.url("/short"), "-t", "7", "-c",
            "copy", file,
        ])
        #expect(done.ending.isSuccess)
        let times = try await FFprobe.packets(file).compactMap(\.dts)
        #expect(times.count >= 90)
        // ffmpeg gives the first packet, which it read before the first RTCP report, a time of its own.
        let steps = zip(times.dropFirst(), times).map { $0 - $1 }.dropFirst()
        #expect(steps.allSatisfy { (5999...6001).contains($0) }, "\(Set(steps))")
    }

    @Test func `a killed farm comes back on its port`() async throws {
        let farm = try await CameraFarm.start(.init("/open", .h264))
        let url = farm.url("/open")
        try await farm.kill()
        #expect(
            try await !ChildProcess.run(["ffprobe", "-v", "error", "-rtsp_transport", "tcp", url]).ending.isSuccess)
        try await farm.restart()
        #expect(farm.url("/open") == url)
        #expect(try await ChildProcess.run(["ffprobe", "-v", "error", "-rtsp_transport", "tcp", url]).ending.isSuccess)
    }
}
