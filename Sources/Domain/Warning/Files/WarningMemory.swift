/// What earlier warnings have counted already: the same events never warn twice, also when a verdict moves the days on
/// which a rule is met. (已计入的事件)
public struct WarningMemory: Hashable, Sendable {
    private struct Key: Hashable, Sendable {
        var place: Territory
        var subject: WarningSubject
    }

    private var days: [Key: Day] = [:]
    private var times: [Key: UTCTime] = [:]

    public init() {}

    public init(_ given: some Sequence<Warning>) {
        for warning in given { remember(warning) }
    }

    public mutating func remember(_ warning: Warning) {
        let key = Key(place: warning.place, subject: warning.reason.subject)
        if let day = warning.reason.lastDay { days[key] = max(days[key] ?? day, day) }
        if case .repeated(let repeated) = warning.reason {
            times[key] = max(times[key] ?? repeated.last, repeated.last)
        }
    }

    /// The last day that a warning of this place and subject has counted.
    func lastDay(_ place: Territory, _ subject: WarningSubject) -> Day? {
        days[Key(place: place, subject: subject)]
    }

    func lastTime(_ place: Territory, _ subject: WarningSubject) -> UTCTime? {
        times[Key(place: place, subject: subject)]
    }
}

extension WarningReason {
    /// The last day whose events are in it; nil where events have a time of their own, or there are none.
    fileprivate var lastDay: Day? {
        switch self {
        case .rateRise(let rise, _): rise.until
        case .cluster(let cluster): cluster.days.last
        case .dutiesMissed(let missed): missed.last
        case .nightActivity(let night): night.lastNight
        case .camerasOff(let off): off.day
        case .repeated, .backlog, .overdue, .expiring: nil
        }
    }
}
