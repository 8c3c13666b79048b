import Domain
import Foundation
import Store
import TestSupport

/// Playlist of any hour and timeline of any day, with 30 days × 16 cameras in the index: over HTTP, one after the other.
struct PlaylistMeasure: Measure {
    let name = "playlist"

    func run(_ bench: Bench) async throws {
        let (cameras, days) = bench.isQuick ? (2, 2) : (16, 30)
        let data = bench.scratch + "/month-\(cameras)x\(days)"
        let span = try await prepare(bench, data: data, cameras: cameras, days: days)
        let program = try await Program.start(bench, data: data)
        let ids = try program.cameras().map(\.id)
        try program.giveReason(for: ids[0])
        let connection = try program.connect()
        var generator = SeededGenerator(seed: 3)
        let hours = Int(span.duration.inSeconds) / 3600

        func time(_ count: Int, _ path: (SeededGenerator) -> String, _ isRight: (String) -> Bool) throws -> [Double] {
            var milliseconds: [Double] = []
            for _ in 0..<count {
                _ = generator.next()
                let path = path(generator)
                let start = ContinuousClock.now
                let answer = try connection.get(path, cookie: program.cookie)
                milliseconds.append(start.duration(to: .now).inSeconds * 1000)
                guard answer.status == 200, isRight(answer.text) else {
                    throw HTTPConnection.Unexpected(description: "\(path): \(answer.status) \(answer.text.prefix(300))")
                }
            }
            return milliseconds
        }
        func request(_ what: String, _ generator: SeededGenerator, seconds: Int) -> String {
            var generator = generator
            let camera = ids.randomElement(using: &generator)!
            let hour = Int.random(in: 0...(hours - seconds / 3600), using: &generator)
            let from = span.start.milliseconds + Int64(hour) * 3_600_000
            return "/api/v1/cameras/\(camera)/\(what)?from=\(from)&to=\(from + Int64(seconds) * 1000)"
        }

        let count = bench.isQuick ? 200 : 2000
        let playlists = try time(count, { request("vod.m3u8", $0, seconds: 3600) }) {
            $0.components(separatedBy: "#EXTINF").count - 1 >= 900
        }
        bench.add(Figure("playlist of an hour, p50", playlists.percentile(50), "ms", raw: playlists))
        bench.add(Figure("playlist of an hour, p99", playlists.percentile(99), "ms", bar: .atMost(20)))
        let timelines = try time(count, { request("timeline", $0, seconds: 86_400) }) { $0.contains("\"spans\"") }
        bench.add(Figure("timeline of a day, p50", timelines.percentile(50), "ms", raw: timelines))
        bench.add(Figure("timeline of a day, p99", timelines.percentile(99), "ms", bar: .atMost(20)))
        try await program.stop()
    }

    /// The index is made once and kept: it takes minutes. Its people are forgotten, so that each run has a first start.
    private func prepare(_ bench: Bench, data: String, cameras: Int, days: Int) async throws -> TimeSpan {
        let template = data + "-template"
        let marker = template + "/begin"
        if let text = try? String(contentsOfFile: marker, encoding: .utf8), let begin = Int64(text) {
            try copy(template, to: data)
            return TimeSpan(start: UTCTime(milliseconds: begin), duration: .seconds(days * 86_400))
        }
        bench.say(
            "making the index of \(cameras) cameras × \(days) days: \(cameras * days * 21_600) segments (kept for later runs)"
        )
        try? FileManager.default.removeItem(atPath: template)
        let footage = try await Footage.open(data: template)
        // Whole hours, and not up to now: a day's timeline must not depend on when this runs.
        let begin = (Footage.now.milliseconds / 3_600_000 - Int64(days * 24) - 1) * 3_600_000
        let span = TimeSpan(start: UTCTime(milliseconds: begin), duration: .seconds(days * 86_400))
        var generator = SeededGenerator(seed: 2)
        let start = ContinuousClock.now
        for (number, camera) in try await footage.addCameras(cameras).enumerated() {
            try await footage.index(camera, span, using: &generator)
            bench.say("camera \(number + 1): \(Int(start.duration(to: .now).inSeconds)) s")
        }
        try await footage.store.close()
        try String(begin).write(toFile: marker, atomically: true, encoding: .utf8)
        try copy(template, to: data)
        return span
    }

    private func copy(_ template: String, to data: String) throws {
        try? FileManager.default.removeItem(atPath: data)
        try FileManager.default.copyItem(atPath: template, toPath: data)
    }
}
