/// How a school stands, and exactly why. (评级)
public struct SchoolRating: Hashable, Sendable {
    public enum Letter: String, Hashable, Sendable, CaseIterable {
        case a = "A"
        case b = "B"
        case c = "C"
    }

    public struct Deduction: Hashable, Sendable {
        public var event: RatingEvent
        public var points: Int
    }

    public let letter: Letter
    /// 0…100
    public let points: Int
    /// Newest first; what costs nothing is left out.
    public let deductions: [Deduction]
}

/// `2026-11`
public struct RatingMonth: Hashable, Comparable, Sendable, CustomStringConvertible {
    public let year: Int
    /// 1…12
    public let month: Int

    public init(of day: Day) {
        let parts = "\(day)".split(separator: "-").compactMap { Int($0) }
        (year, month) = (parts[0], parts[1])
    }

    public var firstDay: Day { Day("\(self)-01")! }
    public var description: String { "\(year)-\(month < 10 ? "0" : "")\(month)" }

    public static func < (a: Self, b: Self) -> Bool { (a.year, a.month) < (b.year, b.month) }
}
