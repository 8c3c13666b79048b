import Crypto
public import Domain
import Store

/// A parent who is signed in.
public struct ParentMember: Sendable, Hashable {
    public var parent: Parent
    public var className: String
    public var school: School
    /// Of the school's public page.
    public var page: PublicCode
}

/// What whoever opens a class's invitation is told before they come in.
public struct ParentInvitationView: Sendable, Hashable {
    public var school: School
    public var invitation: ParentInvitation
    public var isOpen: Bool
    /// Until when what they type is kept.
    public var lastDay: Day
    public var page: PublicCode
}

/// A phone that has just been signed in.
public struct ParentSignedIn: Sendable {
    /// Goes into the cookie; the records keep only its hash.
    public let token: Secret
    public let expires: UTCTime
    /// Told once, when somebody comes in or asks for a new one.
    public let code: ParentCode?
}

/// What parents come in with.
public struct ParentDraft: Sendable, Hashable {
    public var name: String
    public var phone: String
    /// To what the page says is done with it (PIPL Art. 13, 14).
    public var consents: Bool

    public init(name: String, phone: String = "", consents: Bool) {
        self.name = name
        self.phone = phone
        self.consents = consents
    }
}

extension Parents {
    /// A phone that was lost in spring isn't signed in for ever.
    private static let sessionLifetime = Duration.seconds(180 * 86_400)
    /// From one network: a school's whole staff room, or a telephone company's gateway.
    private static let joinsAnHour = 120

    /// - Throws: ``SupervisionError/notFound`` for a code that nobody was given, a class that was revoked, a school without
    ///   a page, a county without parents; ``SupervisionError/tooManyAttempts(retryAfter:)`` for guessers.
    public func invitation(_ code: PublicCode, from address: String) async throws -> ParentInvitationView {
        let (now, zone) = (time.now(), zone)
        do {
            return try await attempts.attempt("invitation", from: address, at: time.monotonic()) {
                guard let view = try await store.read({ try Self.view(code, $0, zone, at: now) }) else {
                    throw SupervisionError.wrongCredentials
                }
                return view
            }
        } catch SupervisionError.wrongCredentials {
            throw SupervisionError.notFound
        }
    }

    /// Comes in by a class's invitation.
    ///
    /// - Throws: ``SupervisionError/invalid(_:_:)``, ``SupervisionError/conflict(_:)`` with `.invitationOver`, and as
    ///   ``invitation(_:from:)``.
    public func join(_ draft: ParentDraft, by code: PublicCode, from address: String) async throws -> ParentSignedIn {
        _ = try await invitation(code, from: address)
        let name = try Self.checked(draft.name, .name, in: Parent.nameLength)
        let phone = try Self.phone(draft.phone)
        guard draft.consents else { throw SupervisionError.invalid(.consent, .empty) }
        try visits.pass("join", from: address, most: Self.joinsAnHour, at: time.monotonic())
        let (now, zone) = (time.now(), zone)
        var random = SystemRandomNumberGenerator()
        let own = ParentCode.random(using: &random)
        let token = SessionToken()
        return try await store.write { records in
            guard let view = try Self.view(code, records, zone, at: now) else { throw SupervisionError.notFound }
            guard view.isOpen else { throw SupervisionError.conflict(.invitationOver) }
            let parent = Parent(
                id: ParentID(at: now), invitation: view.invitation.id, name: name, joinedAt: now,
                expires: view.lastDay.time(minute: 1440, in: zone))
            try records.parents.add(parent, code: Self.sha256(of: own), phone: phone)
            let expires = try Self.begin(token, of: parent, records, at: now)
            try records.ledger.append(
                .parentJoined, to: "parent/\(parent.id)", by: .anybody, at: now,
                payload: [
                    "school": .string("\(view.school.id)"), "invitation": .string("\(view.invitation.id)"),
                    "consent": .bool(true),
                ])
            return ParentSignedIn(token: token.secret, expires: expires, code: own)
        }
    }

    /// On another phone, by the code that was told when they came in.
    ///
    /// - Throws: ``SupervisionError/wrongCredentials``, ``SupervisionError/tooManyAttempts(retryAfter:)``;
    ///   ``SupervisionError/notFound`` while there is no parents' level.
    public func signIn(_ typed: String, from address: String) async throws -> ParentSignedIn {
        guard try await store.read({ try $0.parents.isOn() }) else { throw SupervisionError.notFound }
        let now = time.now()
        let token = SessionToken()
        return try await attempts.attempt("parent", from: address, at: time.monotonic()) {
            guard let code = ParentCode(typed: typed) else { throw SupervisionError.wrongCredentials }
            return try await store.write { records in
                guard let parent = try records.parents.parent(byCode: Self.sha256(of: code)),
                    try Self.member(parent, records, at: now) != nil
                else { throw SupervisionError.wrongCredentials }
                let expires = try Self.begin(token, of: parent, records, at: now)
                return ParentSignedIn(token: token.secret, expires: expires, code: nil)
            }
        }
    }

    /// Whether the county has a parents' level at all.
    public func isOn() async throws -> Bool { try await store.read { try $0.parents.isOn() } }

    /// Who holds this token; nil when it is unknown or over, or when nothing is open to parents.
    public func member(forToken token: Secret) async throws -> ParentMember? {
        guard let sha256 = SessionToken.sha256(of: token) else { return nil }
        let now = time.now()
        return try await store.read { try Self.member(ofSession: sha256, $0, at: now) }
    }

    public func signOut(token: Secret) async throws {
        guard let sha256 = SessionToken.sha256(of: token) else { return }
        try await store.write { try $0.parents.removeSession(sha256) }
    }

    /// A new code; the old one and all other phones are out.
    public func renewCode(token: Secret) async throws -> ParentCode {
        guard let sha256 = SessionToken.sha256(of: token) else { throw SupervisionError.notFound }
        let now = time.now()
        var random = SystemRandomNumberGenerator()
        let code = ParentCode.random(using: &random)
        return try await store.write { records in
            guard let member = try Self.member(ofSession: sha256, records, at: now) else {
                throw SupervisionError.notFound
            }
            try records.parents.setCode(Self.sha256(of: code), of: member.parent.id)
            try records.parents.removeSessions(of: member.parent.id, except: sha256)
            return code
        }
    }

    /// Takes consent back: name, number, code and all phones are gone at once (PIPL Art. 15, 47).
    public func leave(token: Secret) async throws {
        guard let sha256 = SessionToken.sha256(of: token) else { return }
        let now = time.now()
        try await store.write { records in
            // Whatever is switched off: what they gave they may take back.
            guard let id = try records.parents.parent(ofSession: sha256, at: now),
                let parent = try records.parents.parent(id), parent.endedAt == nil
            else { return }
            try records.parents.end(id, .left, at: now)
            try records.ledger.append(.parentLeft, to: "parent/\(id)", by: .anybody, at: now)
        }
    }

    // MARK: Rules

    static func member(
        ofSession sha256: [UInt8], _ records: Records, at now: UTCTime
    ) throws -> ParentMember? {
        guard let id = try records.parents.parent(ofSession: sha256, at: now),
            let parent = try records.parents.parent(id)
        else { return nil }
        return try member(parent, records, at: now)
    }

    private static func member(_ parent: Parent, _ records: Records, at now: UTCTime) throws -> ParentMember? {
        guard parent.isActive(at: now), try records.parents.isOn(),
            let invitation = try records.parents.invitation(parent.invitation), invitation.endedAt == nil,
            let school = try records.places.school(invitation.school),
            let known = try records.publications.publication(of: school.id), known.publication.isOn
        else { return nil }
        return ParentMember(parent: parent, className: invitation.className, school: school, page: known.code)
    }

    private static func view(
        _ code: PublicCode, _ records: Records, _ zone: TerritoryZone, at now: UTCTime
    ) throws -> ParentInvitationView? {
        guard let invitation = try records.parents.invitation(by: code), try records.parents.isOn(),
            invitation.endedAt == nil, let school = try records.places.school(invitation.school),
            let known = try records.publications.publication(of: school.id), known.publication.isOn
        else { return nil }
        return ParentInvitationView(
            school: school, invitation: invitation,
            isOpen: invitation.isOpen(at: now, used: try records.parents.uses(of: invitation.id)),
            lastDay: SchoolYear.lastDay(of: Day(of: now, in: zone)), page: known.code)
    }

    private static func begin(
        _ token: SessionToken, of parent: Parent, _ records: Records, at now: UTCTime
    ) throws -> UTCTime {
        guard let sha256 = SessionToken.sha256(of: token.secret) else { preconditionFailure("our own token is one") }
        let expires = min(now + sessionLifetime, parent.expires)
        try records.parents.addSession(sha256, of: parent.id, until: expires)
        return expires
    }

    /// 80 random bits need no salt and no slow hash.
    private static func sha256(of code: ParentCode) -> [UInt8] {
        Array(SHA256.hash(data: Array(code.description.utf8)))
    }

    private static func phone(_ typed: String) throws -> String? {
        let phone = Names.trimmed(typed)
        guard !phone.isEmpty else { return nil }
        guard phone.unicodeScalars.count <= Parent.longestPhone else {
            throw SupervisionError.invalid(.phone, .tooLong(maximum: Parent.longestPhone))
        }
        guard phone.unicodeScalars.allSatisfy({ "0123456789+-() ".unicodeScalars.contains($0) }),
            phone.unicodeScalars.count(where: { ("0"..."9").contains($0) }) >= 5
        else { throw SupervisionError.invalid(.phone, .implausible) }
        return phone
    }
}
