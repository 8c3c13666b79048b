/// Warns when one township has more of the county's total than its share. (区域聚集)
///
/// Given the total, chance alone shares it out by expectation (``SharedCount``): a rise of the whole county, a new
/// model or a hot week warns nobody. The bound is divided among townships (Šidák 1967), so that the number of false
/// warnings is at most the chosen one; counts being whole, it is lower, and ``falseWarningsPerSchoolYear`` is a bound.
public struct ClusterRule: Hashable, Sendable, Codable {
    public var item: CaptureItem?
    /// Windows follow one another without overlap: 1…20 school days, looked at when each is over.
    public var schoolDays: Int
    /// In the whole county, at most: 0.1…10.
    public var falseWarningsPerSchoolYear: Double

    public init(item: CaptureItem? = nil, schoolDays: Int = 5, falseWarningsPerSchoolYear: Double = 1) {
        self.item = item
        self.schoolDays = schoolDays
        self.falseWarningsPerSchoolYear = falseWarningsPerSchoolYear
    }

    public var isValid: Bool {
        (1...20).contains(schoolDays) && (0.1...10).contains(falseWarningsPerSchoolYear)
            && falseWarningsPerSchoolYear * Double(schoolDays) < Double(RateRule.schoolYearDays)
    }

    /// One township in a window.
    public struct Part: Hashable, Sendable {
        public var township: TownshipID
        /// Of its schools together.
        public var count: Int
        /// By its schools' baselines (``Baseline/expected(on:)``).
        public var expected: Double

        public init(_ township: TownshipID, count: Int, expected: Double) {
            self.township = township
            self.count = count
            self.expected = expected
        }
    }

    /// Variance / mean of a township's count in a window, from windows that are over: Pearson's χ² by its degrees of
    /// freedom, at least 1 (Poisson); with a floor of 1.5 until 20 degrees are there.
    public static func dispersion(of windows: [[Part]]) -> Double {
        var (square, freedom) = (0.0, 0)
        for parts in windows {
            let (total, expected) = parts.reduce((0, 0.0)) { ($0.0 + $1.count, $0.1 + $1.expected) }
            let told = parts.filter { $0.expected > 0 }
            guard total > 0, told.count > 1 else { continue }
            freedom += told.count - 1
            for part in told {
                let share = Double(total) * part.expected / expected
                square += (Double(part.count) - share) * (Double(part.count) - share) / share
            }
        }
        return max(freedom < 20 ? 1.5 : 1, freedom == 0 ? 1 : square / Double(freedom))
    }

    /// - Parameter dispersion: Of earlier windows (``dispersion(of:)``).
    public func clusters(among parts: [Part], in days: DaySpan, dispersion: Double) -> [TerritoryCluster] {
        let (total, expected) = parts.reduce((0, 0.0)) { ($0.0 + $1.count, $0.1 + $1.expected) }
        guard parts.count > 1, total > 0, expected > 0 else { return [] }
        let chance = falseWarningsPerSchoolYear * Double(schoolDays) / Double(RateRule.schoolYearDays)
        // 1 − (1 − chance)^(1/K)
        let each = 1 - ((1 - chance).logarithm / Double(parts.count)).exponential
        return parts.compactMap { part in
            let share = SharedCount(
                total: total, expectedHere: part.expected, expectedElsewhere: expected - part.expected,
                dispersion: dispersion)
            let probability = share.probability(atLeast: part.count)
            guard part.expected > 0, probability <= each else { return nil }
            return TerritoryCluster(
                item: item, township: part.township, days: days, count: part.count,
                expected: Double(total) * part.expected / expected, total: total, townships: parts.count,
                probability: probability)
        }
    }
}

/// `count` of the county's `total` in one township, where `expected` were its share.
public struct TerritoryCluster: Hashable, Sendable, Codable {
    public var item: CaptureItem?
    public var township: TownshipID
    public var days: DaySpan
    public var count: Int
    public var expected: Double
    public var total: Int
    /// Among which it was looked for.
    public var townships: Int
    /// Of so many or more by chance, in this township alone.
    public var probability: Double
}
