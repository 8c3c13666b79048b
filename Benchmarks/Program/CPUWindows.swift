import Domain
import Foundation
import TestSupport

/// CPU time of processes over windows of wall time, as /proc/PID/stat counts it.
struct CPUWindows {
    /// CPU seconds for each second of wall time, of all processes together; one value for each window.
    var shares: [Double] = []

    var median: Double { shares.median }

    /// - Parameters:
    ///   - settling: Time before the first window, for what a start costs.
    static func measure(
        _ processes: [ChildProcess], windows: Int = 3, of length: Duration, settling: Duration
    ) async throws -> CPUWindows {
        try await Task.sleep(for: settling)
        var result = CPUWindows()
        for _ in 0..<windows {
            let start = ContinuousClock.now
            let before = try total(processes)
            try await Task.sleep(for: length)
            let used = try total(processes) - before
            result.shares.append(used / start.duration(to: .now).inSeconds)
        }
        return result
    }

    private static func total(_ processes: [ChildProcess]) throws -> Double {
        try processes.reduce(0) { sum, process in
            guard let usage = process.usage else {
                throw HTTPConnection.Unexpected(description: "\(process.name) ended: \(process.errors.suffix(500))")
            }
            return sum + usage.cpuSeconds
        }
    }
}
