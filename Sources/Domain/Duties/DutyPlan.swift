/// Which meals a canteen serves, and until when each duty has to be done. (自查安排)
public struct DutyPlan: Hashable, Sendable, Codable {
    /// When each meal that is served begins, in minutes after midnight: 0…1439.
    public var meals: [Meal: Int]
    /// Minutes after midnight by which it has to be entered, 1…1440; of duties of a meal, minutes after the meal began, 1…720.
    public var dueMinutes: [SchoolDuty: Int]

    /// The health check is over before the kitchen cooks, samples are taken before the meal is over, dishes are clean an hour
    /// and a half after it.
    public static let standard = DutyPlan(
        meals: [.lunch: 690],
        dueMinutes: [
            .morningHealthCheck: 510, .dailyControl: 1020, .weeklyInspection: 1020, .monthlyMeeting: 1020,
            .sampleRetention: 60, .accompaniedMeal: 120, .disinfection: 210,
        ])

    public init(meals: [Meal: Int], dueMinutes: [SchoolDuty: Int]) {
        self.meals = meals
        self.dueMinutes = dueMinutes
    }

    public static let mealMinutes = 0...1439

    public static func dueRange(of duty: SchoolDuty) -> ClosedRange<Int> { duty.rhythm == .meal ? 1...720 : 1...1440 }

    /// Each duty has its time, each meal begins on its day and after the one before.
    public var isValid: Bool {
        let starts = Meal.allCases.compactMap { meals[$0] }
        return !starts.isEmpty && starts.allSatisfy(Self.mealMinutes.contains)
            && zip(starts, starts.dropFirst()).allSatisfy { $0 < $1 }
            && SchoolDuty.allCases.allSatisfy { duty in
                dueMinutes[duty].map(Self.dueRange(of: duty).contains) == true
            }
    }

    /// After midnight of the due day; a night meal's duties may be due on the next.
    func dueMinute(of duty: SchoolDuty, meal: Meal?) -> Int {
        let minute = dueMinutes[duty] ?? Self.standard.dueMinutes[duty] ?? 1020
        return meal.map { (meals[$0] ?? 0) + minute } ?? minute
    }
}

/// Plans by the day from which they hold: what was due last month is judged by last month's plan. (安排沿革)
public struct DutyPlanHistory: Hashable, Sendable {
    public struct Version: Hashable, Sendable {
        public var from: Day
        public var plan: DutyPlan

        public init(from day: Day, _ plan: DutyPlan) {
            from = day
            self.plan = plan
        }
    }

    /// In order.
    public let versions: [Version]

    public init(_ versions: [Version] = []) { self.versions = versions.sorted { $0.from < $1.from } }

    /// nil = duties didn't count yet.
    public func plan(on day: Day) -> DutyPlan? { versions.last { $0.from <= day }?.plan }

    /// The first day that counts; nil = none does yet.
    public var start: Day? { versions.first?.from }
}
