/// How much is to be expected of a school, and from what: what the patrol list is ordered by. (风险)
///
/// Events of a school are Poisson with a rate of its own, which is gamma distributed over the county; older evidence
/// counts less and less (half after ``RiskModel/halfLifeDays``). The mean of what is known then is a sum of
/// parts, and each part is somebody's words: "half of it is the rats of last week".
public struct SchoolRisk: Hashable, Sendable, Codable {
    /// Points a school day to be expected.
    public let rate: Double
    /// Standard deviation of what is known of the rate: a school that was never watched has a large one.
    public let deviation: Double
    /// The largest first; they add up to ``rate``.
    public let parts: [Part]

    public struct Part: Hashable, Sendable, Codable {
        public enum Source: Hashable, Sendable, Codable {
            /// What an average school of the county would bring.
            case county
            case evidence(RiskEvidence.Kind)
        }

        public var source: Source
        /// Points a school day.
        public var rate: Double
        /// How many events are in it, of any age.
        public var events: Int
        /// The latest of them.
        public var latest: Day?
    }
}

/// Something that happened at a school and speaks of its risk. (风险依据)
public struct RiskEvidence: Hashable, Sendable, Codable {
    public enum Kind: String, Sendable, Hashable, CaseIterable, Codable {
        /// Confirmed captures by grade.
        case captureOne
        case captureTwo
        case captureThree
        case caseOverdue
        case caseReopened
        case inspectionFailed
        case camerasOff
        case concern
        case warning
    }

    public var kind: Kind
    public var day: Day

    public init(_ kind: Kind, on day: Day) {
        self.kind = kind
        self.day = day
    }
}

/// What weighs how much, as the county sets it. (风险权重)
public struct RiskModel: Hashable, Sendable, Codable {
    /// Points of one event: 0…100. A kind that is missing counts nothing.
    public var points: [RiskEvidence.Kind: Double]
    /// After so many days evidence counts half: 1…365.
    public var halfLifeDays: Double

    /// 7, 5, 2: the points of inspections by severity.
    public static let standard = RiskModel(
        points: [
            .captureOne: 7, .captureTwo: 5, .captureThree: 2, .caseOverdue: 5, .caseReopened: 7, .inspectionFailed: 5,
            .camerasOff: 2, .concern: 5, .warning: 2,
        ], halfLifeDays: 30)

    public init(points: [RiskEvidence.Kind: Double], halfLifeDays: Double) {
        self.points = points
        self.halfLifeDays = halfLifeDays
    }

    public var isValid: Bool {
        points.values.allSatisfy((0...100).contains) && (1...365).contains(halfLifeDays)
    }

    /// What is known of a county's schools before one looks at a single one: a gamma distribution of rates.
    public struct Prior: Hashable, Sendable, Codable {
        /// Points a school day of an average school: above 0.
        public var mean: Double
        /// Days of evidence that the prior is worth: above 0.
        public var days: Double

        public init(mean: Double, days: Double) {
            self.mean = mean
            self.days = days
        }
    }

    /// 1 for today, 0.5 after the half-life.
    func weight(ofAge days: Int) -> Double {
        (-0.6931471805599453 * Double(max(0, days)) / halfLifeDays).exponential
    }

    /// Days of watching, each with the weight of its age: the sum of a geometric series.
    func exposure(ofDays days: Int) -> Double {
        let daily = weight(ofAge: 1)
        return (1 - weight(ofAge: max(0, days))) / (1 - daily)
    }

    /// - Parameters:
    ///   - evidence: What lies after `today` is left out.
    ///   - watchedDays: Since when the school is watched at all, in days.
    public func risk(_ evidence: [RiskEvidence], watchedDays: Int, prior: Prior, on today: Day) -> SchoolRisk {
        let exposure = prior.days + exposure(ofDays: watchedDays)
        var (parts, square): ([SchoolRisk.Part], Double) = ([], prior.mean * prior.days)
        parts.append(.init(source: .county, rate: prior.mean * prior.days / exposure, events: 0, latest: nil))
        let past = Dictionary(grouping: evidence.filter { $0.day <= today }, by: \.kind)
        for kind in RiskEvidence.Kind.allCases {
            guard let events = past[kind], let points = points[kind], points > 0 else { continue }
            let weighted = events.map { weight(ofAge: today - $0.day) }.sorted().reduce(0, +)
            square += points * points * weighted
            parts.append(
                .init(
                    source: .evidence(kind), rate: points * weighted / exposure, events: events.count,
                    latest: events.map(\.day).max()))
        }
        return SchoolRisk(
            rate: parts.reduce(0) { $0 + $1.rate }, deviation: square.squareRoot() / exposure,
            parts: parts.enumerated().sorted { ($1.element.rate, $0.offset) < ($0.element.rate, $1.offset) }
                .map(\.element))
    }

    /// The county's own prior: the mean of its schools, worth the days after which a school's own evidence outweighs it.
    /// Moments of the schools' decayed rates; nil with fewer than 3 schools or with no evidence at all.
    public func prior(of schools: [(evidence: [RiskEvidence], watchedDays: Int)], on today: Day) -> Prior? {
        guard schools.count >= 3 else { return nil }
        let exposures = schools.map { max(1, exposure(ofDays: $0.watchedDays)) }
        // Of each school: its points; their variance; the size of a point's event.
        var (sums, squares, sizes): ([Double], [Double], [Double]) = ([], [], [])
        for school in schools {
            let past = school.evidence.filter { $0.day <= today }
                .sorted { ($0.day, $0.kind.rawValue) < ($1.day, $1.kind.rawValue) }
                .map { (points: points[$0.kind] ?? 0, weight: weight(ofAge: today - $0.day)) }
            sums.append(past.reduce(0) { $0 + $1.points * $1.weight })
            squares.append(past.reduce(0) { $0 + $1.points * $1.points * $1.weight * $1.weight })
            sizes.append(past.reduce(0) { $0 + $1.points * $1.points * $1.weight })
        }
        let mean = sums.reduce(0, +) / exposures.reduce(0, +)
        guard mean > 0 else { return nil }
        let count = Double(schools.count)
        let rates = zip(sums, exposures).map { $0 / $1 }
        let spread = rates.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1)
        let chance = zip(squares, exposures).reduce(0) { $0 + $1.0 / ($1.1 * $1.1) } / count
        // Gamma: variance = mean / days, in units of an event's points.
        let unit = sizes.reduce(0, +) / sums.reduce(0, +)
        let between = max(spread - chance, mean * mean * 0.04)
        return Prior(mean: mean, days: min(365, max(1, mean * unit / between)))
    }
}
