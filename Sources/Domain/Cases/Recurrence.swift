extension Grade {
    /// One grade more serious; I stays I.
    public var raised: Grade { Grade(rawValue: rawValue - 1) ?? .one }
}

extension CaseRules {
    /// The closed case that this violation reopens: the same matter at the same school, closed last and not longer ago
    /// than the policy says. (复发) nil = it is a new case.
    public func recurrence(
        of matter: CaseMatter, at school: SchoolID, on moment: UTCTime, among cases: some Sequence<Case>
    ) -> CaseID? {
        cases.filter { $0.opening.matter == matter && $0.opening.school == school && mayReopen($0, at: moment) }
            .max { ($0.closedAt ?? $0.openedAt, $0.id) < ($1.closedAt ?? $1.openedAt, $1.id) }?.id
    }

    func mayReopen(_ closed: Case, at moment: UTCTime) -> Bool {
        guard closed.state == .closed, let closedAt = closed.closedAt else { return false }
        let days = policies.inForce(at: closedAt).recurrenceDays
        // Whole days: the last one counts up to midnight.
        return time.day(of: moment) - time.day(of: closedAt) <= days
    }

    func reopening(
        _ captures: [CaptureID], _ reason: String, of current: Case, at now: UTCTime
    ) throws(CaseRefusal) -> CaseChange {
        guard current.state == .closed else { throw .notNow(current.state) }
        guard mayReopen(current, at: now) else { throw .tooLate }
        guard !captures.contains(where: current.captures.contains) else { throw .alreadyDone }
        return .reopened(grade: current.grade.raised, captures: captures, reason: reason)
    }
}
