import Bitstream
import Domain

/// One camera's analysis with its figures. For one worker at a time.
struct LaneWork: ~Copyable {
    /// Older pictures are not looked at any more: what they show is past.
    private static let oldest: Int64 = 1_700_000_000

    private var analysis: StreamAnalysis
    private let report: @Sendable (AnalysisEvent) -> Void
    private(set) var trouble: String?
    private(set) var lagMs = 0
    private(set) var tooOld = 0
    /// Monotonic nanoseconds at which pictures were analysed, of the last ten seconds.
    private var recent: [Int64] = []

    init(_ analysis: consuming StreamAnalysis, report: @escaping @Sendable (AnalysisEvent) -> Void) {
        self.analysis = analysis
        self.report = report
    }

    /// - Returns: how long the unit had waited when it was done, in nanoseconds.
    mutating func take(_ item: AnalysisLane.Item, with recognition: (any Recognition)?, every: Int) -> Int64 {
        switch item {
        case .cut:
            analysis.interrupt(report: report)
            return 0
        case .unit(let unit, let wall, let arrival):
            let before = analysis.analysed
            let isTooOld = StageTimes.now - arrival > Self.oldest
            if isTooOld { tooOld += 1 }
            do {
                try analysis.take(
                    unit, wall: wall, with: recognition, skips: isTooOld, every: every, report: report)
                trouble = nil
            } catch {
                trouble = "\(error)"
            }
            let now = StageTimes.now
            if analysis.analysed > before {
                lagMs = Int((now - arrival) / 1_000_000)
                recent.append(now)
                if recent.count > 128 { trim(now) }
            }
            return now - arrival
        }
    }

    mutating func snapshot() -> LaneSnapshot {
        trim(StageTimes.now)
        return LaneSnapshot(
            health: AnalysisHealth(
                state: trouble != nil ? .failed : analysis.isAwake ? .active : .idle, trouble: trouble,
                decoded: analysis.decoded, analysed: analysis.analysed, records: analysis.records, skipped: tooOld,
                framesPerSecond: Double(recent.count) / 10, lagMs: lagMs, stages: analysis.stages),
            reference: analysis.reference, isAwake: analysis.isAwake, sample: analysis.sample)
    }

    private mutating func trim(_ now: Int64) { recent.removeAll { now - $0 > 10_000_000_000 } }
}

/// What a worker leaves behind for those who ask.
struct LaneSnapshot: Sendable {
    var health = AnalysisHealth(state: .waiting)
    var reference = SceneReference()
    var isAwake = true
    /// nil = no worker has been here yet.
    var sample: DailyFrameSample?
}
