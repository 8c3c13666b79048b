public import Domain
import Store

/// Deadlines, ladders and re-inspections of all grades, and how schools are rated, with history. (处置规则) Needs ``Act/managePolicy`` at the county.
public struct Policies: Sendable {
    let store: Store
    let time: TimeSource
    let cases: Cases

    /// One that holds, held or will hold.
    public struct Version: Sendable, Hashable {
        /// nil for what the program brings along.
        public var from: UTCTime?
        public var policy: CasePolicy
        /// When and by whom it was entered last; nil for what the program brings along.
        public var entered: UTCTime?
        public var actor: LedgerActor?
        public var person: Person?
    }

    /// Newest first; the last is what the program brings along.
    public func history(for principal: Principal) async throws -> [Version] {
        guard principal.may(.managePolicy) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            let entries = try records.ledger.entries(LedgerFilter(act: .policyChanged), before: nil, limit: 1000)
            let history = try records.rules.policies()
            var versions = try history.versions.reversed().map { kept in
                let entry = entries.first { $0.subject == Self.subject(kept.from) }
                var person: Person?
                if case .person(let id)? = entry?.actor { person = try records.people.person(id) }
                return Version(
                    from: kept.from, policy: kept.policy, entered: entry?.time, actor: entry?.actor, person: person)
            }
            versions.append(Version(policy: history.initial))
            return versions
        }
    }

    /// The last change, to be given back with one's own. Ask for it before the history.
    public func revision(for principal: Principal) async throws -> Revision {
        guard principal.may(.managePolicy) else { throw SupervisionError.notPermitted }
        return try await store.read { try .last(.policyChanged, $0) }
    }

    /// What holds now.
    public func current(for principal: Principal) async throws -> CasePolicy {
        guard principal.may(.managePolicy) else { throw SupervisionError.notPermitted }
        let now = time.now()
        return try await store.read { try $0.rules.policies().inForce(at: now) }
    }

    /// Enters a policy that holds from a moment on. Clocks that began before keep what held then; a version that was
    /// entered for the same moment and doesn't hold yet is replaced.
    /// - Parameters:
    ///   - moment: nil = now.
    ///   - seen: The number of the revision that the asker started from; nil = whatever there is.
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for a policy under which some case would have no deadline or no end,
    ///   and for a moment in the past; ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when somebody has saved
    ///   since.
    public func change(
        _ policy: CasePolicy, from moment: UTCTime? = nil, seen: Int64? = nil, by principal: Principal
    ) async throws {
        guard policy.isValid else { throw SupervisionError.invalid(.policy, .implausible) }
        let now = time.now()
        let from = moment ?? now
        guard from >= now else { throw SupervisionError.invalid(.validFrom, .past) }
        let concerned = try await store.write { records in
            try principal.require(.managePolicy, records)
            try Revision.last(.policyChanged, records).require(seen: seen)
            let history = try records.rules.policies()
            let before = history.inForce(at: from)
            guard before != policy else { return 0 }
            try records.rules.add(policy, from: from)
            let changes = before.ledgerPayload.changes(to: policy.ledgerPayload)
            try records.ledger.append(
                .policyChanged, to: Self.subject(from), by: principal.actor, at: now,
                payload: changes.merging(["validFrom": .int(from.milliseconds)]) { $1 })
            // A clock may begin in the very millisecond; all others don't move.
            return from <= now ? try records.cases.lookAgain(at: now, school: nil) : 0
        }
        try await cases.catchUp(atMost: min(concerned, Calendars.mostAtOnce))
    }

    private static func subject(_ from: UTCTime) -> String { "policy/\(from.milliseconds)" }
}

extension CasePolicy {
    var ledgerPayload: [String: JSON] {
        var payload: [String: JSON] = [
            "reinspectionDays": .array(reinspectionDays.map { .int(Int64($0)) }),
            "reinspectionWindow": .int(Int64(reinspectionWindowSchoolDays)),
            "recurrenceDays": .int(Int64(recurrenceDays)), "mostExtensions": .int(Int64(mostExtensions)),
            "rating": .array(
                [
                    rating.onePoints, rating.twoPoints, rating.threePoints, rating.reopenedPoints,
                    rating.failedItemPoints, rating.leastA, rating.leastB,
                ].map { .int(Int64($0)) }),
        ]
        for grade in Grade.allCases {
            for clock in CaseClock.Kind.allCases {
                guard let allowance = self[grade].allowance(clock) else { continue }
                payload["grade\(grade.rawValue).\(clock.rawValue)"] = .string(
                    "\(allowance.amount) \(allowance.unit.rawValue)")
            }
            payload["grade\(grade.rawValue).ladder"] = .array(
                self[grade].ladder.map { .string("\($0.clock.rawValue) \($0.minutes) \($0.measure.rawValue)") })
        }
        return payload
    }
}
