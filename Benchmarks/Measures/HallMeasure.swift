import Foundation
import TestSupport

/// A screen of the hall in a real browser: sixteen live kitchens and figures for hours, and a restart of the server under it.
struct HallMeasure: Measure {
    let name = "hall"

    private static let cameras = 16

    func run(_ bench: Bench) async throws {
        let minutes =
            ProcessInfo.processInfo.environment["HALL_MINUTES"].flatMap(Double.init) ?? (bench.isQuick ? 5 : 120)
        let data = try bench.folder("hall")
        var program = try await Program.start(bench, data: data)
        for number in 1...Self.cameras {
            // Simulated kitchens, small and slow enough that the machine which shows them can also make them.
            _ = try await program.addCamera(
                "K\(number)", "sim://cooking?people=1&seed=\(number)&width=320&height=180&fps=5")
        }
        try await program.waitUntilRecording(Self.cameras)
        let port = program.port
        let driver = try ChildProcess.start(
            [
                "Scripts/measure-hall", "http://127.0.0.1:\(port)",
                "--cookie", program.cookie, "--minutes", "\(minutes)", "--cameras", "\(Self.cameras)",
            ], environment: [:])
        bench.note(command: "Scripts/measure-hall --minutes \(minutes) --cameras \(Self.cameras)")
        _ = try await driver.line(containing: "restart now", within: .seconds(Int(minutes * 60) + 300))
        let (cookie, began) = (program.cookie, ContinuousClock.now)
        try await program.stop()
        program = try await Program.start(bench, data: data, cookie: cookie, port: port)
        bench.say("the server was away for \(began.duration(to: .now))")
        let line = try await driver.line(containing: "{\"", within: .seconds(120))
        try await program.stop()
        report(try JSONDecoder().decode(Outcome.self, from: Data(line.utf8)), bench)
    }

    private struct Outcome: Decodable {
        var minutes: Double
        var heapFirstMiB: Double
        var heapLastMiB: Double
        var memoryFirstMiB: Double
        var memoryLastMiB: Double
        var longestStallSeconds: Double
        var stalls: Int
        var leastPlaying: Int
        var longestStillSeconds: Double
        var framesPerSecond: Double
        var recoverySeconds: Double
        var restarts: Int
    }

    private func report(_ outcome: Outcome, _ bench: Bench) {
        func share(_ first: Double, _ last: Double) -> Double { (last - first) / first * 100 }
        bench.add(Figure("measured for", outcome.minutes, "min"))
        bench.add(
            Figure(
                "memory of all of the browser's processes (PSS), growth",
                share(outcome.memoryFirstMiB, outcome.memoryLastMiB), "%",
                bar: .atMost(5)))
        bench.add(Figure("memory of all of the browser's processes at the end", outcome.memoryLastMiB, "MiB"))
        bench.add(
            Figure(
                "JavaScript heap after collection, growth", share(outcome.heapFirstMiB, outcome.heapLastMiB), "%",
                bar: .atMost(5)))
        bench.add(Figure("JavaScript heap at the end", outcome.heapLastMiB, "MiB"))
        bench.add(
            Figure("longest time without a frame of the page", outcome.longestStallSeconds, "s", bar: .atMost(2)))
        bench.add(Figure("times without a frame for more than 2 s", Double(outcome.stalls), "", bar: .atMost(0)))
        bench.add(
            Figure("fewest pictures that went on, of \(Self.cameras)", Double(outcome.leastPlaying), ""))
        bench.add(Figure("longest time that a picture stood still", outcome.longestStillSeconds, "s", bar: .atMost(2)))
        bench.add(Figure("frames of the page, a second", outcome.framesPerSecond, "1/s"))
        bench.add(Figure("players begun anew by the watchdog", Double(outcome.restarts), ""))
        bench.add(
            Figure(
                "from the server's return to \(Self.cameras) pictures", outcome.recoverySeconds, "s", bar: .atMost(10)))
    }
}
