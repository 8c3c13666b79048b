public import Domain
import Store

/// What a case is made from.
public struct CaseDraft: Sendable, Hashable {
    public enum Origin: Sendable, Hashable {
        /// Of one school and one item; confirmed, or waiting and confirmed by this.
        case captures([CaptureID])
        /// Seen by somebody who watched live or recorded video. (视频巡查)
        case patrol(CaseOpening.Patrol, CaseMatter, Grade)
        /// Found by people who were at a school, or told by somebody.
        case finding(CaseOpening.Finding, at: FindingPlace, CaseMatter, Grade)
    }

    public struct FindingPlace: Sendable, Hashable {
        public var school: SchoolID
        public var canteen: CanteenID?
        public var area: AreaID?

        public init(_ school: SchoolID, canteen: CanteenID? = nil, area: AreaID? = nil) {
            self.school = school
            self.canteen = canteen
            self.area = area
        }
    }

    public var origin: Origin
    /// Another grade than the captures'.
    public var grade: Grade?
    public var note: String

    public init(_ origin: Origin, grade: Grade? = nil, note: String = "") {
        self.origin = origin
        self.grade = grade
        self.note = note
    }
}

/// What came of a draft.
public enum CaseOpened: Sendable, Hashable {
    case opened(CaseID, number: Int)
    /// The same matter was closed at this school a short time ago: that case goes on, one grade higher. (复发)
    case reopened(CaseID, number: Int)

    public var id: CaseID {
        switch self {
        case .opened(let id, _), .reopened(let id, _): id
        }
    }
}

extension Cases {
    /// Opens a case, or reopens the one that was closed last about the same matter, when the rules say so. (立案)
    ///
    /// - Throws: ``SupervisionError/Conflict/notForCase`` for a capture that is part of a case already or was judged to be
    ///   none; ``SupervisionError/notFound`` for captures and cameras that the asker may not look at.
    public func open(_ draft: CaseDraft, by principal: Principal) async throws -> CaseOpened {
        let now = time.now()
        let opened = try await store.write { try self.open(draft, $0, by: principal, at: now) }
        tell(opened, of: draft)
        return opened
    }

    /// As ``open(_:by:)``, with an answer that is kept with it.
    public func open(
        _ draft: CaseDraft, by principal: Principal, answering: Answering<(opened: CaseOpened, sheet: CaseSheet)>
    ) async throws -> Answer {
        let now = time.now()
        let zone = zone
        let (answer, opened) = try await store.answer(answering, at: now) { records in
            let opened = try self.open(draft, records, by: principal, at: now)
            guard let current = try records.cases.current(opened.id) else { throw SupervisionError.notFound }
            let sheet = try CaseTransaction(records: records, zone: zone).sheet(of: current, for: principal, at: now)
            return (opened, sheet)
        }
        if let opened { tell(opened.opened, of: draft) }
        return answer
    }

    /// To be called when the transaction of ``open(_:_:by:at:)`` is done.
    func tell(_ opened: CaseOpened, of draft: CaseDraft) {
        subscribers.tell(opened.id)
        if case .captures(let ids) = draft.origin { for id in ids { captures.subscribers.tell(id) } }
    }

    /// As part of a transaction in which something else becomes a case.
    func open(
        _ draft: CaseDraft, _ records: Records, by principal: Principal, at now: UTCTime
    ) throws -> CaseOpened {
        let transaction = CaseTransaction(records: records, zone: zone)
        let opening = try Self.opening(draft, records, for: principal)
        guard principal.may(.openCase, at: opening.place) else { throw SupervisionError.notPermitted }
        let rules = try transaction.rules(of: opening.school)
        let earlier = try records.cases.about(opening.matter, at: opening.school, limit: 20)
            .filter { $0.state == .closed }.compactMap { try readable($0.id, records) }
        let result: CaseOpened
        if let again = rules.recurrence(of: opening.matter, at: opening.school, on: now, among: earlier),
            let closed = earlier.first(where: { $0.id == again })
        {
            try transaction.act(
                .reopen(captures: opening.captures, reason: opening.note), on: closed, seen: closed.version,
                by: principal, at: now)
            result = .reopened(again, number: try records.cases.summary(again)?.number ?? 0)
        } else {
            let (current, number) = try transaction.open(opening, by: principal, at: now)
            result = .opened(current.id, number: number)
        }
        for capture in opening.captures {
            try captures.confirm(capture, as: result.verdict, records, by: principal, at: now)
        }
        return result
    }

    /// nil for a case whose entries are damaged, which is named then: what went wrong with an old case must not keep a
    /// new one from being opened.
    private func readable(_ id: CaseID, _ records: Records) throws -> Case? {
        do {
            return try records.cases.current(id)
        } catch  where Self.concernsOneCase(error) {
            damage.note(id)
            return nil
        }
    }

    /// Makes captures part of a case that is there. (并案)
    public func add(_ ids: [CaptureID], to id: CaseID, seen version: Int, by principal: Principal) async throws {
        let now = time.now()
        _ = try await store.write { try self.add(ids, to: id, seen: version, $0, by: principal, at: now) }
        tell(id, with: ids)
    }

    /// As ``add(_:to:seen:by:)``, with an answer that is kept with it.
    public func add(
        _ ids: [CaptureID], to id: CaseID, seen version: Int, by principal: Principal,
        answering: Answering<CaseSheet>
    ) async throws -> Answer {
        let now = time.now()
        let zone = zone
        let (answer, sheet) = try await store.answer(answering, at: now) { records in
            let after = try self.add(ids, to: id, seen: version, records, by: principal, at: now)
            return try CaseTransaction(records: records, zone: zone).sheet(of: after, for: principal, at: now)
        }
        if sheet != nil { tell(id, with: ids) }
        return answer
    }

    private func add(
        _ ids: [CaptureID], to id: CaseID, seen version: Int, _ records: Records, by principal: Principal,
        at now: UTCTime
    ) throws -> Case {
        let transaction = CaseTransaction(records: records, zone: zone)
        var current = try transaction.current(id, for: principal)
        var seen = version
        for capture in ids {
            let record = try Self.free(capture, records, for: principal)
            guard record.school.id == current.opening.school else {
                throw SupervisionError.conflict(.notForCase)
            }
            current = try transaction.act(.addCapture(capture), on: current, seen: seen, by: principal, at: now)
            seen = current.version
            try captures.confirm(capture, as: .merged(into: id), records, by: principal, at: now)
        }
        return current
    }

    private func tell(_ id: CaseID, with captures: [CaptureID]) {
        subscribers.tell(id)
        for capture in captures { self.captures.subscribers.tell(capture) }
    }

    /// Cases that run about the same matter at the same school: a capture may be more of one of them.
    public func running(like record: CaptureRecord, for principal: Principal) async throws -> [CaseSummary] {
        try await store.read { records in
            try records.cases.about(.item(record.capture.item), at: record.school.id, limit: 20)
                .filter { !$0.state.isFinal && principal.may(.lookAtCases, at: $0.place) }
        }
    }

    private static func opening(
        _ draft: CaseDraft, _ records: Records, for principal: Principal
    ) throws -> CaseOpening {
        switch draft.origin {
        case .captures(let ids):
            guard !ids.isEmpty, ids.count <= 200 else { throw SupervisionError.invalid(.matter, .empty) }
            let all = try Set(ids).sorted().map { try free($0, records, for: principal) }
            let first = all[0]
            guard all.allSatisfy({ $0.school.id == first.school.id && $0.capture.item == first.capture.item }) else {
                throw SupervisionError.conflict(.notForCase)
            }
            let worst = all.map(\.capture.grade).min { $0.rawValue < $1.rawValue } ?? first.capture.grade
            return CaseOpening(
                .item(first.capture.item), grade: draft.grade ?? worst, school: first.school.id,
                office: first.school.township, canteen: first.area.canteen, area: first.area.id,
                captures: all.map(\.capture.id), note: draft.note)
        case .patrol(let patrol, let matter, let grade):
            guard let place = try records.places.path(of: patrol.camera), principal.may(.see, at: place),
                let school = place.school
            else { throw SupervisionError.notFound }
            if case .other(let name) = matter { _ = try Names.checked(name, .matter) }
            return CaseOpening(
                matter, grade: draft.grade ?? grade, school: school, office: place.township, canteen: place.canteen,
                area: place.area, patrol: patrol, note: draft.note)
        case .finding(let finding, let place, let matter, let grade):
            guard let school = try records.places.school(place.school), principal.may(.see, at: school.path) else {
                throw SupervisionError.notFound
            }
            let area = try place.area.flatMap { try records.places.area($0) }
            guard place.area == nil || area?.school == school.id else { throw SupervisionError.notFound }
            if let canteen = place.canteen, try records.places.canteen(canteen)?.school != school.id {
                throw SupervisionError.notFound
            }
            if case .other(let name) = matter { _ = try Names.checked(name, .matter) }
            return CaseOpening(
                matter, grade: draft.grade ?? grade, school: school.id, office: school.township,
                canteen: place.canteen ?? area?.canteen, area: place.area, finding: finding, note: draft.note)
        }
    }

    /// A capture that may become part of a case.
    private static func free(
        _ id: CaptureID, _ records: Records, for principal: Principal
    ) throws -> CaptureRecord {
        guard let record = try records.captures.record(id), principal.may(.lookAtCaptures, at: record.path) else {
            throw SupervisionError.notFound
        }
        let isFree =
            switch record.judgement?.verdict {
            case nil, .confirmed?: true
            case .rejected?, .duplicate?, .merged?: false
            }
        guard isFree, try records.cases.id(of: id) == nil else { throw SupervisionError.conflict(.notForCase) }
        return record
    }
}

extension CaseOpened {
    fileprivate var verdict: Verdict {
        switch self {
        case .opened: .confirmed
        case .reopened(let id, _): .merged(into: id)
        }
    }
}
