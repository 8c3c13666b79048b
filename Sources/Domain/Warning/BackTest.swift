/// What a rule would have done on a county's own history: looked at before it is switched on. (回测)
public struct BackTest: Hashable, Sendable {
    public struct Hit: Hashable, Sendable {
        public var day: Day
        public var warning: Warning

        public init(_ day: Day, _ warning: Warning) {
            self.day = day
            self.warning = warning
        }
    }

    /// By day.
    public let hits: [Hit]
    /// School days × places that were watched.
    public let watchedDays: Int
    /// How many chance alone makes on average; nil = the rule states what was there and makes no such claim.
    public let expectedFalse: Double?

    public init(hits: [Hit], watchedDays: Int, expectedFalse: Double?) {
        self.hits = hits.sorted { ($0.day, $0.warning.key) < ($1.day, $1.warning.key) }
        self.watchedDays = watchedDays
        self.expectedFalse = expectedFalse
    }

    public var byPlace: [Territory: Int] { Dictionary(hits.map { ($0.warning.place, 1) }, uniquingKeysWith: +) }

    /// P(so many or more) if every warning were a false one; small = something was there. nil like ``expectedFalse``.
    public var chanceOfSoMany: Double? {
        expectedFalse.map { CountDistribution(mean: $0).probability(atLeast: hits.count) }
    }
}

extension BackTest {
    /// The first `learned` open days of each place are learned from, the rest is watched as if each day were today.
    ///
    /// - Parameters:
    ///   - history: Counts of each place on its open days, in order.
    ///   - learned: At least 60 say something; two terms are better, since only then seasons are known.
    public init(_ rule: RateRule, history: [Territory: [DayCount]], learned: Int) {
        let charts = RateCharts(rule)
        // In a fixed order: sums of floating-point numbers are the same in each run.
        let places = history.sorted { $0.key.description < $1.key.description }
        let profile = CountyProfile(history: places.map { Array($0.value.prefix(learned)) })
        var (hits, days): ([Hit], Int) = ([], 0)
        for (place, counts) in places {
            var watch = RateWatch(
                charts, of: place, baseline: Baseline(profile, history: Array(counts.prefix(learned))))
            for day in counts.dropFirst(learned) {
                days += 1
                if let rise = watch.take(day) {
                    hits.append(Hit(day.open.day, Warning(place, .rateRise(rise, item: rule.item))))
                }
            }
        }
        self.init(
            hits: hits, watchedDays: days, expectedFalse: Double(days) / Double(rule.schoolDaysPerFalseWarning))
    }

    /// - Parameter times: When the item was there, by school.
    public init(_ rule: RepeatRule, times: [SchoolID: [UTCTime]], schoolDays: Int, _ time: SchoolTime) {
        let hits = times.flatMap { school, times in
            rule.met(by: times).map { Hit(time.day(of: $0.last), Warning(.school(school), .repeated($0))) }
        }
        self.init(hits: hits, watchedDays: schoolDays * times.count, expectedFalse: nil)
    }

    /// - Parameter times: When the item was there, by school.
    public init(_ rule: NightRule, times: [SchoolID: [UTCTime]], schoolDays: Int, _ time: SchoolTime) {
        let hits = times.flatMap { school, times in
            rule.met(by: times, time).map { Hit($0.lastNight, Warning(.school(school), .nightActivity($0))) }
        }
        self.init(hits: hits, watchedDays: schoolDays * times.count, expectedFalse: nil)
    }

    /// - Parameter windows: Of the rule's length, one after the other.
    public init(_ rule: ClusterRule, windows: [(days: DaySpan, parts: [ClusterRule.Part])], dispersion: Double) {
        let hits = windows.flatMap { window in
            rule.clusters(among: window.parts, in: window.days, dispersion: dispersion).map {
                Hit(window.days.last, Warning(.township($0.township), .cluster($0)))
            }
        }
        let watched = windows.reduce(0) { $0 + $1.parts.count * rule.schoolDays }
        let years = Double(windows.count * rule.schoolDays) / Double(RateRule.schoolYearDays)
        self.init(hits: hits, watchedDays: watched, expectedFalse: years * rule.falseWarningsPerSchoolYear)
    }

    /// - Parameter records: Of the duty, by school: days on which it was due, and whether it was done in time.
    public init(_ rule: DutyRule, records: [SchoolID: [(due: Day, isDone: Bool)]]) {
        let hits = records.flatMap { school, record in
            rule.met(by: record).map { Hit($0.last, Warning(.school(school), .dutiesMissed($0))) }
        }
        self.init(hits: hits, watchedDays: records.values.reduce(0) { $0 + $1.count }, expectedFalse: nil)
    }
}
