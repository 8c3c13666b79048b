public import Domain
import Store

/// One concern for those who look at it.
public struct ConcernSheet: Sendable {
    public var concern: Concern
    public var school: School
    /// Names of those who handled it.
    public var people: [PersonID: String]
    /// nil = none was given, it was erased, or the reader may not see it.
    public var contact: String?
    /// One was given and is still kept.
    public var hasContact: Bool
    /// The case that it led to.
    public var summary: CaseSummary?
    public var mayAnswer: Bool
    public var mayOpenCase: Bool
}

/// The desk: needs ``Act/lookAtConcerns``, and ``Act/answerConcerns`` to do anything.
extension Concerns {
    /// Those that wait for an answer first, the one that is due first, first.
    /// - Parameter limit: 1…1000; taken as the nearest of these.
    public func list(
        _ filter: ConcernFilter = ConcernFilter(), offset: Int = 0, limit: Int = 50, for principal: Principal
    ) async throws -> [ConcernSummary] {
        let territory = try territory(of: principal)
        let now = time.now()
        return try await store.read { records in
            try records.concerns.list(
                filter, in: territory, at: now, offset: max(0, offset), limit: min(max(limit, 1), 1000))
        }
    }

    public func count(_ filter: ConcernFilter = ConcernFilter(), for principal: Principal) async throws -> Int {
        let territory = try territory(of: principal)
        let now = time.now()
        return try await store.read { try $0.concerns.count(filter, in: territory, at: now) }
    }

    /// How many wait for an answer, by school: clues beside the captures of that school. Empty for who may not look.
    public func open(for principal: Principal) async throws -> [SchoolID: Int] {
        guard let territory = principal.territory(for: .lookAtConcerns) else { return [:] }
        return try await store.read { try $0.concerns.countOpen(in: territory) }
    }

    public func sheet(_ id: ConcernID, for principal: Principal) async throws -> ConcernSheet {
        try await store.read { records in
            let (concern, school) = try current(id, .lookAtConcerns, records, for: principal)
            var people: [PersonID: String] = [:]
            for step in concern.steps {
                if case .person(let id) = step.actor, people[id] == nil {
                    people[id] = try records.people.person(id)?.name
                }
            }
            let mayAnswer = principal.may(.answerConcerns, at: school.path)
            let contact = try records.concerns.contact(of: id)
            let summary = try concern.caseID.flatMap { try records.cases.summary($0) }
            return ConcernSheet(
                concern: concern, school: school, people: people, contact: mayAnswer ? contact : nil,
                hasContact: contact != nil,
                summary: summary.flatMap { principal.may(.lookAtCases, at: $0.place) ? $0 : nil },
                mayAnswer: mayAnswer, mayOpenCase: principal.may(.openCase, at: school.path))
        }
    }

    /// A picture that came with it.
    public func photo(
        _ photo: ConcernPhotoID, of id: ConcernID, for principal: Principal
    ) async throws -> ConcernPhoto {
        try await store.read { records in
            let (concern, _) = try current(id, .lookAtConcerns, records, for: principal)
            guard let found = concern.photos.first(where: { $0.id == photo }) else { throw SupervisionError.notFound }
            return found
        }
    }

    /// - Throws: what ``act(_:on:seen:by:)`` would, before anything of a form is read.
    public func require(_ act: Act, on id: ConcernID, for principal: Principal) async throws {
        try await store.read { _ = try current(id, act, $0, for: principal) }
    }

    public func take(_ id: ConcernID, seen: Int? = nil, by principal: Principal) async throws {
        try await act(.taken, on: id, seen: seen, by: principal)
    }

    public func askBack(_ question: String, on id: ConcernID, seen: Int? = nil, by principal: Principal) async throws {
        try await act(.askedBack(question: try ConcernText.checked(question)), on: id, seen: seen, by: principal)
    }

    public func answer(_ text: String, on id: ConcernID, seen: Int? = nil, by principal: Principal) async throws {
        try await act(.answered(text: try ConcernText.checked(text)), on: id, seen: seen, by: principal)
    }

    public func reject(_ reason: String, on id: ConcernID, seen: Int? = nil, by principal: Principal) async throws {
        let reason = try ConcernText.checked(reason, .reason, in: 2...2000)
        try await act(.rejected(reason: reason), on: id, seen: seen, by: principal)
    }

    public func close(_ id: ConcernID, seen: Int? = nil, by principal: Principal) async throws {
        try await act(.closed, on: id, seen: seen, by: principal)
    }

    /// Opens a case, or reopens the one about the same matter, and says so in the concern. Needs ``Act/openCase``.
    public func openCase(
        _ matter: CaseMatter, _ grade: Grade, note: String = "", from id: ConcernID, seen: Int? = nil,
        by principal: Principal
    ) async throws -> CaseOpened {
        let now = time.now()
        let cases = cases
        let (opened, draft) = try await store.write { records in
            let (concern, school) = try current(id, .openCase, records, for: principal)
            try principal.require(Permission(.openCase, at: school.path), records)
            let finding = CaseOpening.Finding(.concern, "\(id)", at: concern.receivedAt)
            let draft = CaseDraft(.finding(finding, at: .init(school.id), matter, grade), note: note)
            let opened = try cases.open(draft, records, by: principal, at: now)
            try step(.caseOpened(caseID: opened.id), on: concern, seen: seen, records, by: principal.actor, at: now)
            return (opened, draft)
        }
        cases.tell(opened, of: draft)
        return opened
    }

    private func act(_ change: ConcernChange, on id: ConcernID, seen: Int?, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            let (concern, school) = try current(id, .answerConcerns, records, for: principal)
            try principal.require(Permission(.answerConcerns, at: school.path), records)
            try step(change, on: concern, seen: seen, records, by: principal.actor, at: now)
        }
    }

    private func territory(of principal: Principal) throws(SupervisionError) -> Territory {
        guard let territory = principal.territory(for: .lookAtConcerns) else { throw .notPermitted }
        return territory
    }
}
