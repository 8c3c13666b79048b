import Foundation
import TestSupport

/// Recording real RTSP cameras (1080p15, 3 Mbit/s, TCP, digest): CPU time and memory, beside one `ffmpeg -c copy` for each
/// camera. The cameras' own CPU time is not counted.
struct Recording: Measure {
    let name = "recording"

    func run(_ bench: Bench) async throws {
        let counts = bench.isQuick ? [1, 4] : [1, 8, 16]
        let largest = counts.last!
        let window = Duration.seconds(bench.isQuick ? 5 : 20)
        let settling = Duration.seconds(bench.isQuick ? 3 : 12)
        let mounts = (1...largest).map { CameraFarm.Mount("/camera\($0)", .camera1080p, credentials: .farm) }
        let farm = try await CameraFarm.start(mounts)

        var memory: [Int: Double] = [:]
        var ours: [Int: CPUWindows] = [:]
        for count in counts {
            let program = try await Program.start(bench, data: bench.folder("recording"))
            for mount in mounts.prefix(count) { _ = try await program.addCamera(mount.path, farm.url(mount.path)) }
            try await program.waitUntilRecording(count)
            ours[count] = try await CPUWindows.measure([program.process], of: window, settling: settling)
            memory[count] = Double(program.process.usage?.proportionalBytes ?? 0) / 1_048_576
            try await program.stop()
            if count != largest { report(bench, count, ours[count]!, peer: nil) }
        }

        let peers = try await peers(bench, farm: farm, mounts: mounts)
        let theirs = try await CPUWindows.measure(peers, of: window, settling: settling)
        let theirMemory = peers.compactMap { $0.usage?.proportionalBytes }.reduce(0, +) / peers.count
        for peer in peers { peer.signal(SIGKILL) }
        report(bench, largest, ours[largest]!, peer: theirs)

        let each = (memory[largest]! - memory[counts[0]]!) / Double(largest - counts[0])
        bench.add(
            Figure(
                "memory for each further camera", each, "MiB",
                peer: .init(name: "ffmpeg", value: Double(theirMemory) / 1_048_576), bar: .atMost(6),
                raw: counts.map { memory[$0]! }))
    }

    private func report(_ bench: Bench, _ count: Int, _ windows: CPUWindows, peer: CPUWindows?) {
        let perStreamMinute = 60 / Double(count)
        let theirs = peer.map { $0.median * perStreamMinute }
        bench.add(
            Figure(
                "CPU, \(count) camera\(count == 1 ? "" : "s")", windows.median * perStreamMinute,
                "CPU-s a stream-minute",
                peer: theirs.map { .init(name: "ffmpeg", value: $0) }, bar: theirs.map { .atMost(0.5 * $0) },
                raw: (windows.shares + (peer?.shares ?? [])).map { $0 * perStreamMinute }))
    }

    private func peers(_ bench: Bench, farm: CameraFarm, mounts: [CameraFarm.Mount]) async throws -> [ChildProcess] {
        let folder = try bench.folder("recording-peer")
        let words = [
            "ffmpeg", "-nostdin", "-v", "error", "-y", "-rtsp_transport", "tcp", "-i", "URL", "-c", "copy", "-an", "-f",
            "mp4",
            "-movflags", "frag_keyframe+empty_moov+default_base_moof",
        ]
        bench.note(command: words.joined(separator: " ") + " FILE  # for each camera")
        let peers = try mounts.map { mount in
            let file = "\(folder)\(mount.path).mp4"
            return try ChildProcess.start(words.map { $0 == "URL" ? farm.url(mount.path) : $0 } + [file])
        }
        try await eventually("ffmpeg writes", within: .seconds(60)) {
            mounts.allSatisfy { mount in
                let attributes = try? FileManager.default.attributesOfItem(atPath: "\(folder)\(mount.path).mp4")
                return (attributes?[.size] as? Int ?? 0) > 100_000
            }
        }
        return peers
    }
}
