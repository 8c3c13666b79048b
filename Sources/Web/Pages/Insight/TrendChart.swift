import Domain

/// Counts along a span as bars, with what was to be expected as a line over each: a drawing of 720 × 220.
struct TrendChart: Sendable {
    struct Bar: Sendable {
        let x: String
        let y: String
        let width: String
        let height: String
        /// Of what was to be expected; nil = nothing was.
        let expectedY: String?
        let end: String
        /// What the bar says, for a pointer that rests on it and for who can't see it.
        let words: String
    }

    struct Tick: Sendable {
        let at: String
        let label: String
    }

    let bars: [Bar]
    let xTicks: [Tick]
    let yTicks: [Tick]
    let hasExpected: Bool

    private static let (left, right, top, bottom) = (44.0, 712.0, 12.0, 186.0)

    init(_ trend: Trend, _ wording: Wording) {
        let most = trend.points.reduce(1.0) { max($0, Double($1.count), $1.expected ?? 0) }
        let step = Self.step(most)
        let top = max(step, (most / step).rounded(.up) * step)
        func y(_ value: Double) -> Double { Self.bottom - (Self.bottom - Self.top) * value / top }
        func text(_ value: Double) -> String { Decimal.text(value, places: 1) }
        let width = (Self.right - Self.left) / Double(max(1, trend.points.count))
        let inner = max(1, width * 0.72)
        bars = trend.points.enumerated().map { index, point in
            let x = Self.left + width * Double(index) + (width - inner) / 2
            let height = y(0) - y(Double(point.count))
            let name = Self.name(of: point, trend.step)
            return Bar(
                x: text(x), y: text(y(Double(point.count))), width: text(inner), height: text(height),
                expectedY: point.expected.map { text(y($0)) }, end: text(x + inner),
                words: point.expected.map {
                    wording.words(
                        "insight.barExpected",
                        [
                            "days": name, "count": wording.count(point.count),
                            "expected": Decimal.text($0, places: 1),
                        ])
                } ?? wording.words("insight.bar", ["days": name, "count": wording.count(point.count)]))
        }
        let every = max(1, (trend.points.count + 8) / 9)
        xTicks = stride(from: 0, to: trend.points.count, by: every).map {
            Tick(
                at: text(Self.left + width * (Double($0) + 0.5)),
                label: String("\(trend.points[$0].days.first)".dropFirst(trend.step == .month ? 0 : 5).prefix(7)))
        }
        yTicks = stride(from: 0, through: top, by: step).map { Tick(at: text(y($0)), label: wording.count(Int($0))) }
        hasExpected = trend.points.contains { $0.expected != nil }
    }

    static func name(of point: Trend.Point, _ step: Trend.Step) -> String {
        step == .day ? "\(point.days.first)" : "\(point.days.first) – \(point.days.last)"
    }

    /// 1, 2, 5, 10, …: four or five lines.
    private static func step(_ most: Double) -> Double {
        var step = 1.0
        for factor in [2, 2.5, 2].cycled(12) where most / step > 5 { step *= factor }
        return step
    }
}

extension [Double] {
    fileprivate func cycled(_ count: Int) -> [Double] { (0..<count).map { self[$0 % self.count] } }
}
