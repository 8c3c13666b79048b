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

    /// From a position on, in its order.
    /// - Parameter limit: 1…1000; taken as the nearest of these.
    public func list(
        _ filter: CaseFilter, from position: CasePosition, limit: Int, for principal: Principal
    ) async throws -> [CaseSummary] {
        let now = time.now()
        return try await store.read { records in
            try records.cases.list(
                filter, from: position, in: principal.territory(for: .lookAtCases), at: now,
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

    /// A case as lists show it.
    public func summary(_ id: CaseID, for principal: Principal) async throws -> CaseSummary {
        guard let summary = try await store.read({ try $0.cases.summary(id) }),
            principal.may(.lookAtCases, at: summary.place)
        else { throw SupervisionError.notFound }
        return summary
    }

    /// A case with all that belongs to it.
    public func sheet(_ id: CaseID, for principal: Principal) async throws -> CaseSheet {
        let now = time.now()
        let zone = zone
        return try await store.read { records in
            let transaction = CaseTransaction(records: records, zone: zone)
            return try transaction.sheet(of: transaction.current(id, for: principal), for: principal, at: now)
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
        -> [(news: Notification, notice: CaseNotice, summary: CaseSummary)]
    {
        guard case .person(let person) = principal, let body = person.body else { return [] }
        return try await store.read { records in
            try records.notifications.list(of: body, after: last, limit: min(max(limit, 1), 200)).compactMap { news in
                guard case .ofCase(let id, let notice) = news.news, let summary = try records.cases.summary(id),
                    principal.may(.lookAtCases, at: summary.place)
                else { return nil }
                return (news, notice, summary)
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
