/// What the counts of a county's schools have in common, learned from its own history: where a single school's are few,
/// this is what they are drawn to. (县域基线)
///
/// Method of moments with empirical Bayes throughout (Casella 1985, An Introduction to Empirical Bayes Data Analysis, The
/// American Statistician 39); docs/design/warning.md tells each step.
public struct CountyProfile: Hashable, Sendable, Codable {
    /// Count of an average school on an average day.
    public var mean: Double
    /// Squared coefficient of variation of the schools' means.
    public var betweenSchools: Double
    /// Squared coefficient of variation of one school's mean from term to term, beyond the season.
    public var betweenTerms: Double
    /// Of a day against the average day, Monday to Sunday.
    public var weekdays: [Double]
    /// Of a term against the average one.
    public var autumn: Double
    public var spring: Double
    /// φ of an average school, and its variance from school to school.
    public var overdispersion: Double
    public var overdispersionVariance: Double

    public init(
        mean: Double, betweenSchools: Double, betweenTerms: Double, weekdays: [Double], autumn: Double = 1,
        spring: Double = 1, overdispersion: Double, overdispersionVariance: Double = 0
    ) {
        precondition(weekdays.count == 7, "a week has seven days")
        self.mean = mean
        self.betweenSchools = betweenSchools
        self.betweenTerms = betweenTerms
        self.weekdays = weekdays
        self.autumn = autumn
        self.spring = spring
        self.overdispersion = overdispersion
        self.overdispersionVariance = overdispersionVariance
    }

    /// Where nothing is known yet: one in two days, any school as likely to have a third as thrice of it.
    public static let unknown = CountyProfile(
        mean: 0.5, betweenSchools: 1, betweenTerms: 0.04, weekdays: Array(repeating: 1, count: 7), overdispersion: 0.3)

    public func season(_ season: OpenDay.Season) -> Double { season == .autumn ? autumn : spring }

    /// Of an open day against the average one.
    public func effect(of open: OpenDay) -> Double { weekdays[open.weekdayIndex] * season(open.season) }
}

extension CountyProfile {
    /// Counts for which an effect of weekday or season is half believed.
    private static let halfBelieved = 50.0

    /// - Parameter history: Each school's counts on its open days. Schools with fewer than 20 days tell nothing yet; with
    ///   fewer than 3 schools that do, ``unknown`` is returned.
    public init(history: [[DayCount]]) {
        let schools = history.filter { $0.count >= 20 }
        guard schools.count >= 3, schools.contains(where: { $0.contains { $0.count > 0 } }) else {
            self = .unknown
            return
        }
        var profile = CountyProfile(
            mean: 0, betweenSchools: 0, betweenTerms: 0.02, weekdays: Array(repeating: 1, count: 7), overdispersion: 0)
        // Effects and levels by turns: schools need not have had the same days. Three rounds settle four digits.
        for _ in 0..<3 { profile.fitEffects(schools) }
        profile.fitSpread(schools.map { SchoolMoments($0, profile) })
        self = profile
    }

    private mutating func fitEffects(_ schools: [[DayCount]]) {
        var seen = (days: [Double](repeating: 0, count: 7), autumn: 0.0, spring: 0.0)
        var expected = seen
        for days in schools {
            let level = Self.level(days, self)
            for day in days {
                let (count, weekday) = (Double(day.count), day.open.weekdayIndex)
                seen.days[weekday] += count
                expected.days[weekday] += level * season(day.open.season)
                if day.open.season == .autumn {
                    seen.autumn += count
                    expected.autumn += level * weekdays[weekday]
                } else {
                    seen.spring += count
                    expected.spring += level * weekdays[weekday]
                }
            }
        }
        func effect(_ seen: Double, _ expected: Double) -> Double {
            (seen + Self.halfBelieved) / (expected + Self.halfBelieved)
        }
        weekdays = (0..<7).map { effect(seen.days[$0], expected.days[$0]) }
        (autumn, spring) = (effect(seen.autumn, expected.autumn), effect(seen.spring, expected.spring))
    }

    fileprivate static func level(_ days: [DayCount], _ profile: CountyProfile) -> Double {
        days.reduce(0) { $0 + Double($1.count) } / days.reduce(0) { $0 + profile.effect(of: $1.open) }
    }

    private mutating func fitSpread(_ schools: [SchoolMoments]) {
        let count = Double(schools.count)
        mean = schools.reduce(0) { $0 + $1.level } / count
        let total = schools.reduce(0) { $0 + $1.squares }
        overdispersion = min(5, max(0, schools.reduce(0) { $0 + $1.excess } / total))
        let phi = overdispersion
        // What schools differ, less what chance alone makes them differ; larger ones tell more.
        let told = schools.filter { $0.level * Double($0.days) >= 50 }
        if told.count >= 3 {
            let weights = told.map { 1 / $0.overdispersionVariance(around: phi) }
            let spread = zip(told, weights).reduce(0) { sum, pair in
                let difference = pair.0.excess / pair.0.squares - phi
                return sum + pair.1 * (difference * difference - 1 / pair.1)
            }
            overdispersionVariance = min(1, max(0, spread / weights.reduce(0, +)))
        }
        let variance = schools.reduce(0) { sum, school in
            let difference = school.level - mean
            return sum + difference * difference - (school.level + phi * school.level * school.level)
                / Double(school.days)
        }
        betweenSchools = min(10, max(0.01, variance / max(1, count - 1) / (mean * mean)))
        let changes = schools.flatMap { $0.termChanges(phi) }
        if changes.count >= 3 {
            betweenTerms = min(1, max(0.0025, changes.reduce(0, +) / Double(changes.count)))
        }
    }
}

/// Sums of one school that the county's spreads are made of.
private struct SchoolMoments {
    var level: Double
    var days: Int
    /// Σ (count − expected)² − expected, corrected for the level's being fitted in each term.
    var excess = 0.0
    /// Σ expected².
    var squares = 0.0
    private var terms: [(level: Double, exposure: Double, days: Double)] = []

    init(_ counts: [DayCount], _ profile: CountyProfile) {
        level = CountyProfile.level(counts, profile)
        days = counts.count
        for term in Dictionary(grouping: counts, by: \.open.term).sorted(by: {
            ($0.key?.number ?? 0) < ($1.key?.number ?? 0)
        })
        .map(\.value) where term.count >= 10 {
            let exposure = term.reduce(0) { $0 + profile.effect(of: $1.open) }
            let own = term.reduce(0) { $0 + Double($1.count) } / exposure
            let correction = Double(term.count) / Double(term.count - 1)
            for day in term {
                let expected = own * profile.effect(of: day.open)
                excess += (Double(day.count) - expected) * (Double(day.count) - expected) * correction - expected
                squares += expected * expected
            }
            terms.append((own, exposure, Double(term.count)))
        }
        squares = max(squares, 1e-9)
    }

    /// Sampling variance of the school's own estimate of φ when the true one is `phi`.
    func overdispersionVariance(around phi: Double) -> Double {
        let inverse = 1 / max(level, 1e-6) + phi
        return 2 * inverse * inverse * (1 + 2 * phi) / Double(days)
    }

    /// Squared relative change from each term to the next, less what chance makes; half, since both terms vary.
    func termChanges(_ phi: Double) -> [Double] {
        zip(terms, terms.dropFirst()).compactMap { before, after in
            let middle = (before.level + after.level) / 2
            guard middle * min(before.exposure, after.exposure) >= 20 else { return nil }
            let change = (after.level - before.level) / middle
            let chance = (1 / middle + phi) * (1 / before.days + 1 / after.days)
            return (change * change - chance) / 2
        }
    }
}

extension CountyProfile {
    /// φ of one school: its own as far as its counts tell, else the county's.
    func overdispersion(of counts: [DayCount]) -> Double {
        guard counts.count >= 20 else { return overdispersion }
        let own = SchoolMoments(counts, self)
        let chance = own.overdispersionVariance(around: overdispersion)
        let belief = overdispersionVariance / (overdispersionVariance + chance)
        return min(5, max(0, overdispersion + belief * (own.excess / own.squares - overdispersion)))
    }

    /// A school's own weekdays, drawn to the county's, from which schools are taken to differ by 5 %: 400 counts of days
    /// that differ by chance alone are half believed, and more of days that differ more.
    func weekdays(of counts: [DayCount], overdispersion: Double) -> [Double] {
        guard !counts.isEmpty else { return weekdays }
        let level = Self.level(counts, self)
        var (seen, expected) = ([Double](repeating: 0, count: 7), [Double](repeating: 0, count: 7))
        for day in counts {
            let mean = level * effect(of: day.open)
            let weight = 1 / (1 + overdispersion * mean)
            seen[day.open.weekdayIndex] += weight * Double(day.count)
            expected[day.open.weekdayIndex] += weight * mean
        }
        return (0..<7).map { weekdays[$0] * (seen[$0] + 400) / (expected[$0] + 400) }
    }
}
