/// When a case first reached each step; a reopening or a return changes none of them. (办理进度)
public struct CaseSteps: Hashable, Sendable {
    public var dispatched: UTCTime?
    public var acknowledged: UTCTime?
    public var submitted: UTCTime?
    public var passed: UTCTime?

    public init(
        dispatched: UTCTime? = nil, acknowledged: UTCTime? = nil, submitted: UTCTime? = nil, passed: UTCTime? = nil
    ) {
        self.dispatched = dispatched
        self.acknowledged = acknowledged
        self.submitted = submitted
        self.passed = passed
    }

    mutating func take(_ change: CaseChange, at time: UTCTime) {
        switch change {
        case .dispatched: dispatched = dispatched ?? time
        case .acknowledged: acknowledged = acknowledged ?? time
        case .submitted: submitted = submitted ?? time
        case .passed: passed = passed ?? time
        default: break
        }
    }
}

/// What a case's row says of its deadlines: calendar and policy have a say in them, so they are computed anew when these
/// change. (时限表)
public struct CaseTimetable: Hashable, Sendable {
    /// The next deadline; nil = none runs.
    public var due: CaseSummary.Due?
    /// When the ladder of escalation must be looked at again.
    public var lookAt: UTCTime?
    /// From when on the school is late, or was, or will be as things stand: the first deadline for rectifying that was not
    /// kept or still runs. nil = all were kept, or the clock stands still.
    public var lateFrom: UTCTime?

    public init(due: CaseSummary.Due?, lookAt: UTCTime? = nil, lateFrom: UTCTime? = nil) {
        self.due = due
        self.lookAt = lookAt
        self.lateFrom = lateFrom
    }
}

extension CaseRules {
    /// - Parameter now: Steps of the ladder whose time has come are looked at now.
    public func timetable(of current: Case, at now: UTCTime) -> CaseTimetable {
        CaseTimetable(
            due: nextDue(of: current).map { CaseSummary.Due($0.kind, at: $0.due) },
            lookAt: escalations(of: current, until: now).isEmpty ? nextEscalation(of: current, after: now) : now,
            lateFrom: lateFrom(current))
    }

    private func lateFrom(_ current: Case) -> UTCTime? {
        guard current.state != .withdrawn else { return nil }
        return clockHistory(of: current).filter { clock in
            clock.kind == .rectify && (clock.stoppedAt ?? clock.pausedSince).map { $0 > clock.due } ?? true
        }.map(\.due).min()
    }
}
