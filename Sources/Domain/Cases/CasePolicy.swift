/// Deadlines and ladders of all grades, and what closed cases cost a school. (处置规则) Configuration with history: see ``PolicyHistory``.
public struct CasePolicy: Hashable, Sendable, Codable {
    public var one: GradePolicy
    public var two: GradePolicy
    public var three: GradePolicy
    /// Days after passing on which somebody looks again: ascending, at least one, since only that closes a case.
    public var reinspectionDays: [Int]
    /// A re-inspection is in time until the end of work on this school day, its own day counted: 1…30.
    public var reinspectionWindowSchoolDays: Int
    /// The same matter at the same school so many days after closing reopens the case: 0…365.
    public var recurrenceDays: Int
    /// In one round: 0…10.
    public var mostExtensions: Int
    /// Of schools, on their public pages.
    public var rating: RatingRule

    public init(
        one: GradePolicy, two: GradePolicy, three: GradePolicy, reinspectionDays: [Int] = [7, 30],
        reinspectionWindowSchoolDays: Int = 3, recurrenceDays: Int = 30, mostExtensions: Int = 2,
        rating: RatingRule = .standard
    ) {
        self.one = one
        self.two = two
        self.three = three
        self.reinspectionDays = reinspectionDays
        self.reinspectionWindowSchoolDays = reinspectionWindowSchoolDays
        self.recurrenceDays = recurrenceDays
        self.mostExtensions = mostExtensions
        self.rating = rating
    }

    /// Versions that were kept before ratings were configuration go by the standard.
    public init(from decoder: any Decoder) throws {
        let kept = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            one: try kept.decode(GradePolicy.self, forKey: .one), two: try kept.decode(GradePolicy.self, forKey: .two),
            three: try kept.decode(GradePolicy.self, forKey: .three),
            reinspectionDays: try kept.decode([Int].self, forKey: .reinspectionDays),
            reinspectionWindowSchoolDays: try kept.decode(Int.self, forKey: .reinspectionWindowSchoolDays),
            recurrenceDays: try kept.decode(Int.self, forKey: .recurrenceDays),
            mostExtensions: try kept.decode(Int.self, forKey: .mostExtensions),
            rating: try kept.decodeIfPresent(RatingRule.self, forKey: .rating) ?? .standard)
    }

    public subscript(grade: Grade) -> GradePolicy {
        switch grade {
        case .one: one
        case .two: two
        case .three: three
        }
    }

    /// Graded after Hubei's practice; the hours are our own choice.
    public static let standard = CasePolicy(
        one: GradePolicy(
            dispatch: .workingMinutes(60), acknowledge: .workingMinutes(15), rectify: .hours(24),
            review: .workingMinutes(240), appeal: .schoolDays(1),
            ladder: EscalationStep.nextLevelEverywhere(exceptAt: .rectify) + [
                EscalationStep(.rectify, minutes: -120, .reminder), EscalationStep(.rectify, minutes: 0, .yellowCard),
                EscalationStep(.rectify, minutes: 5 * 1440, .redCard),
                EscalationStep(.rectify, minutes: 5 * 1440, .countyLeader),
            ]),
        two: GradePolicy(
            dispatch: .workingMinutes(240), acknowledge: .workingMinutes(120), rectify: .schoolDays(3),
            review: .schoolDays(2), appeal: .schoolDays(2),
            ladder: EscalationStep.nextLevelEverywhere() + [EscalationStep(.rectify, minutes: -1440, .reminder)]),
        three: GradePolicy(
            dispatch: .schoolDays(1), acknowledge: .schoolDays(1), rectify: .days(7), review: .schoolDays(3),
            appeal: .schoolDays(3),
            ladder: EscalationStep.nextLevelEverywhere() + [EscalationStep(.rectify, minutes: -1440, .reminder)]))

    /// Whether every case under it has deadlines and can be closed, and every school can be rated.
    public var isValid: Bool {
        let days = reinspectionDays
        return Grade.allCases.allSatisfy { self[$0].isValid } && !days.isEmpty
            && days.allSatisfy { (1...365).contains($0) } && zip(days, days.dropFirst()).allSatisfy { $0 < $1 }
            && (1...30).contains(reinspectionWindowSchoolDays) && (0...365).contains(recurrenceDays)
            && (0...10).contains(mostExtensions) && rating.isValid
    }
}

/// What holds for one grade.
public struct GradePolicy: Hashable, Sendable, Codable {
    public var dispatch: Allowance
    public var acknowledge: Allowance
    public var rectify: Allowance
    public var review: Allowance
    public var appeal: Allowance
    public var ladder: [EscalationStep]

    public init(
        dispatch: Allowance, acknowledge: Allowance, rectify: Allowance, review: Allowance, appeal: Allowance,
        ladder: [EscalationStep]
    ) {
        self.dispatch = dispatch
        self.acknowledge = acknowledge
        self.rectify = rectify
        self.review = review
        self.appeal = appeal
        self.ladder = ladder
    }

    /// nil for re-inspections, whose days the policy has for all grades.
    public func allowance(_ kind: CaseClock.Kind) -> Allowance? {
        switch kind {
        case .dispatch: dispatch
        case .acknowledge: acknowledge
        case .rectify: rectify
        case .review: review
        case .appeal: appeal
        case .reinspection: nil
        }
    }

    var isValid: Bool {
        CaseClock.Kind.allCases.allSatisfy { allowance($0)?.isValid ?? true }
            && Set(ladder.map(\.name)).count == ladder.count
    }
}
