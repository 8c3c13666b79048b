/// A meal that a canteen serves. (餐次)
public enum Meal: String, Sendable, Hashable, CaseIterable, Codable {
    case breakfast
    case lunch
    case dinner

    fileprivate var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

extension SchoolDuty {
    /// How often a duty comes round. (频次)
    public enum Rhythm: Sendable, Hashable {
        case schoolDay
        case week
        case month
        /// Each meal of each school day.
        case meal
    }

    public var rhythm: Rhythm {
        switch self {
        case .dailyControl, .morningHealthCheck: .schoolDay
        case .weeklyInspection: .week
        case .monthlyMeeting: .month
        case .accompaniedMeal, .sampleRetention, .disinfection: .meal
        }
    }
}

/// One time that a school has to do a duty. (应做事项)
///
/// Named by the first day of its period, not by the day on which it is due: a holiday that somebody enters moves the due
/// day and leaves what was done where it is.
public struct DutySlot: Hashable, Sendable, Codable {
    public var duty: SchoolDuty
    /// The school day, the week's Monday, or the first of the month.
    public var period: Day
    /// Of duties of a meal; nil = of the others.
    public var meal: Meal?

    /// - Returns: nil unless the period is the first day of one, and a meal is named exactly where there is one.
    public init?(_ duty: SchoolDuty, period: Day, meal: Meal? = nil) {
        guard period == duty.period(of: period), (meal != nil) == (duty.rhythm == .meal) else { return nil }
        (self.duty, self.period, self.meal) = (duty, period, meal)
    }

    init(of duty: SchoolDuty, on day: Day, meal: Meal? = nil) {
        (self.duty, period, self.meal) = (duty, duty.period(of: day), meal)
    }

    /// The last day of the period.
    public var lastDay: Day {
        switch duty.rhythm {
        case .schoolDay, .meal: period
        case .week: period + 6
        case .month: period.firstOfNextMonth - 1
        }
    }
}

extension DutySlot: Comparable {
    /// In the order of a day's work: by period, meal and duty.
    public static func < (a: DutySlot, b: DutySlot) -> Bool { a.order < b.order }

    private var order: (Int, Int, Int) {
        (period.number, meal.map { $0.place + 1 } ?? 0, SchoolDuty.allCases.firstIndex(of: duty) ?? 0)
    }
}

extension SchoolDuty {
    /// The first day of the period in which a day lies.
    public func period(of day: Day) -> Day {
        switch rhythm {
        case .schoolDay, .meal: day
        case .week: day - (day.weekday - 1)
        case .month: day.firstOfMonth
        }
    }
}

extension Day {
    var firstOfMonth: Day { Day(String(description.prefix(8)) + "01") ?? self }

    /// 32 days after a first of a month lie in the next.
    var firstOfNextMonth: Day { (firstOfMonth + 32).firstOfMonth }
}

/// As keys of an object in JSON.
extension Meal: CodingKeyRepresentable {}
extension SchoolDuty: CodingKeyRepresentable {}
