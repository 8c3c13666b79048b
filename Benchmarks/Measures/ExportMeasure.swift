import Domain
import Foundation
import Store
import TestSupport

/// Export of ten minutes, its footage in the page cache: over HTTP and by `mingchu export`, beside `cat` of the same bytes.
struct ExportMeasure: Measure {
    let name = "export"

    /// What is exported: recorded for a minute by the program itself, the rest of the time copies of that minute.
    private struct Material {
        var camera: CameraID
        var span: TimeSpan
        var files: [String]
        var bytes: Int
        var cookie: String
    }

    func run(_ bench: Bench) async throws {
        let data = try bench.folder("export")
        let material = try await prepare(bench, data: data)
        let program = try await Program.start(bench, data: data, cookie: material.cookie)
        try program.giveReason(for: "\(material.camera)")
        let output = data + "/out.mp4"
        let query = "from=\(material.span.start.milliseconds)&to=\(material.span.end.milliseconds)"
        let zone = TerritoryZone.shanghai
        let words = [
            bench.programPath, "export", "\(material.camera)", "--from", zone.iso8601(material.span.start), "--to",
            zone.iso8601(material.span.end), "--output", output, "--data", data,
        ]
        bench.note(command: words.joined(separator: " "))
        var (http, command, peer): ([Double], [Double], [Double]) = ([], [], [])
        // The first round warms the page cache and is not counted.
        for round in 0...5 {
            var received = 0
            let overHTTP = try await speed {
                let path = "/api/v1/cameras/\(material.camera)/export.mp4?\(query)"
                let status = try program.connect().stream(path, cookie: program.cookie) {
                    received += $0.count
                    return true
                }
                guard status == 200 else { throw HTTPConnection.Unexpected(description: "export: \(status)") }
                return received
            }
            let byCommand = try await speed { try await write(words, to: output) }
            guard abs(received - material.bytes) < material.bytes / 50 else {
                throw HTTPConnection.Unexpected(description: "the export of \(material.bytes) bytes has \(received)")
            }
            if round == 0 {
                let complaints = try await FFprobe.decodingErrors(output)
                guard complaints.isEmpty else { throw HTTPConnection.Unexpected(description: complaints) }
            }
            let byCat = try await speed {
                try await write(
                    ["sh", "-c", #"out=$1; shift; cat "$@" > "$out""#, "sh", output] + material.files, to: output)
            }
            guard round > 0 else { continue }
            http.append(overHTTP)
            command.append(byCommand)
            peer.append(byCat)
        }
        bench.say("\(Int(material.span.duration.inSeconds)) s of footage, \(material.bytes / 1_000_000) MB")
        let cat = Figure.Peer(name: "cat to a file", value: peer.median)
        bench.add(Figure("export over HTTP", http.median, "MB/s", peer: cat, bar: .atLeast(500), raw: http))
        bench.add(Figure("mingchu export, its start included", command.median, "MB/s", peer: cat, raw: command + peer))
        try await program.stop()
    }

    private func speed(_ work: () async throws -> Int) async throws -> Double {
        let start = ContinuousClock.now
        let bytes = try await work()
        return Double(bytes) / 1e6 / start.duration(to: .now).inSeconds
    }

    private func write(_ words: [String], to output: String) async throws -> Int {
        try? FileManager.default.removeItem(atPath: output)
        let child = try ChildProcess.start(words)
        let ending = try await eventually("\(words[0]) ends", within: .seconds(120), every: .milliseconds(1)) {
            child.ending
        }
        guard ending.isSuccess else { throw HTTPConnection.Unexpected(description: "\(words[0]): \(child.errors)") }
        return try FileManager.default.attributesOfItem(atPath: output)[.size] as? Int ?? 0
    }

    private func prepare(_ bench: Bench, data: String) async throws -> Material {
        let (seconds, copies) = bench.isQuick ? (20, 5) : (60, 9)
        let farm = try await CameraFarm.start(.init("/camera", .camera1080p, credentials: .farm))
        let program = try await Program.start(bench, data: data)
        let id = try await program.addCamera("camera", farm.url("/camera"))
        try await program.waitUntilRecording(1)
        try await Task.sleep(for: .seconds(seconds + 3))
        try await program.command(["camera", "set", id, "--enabled", "false"])
        try await eventually("the camera is let go") {
            try program.cameras().allSatisfy { $0.status.state == "disabled" }
        }
        try await program.stop()

        let footage = try await Footage.open(data: data)
        guard let camera = CameraID(id) else { throw HTTPConnection.Unexpected(description: "camera id \(id)") }
        let always = TimeSpan(start: Footage.now - .seconds(3600), duration: .seconds(86_400))
        guard let file = try await footage.store.footage.files(of: camera, overlapping: always).first else {
            throw HTTPConnection.Unexpected(description: "nothing was recorded")
        }
        let segments = try await footage.store.footage.segments(ofFile: file.path)
        let root = data + "/recordings/"
        var files = [root + file.path]
        for copy in 1...copies {
            let shift = Duration.milliseconds(Int64(copy) * file.duration.inMilliseconds)
            var copied = file
            copied.start = file.start + shift
            copied.path = Footage.path(of: camera, at: copied.start)
            let target = root + copied.path
            try FileManager.default.createDirectory(
                atPath: (target as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
            try FileManager.default.copyItem(atPath: root + file.path, toPath: target)
            let moved = segments.map { segment in
                var moved = segment
                moved.start = segment.start + shift
                moved.path = copied.path
                return RecordingChange.segment(moved)
            }
            try await footage.store.footage.record(
                [.opened(copied)] + moved + [.closed(camera: camera, path: copied.path, sizeBytes: file.sizeBytes)])
            files.append(target)
        }
        try await footage.store.close()
        let end = file.start + .milliseconds(Int64(copies + 1) * file.duration.inMilliseconds)
        let bytes = (copies + 1) * segments.reduce(0) { $0 + $1.length }
        return Material(
            camera: camera, span: TimeSpan(start: file.start, end: end), files: files, bytes: bytes,
            cookie: program.cookie)
    }
}
