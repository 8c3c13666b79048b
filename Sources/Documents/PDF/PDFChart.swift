/// Numbers as a picture, drawn with lines and boxes: sharp at any size, and small.
public enum PDFChart: Hashable, Sendable {
    /// Counts along time. A line across a column is what was to be expected.
    case columns([Column], legend: [String])
    /// A dot for each value, and a line for how sure one can be of it.
    case intervals([Interval], legend: [String])

    public struct Column: Hashable, Sendable {
        /// Below it; nil = none, so that labels don't touch.
        public var label: String?
        public var value: Double
        public var expected: Double?

        public init(label: String?, value: Double, expected: Double? = nil) {
            self.label = label
            self.value = value
            self.expected = expected
        }
    }

    public struct Interval: Hashable, Sendable {
        public var label: String
        public var value: Double
        public var low: Double
        public var high: Double
        /// At the right: the numbers in words.
        public var text: String

        public init(label: String, value: Double, low: Double, high: Double, text: String) {
            self.label = label
            self.value = value
            self.low = low
            self.high = high
            self.text = text
        }
    }
}

/// An axis from zero with three to six lines at round numbers: 1, 2, 5, 10, 20, …
public struct ChartScale: Hashable, Sendable {
    public let step: Double
    /// The highest line, no lower than what it was made for.
    public let top: Double

    /// - Parameter most: What must fit below the highest line.
    /// - Parameter isWhole: Counts have no halves.
    public init(most: Double, isWhole: Bool) {
        let most = most.isFinite && most > 0 ? most : 1
        var step = 1.0
        while !isWhole, step > most { step /= 10 }
        var factor = 0
        while most / step > 5 {
            step *= [2, 2.5, 2][factor % 3]
            factor += 1
        }
        self.step = step
        top = max(step, (most / step).rounded(.up) * step)
    }

    public var lines: [Double] { stride(from: 0, through: top + step / 2, by: step).map { $0 } }
}
