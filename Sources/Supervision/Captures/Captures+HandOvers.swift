public import Domain
import Store

/// Leaving a capture to a colleague who can tell better. (转交)
extension Captures {
    /// Those who may judge it too, by name.
    public func colleagues(for id: CaptureID, of principal: Principal) async throws -> [Person] {
        let record = try await require(.judgeCaptures, of: id, for: principal)
        guard case .person(let asker) = principal else { return [] }
        return try await store.read { try $0.people.all() }
            .filter { $0.id != asker.id && $0.may(.judgeCaptures, at: record.path) }.sorted { $0.name < $1.name }
    }

    /// The capture then comes first to that colleague, and not again to whoever left it.
    ///
    /// - Throws: ``SupervisionError/conflict(_:)`` with `.judgedMeanwhile` for one that doesn't wait,
    ///   ``SupervisionError/invalid(_:_:)`` for somebody who may not judge it and for a note that is too long.
    public func handOver(_ id: CaptureID, to colleague: PersonID, note: String, by principal: Principal) async throws {
        let record = try await require(.judgeCaptures, of: id, for: principal)
        let now = time.now()
        try await store.write {
            try Self.handOver(record, to: colleague, note: note, $0, by: principal, at: now)
        }
        subscribers.tell(id)
    }

    /// As ``handOver(_:to:note:by:)``, with an answer that is kept with it.
    public func handOver(
        _ id: CaptureID, to colleague: PersonID, note: String, by principal: Principal,
        answering: Answering<CaptureRecord>
    ) async throws -> Answer {
        let record = try await require(.judgeCaptures, of: id, for: principal)
        let now = time.now()
        let (answer, left) = try await store.answer(answering, at: now) { records in
            try Self.handOver(record, to: colleague, note: note, records, by: principal, at: now)
            return record
        }
        if left != nil { subscribers.tell(id) }
        return answer
    }

    private static func handOver(
        _ record: CaptureRecord, to colleague: PersonID, note: String, _ records: Records, by principal: Principal,
        at now: UTCTime
    ) throws {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        guard note.count <= HandOver.longestNote else {
            throw SupervisionError.invalid(.note, .tooLong(maximum: HandOver.longestNote))
        }
        let id = record.capture.id
        guard try records.captures.judgement(of: id) == nil else {
            throw SupervisionError.conflict(.judgedMeanwhile)
        }
        guard colleague != person.id, let other = try records.people.person(colleague),
            other.may(.judgeCaptures, at: record.path)
        else { throw SupervisionError.invalid(.owner, .notAllowed) }
        try records.captures.set(HandOver(id, from: person.id, to: colleague, note: note, at: now))
        try records.ledger.append(
            .captureHandedOver, to: "capture/\(id)", by: principal.actor, at: now,
            payload: ["to": .string("person/\(colleague)"), "note": .string(note)])
    }

    /// Who left it to the asker, and with which words; nil = nobody did.
    public func handedTo(_ principal: Principal, _ id: CaptureID) async throws -> (from: Person?, note: String)? {
        guard case .person(let person) = principal else { return nil }
        return try await store.read { records in
            guard let handOver = try records.captures.handOver(of: id), handOver.to == person.id else { return nil }
            return (try records.people.person(handOver.from), handOver.note)
        }
    }

    /// The first of those that wait for the asker, but `id`.
    func nextHanded(after id: CaptureID?, for principal: Principal) async throws -> CaptureID? {
        guard case .person(let person) = principal else { return nil }
        return try await store.read { try $0.captures.handed(to: person.id, limit: 2) }.first { $0 != id }
    }

    /// The first that wasn't left to somebody else.
    func firstOwn(_ records: [CaptureRecord], for principal: Principal) async throws -> CaptureID? {
        guard case .person(let person) = principal else { return records.first?.capture.id }
        let ids = records.map(\.capture.id)
        let away = try await store.read { try $0.captures.handedAway(ids, from: person.id) }
        return ids.first { !away.contains($0) }
    }
}
