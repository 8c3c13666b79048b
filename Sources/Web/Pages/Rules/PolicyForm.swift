import Domain

/// The form of a policy, as it was typed.
struct PolicyForm: Sendable {
    struct Allowance: Sendable, Hashable {
        var amount = ""
        var unit = ""
    }

    struct Step: Sendable, Hashable {
        var clock = ""
        /// From the deadline; negative = before it.
        var hours = ""
        var measure = ""
    }

    struct GradeForm: Sendable, Hashable {
        var allowances: [CaseClock.Kind: Allowance] = [:]
        var ladder: [Step] = []
    }

    /// Those that a policy has an allowance of.
    static let clocks = CaseClock.Kind.allCases.filter { $0 != .reinspection }
    private static let mostSteps = 14
    typealias RatingField = any WritableKeyPath<RatingRule, Int> & Sendable
    /// What a school is rated by, as the form names it, with what may be typed.
    static let ratingFields: [(name: String, field: RatingField, ClosedRange<Int>)] = [
        ("one", \.onePoints, 0...100), ("two", \.twoPoints, 0...100), ("three", \.threePoints, 0...100),
        ("again", \.reopenedPoints, 0...100), ("item", \.failedItemPoints, 0...100), ("a", \.leastA, 2...100),
        ("b", \.leastB, 1...99),
    ]

    var grades: [Grade: GradeForm] = [:]
    /// With commas between them.
    var reinspectionDays: String
    var reinspectionWindow: String
    var recurrenceDays: String
    var mostExtensions: String
    /// As typed, by ``ratingFields``.
    var rating: [String]
    /// Empty = at once.
    var validFrom: String

    init(_ policy: CasePolicy) {
        for grade in Grade.allCases {
            var form = GradeForm()
            for clock in Self.clocks {
                guard let allowance = policy[grade].allowance(clock) else { continue }
                form.allowances[clock] = Allowance(amount: "\(allowance.amount)", unit: allowance.unit.rawValue)
            }
            form.ladder = policy[grade].ladder.map {
                Step(
                    clock: $0.clock.rawValue, hours: Decimal.short(Double($0.minutes) / 60, places: 4),
                    measure: $0.measure.rawValue)
            }
            form.ladder += Array(repeating: Step(), count: max(0, min(2, Self.mostSteps - form.ladder.count)))
            grades[grade] = form
        }
        reinspectionDays = policy.reinspectionDays.map { "\($0)" }.joined(separator: ", ")
        reinspectionWindow = "\(policy.reinspectionWindowSchoolDays)"
        recurrenceDays = "\(policy.recurrenceDays)"
        mostExtensions = "\(policy.mostExtensions)"
        rating = Self.ratingFields.map { "\(policy.rating[keyPath: $0.field])" }
        validFrom = ""
    }

    init(_ fields: FormFields) {
        for grade in Grade.allCases {
            var form = GradeForm()
            for clock in Self.clocks {
                let name = "\(grade.rawValue).\(clock.rawValue)"
                form.allowances[clock] = Allowance(
                    amount: fields.text("\(name).amount") ?? "", unit: fields.text("\(name).unit") ?? "")
            }
            let columns = ["clock", "hours", "measure"].map { fields.all("\(grade.rawValue).step.\($0)") }
            form.ladder = (0..<min(columns.map(\.count).min() ?? 0, Self.mostSteps)).map { index in
                Step(
                    clock: columns[0][index], hours: columns[1][index].trimmingBlanks(), measure: columns[2][index])
            }
            grades[grade] = form
        }
        reinspectionDays = fields.text("reinspectionDays") ?? ""
        reinspectionWindow = fields.text("reinspectionWindow") ?? ""
        recurrenceDays = fields.text("recurrenceDays") ?? ""
        mostExtensions = fields.text("mostExtensions") ?? ""
        rating = Self.ratingFields.map { (fields.text("rating.\($0.name)") ?? "").trimmingBlanks() }
        validFrom = fields.text("validFrom") ?? ""
    }

    /// What the form says.
    /// - Throws: what is wrong with it, each by the name of its place in the form.
    func policy(_ words: Words) throws(PolicyFaults) -> CasePolicy {
        var faults: [String] = []
        func number(_ text: String, _ range: ClosedRange<Int>, _ place: String) -> Int {
            if let number = Int(text), range.contains(number) { return number }
            faults.append(
                words(
                    "policy.fault.number",
                    ["place": place, "minimum": "\(range.lowerBound)", "maximum": "\(range.upperBound)"]))
            return range.lowerBound
        }
        func gradePolicy(_ grade: Grade) -> GradePolicy {
            let form = grades[grade] ?? GradeForm()
            let title = words("grade.\(grade.rawValue)")
            func allowance(_ clock: CaseClock.Kind) -> Domain.Allowance {
                let typed = form.allowances[clock] ?? Allowance()
                let place = "\(title) \(words("clock.\(clock.rawValue)"))"
                let unit = Domain.Allowance.Unit(rawValue: typed.unit)
                if unit == nil { faults.append(words("policy.fault.unit", ["place": place])) }
                return Domain.Allowance(number(typed.amount, 1...10_000, place), unit ?? .hours)
            }
            var ladder: [EscalationStep] = []
            // A row without a measure is no step: that is how one is removed.
            for step in form.ladder where !step.measure.isEmpty {
                let place = "\(title) \(words("policy.ladder"))"
                guard let clock = CaseClock.Kind(rawValue: step.clock),
                    let measure = EscalationMeasure(rawValue: step.measure), let hours = Double(step.hours),
                    abs(hours) <= 24 * 400
                else {
                    faults.append(words("policy.fault.step", ["place": place]))
                    continue
                }
                let made = EscalationStep(clock, minutes: Int((hours * 60).rounded()), measure)
                if ladder.contains(made) {
                    faults.append(words("policy.fault.twice", ["place": place]))
                } else {
                    ladder.append(made)
                }
            }
            return GradePolicy(
                dispatch: allowance(.dispatch), acknowledge: allowance(.acknowledge), rectify: allowance(.rectify),
                review: allowance(.review), appeal: allowance(.appeal), ladder: ladder)
        }
        let days = reinspectionDays.split(whereSeparator: { ",，、 ".contains($0) }).map {
            number(String($0), 1...365, words("policy.reinspectionDays"))
        }
        if days.isEmpty || !zip(days, days.dropFirst()).allSatisfy({ $0 < $1 }) {
            faults.append(words("policy.fault.order", ["place": words("policy.reinspectionDays")]))
        }
        var rule = RatingRule.standard
        for (typed, (name, field, range)) in zip(rating, Self.ratingFields) {
            rule[keyPath: field] = number(typed, range, words("policy.rating.\(name)"))
        }
        if rule.leastB >= rule.leastA { faults.append(words("policy.fault.letters")) }
        let policy = CasePolicy(
            one: gradePolicy(.one), two: gradePolicy(.two), three: gradePolicy(.three), reinspectionDays: days,
            reinspectionWindowSchoolDays: number(reinspectionWindow, 1...30, words("policy.reinspectionWindow")),
            recurrenceDays: number(recurrenceDays, 0...365, words("policy.recurrenceDays")),
            mostExtensions: number(mostExtensions, 0...10, words("policy.mostExtensions")), rating: rule)
        guard faults.isEmpty else { throw PolicyFaults(sentences: faults) }
        return policy
    }
}

/// Everything that is wrong with a form, in words.
struct PolicyFaults: Error {
    let sentences: [String]
}
