public import Domain
import Store

/// What somebody without an account has typed.
public struct ConcernDraft: Sendable, Hashable {
    public var text: String
    /// A telephone number or an address, if they want to be called.
    public var contact: String
    public var photos: [ConcernPhoto]

    public init(text: String, contact: String = "", photos: [ConcernPhoto] = []) {
        self.text = text
        self.contact = contact
        self.photos = photos
    }
}

/// A concern as whoever sent it sees it: no name of anybody who handles it.
public struct ConcernView: Sendable, Hashable {
    /// A part of what happened.
    public struct Entry: Sendable, Hashable {
        public var time: UTCTime
        public var change: ConcernChange
    }

    public var code: ConcernCode
    public var school: School
    /// Of the school's page while it has one.
    public var page: PublicCode?
    public var state: Concern.State
    public var due: UTCTime?
    public var entries: [Entry]
    public var photoCount: Int
    public var hasContact: Bool
    /// It led to a case: whether that has ended.
    public var caseEnded: Bool?
    public var version: Int
    public var mayWithdraw: Bool { !state.isFinal }
}

extension Concerns {
    /// Counts one more on its way: nobody floods a school.
    ///
    /// - Throws: ``SupervisionError/notFound`` without a public page, ``SupervisionError/tooManyAttempts(retryAfter:)``.
    public func admit(to code: PublicCode, from address: String) async throws {
        let school = try await school(of: code)
        try gate.admit(school.id, from: address, at: time.monotonic())
    }

    /// The school whose public page has that code.
    public func school(of code: PublicCode) async throws -> School {
        try await store.read { try Self.school(of: code, $0) }
    }

    /// Whether it could be sent as it is.
    /// - Throws: ``SupervisionError/invalid(_:_:)`` for words that are too few or too many.
    public func check(_ draft: ConcernDraft) throws(SupervisionError) { _ = try checked(draft) }

    private func checked(_ draft: ConcernDraft) throws(SupervisionError) -> (text: String, contact: String?) {
        let text = try ConcernText.checked(draft.text, in: Concern.textLength)
        guard draft.photos.count <= Concern.mostPhotos else {
            throw .invalid(.attachment, .outOfRange(minimum: 0, maximum: Concern.mostPhotos))
        }
        if Names.trimmed(draft.contact).isEmpty { return (text, nil) }
        return (text, try ConcernText.checked(draft.contact, .contact, in: 1...Concern.longestContact))
    }

    /// - Parameter parent: On whose page the answer is shown too; the records of the concern don't say who.
    /// - Throws: as ``check(_:)``.
    public func submit(
        _ draft: ConcernDraft, to code: PublicCode, of parent: ParentID? = nil
    ) async throws -> ConcernCode {
        let (text, contact) = try checked(draft)
        let now = time.now()
        return try await store.write { records in
            let school = try Self.school(of: code, records)
            let change = ConcernChange.received(text: text, photos: draft.photos)
            let concern = try Concern(
                ConcernID(at: now), at: school.id, [ConcernStep(change, by: .anybody, at: now)])
            var random = SystemRandomNumberGenerator()
            let key = ConcernCode.random(using: &random)
            try records.concerns.add(concern, code: key, contact: contact)
            if let parent { try Parents.keep(concern.id, at: school.id, for: parent, records, at: now) }
            try records.ledger.append(
                change.ledgerAct, to: "concern/\(concern.id)", by: .anybody, at: now,
                payload: change.ledgerPayload(at: school.id))
            try records.tell(
                Affair(.concernReceived, subject: "concern/\(concern.id)", school: school.id), "received",
                school.supervisingBodies, at: now)
            return key
        }
    }

    /// - Throws: ``SupervisionError/notFound`` for a code that nobody was given.
    public func view(_ code: ConcernCode) async throws -> ConcernView {
        try await store.read { records in
            let concern = try Self.concern(code, records)
            guard let school = try records.places.school(concern.school) else { throw SupervisionError.notFound }
            let known = try records.publications.publication(of: school.id)
            return ConcernView(
                code: code, school: school, page: known.flatMap { $0.publication.isOn ? $0.code : nil },
                state: concern.state, due: concern.due,
                entries: concern.steps.filter { $0.change != .taken || concern.state == .taken }
                    .map { ConcernView.Entry(time: $0.time, change: $0.change) },
                photoCount: concern.photos.count, hasContact: try records.concerns.contact(of: concern.id) != nil,
                caseEnded: try concern.caseID.map { try records.cases.summary($0)?.state.isFinal ?? true },
                version: concern.version)
        }
    }

    /// The answer to a question that was asked back.
    public func add(_ typed: String, to code: ConcernCode) async throws {
        let text = try ConcernText.checked(typed)
        try await change(.added(text: text), code)
    }

    public func withdraw(_ code: ConcernCode) async throws { try await change(.withdrawn, code) }

    private func change(_ change: ConcernChange, _ code: ConcernCode) async throws {
        let now = time.now()
        try await store.write { records in
            let concern = try Self.concern(code, records)
            try self.step(change, on: concern, seen: nil, records, by: .anybody, at: now)
        }
    }

    private static func school(of code: PublicCode, _ records: Records) throws -> School {
        guard let id = try records.publications.school(of: code), let school = try records.places.school(id),
            try records.publications.publication(of: id)?.publication.isOn == true
        else { throw SupervisionError.notFound }
        return school
    }

    private static func concern(_ code: ConcernCode, _ records: Records) throws -> Concern {
        guard let id = try records.concerns.id(of: code), let concern = try records.concerns.concern(id) else {
            throw SupervisionError.notFound
        }
        return concern
    }
}
