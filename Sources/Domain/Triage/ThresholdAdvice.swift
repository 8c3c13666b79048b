/// A higher threshold for an item on a camera that is wrong too often, and what it would have done. (阈值建议)
public struct ThresholdAdvice: Hashable, Sendable {
    /// A past capture that a person has judged.
    public struct Judged: Hashable, Sendable {
        /// 0…1.
        public var score: Double
        public var isTrue: Bool

        public init(score: Double, isTrue: Bool) {
            self.score = score
            self.isTrue = isTrue
        }
    }

    /// When advice is given, and how sure it must be.
    public struct Demand: Hashable, Sendable {
        /// 0…1: below it, advice is given; with the advice it would have been reached.
        public var precision = 0.8
        /// Fewer verdicts say nothing yet.
        public var leastJudged = 30
        /// Of those judged, so many must stay above the advised threshold: three lucky ones prove nothing.
        public var leastKept = 10

        public init() {}
    }

    /// As on the settings page: hundredths, 0.05…0.99.
    public var threshold: Double
    public var before: Proportion
    public var after: Proportion

    /// Of the true ones, the share that would still have been captured. 1 when there were none.
    public var keptTrue: Double { before.successes == 0 ? 1 : Double(after.successes) / Double(before.successes) }
    /// Of the false ones, the share that would have been spared.
    public var sparedFalse: Double {
        let (all, left) = (before.trials - before.successes, after.trials - after.successes)
        return all == 0 ? 0 : Double(all - left) / Double(all)
    }

    /// nil when there is nothing to advise: too few verdicts, precise enough as it is, or no threshold would do.
    /// The lowest threshold that does is taken, since each step up loses true ones.
    public static func advise(
        on judged: [Judged], current threshold: Double, demand: Demand = Demand()
    ) -> ThresholdAdvice? {
        let counted = judged.filter { $0.score >= threshold }
        let before = proportion(counted)
        guard before.trials >= demand.leastJudged, let precision = before.value, precision < demand.precision else {
            return nil
        }
        for hundredth in 5...99 {
            let candidate = Double(hundredth) / 100
            guard candidate > threshold else { continue }
            let after = proportion(counted.filter { $0.score >= candidate })
            guard after.trials >= demand.leastKept, let value = after.value else { return nil }
            if value >= demand.precision {
                return ThresholdAdvice(threshold: candidate, before: before, after: after)
            }
        }
        return nil
    }

    private static func proportion(_ judged: [Judged]) -> Proportion {
        Proportion(judged.count { $0.isTrue }, of: judged.count)
    }
}
