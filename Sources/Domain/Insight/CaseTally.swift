/// Cases opened in a span, counted every way that pages need. (案件统计)
public struct CaseTally: Hashable, Sendable {
    /// Middle and slow end of a stretch.
    public struct Spread: Hashable, Sendable {
        public var count: Int
        public var median: Duration
        /// Nine of ten were quicker.
        public var ninth: Duration

        /// nil of nothing.
        public init?(_ durations: [Duration]) {
            guard !durations.isEmpty else { return nil }
            let sorted = durations.sorted()
            count = sorted.count
            median = sorted[(count - 1) / 2]
            ninth = sorted[min(count - 1, Int((Double(count) * 0.9).rounded(.up)) - 1)]
        }
    }

    /// One matter again and again at one school. (反复发生)
    public struct Repeated: Hashable, Sendable {
        public var school: SchoolID
        public var matter: CaseMatter
        public var cases: Int
        /// How often a case of it was opened anew after it had been closed.
        public var reopenings: Int
        public var last: UTCTime
        /// The newest of them.
        public var newest: CaseID

        public var times: Int { cases + reopenings }
    }

    public private(set) var opened = 0
    public private(set) var dispatched = 0
    /// Of those dispatched: what the school has handed in at least once.
    public private(set) var submitted = 0
    /// Of those dispatched: no deadline for rectifying was missed so far.
    public private(set) var inTime = 0
    public private(set) var closed = 0
    public private(set) var withdrawn = 0
    public private(set) var steps: [CaseStep: Spread] = [:]
    /// Times at least 2, the most first.
    public private(set) var repeated: [Repeated] = []

    public init(_ facts: some Sequence<CaseFact>, at now: UTCTime) {
        var durations: [CaseStep: [Duration]] = [:]
        var byMatter: [SchoolMatter: Repeated] = [:]
        for fact in facts {
            opened += 1
            if fact.state == .withdrawn {
                // It should not have been one: it says nothing of a school.
                withdrawn += 1
                continue
            }
            if fact.steps.dispatched != nil {
                dispatched += 1
                if fact.steps.submitted != nil { submitted += 1 }
                if !fact.isLate(at: now) { inTime += 1 }
            }
            if fact.state == .closed { closed += 1 }
            for step in CaseStep.allCases {
                if let duration = fact.duration(of: step) { durations[step, default: []].append(duration) }
            }
            let key = SchoolMatter(school: fact.school, matter: fact.matter)
            var repeated =
                byMatter[key]
                ?? Repeated(
                    school: fact.school, matter: fact.matter, cases: 0, reopenings: 0, last: fact.openedAt,
                    newest: fact.id)
            repeated.cases += 1
            repeated.reopenings += fact.round - 1
            if fact.openedAt >= repeated.last { (repeated.last, repeated.newest) = (fact.openedAt, fact.id) }
            byMatter[key] = repeated
        }
        for (step, durations) in durations { steps[step] = Spread(durations) }
        repeated = byMatter.values.filter { $0.times >= 2 }.sorted {
            ($1.times, $1.last, $0.school) < ($0.times, $0.last, $1.school)
        }
    }
}

private struct SchoolMatter: Hashable {
    var school: SchoolID
    var matter: CaseMatter
}
