import Domain
import Foundation
import TestSupport

/// From the moment a rule is met (the time of that very picture) to the capture on an open page, which hears of it by
/// server-sent events.
struct AlertMeasure: Measure {
    let name = "alert"

    func run(_ bench: Bench) async throws {
        let wanted = bench.isQuick ? 5 : 40
        let program = try await Program.start(bench, data: bench.folder("alert"), analyses: true)
        for (number, scene) in ["cooking", "preparation", "washing"].enumerated() {
            _ = try await program.addCamera(
                scene,
                "sim://\(scene)?people=3&bareheads=1&maskless=1&phones=60&seed=\(61 + number)&width=640&height=360")
        }
        var milliseconds: [Double] = []
        var seen = Set<String>()
        var text = ""
        let deadline = ContinuousClock.now + .seconds(bench.isQuick ? 240 : 1500)
        let status = try program.connect().stream("/api/v1/events", cookie: program.cookie) { bytes in
            let now = Date().timeIntervalSince1970 * 1000
            text += String(decoding: bytes, as: UTF8.self)
            while let end = text.range(of: "\n\n") {
                let block = text[..<end.lowerBound]
                text.removeSubrange(..<end.upperBound)
                guard block.hasPrefix("event: capture\n"), let capture = Self.read(block),
                    seen.insert(capture.id).inserted
                else { continue }
                milliseconds.append(now - capture.metAt)
            }
            return milliseconds.count < wanted && ContinuousClock.now < deadline
        }
        guard status == 200, !milliseconds.isEmpty else {
            throw HTTPConnection.Unexpected(description: "events: \(status), \(milliseconds.count) captures")
        }
        try await program.stop()
        bench.add(
            Figure(
                "rule met to page, p50 of \(milliseconds.count)", milliseconds.percentile(50), "ms", raw: milliseconds))
        bench.add(Figure("rule met to page, p99", milliseconds.percentile(99), "ms", bar: .atMost(1000)))
    }

    private static func read(_ block: Substring) -> (id: String, metAt: Double)? {
        guard let data = block.range(of: "data: "),
            let object = try? JSONSerialization.jsonObject(with: Data(block[data.upperBound...].utf8))
                as? [String: Any], let id = object["id"] as? String
        else { return nil }
        return (object["met"] as? Double).map { (id, $0) }
    }
}
