public import Domain
import Store

/// A rule as the county has it, with who set it.
public struct WarningRuleEntry: Hashable, Sendable {
    public var version: WarningRuleVersion
    /// nil for the machine's own command line.
    public var person: String?
}

/// What a rule would have done on the county's own history. (回测)
public struct WarningTrial: Sendable {
    public var rule: WarningRule
    /// The last day that it was tried on; given back with the confirmation, so that it can be computed again.
    public var through: Day
    public var test: BackTest
    /// nil = there is no history to try it on yet.
    public var days: DaySpan?
    /// How many open days a rate rule has learned from when these are too few to warn yet; nil = enough.
    public var learning: Int?
    /// By place, most first.
    public var places: [(name: String, hits: Int)]
    /// The latest hits, newest first, with the names of their places.
    public var latest: [(hit: BackTest.Hit, place: String?)]

    public var summary: WarningRuleVersion.TrialSummary { .init(test, days: days) }
}

/// Rules. Needs ``Act/manageWarnings`` in the whole county to set, ``Act/lookAtWarnings`` there to read.
extension Warnings {
    private static let mostShown = 12

    /// The newest of each subject, switched off ones too.
    public func rules(for principal: Principal) async throws -> [WarningRuleEntry] {
        try await entries(for: principal) { try $0.rules() }
    }

    /// Every one that ever held, newest first.
    public func ruleHistory(limit: Int = 200, for principal: Principal) async throws -> [WarningRuleEntry] {
        try await entries(for: principal) { try $0.history(limit: limit) }
    }

    private func entries(
        for principal: Principal, _ versions: @escaping @Sendable (WarningRecords) throws -> [WarningRuleVersion]
    ) async throws -> [WarningRuleEntry] {
        guard principal.may(.lookAtWarnings, at: .county) else { throw SupervisionError.notPermitted }
        return try await store.read { records in
            try versions(records.warnings).map { version in
                WarningRuleEntry(
                    version: version, person: try version.by.flatMap { try records.people.person($0)?.name })
            }
        }
    }

    /// Tries a rule on the county's own history.
    /// - Parameter through: nil = through yesterday.
    /// - Throws: ``SupervisionError/invalid(_:_:)`` when a parameter lies out of its range.
    public func trial(
        of rule: WarningRule, through: Day? = nil, for principal: Principal
    ) async throws -> WarningTrial {
        guard principal.may(.manageWarnings, at: .county) else { throw SupervisionError.notPermitted }
        guard sources.offers(rule.kind) else { throw SupervisionError.notFound }
        guard rule.isValid else { throw SupervisionError.invalid(.policy, .implausible) }
        let ground = try await ground(duty: rule.subject.duty, lookBack: nil)
        let last = min(through ?? ground.today - 1, ground.today - 1)
        let (test, days) = ground.backTest(rule, through: last)
        var learning: Int?
        if case .rate(let rate) = rule { learning = ground.learning(rate) }
        return try await store.read { [learning] records in
            var names = WarningNames(records)
            let places = try test.byPlace.map { place, hits in (try names.name(of: place) ?? "", hits) }
                .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
            let latest = try test.hits.suffix(Self.mostShown).reversed().map { hit in
                (hit: hit, place: try names.name(of: hit.warning.place))
            }
            return WarningTrial(
                rule: rule, through: last, test: test, days: days, learning: learning,
                places: places.map { (name: $0.0, hits: $0.1) }, latest: latest)
        }
    }

    /// Switches a rule on, or changes it, after its back-test has been shown.
    /// - Parameters:
    ///   - confirmed: What the asker was shown of ``trial(of:through:for:)``.
    /// - Throws: ``SupervisionError/conflict(_:)`` with `.changedMeanwhile` when the history has come to say something else
    ///   since, or the rule was changed by somebody else: it must be looked at again.
    public func set(
        _ rule: WarningRule, through: Day, confirmed: WarningRuleVersion.TrialSummary, seen number: Int,
        by principal: Principal
    ) async throws {
        let trial = try await trial(of: rule, through: through, for: principal)
        guard trial.summary == confirmed else { throw SupervisionError.conflict(.changedMeanwhile) }
        try await change(rule.subject, to: rule, trial: confirmed, seen: number, by: principal)
    }

    public func switchOff(_ subject: WarningSubject, seen number: Int, by principal: Principal) async throws {
        try await change(subject, to: nil, trial: nil, seen: number, by: principal)
    }

    private func change(
        _ subject: WarningSubject, to rule: WarningRule?, trial: WarningRuleVersion.TrialSummary?, seen number: Int,
        by principal: Principal
    ) async throws {
        let now = time.now()
        var by: PersonID?
        if case .person(let person) = principal { by = person.id }
        try await store.write { [by] records in
            try principal.require(Permission(.manageWarnings, at: .county), records)
            let before = try records.warnings.history(of: subject).first
            guard (before?.number ?? 0) == number else { throw SupervisionError.conflict(.changedMeanwhile) }
            guard rule != nil || before?.rule != nil else { throw SupervisionError.notFound }
            let version = WarningRuleVersion(
                subject, number: number + 1, rule: rule, from: now, by: by, trial: trial)
            try records.warnings.add(version)
            try records.ledger.append(
                .warningRuleChanged, to: "warning-rule/\(subject)", by: principal.actor, at: now,
                payload: try version.ledgerPayload)
        }
        subscribers.tell(subject)
    }
}

extension WarningRuleVersion {
    var ledgerPayload: [String: JSON] {
        get throws {
            [
                "number": .int(Int64(number)),
                "rule": try rule.map { .string(try WarningRecords.text(of: $0)) } ?? .null,
                "triedFrom": trial?.days.map { .string("\($0.first)") } ?? .null,
                "triedThrough": trial?.days.map { .string("\($0.last)") } ?? .null,
                "hits": trial.map { .int(Int64($0.hits)) } ?? .null,
                "watchedDays": trial.map { .int(Int64($0.watchedDays)) } ?? .null,
                "expectedFalseThousandths": trial?.expectedFalseThousandths.map { .int(Int64($0)) } ?? .null,
            ]
        }
    }
}
