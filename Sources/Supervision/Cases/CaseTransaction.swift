import Domain
import Store

/// A case inside one transaction: what the rules decide is kept whole, or not at all.
struct CaseTransaction {
    let records: Records
    let zone: TerritoryZone
    var cache: CaseCache?

    /// - Throws: ``SupervisionError/notFound`` when there is none, or none that the asker may look at.
    func current(_ id: CaseID, for principal: Principal) throws -> Case {
        guard let current = try known(id) ?? records.cases.current(id), principal.may(.lookAtCases, at: current.place)
        else {
            throw SupervisionError.notFound
        }
        return current
    }

    private func known(_ id: CaseID) throws -> Case? {
        guard let cached = cache?[id], try records.cases.version(of: id) == cached.version else { return nil }
        return cached
    }

    func rules(of current: Case) throws -> CaseRules { try rules(of: current.opening.school) }
    func rules(of school: SchoolID) throws -> CaseRules { try records.rules.rules(of: school, in: zone) }

    /// - Returns: The new case, and the number that people call it by.
    func open(
        _ opening: CaseOpening, by principal: Principal, at now: UTCTime
    ) throws -> (opened: Case, number: Int) {
        let rules = try rules(of: opening.school)
        let event = try refusing { () throws(CaseRefusal) in
            try rules.open(CaseID(at: now), opening, by: principal, at: now)
        }
        let opened = try Case([event])
        let number = try records.cases.add(opened, event, rules.timetable(of: opened, at: now))
        try notify(of: [event], on: nil, rules)
        return (opened, number)
    }

    /// - Parameter version: Of the case as the asker saw it.
    @discardableResult
    func act(
        _ command: CaseCommand, on current: Case, seen version: Int, by principal: Principal, at now: UTCTime
    ) throws -> Case {
        let rules = try rules(of: current)
        // A session's person may be seconds old.
        let principal = try fresh(principal)
        let events = try refusing { () throws(CaseRefusal) in
            try rules.decide(command, on: current, seen: version, by: principal, at: now)
        }
        let after = try current.applying(events)
        try records.cases.append(events, leaving: after, rules.timetable(of: after, at: now))
        try notify(of: events, on: current, rules)
        return after
    }

    /// Calendar or rules have changed: when the next deadline comes is written down anew.
    func reschedule(_ current: Case, at now: UTCTime) throws {
        try records.cases.set(try rules(of: current).timetable(of: current, at: now), of: current.id)
    }

    private func notify(of events: [CaseEvent], on before: Case?, _ rules: CaseRules) throws {
        var before = before
        for event in events {
            for (index, effect) in try rules.effects(of: event, on: before).enumerated() {
                guard case .notify(let body, let notice) = effect else { continue }
                try records.notifications.add(
                    Notification(
                        id: NotificationID(at: event.time), key: "\(event.caseID)/\(event.version)/\(body)/\(index)",
                        caseID: event.caseID, body: body, notice: notice, time: event.time))
            }
            if let known = before { before = try known.applying([event]) } else { before = try Case([event]) }
        }
    }

    private func fresh(_ principal: Principal) throws -> Principal {
        guard case .person(let person) = principal else { return principal }
        guard let person = try records.people.person(person.id) else { throw SupervisionError.notPermitted }
        return .person(person)
    }

    private func refusing<T>(_ body: () throws(CaseRefusal) -> T) throws -> T {
        do {
            return try body()
        } catch .notPermitted {
            throw SupervisionError.notPermitted
        } catch {
            throw SupervisionError.refused(error)
        }
    }
}
