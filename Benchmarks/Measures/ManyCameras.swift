import Domain
import Foundation
import Store
import TestSupport

/// 200 cameras of 640×360 in one process: every picture that was sent between the first and the last must be in the files.
struct ManyCameras: Measure {
    let name = "recording"

    func run(_ bench: Bench) async throws {
        let count = bench.isQuick ? 20 : 200
        let seconds = bench.isQuick ? 10 : 60
        var mounts: [CameraFarm.Mount] = []
        for number in 1...count {
            var mount = CameraFarm.Mount("/camera\(number)", .camera360p, credentials: .farm)
            // Ten pipelines for all: two hundred would cost the farm the CPU time that the program needs.
            mount.pipeline = "pipeline\(number % 10)"
            mounts.append(mount)
        }
        let farm = try await CameraFarm.start(mounts)
        let data = try bench.folder("many-cameras")
        let program = try await Program.start(bench, data: data)
        for mount in mounts { _ = try await program.addCamera(mount.path, farm.url(mount.path)) }
        try await program.waitUntilRecording(count, within: .seconds(120))
        let windows = try await CPUWindows.measure(
            [program.process], windows: 3, of: .seconds(max(4, seconds / 3)), settling: .seconds(5))
        let memory = Double(program.process.usage?.residentBytes ?? 0) / 1_048_576
        try await program.stop()

        bench.add(
            Figure(
                "CPU, \(count) cameras of 640×360", windows.median * 60 / Double(count), "CPU-s a stream-minute",
                raw: windows.shares))
        bench.add(Figure("memory, \(count) cameras of 640×360", memory, "MiB resident"))
        let recorded = try await RecordedPictures.count(data: data)
        bench.say(
            "\(recorded.files) files, \(recorded.pictures) pictures, shortest recording \(Table.number(recorded.shortestSeconds)) s"
        )
        guard recorded.cameras == count, recorded.shortestSeconds >= Double(seconds) else {
            throw HTTPConnection.Unexpected(
                description: "\(recorded.cameras) cameras recorded, the shortest for \(recorded.shortestSeconds) s")
        }
        bench.add(
            Figure(
                "lost access units, \(count) cameras, \(seconds) s", Double(recorded.missing), "pictures",
                bar: .atMost(0),
                raw: [Double(recorded.pictures)]))
    }
}

/// Counts what stands in recordings, by ffprobe, against what a camera of a constant frame rate must have sent.
struct RecordedPictures {
    var cameras = 0
    var files = 0
    var pictures = 0
    /// Pictures that a step in time of more than one picture's duration speaks of, inside a file or between two.
    var missing = 0
    var shortestSeconds = Double.infinity

    static func count(data: String, framesPerSecond: Double = 15) async throws -> RecordedPictures {
        let footage = try await Footage.open(data: data)
        let always = TimeSpan(start: Footage.now - .seconds(3600), duration: .seconds(7200))
        var result = RecordedPictures()
        for camera in try await footage.store.footage.camerasWithFootage() {
            let files = try await footage.store.footage.files(of: camera, overlapping: always)
            guard let start = files.first?.start, let end = files.last?.span.end else { continue }
            for (index, file) in files.enumerated() {
                let times = try await times(of: "\(data)/recordings/\(file.path)")
                guard let first = times.first, let last = times.last else { continue }
                let sent = Int(((last - first) * framesPerSecond).rounded()) + 1
                result.files += 1
                result.pictures += times.count
                result.missing += sent - times.count
                guard index > 0 else { continue }
                let hole = (file.start - files[index - 1].span.end).inSeconds
                result.missing += Int((hole * framesPerSecond).rounded())
            }
            result.cameras += 1
            result.shortestSeconds = min(result.shortestSeconds, (end - start).inSeconds)
        }
        try await footage.store.close()
        return result
    }

    private static func times(of file: String) async throws -> [Double] {
        let timeBase = try await FFprobe.streams(file).first { $0.codec_type == "video" }?.time_base ?? ""
        return try await FFprobe.packets(file).compactMap { $0.dts.map { FFprobe.seconds($0, in: timeBase) } }
    }
}
