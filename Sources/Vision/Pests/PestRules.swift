public import Domain

/// Paths of small things, with what the classifier says of them, against the rules for rodents and insects.
public struct PestRules: Sendable {
    /// One look at one path.
    public struct Look: Sendable, Hashable {
        public var path: PestSearch.Path
        /// 0…1, by the classifier or, if it says more, the detector.
        public var rodent: Double
        public var insect: Double

        public init(path: PestSearch.Path, rodent: Double, insect: Double) {
            self.path = path
            self.rodent = rodent
            self.insect = insect
        }
    }

    private struct Evidence: Sendable {
        var rodent = Sustained(leastShare: 0.6, leastLooks: 3, longestPause: 1.2)
        var insect = Sustained(leastShare: 0.6, leastLooks: 3, longestPause: 1.2)
    }

    /// While people are about, hands, cups and feet look like anything.
    private static let barWithPeople = 0.93
    private var evidence: [PestSearch.Path.ID: Evidence] = [:]

    public init() {}

    /// - Parameters:
    ///   - bar: the model's own thresholds.
    ///   - people: whether somebody is in the picture.
    public mutating func look(
        _ looks: [Look], bar: (rodent: Double, insect: Double), people: Bool, others: [Capture.Sight],
        at moment: Moment, settings: AnalysisSettings, _ book: inout IncidentBook
    ) -> [IncidentBook.Change] {
        var changes: [IncidentBook.Change] = []
        for look in looks {
            var known = evidence[look.path.id] ?? Evidence()
            func judge(_ item: CaptureItem, _ sustained: inout Sustained, _ score: Double, bar: Double) {
                guard book.applies(item, at: moment, place: look.path.box.centre) else { return }
                let bar = max(settings.rule(item).threshold ?? bar, people ? Self.barWithPeople : 0)
                let since = sustained.add(
                    score >= bar, at: moment, for: settings.rule(item).sustainedSeconds)
                guard score >= bar, look.path.hasTravelled, since != nil || book.isOpen(item, subject: nil) else {
                    return
                }
                let size = min((look.path.box.width + look.path.box.height) * 4, 1)
                let sight = Observation(
                    score: score, box: look.path.box, quality: score * (0.5 + size), others: others)
                if let change = book.see(item, subject: nil, since: since ?? look.path.first, sight, at: moment) {
                    changes.append(change)
                }
            }
            judge(.rodent, &known.rodent, look.rodent, bar: bar.rodent)
            judge(.insect, &known.insect, look.insect, bar: bar.insect)
            evidence[look.path.id] = known
        }
        return changes
    }

    /// Only paths that are still followed are remembered.
    public mutating func keep(only paths: [PestSearch.Path]) {
        guard evidence.count > paths.count else { return }
        let ids = Set(paths.map(\.id))
        evidence = evidence.filter { ids.contains($0.key) }
    }
}
