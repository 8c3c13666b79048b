public import Domain
import Store

extension Cases {
    /// - Parameters:
    ///   - last: The last case of the page before; nil = from the first.
    ///   - limit: 1…1000; taken as the nearest of these.
    public func list(
        _ filter: CaseFilter = CaseFilter(), _ order: CaseOrder = .changed, after last: CaseID? = nil, limit: Int = 60,
        for principal: Principal
    ) async throws -> [CaseSummary] {
        let now = time.now()
        return try await store.read { records in
            try records.cases.list(
                filter, order, in: principal.territory(for: .lookAtCases), at: now, after: last,
                limit: min(max(limit, 1), 1000))
        }
    }

    public func count(_ filter: CaseFilter = CaseFilter(), for principal: Principal) async throws -> Int {
        let now = time.now()
        return try await store.read { records in
            try records.cases.count(filter, in: principal.territory(for: .lookAtCases), at: now)
        }
    }

    public func countByState(for principal: Principal) async throws -> [CaseState: Int] {
        try await store.read { try $0.cases.countByState(in: principal.territory(for: .lookAtCases)) }
    }

    /// Where a capture went; nil = it is part of no case that the asker may look at.
    public func summary(of capture: CaptureID, for principal: Principal) async throws -> CaseSummary? {
        try await store.read { records in
            guard let id = try records.cases.id(of: capture), let summary = try records.cases.summary(id),
                principal.may(.lookAtCases, at: summary.place)
            else { return nil }
            return summary
        }
    }

    /// By the number that people call it by.
    public func id(number: Int, for principal: Principal) async throws -> CaseID {
        guard let id = try await store.read({ try $0.cases.id(number: number) }) else {
            throw SupervisionError.notFound
        }
        _ = try await sheet(id, for: principal)
        return id
    }

    /// A case with all that belongs to it.
    public func sheet(_ id: CaseID, for principal: Principal) async throws -> CaseSheet {
        let now = time.now()
        let zone = zone
        return try await store.read { records in
            let transaction = CaseTransaction(records: records, zone: zone)
            let current = try transaction.current(id, for: principal)
            guard let summary = try records.cases.summary(id) else { throw SupervisionError.notFound }
            let rules = try transaction.rules(of: current)
            var people: [PersonID: Person] = [:]
            let history = try records.cases.history(of: id).map { event, entry in
                var person: Person?
                if case .person(let id) = event.actor {
                    if people[id] == nil { people[id] = try records.people.person(id) }
                    person = people[id]
                }
                return CaseSheet.Act(event: event, sequence: entry.sequence, hash: entry.hash, person: person)
            }
            let patrol = current.opening.patrol
            return CaseSheet(
                summary: summary, current: current, clocks: rules.clockHistory(of: current), history: history,
                captures: try current.captures.compactMap { try records.captures.record($0) },
                files: try records.attachments.files(of: id),
                camera: try patrol.flatMap { try records.cameras.camera($0.camera) },
                area: try current.opening.area.flatMap { try records.places.area($0) },
                moves: rules.moves(on: current, by: principal, at: now),
                offices: Dictionary(
                    try records.places.townships().map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first }),
                schools: [summary.school.id: summary.school])
        }
    }

    /// A file of a case.
    public func file(_ id: AttachmentID, of caseID: CaseID, for principal: Principal) async throws -> AttachmentFile {
        let zone = zone
        return try await store.read { records in
            _ = try CaseTransaction(records: records, zone: zone).current(caseID, for: principal)
            guard let file = try records.attachments.file(id), file.caseID == caseID else {
                throw SupervisionError.notFound
            }
            return file
        }
    }

    /// Before a file is taken in: the asker may look at the case and do this with it as it stands.
    public func require(_ moves: [CaseMove], on id: CaseID, for principal: Principal) async throws {
        let now = time.now()
        let zone = zone
        try await store.read { records in
            let transaction = CaseTransaction(records: records, zone: zone)
            let current = try transaction.current(id, for: principal)
            guard moves.contains(where: { principal.may($0.act, at: current.place) }) else {
                throw SupervisionError.notPermitted
            }
            let open = try transaction.rules(of: current).moves(on: current, by: principal, at: now)
            guard moves.contains(where: open.contains) else {
                throw SupervisionError.refused(CaseRefusal.notNow(current.state))
            }
        }
    }

    /// News for the asker's body, newest first; empty for those who act for none.
    public func news(after last: NotificationID? = nil, limit: Int = 50, for principal: Principal) async throws
        -> [(news: Notification, summary: CaseSummary)]
    {
        guard case .person(let person) = principal, let body = person.body else { return [] }
        return try await store.read { records in
            try records.notifications.list(of: body, after: last, limit: min(max(limit, 1), 200)).compactMap { news in
                guard let summary = try records.cases.summary(news.caseID),
                    principal.may(.lookAtCases, at: summary.place)
                else { return nil }
                return (news, summary)
            }
        }
    }

    /// At most 100.
    public func countUnread(for principal: Principal) async throws -> Int {
        guard case .person(let person) = principal, let body = person.body else { return 0 }
        return try await store.read { try $0.notifications.countUnread(of: body, by: person.id, limit: 100) }
    }

    public func setRead(until moment: UTCTime, by principal: Principal) async throws {
        guard case .person(let person) = principal else { return }
        try await store.write { try $0.notifications.setRead(by: person.id, until: moment) }
    }
}
