/// A one-sided CUSUM of standard normal scores: S = max(0, S + z − allowance), a signal above `limit`, then S = 0 anew.
/// (累积和控制图)
///
/// Page (1954), Continuous Inspection Schemes, Biometrika 41; the limit is that of a chosen mean time between false
/// signals, from Page's integral equation for the run length, solved by Nyström's method with Simpson's weights.
public struct CumulativeSum: Hashable, Sendable, Codable {
    /// Half of the shift that is to be found soonest, in standard deviations: 0.1…2.
    public let allowance: Double
    public let limit: Double

    /// - Parameter meanRunLength: Steps from one false signal to the next, 5…1,000,000.
    public init(allowance: Double, meanRunLength: Double) {
        self.allowance = min(max(allowance, 0.1), 2)
        let wanted = min(max(meanRunLength, 5), 1_000_000).logarithm
        // log(run length) grows nearly straight with the limit: false position, kept inside its bracket (Illinois).
        var (low, high) = (0.0, 4.0)
        var below = Self.runLength(allowance: self.allowance, limit: low).logarithm - wanted
        var above = Self.runLength(allowance: self.allowance, limit: high).logarithm - wanted
        while above < 0, high < 60 {
            (low, below) = (high, above)
            high += 4
            above = Self.runLength(allowance: self.allowance, limit: high).logarithm - wanted
        }
        var (middle, lastSign) = (low, 0)
        for _ in 0..<40 where below < 0 {
            middle = (low * above - high * below) / (above - below)
            let value = Self.runLength(allowance: self.allowance, limit: middle).logarithm - wanted
            if abs(value) < 1e-9 { break }
            if value < 0 {
                (low, below) = (middle, value)
                if lastSign == -1 { above /= 2 }
                lastSign = -1
            } else {
                (high, above) = (middle, value)
                if lastSign == 1 { below /= 2 }
                lastSign = 1
            }
        }
        limit = middle
    }

    /// Mean number of steps from S = 0 to a signal while nothing has changed.
    static func runLength(allowance: Double, limit: Double) -> Double {
        guard limit > 0 else { return 1 / StandardNormal.atMost(-allowance) }
        let intervals = max(16, 2 * Int((limit * 5).rounded(.up)))
        let (step, count) = (limit / Double(intervals), intervals + 1)
        // L(s) = 1 + L(0) Φ(k − s) + ∫₀ʰ L(y) φ(y + k − s) dy at each node s.
        var rows = (0..<count).map { row in
            let s = Double(row) * step
            var line = (0..<count).map { column in
                let weight = column == 0 || column == intervals ? 1.0 : column % 2 == 1 ? 4 : 2
                return -weight * step / 3 * StandardNormal.density(Double(column) * step + allowance - s)
            }
            line[0] -= StandardNormal.atMost(allowance - s)
            line[row] += 1
            return line + [1]
        }
        return solveFirst(&rows)
    }

    /// Gauss's elimination from the last unknown to the first, whose value is returned. The matrix is I − P with rows of
    /// P below 1: no pivots are needed.
    private static func solveFirst(_ rows: inout [[Double]]) -> Double {
        let right = rows.count
        for pivot in stride(from: right - 1, to: 0, by: -1) {
            for row in 0..<pivot {
                let factor = rows[row][pivot] / rows[pivot][pivot]
                for column in 0..<pivot { rows[row][column] -= factor * rows[pivot][column] }
                rows[row][right] -= factor * rows[pivot][right]
            }
        }
        return rows[0][right] / rows[0][0]
    }
}
