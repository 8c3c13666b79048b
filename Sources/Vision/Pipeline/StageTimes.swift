import Domain
import Glibc

/// How long each stage takes, for the page that shows how the analysis is doing.
struct StageTimes: Sendable {
    enum Stage: Int, CaseIterable {
        case decode
        case motion
        case detect
        case attributes
        case pests
        case integrity

        var name: String { "\(self)" }
    }

    private var nanoseconds = [Int64](repeating: 0, count: Stage.allCases.count)
    private var runs = [Int](repeating: 0, count: Stage.allCases.count)

    mutating func add(_ stage: Stage, since start: Int64) {
        nanoseconds[stage.rawValue] += Self.now - start
        runs[stage.rawValue] += 1
    }

    mutating func add(_ stage: Stage, nanoseconds time: Int64) {
        nanoseconds[stage.rawValue] += time
        runs[stage.rawValue] += 1
    }

    var stages: [AnalysisHealth.Stage] {
        Stage.allCases.filter { runs[$0.rawValue] > 0 }.map { stage in
            let count = runs[stage.rawValue]
            return AnalysisHealth.Stage(
                name: stage.name, runs: count,
                meanMs: Double(nanoseconds[stage.rawValue]) / Double(count) / 1_000_000)
        }
    }

    /// Monotonic, in nanoseconds.
    static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }
}
