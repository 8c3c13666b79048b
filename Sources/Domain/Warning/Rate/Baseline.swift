/// What is expected of one school on its next open day, learned day by day. (学校基线)
///
/// The school's level has a gamma distribution, counts given the level a negative binomial one. A day with expected
/// count μ adds its count with weight 1 / (1 + φμ), since overdispersed days tell less (quasi-likelihood); a new
/// term widens what is known (West and Harrison, Bayesian Forecasting and Dynamic Models, ch. 6: discounting).
public struct Baseline: Hashable, Sendable, Codable {
    /// Count on an average day.
    public private(set) var level: Double
    /// 1 / shape: the squared coefficient of variation of what is known of the level.
    public private(set) var uncertainty: Double
    /// φ of days when the level is known.
    public let overdispersion: Double
    private let profile: CountyProfile
    private let weekdays: [Double]
    private var term: Day?

    /// Squared coefficient of variation by which a level wanders in a day: 7 % in a school year.
    private static let drift = 0.000_025

    /// - Parameter history: The school's own counts, in order; may be empty for a school that is new.
    public init(_ profile: CountyProfile, history: [DayCount] = []) {
        self.profile = profile
        (level, uncertainty) = (profile.mean, profile.betweenSchools)
        overdispersion = profile.overdispersion(of: history)
        weekdays = profile.weekdays(of: history, overdispersion: overdispersion)
        for day in history {
            begin(day.open)
            learn(day)
        }
    }

    /// Widens what is known when a term begins. Called by itself before a day is looked at; safe to repeat.
    public mutating func begin(_ open: OpenDay) {
        uncertainty += Self.drift
        guard open.term != term else { return }
        if term != nil { uncertainty += profile.betweenTerms }
        term = open.term
        uncertainty = min(uncertainty, max(profile.betweenSchools, profile.betweenTerms))
    }

    /// Distribution of the day's count, before it is known: the level's uncertainty is in it.
    public func expected(on open: OpenDay) -> CountDistribution {
        CountDistribution(
            mean: level * effect(of: open), overdispersion: overdispersion + (1 + overdispersion) * uncertainty)
    }

    /// Of an average day, for a known level.
    var averageDay: CountDistribution { CountDistribution(mean: level, overdispersion: overdispersion) }

    public mutating func learn(_ day: DayCount) {
        let effect = effect(of: day.open)
        let weight = 1 / (1 + overdispersion * level * effect)
        let shape = 1 / uncertainty
        let exposure = shape / max(level, 1e-9)
        level = (shape + weight * Double(day.count)) / (exposure + weight * effect)
        uncertainty = 1 / (shape + weight * Double(day.count))
    }

    private func effect(of open: OpenDay) -> Double { weekdays[open.weekdayIndex] * profile.season(open.season) }
}
