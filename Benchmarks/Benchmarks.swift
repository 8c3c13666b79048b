import Foundation
import TestSupport

/// `make bench`: measures the release program as a user runs it, each figure beside its peer of the same run.
@main
struct Benchmarks {
    static let all: [any Measure] = [
        Recording(), ManyCameras(), Fanout(), FirstPicture(), PlaylistMeasure(), ExportMeasure(), KilledTransitions(),
        KillMeasure(), InferenceMeasure(), WatchedCameras(kind: .idle), WatchedCameras(kind: .busy), MotionMeasure(),
        GateMeasure(),
        AlertMeasure(), FalseCaptures(), TransitionsMeasure(), ListsMeasure(), LedgerMeasure(), PublicVideoMeasure(),
        PublicCacheMeasure(), WarningMeasure(), InsightMeasure(), HallMeasure(),
    ]

    static func main() async {
        let arguments = CommandLine.arguments.dropFirst()
        if arguments.first == "viewers" { exit(ViewerProcess.main()) }
        if arguments.first == "playlist-viewers" { exit(PlaylistViewers.main()) }
        raiseOpenFileLimit()
        let only = arguments.firstIndex(of: "--only").flatMap { arguments[($0 + 1)...].first }
        let chosen = all.filter { only == nil || $0.name == only }
        guard !chosen.isEmpty else {
            print("no such benchmark; there are: \(Set(all.map(\.name)).sorted().joined(separator: ", "))")
            exit(2)
        }
        let bench = Bench(isQuick: arguments.contains("--quick"))
        var hasFailed = false
        for measure in chosen {
            bench.begin(measure)
            do {
                try await measure.run(bench)
            } catch {
                hasFailed = true
                bench.fail(error)
            }
        }
        print(bench.table)
        do {
            try bench.save()
        } catch {
            print("can't write the results: \(error)")
            hasFailed = true
        }
        exit(hasFailed ? 1 : 0)
    }

    /// A thousand viewers are a thousand sockets, here and in the program, which inherits the limit.
    private static func raiseOpenFileLimit() {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        limit.rlim_cur = min(limit.rlim_max, 65_536)
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

/// One benchmark: what `ONLY=name` chooses. Several may share a name.
protocol Measure: Sendable {
    var name: String { get }
    func run(_ bench: Bench) async throws
}
