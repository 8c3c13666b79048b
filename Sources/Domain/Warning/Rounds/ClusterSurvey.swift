/// A cluster rule over all townships: windows one after the other. (聚集监测)
struct ClusterSurvey: Sendable {
    let rule: ClusterRule
    private let counts: [SchoolID: [DayCount]]
    private let townships: [SchoolID: TownshipID]

    init(_ rule: ClusterRule, counts: [SchoolID: [DayCount]], townships: [SchoolID: TownshipID]) {
        self.rule = rule
        self.counts = counts
        self.townships = townships
    }

    struct Window: Sendable {
        var days: DaySpan
        var parts: [ClusterRule.Part]
    }

    /// Windows that are over; what comes before the first is learned from.
    /// - Parameter anchor: A window begins on this day, or on the first open one after it; nil = with the first that is left
    ///   after learning.
    func windows(anchor: Day?) -> [Window] {
        let days = WarningHistory.openDays(counts).map(\.day)
        guard days.count > RateSurvey.leastLearned else { return [] }
        let watched = Array(days.dropFirst(RateSurvey.leastLearned))
        let before = watched.prefix { day in anchor.map { day < $0 } ?? false }
        // Earlier windows end where the anchor's begins.
        let skipped = before.count % rule.schoolDays
        let whole = watched.dropFirst(skipped)
        var spans: [DaySpan] = []
        var start = whole.startIndex
        while start + rule.schoolDays <= whole.endIndex {
            spans.append(DaySpan(whole[start], through: whole[start + rule.schoolDays - 1]))
            start += rule.schoolDays
        }
        return parts(spans)
    }

    private func parts(_ spans: [DaySpan]) -> [Window] {
        guard let first = spans.first?.first else { return [] }
        let all = counts.sorted { $0.key < $1.key }
        let profile = CountyProfile(history: all.map { $0.value.filter { $0.open.day < first } })
        var sums = spans.map { _ in [TownshipID: (count: Int, expected: Double)]() }
        for (school, days) in all {
            guard let township = townships[school] else { continue }
            var baseline = Baseline(profile, history: days.filter { $0.open.day < first })
            var window = 0
            for day in days where day.open.day >= first {
                while window < spans.count, spans[window].last < day.open.day { window += 1 }
                guard window < spans.count else { break }
                baseline.begin(day.open)
                let part = sums[window][township] ?? (0, 0)
                sums[window][township] = (
                    part.count + day.count, part.expected + baseline.expected(on: day.open).mean
                )
                baseline.learn(day)
            }
        }
        return zip(spans, sums).map { span, sums in
            Window(
                days: span,
                parts: sums.sorted { $0.key < $1.key }
                    .map { ClusterRule.Part($0.key, count: $0.value.count, expected: $0.value.expected) })
        }
    }

    /// Each window with what is known of the spread from those before it.
    func clusters(_ windows: [Window]) -> [TerritoryCluster] {
        windows.indices.flatMap { index in
            rule.clusters(
                among: windows[index].parts, in: windows[index].days,
                dispersion: ClusterRule.dispersion(of: windows[..<index].map(\.parts)))
        }
    }
}
