public import Domain
import Store

/// Judging what the program has captured: a capture is a clue until a person has said so. (研判)
extension Captures {
    /// Gives a verdict, or another one: the ledger keeps both.
    ///
    /// - Parameter seen: When the verdict was given that the asker saw; nil = there was none.
    /// - Throws: ``SupervisionError/notFound`` for what the asker may not look at, ``SupervisionError/notPermitted`` for who
    ///   may look but not judge, ``SupervisionError/Conflict/judgedMeanwhile`` when somebody else was faster, and
    ///   ``SupervisionError/Field/verdict`` for one that this capture can't have.
    @discardableResult
    public func judge(
        _ id: CaptureID, _ verdict: Verdict, seen: UTCTime?, by principal: Principal
    ) async throws -> Judgement {
        let record = try await require(.judgeCaptures, of: id, for: principal)
        let now = time.now()
        let (kept, isNew) = try await store.write {
            try self.judge(record, verdict, seen: seen, $0, by: principal, at: now)
        }
        if isNew { subscribers.tell(id) }
        return kept
    }

    /// As ``judge(_:_:seen:by:)``, with an answer that is kept with it.
    public func judge(
        _ id: CaptureID, _ verdict: Verdict, seen: UTCTime?, by principal: Principal,
        answering: Answering<CaptureRecord>
    ) async throws -> Answer {
        let record = try await require(.judgeCaptures, of: id, for: principal)
        let now = time.now()
        let (answer, judged) = try await store.answer(answering, at: now) { records in
            _ = try self.judge(record, verdict, seen: seen, records, by: principal, at: now)
            guard let judged = try records.captures.record(id) else { throw SupervisionError.notFound }
            return judged
        }
        if judged != nil { subscribers.tell(id) }
        return answer
    }

    /// How long a verdict can be taken back by whoever gave it; after that another verdict can be given.
    public static let undoTime = Duration.seconds(60)

    /// Takes back what a finger said too fast: the capture waits again, the ledger keeps both. (撤回)
    ///
    /// - Parameter seen: When the verdict was given.
    /// - Throws: ``SupervisionError/Conflict/judgedMeanwhile`` when it is another's, or older than ``undoTime``;
    ///   ``SupervisionError/Conflict/notForCase`` when a case was opened from it.
    public func takeBack(_ id: CaptureID, seen: UTCTime, by principal: Principal) async throws {
        try await require(.judgeCaptures, of: id, for: principal)
        let now = time.now()
        try await store.write { try Self.takeBack(id, seen: seen, $0, by: principal, at: now) }
        subscribers.tell(id)
    }

    /// As ``takeBack(_:seen:by:)``, with an answer that is kept with it.
    public func takeBack(
        _ id: CaptureID, seen: UTCTime, by principal: Principal, answering: Answering<CaptureRecord>
    ) async throws -> Answer {
        try await require(.judgeCaptures, of: id, for: principal)
        let now = time.now()
        let (answer, waiting) = try await store.answer(answering, at: now) { records in
            try Self.takeBack(id, seen: seen, records, by: principal, at: now)
            guard let waiting = try records.captures.record(id) else { throw SupervisionError.notFound }
            return waiting
        }
        if waiting != nil { subscribers.tell(id) }
        return answer
    }

    private static func takeBack(
        _ id: CaptureID, seen: UTCTime, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        guard let before = try records.captures.judgement(of: id), before.by == person.id, before.time == seen,
            now - before.time <= undoTime
        else { throw SupervisionError.conflict(.judgedMeanwhile) }
        guard try records.cases.id(of: id) == nil else { throw SupervisionError.conflict(.notForCase) }
        try records.captures.removeJudgement(of: id)
        try records.ledger.append(
            .captureJudged, to: "capture/\(id)", by: principal.actor, at: now,
            payload: [
                "verdict": .string(CaptureFilter.Judged.waiting.rawValue), "reason": .null, "other": .null,
                "before": .string(before.verdict.parts.kind),
            ])
    }

    private func judge(
        _ record: CaptureRecord, _ verdict: Verdict, seen: UTCTime?, _ records: Records, by principal: Principal,
        at now: UTCTime
    ) throws -> (Judgement, isNew: Bool) {
        // A verdict is somebody's.
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let id = record.capture.id
        let before = try records.captures.judgement(of: id)
        // Sent twice by an impatient finger.
        if let before, before.verdict == verdict, before.by == person.id { return (before, false) }
        guard before?.time == seen else { throw SupervisionError.conflict(.judgedMeanwhile) }
        try Self.check(verdict, of: record, records)
        // What a case has taken in stays.
        guard try records.cases.id(of: id) == nil else { throw SupervisionError.conflict(.notForCase) }
        let judgement = Judgement(of: id, verdict, by: person.id, at: now)
        try enter(judgement, before: before, records, by: principal)
        return (judgement, true)
    }

    /// - Throws: ``SupervisionError/notFound`` for what the asker may not look at, ``SupervisionError/notPermitted`` for what
    ///   may be looked at only.
    @discardableResult
    public func require(_ act: Act, of id: CaptureID, for principal: Principal) async throws -> CaptureRecord {
        let record = try await capture(id, for: principal)
        guard principal.may(act, at: record.path) else { throw SupervisionError.notPermitted }
        return record
    }

    /// Who gave the verdict; nil = it waits.
    public func judge(of record: CaptureRecord) async throws -> Person? {
        guard let judgement = record.judgement else { return nil }
        return try await store.read { try $0.people.person(judgement.by) }
    }

    /// The one to be judged after `id`: first what colleagues have left to the asker, then the others, newest first, and
    /// after the oldest the newest; not what the asker or others have left to somebody else. nil when none waits.
    /// - Throws: ``SupervisionError/notPermitted`` for who may not judge anywhere.
    public func nextWaiting(after id: CaptureID?, for principal: Principal) async throws -> CaptureID? {
        guard principal.maySomewhere(.judgeCaptures) else { throw SupervisionError.notPermitted }
        if let handed = try await nextHanded(after: id, for: principal) { return handed }
        let waiting = CaptureFilter(judged: .waiting)
        if let id,
            let next = try await firstOwn(try await list(waiting, after: id, limit: 50, for: principal), for: principal)
        {
            return next
        }
        let all = try await list(waiting, limit: 50, for: principal).filter { $0.capture.id != id }
        return try await firstOwn(all, for: principal)
    }

    /// How often the program was right: by item, by hour of the day, and for each camera where it should be made stricter.
    /// - Parameters:
    ///   - start: Captures since then.
    ///   - zone: Whose hours they are.
    public func precision(
        since start: UTCTime, in zone: TerritoryZone = .shanghai, thresholds: [CaptureItem: Double],
        for principal: Principal
    ) async throws -> CapturePrecision {
        try await store.read { records in
            let judged = try records.captures.judged(since: start, in: principal.territory(for: .readFigures))
            let settings = try records.analysis.settings()
            return CapturePrecision(judged, in: zone) { camera, item in
                settings[camera]?.rule(item).threshold ?? thresholds[item] ?? 0.5
            }
        }
    }

    /// A case takes a capture in: the verdict comes with it.
    func confirm(
        _ id: CaptureID, as verdict: Verdict, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws {
        guard case .person(let person) = principal else { return }
        let before = try records.captures.judgement(of: id)
        guard before?.verdict != verdict else { return }
        try enter(Judgement(of: id, verdict, by: person.id, at: now), before: before, records, by: principal)
    }

    private func enter(
        _ judgement: Judgement, before: Judgement?, _ records: Records, by principal: Principal
    ) throws {
        try records.captures.set(judgement)
        let parts = judgement.verdict.parts
        try records.ledger.append(
            .captureJudged, to: "capture/\(judgement.capture)", by: principal.actor, at: judgement.time,
            payload: [
                "verdict": .string(parts.kind), "reason": parts.reason.map { .string($0) } ?? .null,
                "other": parts.other.map { .string($0) } ?? .null,
                "before": before.map { .string($0.verdict.parts.kind) } ?? .null,
            ])
    }

    private static func check(_ verdict: Verdict, of record: CaptureRecord, _ records: Records) throws {
        switch verdict {
        case .confirmed: break
        case .rejected(let reason):
            guard Verdict.Rejection.reasons(for: record.capture.item).contains(reason) else {
                throw SupervisionError.invalid(.verdict, .notAllowed)
            }
        case .duplicate(let other):
            // Of the same incident, so of the same school; and not of one that is itself only a duplicate.
            guard other != record.capture.id, let first = try records.captures.record(other),
                first.school.id == record.school.id
            else { throw SupervisionError.invalid(.verdict, .unknown) }
            if case .duplicate? = first.judgement?.verdict { throw SupervisionError.invalid(.verdict, .notAllowed) }
        case .merged:
            // Only the case itself takes captures in.
            throw SupervisionError.invalid(.verdict, .notAllowed)
        }
    }
}
