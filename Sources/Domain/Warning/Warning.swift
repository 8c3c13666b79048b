/// Something that somebody should look at, with the numbers that say why. (预警)
///
/// It holds no words: pages write its one sentence from ``reason``.
public struct Warning: Hashable, Sendable, Codable {
    /// What it is about: a school, a township, the county.
    public var place: Territory
    public var reason: WarningReason

    public init(_ place: Territory, _ reason: WarningReason) {
        self.place = place
        self.reason = reason
    }

    /// The same as long as the same thing lasts: while a warning of this key is open, no second one is given.
    ///
    /// A backlog or overdue cases are a state: their warning is over when the rule is no longer met. All others have
    /// happened, and their keys never come again.
    public var key: String { "\(place) \(reason.key)" }
}

/// Why a warning was given: each kind of rule with its numbers. (预警理由)
public enum WarningReason: Hashable, Sendable, Codable {
    case rateRise(RateRise, item: CaptureItem?)
    case repeated(RepeatedItem)
    case cluster(TerritoryCluster)
    case backlog(UnhandledBacklog)
    case overdue(OverdueCases)
    case expiring(ExpiringPaper)
    case dutiesMissed(MissedDuties)
    case camerasOff(CamerasOff)
    case nightActivity(NightActivity)

    public var kind: WarningRule.Kind {
        switch self {
        case .rateRise: .rate
        case .repeated: .repeated
        case .cluster: .cluster
        case .backlog: .backlog
        case .overdue: .overdue
        case .expiring: .expiring
        case .dutiesMissed: .duties
        case .camerasOff: .camerasOff
        case .nightActivity: .night
        }
    }

    var key: String {
        switch self {
        case .rateRise(let rise, let item): "rate \(item?.rawValue ?? "all") \(rise.until)"
        case .repeated(let repeated): "repeated \(repeated.item.rawValue) \(repeated.first.milliseconds)"
        case .cluster(let cluster): "cluster \(cluster.item?.rawValue ?? "all") \(cluster.days.last)"
        case .backlog: "backlog"
        case .overdue: "overdue"
        case .expiring(let paper): "expiring \(paper.paper) \(paper.validThrough) \(paper.step)"
        case .dutiesMissed(let missed): "duties \(missed.duty.rawValue) \(missed.first)"
        case .camerasOff(let off): "cameras \(off.day)"
        case .nightActivity(let night): "night \(night.item.rawValue) \(night.firstNight)"
        }
    }
}

/// How a warning ended, as somebody said. (预警处置)
public enum WarningEnding: Hashable, Sendable, Codable {
    case becameCase(CaseID)
    /// Looked into, and settled without a case.
    case settled(note: String)
    /// Nothing was behind it: what a back-test's false warnings are held against.
    case unfounded(note: String)
}
