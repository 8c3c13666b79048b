extension CaseRules {
    /// The clocks that go or stand still now, in the order in which they began. Empty when the case has ended.
    public func clocks(of current: Case) -> [CaseClock] { current.runs.filter(\.isOpen).map(clock) }

    /// All clocks that the case ever had, those that ended too: whether each act was in time.
    public func clockHistory(of current: Case) -> [CaseClock] { current.runs.map(clock) }

    /// The first deadline that runs; nil when the case has ended.
    public func nextDue(of current: Case) -> CaseClock? {
        clocks(of: current).filter(\.isRunning).min { $0.due < $1.due }
    }

    private func clock(_ run: ClockRun) -> CaseClock {
        let policy = policies.inForce(at: run.from)
        let days = policy.reinspectionDays
        let firstDay =
            run.kind == .reinspection
            ? time.day(of: run.from) + (days.isEmpty ? 0 : days[min(run.ordinal, days.count - 1)]) : nil
        return CaseClock(
            kind: run.kind, ordinal: run.ordinal, from: run.from,
            notBefore: firstDay.map { max(run.from, $0.time(minute: 0, in: time.zone)) },
            due: due(run, policy, firstDay: firstDay), pausedSince: run.pausedSince, stoppedAt: run.stoppedAt,
            setBy: run.setBy)
    }

    private func due(_ run: ClockRun, _ policy: CasePolicy, firstDay: Day?) -> UTCTime {
        if let explicit = run.explicitDue {
            // Somebody named the moment: it moves by as long as the clock has stood still since.
            return run.pauses.filter { $0.end > run.explicitSince }
                .reduce(explicit) { $0 + ($1.end - max($1.start, run.explicitSince)) }
        }
        if let firstDay {
            let window = time.schoolDays(after: firstDay - 1, count: max(1, policy.reinspectionWindowSchoolDays))
            return time.endOfWork(on: window[window.count - 1])
        }
        guard let allowance = policy[run.grade].allowance(run.kind) else { return run.from }
        return time.end(of: allowance, from: run.from, pauses: run.pauses)
    }
}

extension CaseRules {
    /// Steps of the ladder whose time came before `moment` and that the case's events don't hold yet, oldest first.
    ///
    /// A clock that has ended or stands still reaches no further steps, but those that it had reached remain: nobody
    /// is spared because the scheduler was down. A withdrawn case reaches none: it should not have been one.
    public func escalations(of current: Case, until moment: UTCTime) -> [Escalation] {
        guard current.state != .withdrawn else { return [] }
        return current.runs.flatMap { run in
            let clock = clock(run)
            let end = min(moment, clock.pausedSince ?? moment, clock.stoppedAt ?? moment)
            return policies.inForce(at: run.from)[run.grade].ladder.compactMap { step -> Escalation? in
                guard step.clock == run.kind else { return nil }
                let key = "\(current.id)/\(run.setBy)/\(step.name)"
                // A reminder whose time lay before the clock began comes with the beginning.
                let time = max(clock.due + .seconds(step.minutes * 60), run.startedAt)
                guard time < end, !current.escalations.contains(key) else { return nil }
                return Escalation(
                    key: key, measure: step.measure, clock: step.clock, time: time,
                    to: current.receivers(of: step.measure, at: step.clock))
            }
        }.sorted { ($0.time, $0.key) < ($1.time, $1.key) }
    }

    /// When the next step may come, as things stand: when a scheduler must look again. nil = nothing will come by itself.
    public func nextEscalation(of current: Case, after moment: UTCTime) -> UTCTime? {
        current.runs.filter { $0.isOpen && $0.pausedSince == nil }.flatMap { run in
            let due = clock(run).due
            return policies.inForce(at: run.from)[run.grade].ladder.filter { $0.clock == run.kind }
                .map { max(due + .seconds($0.minutes * 60), run.startedAt) }
        }.filter { $0 >= moment }.min()
    }
}
