import Domain
import Foundation
import TestSupport

/// Beside Debian's `motion` on the same sub-streams at 5 pictures a second, same run: 8 idle cameras, 8 half-idle ones.
/// Ours records the main streams as well and recognises; `motion` only looks for movement.
struct MotionMeasure: Measure {
    let name = "motion"
    private static let count = 8

    func run(_ bench: Bench) async throws {
        for (activity, bar) in [(Clip.Activity.idle, 1.0 / 3), (.half, 2.0)] {
            let farm = try await CameraFarm.start(WatchedCameras.mounts(Self.count, activity))
            let window = Duration.seconds(bench.isQuick ? 20 : 40)
            let program = try await Program.start(bench, data: bench.folder("motion-\(activity)"), analyses: true)
            try await WatchedCameras.add(Self.count, of: farm, to: program)
            let ours = try await CPUWindows.measure([program.process], of: window, settling: .seconds(30))
            try await program.stop()

            let peer = try startPeer(bench, farm, activity)
            let theirs = try await CPUWindows.measure([peer], of: window, settling: .seconds(20))
            peer.signal(SIGKILL)
            let scale = 60 / Double(Self.count)
            bench.add(
                Figure(
                    "\(activity) camera", ours.median * scale, "CPU-s a minute",
                    peer: .init(name: "motion", value: theirs.median * scale),
                    bar: .atMost(theirs.median * scale * bar),
                    raw: (ours.shares + theirs.shares).map { $0 * scale }))
        }
    }

    private func startPeer(_ bench: Bench, _ farm: CameraFarm, _ activity: Clip.Activity) throws -> ChildProcess {
        let folder = try bench.folder("motion-peer-\(activity)")
        var main = """
            daemon off
            log_level 4
            webcontrol_port 0
            stream_port 0
            picture_output off
            movie_output off
            target_dir \(folder)

            """
        for number in 1...Self.count {
            let file = "\(folder)/camera\(number).conf"
            let camera = """
                camera_id \(number)
                netcam_url \(farm.url("/\(activity)\(number)-sub", withCredentials: false))
                netcam_userpass \(farm.credentials("/\(activity)\(number)-sub").map { "\($0.user):\($0.password.reveal())" } ?? "")
                width 640
                height 360
                framerate 5

                """
            try camera.write(toFile: file, atomically: true, encoding: .utf8)
            main += "camera \(file)\n"
        }
        let file = folder + "/motion.conf"
        try main.write(toFile: file, atomically: true, encoding: .utf8)
        let words = ["motion", "-n", "-c", file]
        bench.note(command: words.joined(separator: " "))
        return try ChildProcess.start(words)
    }
}
