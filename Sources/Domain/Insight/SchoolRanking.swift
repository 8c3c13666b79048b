/// Schools by how much is captured in what time they are watched, with how sure one can be. (学校排名)
///
/// A rank is a range: a school is behind only those whose whole interval lies above its own. With few captures all
/// ranges are wide, and the ranking says that it can't tell.
public struct SchoolRanking: Hashable, Sendable {
    public struct Entry: Hashable, Sendable {
        public var school: SchoolID
        /// Standing captures.
        public var count: Int
        /// Days × cameras on which pictures were analysed.
        public var cameraDays: Int
        /// Captures in 100 camera-days.
        public var rate: Double { Double(count) / Double(cameraDays) * 100 }
        /// 95 % interval of the rate.
        public var interval: ClosedRange<Double>
        /// From best to worst case, 1 = the most captures.
        public var ranks: ClosedRange<Int>
    }

    /// The highest rate first.
    public let entries: [Entry]
    /// Watched too little to be ranked: fewer camera-days than ``leastCameraDays``.
    public let tooLittle: [SchoolID]

    public static let leastCameraDays = 20

    public init(counts: [SchoolID: Int], cameraDays: [SchoolID: Int]) {
        let ranked = cameraDays.filter { $0.value >= Self.leastCameraDays }
        tooLittle = Set(counts.keys).union(cameraDays.keys).filter { ranked[$0] == nil }.sorted()
        var entries = ranked.map { school, days in
            let count = counts[school] ?? 0
            let limits = PoissonInterval.of(count)
            let scale = 100 / Double(days)
            return Entry(
                school: school, count: count, cameraDays: days,
                interval: limits.lowerBound * scale...limits.upperBound * scale, ranks: 1...1)
        }
        .sorted { ($1.rate, $0.school) < ($0.rate, $1.school) }
        let lowest = entries.map(\.interval.lowerBound).sorted()
        let highest = entries.map(\.interval.upperBound).sorted()
        for index in entries.indices {
            let own = entries[index].interval
            let above = lowest.count { $0 > own.upperBound }
            let below = highest.count { $0 < own.lowerBound }
            entries[index].ranks = above + 1...entries.count - below
        }
        self.entries = entries
    }

    /// Whether any two schools can be told apart.
    public var tellsAnything: Bool { entries.contains { $0.ranks.count < entries.count } }
}

/// Of a count: Byar's approximation to the exact interval, 95 % (Breslow and Day 1987, Statistical Methods in Cancer
/// Research II, p. 69). Within 0.5 % of the exact limits from 3 on, and wider below.
public enum PoissonInterval {
    private static let z = 1.959963984540054

    public static func of(_ count: Int) -> ClosedRange<Double> {
        let n = Double(count)
        func cube(_ x: Double) -> Double { x * x * x }
        let lower = count == 0 ? 0 : n * cube(max(0, 1 - 1 / (9 * n) - z / (3 * n.squareRoot())))
        let next = n + 1
        return lower...max(lower, next * cube(1 - 1 / (9 * next) + z / (3 * next.squareRoot())))
    }
}
