/// Something that has ended and counts for a school's rating. (评级依据)
public struct RatingEvent: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
        /// A violation that was confirmed, rectified and closed.
        /// - wasReopened: The same matter came again within the policy's days.
        case caseClosed(CaseMatter, Grade, wasReopened: Bool)
        /// An inspection on the spot, with so many items that failed.
        case inspection(failedItems: Int)
    }

    public var kind: Kind
    /// On which it ended.
    public var day: Day

    public init(_ kind: Kind, on day: Day) {
        self.kind = kind
        self.day = day
    }
}

/// How a school is rated: 100 points, less what ended in the last twelve months. (评级规则) The same for every school, printed
/// beside each rating; no school's rating depends on another's. Part of ``CasePolicy``: configuration with history.
public struct RatingRule: Hashable, Sendable, Codable {
    /// Of a closed case of that grade: 0…100, as all points.
    public var onePoints: Int
    public var twoPoints: Int
    public var threePoints: Int
    /// More, of one that was reopened.
    public var reopenedPoints: Int
    /// Of each item of an inspection that failed.
    public var failedItemPoints: Int
    /// At least so many are an A, or a B: B's are fewer, and at least 1.
    public var leastA: Int
    public var leastB: Int

    /// The numbers are our own choice: a school of which two grade II cases a year are closed keeps its A.
    public static let standard = RatingRule(
        one: 15, two: 6, three: 2, reopenedPoints: 5, failedItemPoints: 3, leastA: 85, leastB: 70)

    /// Days that count, with the day itself.
    public static let windowDays = 365
    /// Months of a history.
    public static let months = 12

    public init(
        one: Int, two: Int, three: Int, reopenedPoints: Int, failedItemPoints: Int, leastA: Int, leastB: Int
    ) {
        onePoints = one
        twoPoints = two
        threePoints = three
        self.reopenedPoints = reopenedPoints
        self.failedItemPoints = failedItemPoints
        self.leastA = leastA
        self.leastB = leastB
    }

    /// Of a closed case.
    public subscript(grade: Grade) -> Int {
        switch grade {
        case .one: onePoints
        case .two: twoPoints
        case .three: threePoints
        }
    }

    /// Whether every school has a letter, and each letter can be reached.
    public var isValid: Bool {
        [onePoints, twoPoints, threePoints, reopenedPoints, failedItemPoints].allSatisfy { (0...100).contains($0) }
            && 1 <= leastB && leastB < leastA && leastA <= 100
    }

    public func rating(of events: [RatingEvent], on day: Day) -> SchoolRating {
        let deductions = events.filter { $0.day <= day && day - $0.day < Self.windowDays }
            .map { SchoolRating.Deduction(event: $0, points: points(of: $0)) }.filter { $0.points > 0 }
            .enumerated().sorted { ($1.element.event.day, $0.offset) < ($0.element.event.day, $1.offset) }
            .map(\.element)
        let left = max(0, 100 - deductions.reduce(0) { $0 + $1.points })
        return SchoolRating(
            letter: left >= leastA ? .a : left >= leastB ? .b : .c, points: left, deductions: deductions)
    }

    /// As it was on the last day of each of the last twelve months, the oldest first; the last one is today's.
    /// - Parameters:
    ///   - first: Since when the school is watched: months before it have no rating.
    ///   - rule: What held on a day: a rule that is changed leaves the months before as they were.
    public static func history(
        of events: [RatingEvent], on today: Day, since first: Day, by rule: (Day) -> RatingRule
    ) -> [(month: RatingMonth, rating: SchoolRating)] {
        var months: [(month: RatingMonth, rating: SchoolRating)] = []
        var day = today
        for _ in 0..<Self.months where day >= first {
            let month = RatingMonth(of: day)
            months.append((month, rule(day).rating(of: events, on: day)))
            day = month.firstDay - 1
        }
        return months.reversed()
    }

    private func points(of event: RatingEvent) -> Int {
        switch event.kind {
        case .caseClosed(_, let grade, let wasReopened): self[grade] + (wasReopened ? reopenedPoints : 0)
        case .inspection(let items): max(0, items) * failedItemPoints
        }
    }
}
