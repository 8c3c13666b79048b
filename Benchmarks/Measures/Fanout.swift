import Domain
import Foundation
import TestSupport

/// Live fan-out of one 2 Mbit/s camera: what a further viewer costs the server, whether any stalls, and what happens to
/// those who read too slowly.
struct Fanout: Measure {
    let name = "fanout"
    /// ZLMediaKit, fragmented MP4 over HTTP, 500 viewers, 2 Mbit/s, on a 2-core EPYC.
    private static let peer = Figure.Peer(name: "ZLMediaKit", value: 230, isOfThisRun: false)

    func run(_ bench: Bench) async throws {
        let counts = bench.isQuick ? [20, 50] : [100, 500, 1000]
        let window = Duration.seconds(bench.isQuick ? 5 : 20)
        let farm = try await CameraFarm.start(.init("/camera", .camera720p, credentials: .farm))
        let program = try await Program.start(bench, data: bench.folder("fanout"))
        let camera = try await program.addCamera("camera", farm.url("/camera"))
        try await program.waitUntilRecording(1)
        // What the first viewers of all cost once (code, buffers) is no cost of a further viewer.
        let first = try start(bench, program, camera: camera, viewers: 20, slow: 0, slowSeconds: 0)
        try await waitUntilWatching(first, 20)
        try await leave(first)
        let alone = try await CPUWindows.measure([program.process], of: window, settling: .seconds(5))
        let memoryAlone = Double(program.process.usage?.proportionalBytes ?? 0)

        for count in counts {
            let slow = max(1, count / 50)
            // Slow for longer than the windows last.
            let slowSeconds = 3 * window.inSeconds + 10
            let crowd = try start(bench, program, camera: camera, viewers: count, slow: slow, slowSeconds: slowSeconds)
            try await waitUntilWatching(crowd, count)
            let windows = try await CPUWindows.measure([program.process], of: window, settling: .seconds(5))
            let memory = Double(program.process.usage?.proportionalBytes ?? 0)
            try? await eventually(
                "slow viewers see that they were skipped ahead", within: .seconds(30), every: .milliseconds(200)
            ) {
                try last(crowd)?.slowViewersSkipped == slow
            }
            guard let seen = try last(crowd) else {
                throw HTTPConnection.Unexpected(description: "no report of viewers")
            }
            try await leave(crowd)

            let micro = windows.shares.map { ($0 - alone.median) / Double(count) * 1e6 }
            bench.add(
                Figure(
                    "CPU of a further viewer, of \(count)", micro.median, "µs a viewer-second", peer: Self.peer,
                    bar: .atMost(200), raw: micro))
            bench.add(
                Figure(
                    "memory of a viewer, of \(count)", (memory - memoryAlone) / Double(count) / 1024, "KiB",
                    peer: .init(name: "ZLMediaKit", value: 5, isOfThisRun: false), bar: .atMost(32),
                    raw: [memoryAlone, memory]))
            bench.add(
                Figure(
                    "stalled, lost or unplayable, of \(count)",
                    Double(seen.stalls + seen.lost + seen.faults + seen.skipsOfFastViewers), "times", bar: .atMost(0),
                    raw: [seen.stalls, seen.lost, seen.faults, seen.skipsOfFastViewers].map(Double.init)))
            bench.add(
                Figure(
                    "slow viewers skipped ahead to a keyframe, of \(slow)", Double(seen.slowViewersSkipped), "viewers",
                    bar: .atLeast(Double(slow)), raw: [Double(seen.skipsOfSlowViewers)]))
            bench.say(
                "longest pause of a viewer \(Table.number(seen.longestPauseSeconds)) s; the viewers themselves came late by \(Table.number(seen.longestOwnDelaySeconds)) s at most"
            )
        }
        try await program.stop()
    }

    private func start(
        _ bench: Bench, _ program: Program, camera: String, viewers: Int, slow: Int, slowSeconds: Double
    ) throws -> ChildProcess {
        let order = ViewerProcess.Order(
            port: program.port, cookie: program.cookie, path: "/api/v1/cameras/\(camera)/live.mp4", viewers: viewers,
            // A fifth of the camera's bit rate.
            slowViewers: slow, slowBytesPerSecond: 50_000, slowSeconds: slowSeconds)
        let crowd = try ChildProcess.start([CommandLine.arguments[0], "viewers"])
        crowd.write(String(decoding: try JSONEncoder().encode(order), as: UTF8.self) + "\n")
        return crowd
    }

    private func waitUntilWatching(_ crowd: ChildProcess, _ count: Int) async throws {
        try await eventually("\(count) viewers watch", within: .seconds(60), every: .milliseconds(200)) {
            guard crowd.ending == nil else { throw HTTPConnection.Unexpected(description: "viewers: \(crowd.errors)") }
            return try last(crowd)?.receiving == count
        }
    }

    private func leave(_ crowd: ChildProcess) async throws {
        crowd.signal(SIGKILL)
        _ = try await crowd.ending()
    }

    private func last(_ crowd: ChildProcess) throws -> ViewerReport? {
        guard let line = crowd.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast().last else {
            return nil
        }
        return try JSONDecoder().decode(ViewerReport.self, from: Data(line.utf8))
    }
}
