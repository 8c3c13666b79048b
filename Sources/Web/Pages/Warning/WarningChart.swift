import Domain

/// A school's days against its own limits: bars with what was expected and what is usual, below them how far the excess has
/// gathered on its way to a warning. A drawing of 720 × 250.
struct WarningChart: Sendable {
    static let mostDays = 40

    struct Bar: Sendable {
        let x: String
        let y: String
        let width: String
        let height: String
        let end: String
        let expectedY: String
        let usualY: String
        let pressureY: String
        let pressureHeight: String
        let isWarning: Bool
        let isAbove: Bool
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

    private static let (left, right, top, bottom) = (44.0, 712.0, 12.0, 156.0)
    private static let (pressureTop, pressureBottom) = (194.0, 234.0)

    init(_ days: some RandomAccessCollection<RateChartDay>, _ wording: Wording) {
        let days = Array(days)
        let most = days.reduce(4.0) { max($0, Double($1.count), Double($1.usual)) }
        let step = ([1, 2, 5, 10, 20, 50, 100, 200, 500].first { most / $0 <= 5 }) ?? 1000
        let ceiling = (most / step).rounded(.up) * step
        func y(_ value: Double) -> Double { Self.bottom - (Self.bottom - Self.top) * min(value, ceiling) / ceiling }
        func text(_ value: Double) -> String { Decimal.text(value, places: 1) }
        let width = (Self.right - Self.left) / Double(max(1, days.count))
        let inner = max(1, width * 0.72)
        bars = days.enumerated().map { index, day in
            let x = Self.left + width * Double(index) + (width - inner) / 2
            let pressure = (Self.pressureBottom - Self.pressureTop) * day.pressure
            return Bar(
                x: text(x), y: text(y(Double(day.count))), width: text(inner),
                height: text(Self.bottom - y(Double(day.count))), end: text(x + inner),
                expectedY: text(y(day.expected)), usualY: text(y(Double(day.usual))),
                pressureY: text(Self.pressureBottom - pressure), pressureHeight: text(pressure),
                isWarning: day.isWarning, isAbove: day.count > day.usual,
                words: wording.words(
                    "warning.bar",
                    [
                        "day": "\(day.day)", "count": wording.count(day.count),
                        "expected": Decimal.short(day.expected, places: 1), "usual": wording.count(day.usual),
                        "pressure": wording.share(day.pressure),
                    ]))
        }
        let every = max(1, (days.count + 8) / 9)
        xTicks = stride(from: 0, to: days.count, by: every).map {
            Tick(
                at: text(Self.left + width * (Double($0) + 0.5)), label: String("\(days[$0].day)".dropFirst(5)))
        }
        yTicks = stride(from: 0, through: ceiling, by: step).map {
            Tick(at: text(y($0)), label: wording.count(Int($0)))
        }
    }
}
