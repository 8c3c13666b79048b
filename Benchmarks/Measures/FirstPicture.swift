import Domain
import Foundation
import TestSupport

/// From a viewer's request (with its connection) to the first byte of the first keyframe.
struct FirstPicture: Measure {
    let name = "first-picture"

    func run(_ bench: Bench) async throws {
        let requests = bench.isQuick ? 50 : 400
        let farm = try await CameraFarm.start(.init("/camera", .camera1080p, credentials: .farm))
        let program = try await Program.start(bench, data: bench.folder("first-picture"))
        let camera = try await program.addCamera("camera", farm.url("/camera"))
        try await program.waitUntilRecording(1)
        // The first group of pictures must be there: before it nobody has a keyframe to show.
        try await Task.sleep(for: .seconds(3))
        var generator = SeededGenerator(seed: 1)
        var milliseconds: [Double] = []
        var faults = 0
        for _ in 0..<requests {
            // At all moments between two keyframes.
            try await Task.sleep(for: .milliseconds(Int.random(in: 5...60, using: &generator)))
            var watch = FragmentWatch()
            let start = ContinuousClock.now
            let status = try program.connect().stream("/api/v1/cameras/\(camera)/live.mp4", cookie: program.cookie) {
                watch.read($0)
                return !watch.hasPicture
            }
            milliseconds.append(start.duration(to: .now).inSeconds * 1000)
            guard status == 200 else { throw HTTPConnection.Unexpected(description: "live.mp4: \(status)") }
            faults += watch.startsWithoutKeyframe + watch.wrongBoxes
        }
        bench.add(Figure("request to first keyframe byte, p50", milliseconds.percentile(50), "ms", raw: milliseconds))
        bench.add(Figure("request to first keyframe byte, p99", milliseconds.percentile(99), "ms", bar: .atMost(50)))
        bench.add(Figure("streams that began without a keyframe", Double(faults), "of \(requests)", bar: .atMost(0)))
        try await program.stop()
    }
}
