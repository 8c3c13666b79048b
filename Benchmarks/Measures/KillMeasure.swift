import Foundation
import TestSupport

/// `kill -9` while eight cameras record: how much footage is lost, whether every file can be read, whether `mingchu check`
/// finds anything after the restart.
struct KillMeasure: Measure {
    let name = "kill"
    /// A part of 500 ms, the picture that ends it, the picture whose duration is not known yet, and 70 ms on the way from
    /// the camera (66.7 ms a picture).
    private static let allowedMilliseconds = 500 + 2 * 66.7 + 70

    func run(_ bench: Bench) async throws {
        let (cameras, kills) = bench.isQuick ? (2, 2) : (8, 20)
        let mounts = (1...cameras).map { CameraFarm.Mount("/camera\($0)", .camera1080p, credentials: .farm) }
        let farm = try await CameraFarm.start(mounts)
        let data = try bench.folder("kill")
        var program = try await Program.start(bench, data: data)
        var ids: [String] = []
        for mount in mounts { ids.append(try await program.addCamera(mount.path, farm.url(mount.path))) }
        try program.giveReason(for: ids[0])
        let begin = Self.milliseconds
        var generator = SeededGenerator(seed: 4)
        var lost: [Double] = []
        var uncleanChecks = 0
        for kill in 1...kills {
            try await program.waitUntilRecording(cameras)
            try await Task.sleep(for: .milliseconds(Int.random(in: 3000...7000, using: &generator)))
            let killed = Self.milliseconds
            program.process.signal(SIGKILL)
            _ = try await program.process.ending()
            program = try await Program.start(bench, data: data, cookie: program.cookie)
            let ends = try ids.map { try end(of: $0, from: begin, to: killed, program) }
            lost += ends.map { Double(killed - $0) }
            let check = try await ChildProcess.run([bench.programPath, "check", "--data", data])
            if !check.ending.isSuccess {
                uncleanChecks += 1
                bench.say("check after kill \(kill): \(String(decoding: check.output, as: UTF8.self))")
            }
        }
        try await program.stop()
        let unreadable = try await unreadableFiles(bench, in: data + "/recordings")
        bench.add(Figure("footage lost by a kill, median", lost.median, "ms", raw: lost))
        bench.add(
            Figure(
                "footage lost by a kill, most of \(lost.count)", lost.max() ?? .nan, "ms",
                bar: .atMost(Self.allowedMilliseconds)))
        bench.add(Figure("unreadable files", Double(unreadable.count), "of \(unreadable.all)", bar: .atMost(0)))
        bench.add(Figure("`check` not clean after restart", Double(uncleanChecks), "of \(kills)", bar: .atMost(0)))
    }

    /// Where the footage that was recorded before a moment ends.
    private func end(of camera: String, from: Int64, to: Int64, _ program: Program) throws -> Int64 {
        struct Answer: Decodable { var segments: [[Int64]] }
        let path = "/api/v1/cameras/\(camera)/segments?from=\(from)&to=\(to)"
        let answer = try program.connect().get(path, cookie: program.cookie)
        let segments = try JSONDecoder().decode(Answer.self, from: Data(answer.body)).segments
        // A segment is: file, start, duration, offset, length.
        return segments.filter { $0[1] < to }.map { $0[1] + $0[2] }.max() ?? from
    }

    private func unreadableFiles(_ bench: Bench, in root: String) async throws -> (count: Int, all: Int) {
        let paths = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        var (count, all) = (0, 0)
        for path in paths.filter({ $0.hasSuffix(".mp4") }).sorted() {
            all += 1
            do {
                guard try await FFprobe.packets("\(root)/\(path)").isEmpty else { continue }
                count += 1
                bench.say("no pictures in \(path)")
            } catch {
                count += 1
                bench.say("\(error)")
            }
        }
        return (count, all)
    }

    private static var milliseconds: Int64 { Int64(Date().timeIntervalSince1970 * 1000) }
}
