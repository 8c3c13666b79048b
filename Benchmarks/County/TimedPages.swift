import Domain
import Foundation
import TestSupport

/// Pages of the program, timed as a browser would wait for them.
extension Bench {
    func measure(
        _ name: String, _ path: String, _ rounds: Int, _ connection: HTTPConnection,
        _ cookie: String, bar: Double?
    ) throws {
        // The first one reads from the disk: it counts too.
        let times = try (0..<rounds).map { _ in try connection.timed(path, cookie).time }
        add(Figure("\(name), p50", times.percentile(50), "ms", raw: times))
        add(Figure("\(name), p99", times.percentile(99), "ms", bar: bar.map { .atMost($0) }))
    }

    func newPassword(_ data: String, of account: String) async throws -> String {
        let reset = try await ChildProcess.run([
            programPath, "person", "reset-password", account, "--data", data,
        ])
        let words = String(decoding: reset.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard reset.ending.isSuccess, let initial = words.last(where: { $0.contains("-") }) else {
            throw HTTPConnection.Unexpected(description: "no new password: \(reset.errors)")
        }
        return String(initial)
    }
}

extension HTTPConnection {
    func timed(
        _ path: String, _ cookie: String
    ) throws -> (text: String, time: Double) {
        let start = ContinuousClock.now
        let answer = try get(path, cookie: cookie)
        let time = start.duration(to: .now).inSeconds * 1000
        guard answer.status == 200 else {
            throw HTTPConnection.Unexpected(description: "\(path): \(answer.status) \(answer.text.prefix(200))")
        }
        return (answer.text, time)
    }
}
