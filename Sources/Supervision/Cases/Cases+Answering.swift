public import Domain
import Store

/// What scripts do with cases: the same acts, with files that came before and answers that are kept.
extension Cases {
    /// As many files as one person may let wait for one case.
    public static let mostUploads = 20
    /// How long a file waits for the act that names it.
    private static let uploadLifetime = Duration.seconds(24 * 3600)

    /// - Parameters:
    ///   - version: Of the case as the asker saw it.
    ///   - uploads: Files that the command's attachments name.
    public func act(
        _ command: CaseCommand, on id: CaseID, seen version: Int, uploads: [AttachmentID] = [],
        by principal: Principal, answering: Answering<CaseSheet>
    ) async throws -> Answer {
        let now = time.now()
        return try await change(id, by: principal, at: now, answering) { transaction, current in
            let after = try transaction.act(command, on: current, seen: version, by: principal, at: now)
            for upload in uploads {
                let file = try Self.upload(upload, of: id, for: principal, transaction.records, at: now)
                try transaction.records.attachments.add(file, at: now)
                try transaction.records.uploads.remove(upload)
            }
            return after
        }
    }

    /// As ``dispatch(_:due:message:seen:by:)``.
    public func dispatch(
        _ id: CaseID, due: UTCTime? = nil, message: String, seen version: Int, by principal: Principal,
        answering: Answering<CaseSheet>
    ) async throws -> Answer {
        let now = time.now()
        let zone = zone
        return try await change(id, by: principal, at: now, answering) { transaction, current in
            let number = NoticeSeries.dispatch.next(
                after: try transaction.records.cases.lastNotice(in: .dispatch), at: now, in: zone)
            return try transaction.act(
                .dispatch(number, due: due, message: message), on: current, seen: version, by: principal, at: now)
        }
    }

    /// Notes a file that is on the shelf already, to be named by an act within a day.
    /// - Throws: ``SupervisionError/Conflict/tooManyUploads``.
    public func keep(
        _ file: AttachmentFile, by principal: Principal, answering: Answering<AttachmentFile>
    ) async throws -> Answer {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let now = time.now()
        let zone = zone
        return try await store.answer(answering, at: now) { records in
            _ = try CaseTransaction(records: records, zone: zone).current(file.caseID, for: principal)
            guard try records.uploads.count(of: file.caseID, by: person.id) < Self.mostUploads else {
                throw SupervisionError.conflict(.tooManyUploads)
            }
            try records.uploads.add(file, by: person.id, at: now)
            return file
        }.0
    }

    /// Files of one's own that wait to be named.
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for one that is not there.
    public func uploads(
        _ ids: [AttachmentID], of id: CaseID, for principal: Principal
    ) async throws -> [AttachmentFile] {
        let now = time.now()
        return try await store.read { records in
            try ids.map { try Self.upload($0, of: id, for: principal, records, at: now) }
        }
    }

    /// Files that nobody named in time: deletes each by `discard`, and forgets it.
    public func discardOldUploads(_ discard: @Sendable (AttachmentFile) async -> Void) async throws {
        let start = time.now() - Self.uploadLifetime
        let old = try await store.read { try $0.uploads.old(until: start, limit: 100) }
        guard !old.isEmpty else { return }
        // A power cut in between leaves a row, which is met again, rather than a file that nobody knows of.
        for file in old { await discard(file) }
        try await store.write { records in
            for file in old { try records.uploads.remove(file.attachment.id) }
        }
    }

    private static func upload(
        _ upload: AttachmentID, of id: CaseID, for principal: Principal, _ records: Records, at now: UTCTime
    ) throws -> AttachmentFile {
        guard case .person(let person) = principal,
            let file = try records.uploads.file(upload, of: id, by: person.id, since: now - uploadLifetime)
        else { throw SupervisionError.invalid(.attachment, .unknown) }
        return file
    }

    private func change(
        _ id: CaseID, by principal: Principal, at now: UTCTime, _ answering: Answering<CaseSheet>,
        _ change: @escaping @Sendable (CaseTransaction, Case) throws -> Case
    ) async throws -> Answer {
        let zone = zone
        let (answer, sheet) = try await store.answer(answering, at: now) { records in
            let transaction = CaseTransaction(records: records, zone: zone)
            let after = try change(transaction, transaction.current(id, for: principal))
            // Whoever hands a case over sees it one last time.
            return try transaction.sheet(of: after, for: principal, at: now)
        }
        if sheet != nil { subscribers.tell(id) }
        return answer
    }
}
