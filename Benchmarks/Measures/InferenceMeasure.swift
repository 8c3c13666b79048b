import Domain
import Foundation
import OpenVINO
import TestSupport

/// One computation of a shipped model, one stream: our wrapper beside OpenVINO's own benchmark tool, in turns.
struct InferenceMeasure: Measure {
    let name = "inference"

    private struct Subject {
        var model: String
        var input: String
        var shape: [Int]
    }

    private static let subjects = [
        Subject(model: "kitchen-detector", input: "picture", shape: [1, 352, 640, 3]),
        Subject(model: "head-attributes", input: "heads", shape: [1, 112, 112, 3]),
        Subject(model: "pest-classifier", input: "patches", shape: [1, 64, 64, 3]),
    ]

    func run(_ bench: Bench) async throws {
        let core = try Core.open(Library.load(), options: Core.Options(threads: 1))
        let folder = FileManager.default.currentDirectoryPath + "/Models/"
        for subject in Self.subjects {
            let path = folder + subject.model + "/model"
            var request = try core.compile(
                model: path + ".xml", weights: path + ".bin", shapes: [subject.input: subject.shape]
            ).request()
            request.withInput { pixels in for index in pixels.indices { pixels[index] = UInt8(index % 251) } }
            let seconds = bench.isQuick ? 2 : 5
            var (ours, theirs): ([Double], [Double]) = ([], [])
            // In turns, so that other work on the machine meets both.
            for _ in 0..<(bench.isQuick ? 2 : 5) {
                ours.append(try Self.median(&request, seconds: seconds))
                theirs.append(try await Self.peer(bench, subject, path, seconds: seconds))
            }
            bench.add(
                Figure(
                    "\(subject.model), one thread", ours.median, "ms",
                    peer: .init(name: "benchmark_app", value: theirs.median), raw: ours + theirs))
            bench.add(
                Figure(
                    "\(subject.model), share of benchmark_app's", ours.median / theirs.median, "×", bar: .atMost(1.05)))
        }
    }

    /// Median of all computations in so many seconds, in ms.
    private static func median(_ request: inout InferRequest, seconds: Int) throws -> Double {
        // The first ones find cold caches; the tool leaves its first out as well.
        for _ in 0..<5 { try request.infer() }
        var milliseconds: [Double] = []
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            let start = ContinuousClock.now
            try request.infer()
            milliseconds.append(start.duration(to: .now).inSeconds * 1000)
        }
        return milliseconds.median
    }

    /// The same of OpenVINO's tool, as it prints it.
    private static func peer(_ bench: Bench, _ subject: Subject, _ path: String, seconds: Int) async throws -> Double {
        let shape = subject.shape.map(String.init).joined(separator: ",")
        let words = [
            "/usr/bin/python3", "-c", "from openvino.tools.benchmark.main import main; main()", "-m", path + ".xml",
            "-d", "CPU", "-api", "sync",
            "-hint", "none", "-nstreams", "1", "-nthreads", "1", "-pin", "NO", "-t", "\(seconds)", "-shape",
            "\(subject.input)[\(shape)]",
        ]
        bench.note(command: words.joined(separator: " "))
        let root = FileManager.default.currentDirectoryPath + "/.build/openvino"
        let done = try await ChildProcess.run(words, environment: ["PYTHONPATH": root])
        let output = String(decoding: done.output, as: UTF8.self)
        guard done.ending.isSuccess, let match = output.firstMatch(of: /Median:\s+([0-9.]+) (ms|us)/),
            let median = Double(match.1)
        else { throw Unmeasured(description: "benchmark_app: \(output.suffix(400)) \(done.errors.suffix(400))") }
        return match.2 == "us" ? median / 1000 : median
    }

    private struct Unmeasured: Error, CustomStringConvertible {
        let description: String
    }
}
