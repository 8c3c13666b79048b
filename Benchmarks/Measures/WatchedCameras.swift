import Foundation
import TestSupport

/// The analysis of real RTSP cameras with a 1080p15 main stream (recorded) and a 640×360 sub-stream (analysed): what an
/// idle one and a busy one cost, all in.
struct WatchedCameras: Measure {
    enum Kind {
        case idle
        case busy
    }

    let kind: Kind
    var name: String { kind == .idle ? "idle" : "busy" }

    func run(_ bench: Bench) async throws {
        let counts = kind == .idle ? [8] : bench.isQuick ? [1] : [1, 4, 16]
        let activity: Clip.Activity = kind == .idle ? .idle : .busy
        let largest = counts.last!
        let farm = try await CameraFarm.start(Self.mounts(largest, activity))
        for count in counts {
            let program = try await Program.start(bench, data: bench.folder(name), analyses: true)
            try await Self.add(count, of: farm, to: program)
            let windows = try await CPUWindows.measure(
                [program.process], of: .seconds(bench.isQuick ? 10 : 40), settling: .seconds(bench.isQuick ? 15 : 30))
            let figure = windows.median * 60 / Double(count)
            let raw = windows.shares.map { $0 * 60 / Double(count) }
            switch kind {
            case .idle:
                bench.add(
                    Figure("idle camera, all in (\(count))", figure, "CPU-s a minute", bar: .atMost(0.4), raw: raw))
            case .busy:
                // Sixteen fill the machine: there it is the age of pictures that counts.
                let bar: Figure.Bar? = count == largest && count > 1 ? nil : .atMost(7)
                bench.add(Figure("busy camera, all in (\(count))", figure, "CPU-s a minute", bar: bar, raw: raw))
                try Self.report(bench, program, count)
            }
            try await program.stop()
        }
    }

    private static func report(_ bench: Bench, _ program: Program, _ count: Int) throws {
        let cameras = try AnalysisState.read(program)
        bench.add(
            Figure(
                "pictures a second and camera (\(count))", cameras.map(\.framesPerSecond).median, "of 5",
                raw: cameras.map(\.framesPerSecond)))
        bench.add(
            Figure(
                "oldest picture when analysed (\(count))", cameras.map { Double($0.lagMs) }.max() ?? .nan, "ms",
                bar: .atMost(2000), raw: cameras.map { Double($0.lagMs) }))
    }

    static func mounts(_ count: Int, _ activity: Clip.Activity) -> [CameraFarm.Mount] {
        (1...count).flatMap { number in
            [
                CameraFarm.Mount("/\(activity)\(number)", .watched(activity, .main), credentials: .farm),
                CameraFarm.Mount("/\(activity)\(number)-sub", .watched(activity, .sub), credentials: .farm),
            ]
        }
    }

    static func add(_ count: Int, of farm: CameraFarm, to program: Program) async throws {
        for mount in farm.mounts.filter({ !$0.path.hasSuffix("-sub") }).prefix(count) {
            _ = try await program.addCamera(
                mount.path, farm.url(mount.path), sub: farm.url(mount.path + "-sub"))
        }
        try await program.waitUntilRecording(count)
    }
}

/// What `/api/v1/analysis` says of a camera.
struct AnalysisState: Decodable {
    var framesPerSecond: Double
    var lagMs: Int
    var analysed: Int
    var skipped: Int

    static func read(_ program: Program) throws -> [AnalysisState] {
        struct Answer: Decodable { var cameras: [AnalysisState] }
        let answer = try program.connect().get("/api/v1/analysis", cookie: program.cookie)
        guard answer.status == 200 else { throw HTTPConnection.Unexpected(description: "analysis: \(answer.status)") }
        return try JSONDecoder().decode(Answer.self, from: Data(answer.body)).cameras
    }
}
