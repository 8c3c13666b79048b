import Domain

/// The score of an incident over time, as a drawing of 720 × 200 with axes and as a table.
struct ScoreCurve: Sendable {
    struct Tick: Sendable {
        let at: String
        let label: String
    }

    struct Row: Sendable {
        let offset: String
        let score: String
    }

    /// What the curve shows, in a sentence.
    let title: String
    /// `x,y x,y …`
    let points: String
    let xTicks: [Tick]
    let yTicks: [Tick]
    let threshold: Tick?
    /// Where the rule was met, and the best moment.
    let met: String
    let best: String
    let bestY: String
    let rows: [Row]
    let isTableCut: Bool

    private static let (left, right, top, bottom) = (44.0, 708.0, 14.0, 168.0)
    private static let mostRows = 60

    /// - Parameter threshold: What a score had to reach; nil = there is no such number.
    init?(_ capture: Capture, threshold: Double?, wording: Wording) {
        let scores = capture.curve.filter { $0.score.isFinite }.sorted { $0.offsetMs < $1.offsetMs }
        guard scores.count > 1, let last = scores.last else { return nil }
        let met = (capture.metAt - capture.start).inMilliseconds
        let total = Double(max(Int64(last.offsetMs), met, 1000))
        func x(_ milliseconds: Double) -> String {
            Decimal.text(Self.left + (Self.right - Self.left) * min(1, max(0, milliseconds / total)), places: 1)
        }
        func y(_ score: Double) -> String {
            Decimal.text(Self.bottom - (Self.bottom - Self.top) * min(1, max(0, score)), places: 1)
        }
        points = Self.thinned(scores, total: total).map { "\(x(Double($0.offsetMs))),\(y($0.score))" }
            .joined(separator: " ")
        let step = Self.step(total / 1000)
        xTicks = stride(from: 0, through: total / 1000, by: step).map {
            Tick(at: x($0 * 1000), label: wording.words("curve.tick", ["seconds": Decimal.short($0, places: 1)]))
        }
        yTicks = [0, 0.25, 0.5, 0.75, 1].map { Tick(at: y($0), label: Decimal.short($0, places: 2)) }
        self.threshold = threshold.map { Tick(at: y($0), label: wording.score($0)) }
        self.met = x(Double(met))
        let best = (capture.bestAt - capture.start).inMilliseconds
        self.best = x(Double(best))
        bestY = y(capture.score)
        let values: KeyValuePairs<String, String> = [
            "score": wording.score(capture.score), "time": String(wording.exact(capture.bestAt).suffix(8)),
            "length": wording.words(.milliseconds(Int64(last.offsetMs))),
        ]
        if let threshold {
            let above = Self.time(above: threshold, scores)
            title = wording.words(
                "curve.aboveThreshold",
                [
                    "score": values[0].value, "time": values[1].value, "length": values[2].value,
                    "above": wording.words(.milliseconds(above)), "threshold": wording.score(threshold),
                ])
        } else {
            title = wording.words(
                "curve.best", ["score": values[0].value, "time": values[1].value, "length": values[2].value])
        }
        let every = (scores.count + Self.mostRows - 1) / Self.mostRows
        rows = stride(from: 0, to: scores.count, by: every).map {
            Row(
                offset: Decimal.text(Double(scores[$0].offsetMs) / 1000, places: 1),
                score: wording.score(scores[$0].score))
        }
        isTableCut = every > 1
    }

    /// Milliseconds between points that are both above it.
    private static func time(above threshold: Double, _ scores: [Capture.Score]) -> Int64 {
        zip(scores, scores.dropFirst()).reduce(0) { sum, pair in
            pair.0.score >= threshold && pair.1.score >= threshold
                ? sum + Int64(pair.1.offsetMs - pair.0.offsetMs) : sum
        }
    }

    /// Where there are more points than the drawing has columns, the highest and the lowest of each column.
    private static func thinned(_ scores: [Capture.Score], total: Double) -> [Capture.Score] {
        guard scores.count > 1000 else { return scores }
        var columns: [Int: (low: Capture.Score, high: Capture.Score)] = [:]
        for score in scores {
            let column = Int(Double(score.offsetMs) / total * 500)
            var kept = columns[column] ?? (score, score)
            if score.score < kept.low.score { kept.low = score }
            if score.score > kept.high.score { kept.high = score }
            columns[column] = kept
        }
        return columns.values.flatMap { $0.low == $0.high ? [$0.low] : [$0.low, $0.high] }
            .sorted { $0.offsetMs < $1.offsetMs }
    }

    /// Seconds between two ticks, so that there are three to nine.
    private static func step(_ seconds: Double) -> Double {
        let steps: [Double] = [0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14_400, 43_200, 86_400]
        return steps.first { seconds / $0 <= 8 } ?? (seconds / 8).rounded(.up)
    }
}
