import Domain
import Foundation
import Logging
import NIOPosix
import Synchronization
import TestSupport
import Testing

@testable import Cameras

/// Whole cameras: a real RTSP server of somebody else's, our client, recorder and files.
@Suite(.serialized) struct FleetTests {
    private final class Node: Sendable {
        let folder: TemporaryDirectory
        let index = MemoryIndex()
        let recorder: Recorder
        let fleet: CameraFleet
        let settings: RecorderSettings
        private let running = Mutex<[Task<Void, any Error>]>([])

        init(root: String? = nil) throws {
            folder = try TemporaryDirectory()
            var log = Logger(label: "test")
            log.logLevel = .critical
            settings = RecorderSettings(root: root ?? folder.path, reserveBytes: 0)
            recorder = Recorder(settings: settings, index: index, time: .real, log: log)
            fleet = CameraFleet(
                recorder: recorder,
                sources: SourceFactory(eventLoops: MultiThreadedEventLoopGroup.singleton, time: .real, log: log),
                time: .real, log: log)
            let tasks = [
                Task { [recorder] in try await recorder.run() }, Task { [fleet] in try await fleet.run() },
            ]
            running.withLock { $0 = tasks }
        }

        func end() async {
            for task in running.withLock({ $0 }).reversed() {
                task.cancel()
                _ = await task.result
            }
        }

        func check() async throws -> [FootageCheck.Finding] {
            try await FootageCheck(settings: settings, index: index).run().findings
        }
    }

    private static func camera(
        _ address: SourceAddress, credentials: Credentials? = nil, sub: SourceAddress? = nil,
        transport: Camera.Transport = .tcp, client: Camera.Client = .native
    ) -> Camera {
        Camera(
            id: CameraID(at: TimeSource.real.now()), area: AreaID(at: TimeSource.real.now()), name: "test",
            main: address,
            sub: sub, credentials: credentials, transport: transport, client: client)
    }

    @Test(arguments: [
        (Clip.h264, Camera.Transport.tcp, Camera.Client.native), (.h264, .udp, .native), (.h265, .tcp, .native),
        (.h265, .udp, .native), (.h264, .tcp, .compatible),
    ])
    func `a camera of another maker is recorded, and the files decode in another program`(
        clip: Clip, transport: Camera.Transport, client: Camera.Client
    ) async throws {
        let farm = try await CameraFarm.start(.init("/cooking", clip, credentials: .farm))
        let node = try Node()
        let camera = Self.camera(
            farm.address("/cooking"), credentials: .farm, transport: transport, client: client)
        node.fleet.apply([camera])
        try await eventually("two segments", within: .seconds(60)) {
            node.index.state.withLock { $0.segments.count } >= 2
        }
        let status = try #require(node.fleet.status(of: camera.id))
        #expect(status.state == .live && status.recording == .running)
        #expect(status.picture?.width == 320)
        await node.end()
        #expect(try await node.check() == [])
        var frames = 0
        for file in node.index.state.withLock({ Array($0.files.values) }) {
            let path = node.folder.file(file.path)
            #expect(try await FFprobe.decodingErrors(path) == "")
            frames += try await FFprobe.countFrames(path)
        }
        #expect(frames > 60)
        try await farm.stop()
    }

    @Test func `a server cut for twenty seconds is back within five, and the gap is entered`() async throws {
        let farm = try await CameraFarm.start(.init("/cooking", .h264, credentials: .farm))
        let node = try Node()
        let camera = Self.camera(farm.address("/cooking"), credentials: .farm)
        node.fleet.apply([camera])
        try await eventually("footage") { node.index.state.withLock { !$0.segments.isEmpty } }
        try await farm.kill()
        let cut = ContinuousClock.now
        try await eventually("the loss is noticed") { node.fleet.status(of: camera.id)?.state != .live }
        try await eventually("twenty seconds have passed", within: .seconds(30)) {
            cut.duration(to: .now) > .seconds(20)
        }
        guard case .waiting(let failure, _) = node.fleet.status(of: camera.id)?.state else {
            Issue.record("the camera should wait")
            return
        }
        #expect(failure.kind == .refused)
        try await farm.restart()
        let back = ContinuousClock.now
        try await eventually("live again") { node.fleet.status(of: camera.id)?.state == .live }
        #expect(back.duration(to: .now) < .seconds(6), "five seconds, and one for a busy machine")
        try await eventually("the gap's row") { node.index.state.withLock { !$0.gaps.isEmpty } }
        await node.end()
        let gap = try #require(node.index.state.withLock { $0.gaps.first })
        #expect(gap.reason == .offline)
        #expect(gap.span.duration > .seconds(19) && gap.span.duration < .seconds(32))
        #expect(try await node.check() == [])
        try await farm.stop()
    }

    @Test(arguments: [
        ("wrong", SourceFailure.Kind.wrongPassword), ("none", .passwordNeeded), ("path", .notFound), ("port", .refused),
        ("text", .notVideo), ("missing", .notFound), ("mpeg4", .unsupportedCodec), ("scene", .notFound),
    ])
    func `what can't be watched says why`(what: String, kind: SourceFailure.Kind) async throws {
        let farm = try await CameraFarm.start(.init("/cooking", .h264, credentials: .farm))
        let node = try Node()
        let wrong = Credentials(user: "viewer", password: Secret("not-it"))
        let camera: Camera
        switch what {
        case "wrong": camera = Self.camera(farm.address("/cooking"), credentials: wrong)
        case "none": camera = Self.camera(farm.address("/cooking"))
        case "path":
            camera = Self.camera(
                SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: farm.address("/cooking").port, path: "/none"),
                credentials: .farm)
        case "port": camera = Self.camera(SourceAddress(scheme: .rtsp, host: "127.0.0.1", port: 1, path: "/x"))
        case "text":
            let path = try node.folder.write("text.mp4", Array(String(repeating: "no video at all\n", count: 500).utf8))
            camera = Self.camera(SourceAddress(scheme: .file, host: "", path: path))
        case "mpeg4":
            camera = Self.camera(SourceAddress(scheme: .file, host: "", path: try await Clip.mpeg4.path()))
        case "scene": camera = Self.camera(SourceAddress(scheme: .sim, host: "moon"))
        default: camera = Self.camera(SourceAddress(scheme: .file, host: "", path: "/nowhere/at/all.mp4"))
        }
        node.fleet.apply([camera])
        let failure = try await eventually("a reason") {
            if case .waiting(let failure, _) = node.fleet.status(of: camera.id)?.state { failure } else { nil }
        }
        #expect(failure.kind == kind)
        #expect(!"\(failure)".contains("not-it"))
        await node.end()
        try await farm.stop()
    }

    @Test func `a full disk pauses recording with an alarm, live goes on, and recording resumes by itself`()
        async throws
    {
        let mount = try TemporaryDirectory()
        // A disk of eight megabytes; needs root, as in a container.
        guard
            try await ChildProcess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", mount.path]).ending.isSuccess
        else {
            withKnownIssue("mounting a small disk needs root") { Issue.record("not tried") }
            return
        }
        let node = try Node(root: mount.path)
        let camera = Self.camera(
            SourceAddress(scheme: .file, host: "", path: try await Clip.test(.h264, width: 640, height: 360).path()))
        let filler = mount.path + "/filler"
        node.fleet.apply([camera])
        try await eventually("footage") { node.index.state.withLock { !$0.segments.isEmpty } }
        _ = try await ChildProcess.run(["dd", "if=/dev/zero", "of=\(filler)", "bs=1M"])
        try await eventually("the alarm", within: .seconds(60)) {
            node.fleet.status(of: camera.id)?.recording == .paused(.diskFull)
        }
        #expect(node.fleet.status(of: camera.id)?.state == .live)
        let viewer = try #require(node.fleet.live(camera.id)).subscribe()
        for _ in 0..<4 { #expect(try await viewer.next() != nil) }
        try FileManager.default.removeItem(atPath: filler)
        try await eventually("recording again", within: .seconds(60)) {
            node.fleet.status(of: camera.id)?.recording == .running
        }
        try await eventually("the gap") { node.index.state.withLock { $0.gaps.contains { $0.reason == .diskFull } } }
        await node.end()
        #expect(try await node.check() == [])
        _ = try await ChildProcess.run(["umount", mount.path])
    }

    @Test func `settings are followed: off, on, and another name without a break`() async throws {
        let node = try Node()
        var camera = Self.camera(SourceAddress(scheme: .file, host: "", path: try await Clip.h264.path()))
        node.fleet.apply([camera])
        try await eventually("live") { node.fleet.status(of: camera.id)?.state == .live }
        let received = try #require(node.fleet.status(of: camera.id)).received
        camera.name = "another"
        node.fleet.apply([camera])
        try await eventually("it goes on") { node.fleet.status(of: camera.id)!.received > received }
        camera.isEnabled = false
        node.fleet.apply([camera])
        try await eventually("off") { node.fleet.live(camera.id) == nil }
        #expect(node.fleet.status(of: camera.id)?.state == .disabled)
        camera.isEnabled = true
        node.fleet.apply([camera])
        try await eventually("on again") { node.fleet.status(of: camera.id)?.state == .live }
        node.fleet.apply([])
        try await eventually("gone") { node.fleet.status(of: camera.id) == nil }
        await node.end()
    }
}
