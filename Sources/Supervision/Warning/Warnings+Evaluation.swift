public import Domain
import Store

/// What one round of the early warning did.
public struct WarningRound: Hashable, Sendable {
    public var given = 0
    /// States that are over.
    public var over = 0
    /// When there may be something new.
    public var lookAgain: UTCTime
}

extension Warnings {
    /// How far back warnings are remembered, so that what they counted isn't counted again.
    private static let memoryDays = 400

    /// Asks every rule that holds, gives what is new and ends what is over. May be done at any time, by several at once: each
    /// warning has a key, and is given once.
    @discardableResult
    public func evaluate() async throws -> WarningRound {
        let rules = try await store.read { try $0.warnings.rules() }
        var round = WarningRound(lookAgain: time.now() + .seconds(3600))
        let holding = rules.filter { $0.rule.map { sources.offers($0.kind) } ?? false }
        for kind in WarningRule.Kind.allCases where !holding.contains(where: { $0.subject.kind == kind }) {
            round.over += try await endStates(of: kind)
        }
        guard !holding.isEmpty else { return round }
        var shared: WarningGround?
        for version in holding {
            guard let rule = version.rule else { continue }
            let ground: WarningGround
            if let duty = version.subject.duty {
                ground = try await self.ground(duty: duty, lookBack: Self.memoryDays)
            } else if let known = shared {
                ground = known
            } else {
                ground = try await self.ground(lookBack: WarningGround.lookBackDays + 1)
            }
            if version.subject.duty == nil { shared = ground }
            let since = ground.now - .seconds(Self.memoryDays * 86_400)
            let memory = WarningMemory(try await store.read { try $0.warnings.given(rule.kind, since: since) })
            let met = ground.met(by: rule, since: version.from, memory)
            let done = try await enter(met, by: version, ground)
            round.given += done.given
            round.over += done.over
            round.lookAgain = min(round.lookAgain, ground.nextEndOfWork)
        }
        if round.given > 0 { deliveries.tell(nil) }
        return round
    }

    private func enter(
        _ met: [Warning], by version: WarningRuleVersion, _ ground: WarningGround
    ) async throws -> (given: Int, over: Int) {
        let current = try await store.read { try $0.warnings.current(version.subject.kind) }
        let known = Set(current.map(\.warning.key))
        let isState = version.rule?.isState ?? false
        let lasting = Set(met.map(\.key))
        let fresh = met.filter { warning in
            !known.contains(warning.key) && !current.contains { goesOn($0, in: warning) }
        }
        guard !fresh.isEmpty || isState && known != lasting else { return (0, 0) }
        let now = ground.now
        return try await store.write { records in
            // Somebody may have changed the rule while it was being asked.
            guard try records.warnings.history(of: version.subject).first?.number == version.number else {
                return (0, 0)
            }
            var given = 0
            for warning in fresh where try Self.give(warning, by: version, ground, records, at: now) { given += 1 }
            guard isState else { return (given, 0) }
            var over = 0
            for file in try records.warnings.current(version.subject.kind)
            where !lasting.contains(file.warning.key) && file.givenAt <= now {
                if try Self.setOver(file, records, at: now) { over += 1 }
            }
            return (given, over)
        }
    }

    /// While a rise waits for somebody, its going on is no second warning; nor is what lay before they ended it.
    private func goesOn(_ earlier: WarningFile, in warning: Warning) -> Bool {
        guard case .rateRise(let rise, let item) = warning.reason, earlier.warning.place == warning.place,
            case .rateRise(_, item) = earlier.warning.reason
        else { return false }
        return earlier.ended.map { rise.until <= Day(of: $0.time, in: zone) } ?? true
    }

    /// False when somebody else was faster.
    private static func give(
        _ warning: Warning, by version: WarningRuleVersion, _ ground: WarningGround, _ records: Records,
        at now: UTCTime
    ) throws -> Bool {
        let path: PlacePath =
            switch warning.place {
            case .county, .canteen: .county
            case .township(let id): PlacePath(township: id)
            case .school(let id): ground.history.schools[id]?.path ?? PlacePath(school: id)
            }
        let file = WarningFile(id: WarningID(at: now), warning, at: path, givenAt: now)
        guard try records.warnings.add(file) else { return false }
        for body in file.receivers {
            try records.notifications.add(
                Notification(
                    id: NotificationID(at: now), key: "\(file.id)/\(body)", subject: .warning(file.id), body: body,
                    time: now))
        }
        try records.ledger.append(
            .warningGiven, to: file.ledgerSubject, by: .node, at: now,
            payload: [
                "rule": .string("\(version.subject)"), "ruleNumber": .int(Int64(version.number)),
                "place": .string("\(warning.place)"), "key": .string(warning.key),
                "reason": .string(try WarningRecords.text(of: warning.reason)),
                "receivers": .array(file.receivers.map { .string("\($0)") }),
            ])
        return true
    }

    private static func setOver(_ file: WarningFile, _ records: Records, at now: UTCTime) throws -> Bool {
        guard try records.warnings.setOver(file.id, at: now) else { return false }
        try records.ledger.append(.warningOver, to: file.ledgerSubject, by: .node, at: now)
        return true
    }

    /// Of a rule that was switched off: nobody watches any more whether its states last.
    private func endStates(of kind: WarningRule.Kind) async throws -> Int {
        let lasting = try await store.read { try $0.warnings.current(kind) }.filter(\.warning.reason.isState)
        guard !lasting.isEmpty else { return 0 }
        let now = time.now()
        return try await store.write { records in
            try lasting.count { try Self.setOver($0, records, at: now) }
        }
    }
}

extension WarningRule {
    /// Whether what it gives is a state, which may be over.
    fileprivate var isState: Bool { kind == .backlog || kind == .overdue }
}

extension WarningFile {
    var ledgerSubject: String { "warning/\(id)" }
}

extension WarningGround {
    /// A minute after the next school's work is over: then its day can be counted.
    fileprivate var nextEndOfWork: UTCTime {
        let times = Set(history.schools.values.map(\.time))
        let ends = times.compactMap { time -> UTCTime? in
            guard let working = time.workingSpan(on: today), working.end > now else { return nil }
            return working.end
        }
        return (ends.min() ?? now + .seconds(3600)) + .seconds(60)
    }
}
