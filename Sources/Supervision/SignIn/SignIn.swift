public import Domain
import Store

/// Accounts and sessions. (登录)
public struct SignIn: Sendable {
    let store: Store
    let time: TimeSource
    let sessions: SessionCache
    let passwords: PasswordWork
    private let attempts = AttemptCounter()

    /// Nobody sits at a hall's screen to sign in again: it is switched off over a holiday and stays for a year.
    private static func idleLifetime(_ role: Role) -> Duration {
        role == .hall ? .seconds(7 * 24 * 3600) : .seconds(12 * 3600)
    }

    private static func longestLifetime(_ role: Role) -> Duration {
        role == .hall ? .seconds(400 * 24 * 3600) : .seconds(7 * 24 * 3600)
    }

    /// A session that is used is extended at most this often: each extension is a transaction.
    private static let extensionInterval = Duration.seconds(3600)

    init(store: Store, time: TimeSource, sessions: SessionCache, passwords: PasswordWork) {
        self.store = store
        self.time = time
        self.sessions = sessions
        self.passwords = passwords
    }

    /// On the first start: makes the account `admin` with a random password and returns that password, once.
    /// nil when anybody has an account already.
    public func createFirstAdministrator() async throws -> Secret? {
        guard try await store.read({ try $0.people.isEmpty() }) else { return nil }
        let password = InitialPassword.make()
        let hash = try await passwords.hash(password)
        let now = time.now()
        let person = Person(
            id: PersonID(at: now), account: "admin", name: "admin", role: .administrator, mustChangePassword: true)
        return try await store.write { records in
            // Another process may have been first.
            guard try records.people.isEmpty() else { return nil }
            try records.people.add(person, passwordHash: hash, at: now)
            try records.ledger.append(
                .personAdded, to: "person/\(person.id)", by: .node, at: now, payload: person.ledgerPayload)
            return password
        }
    }

    /// - Parameter remoteAddress: The peer's address without its port, for the ledger and for slowing down guessers.
    /// - Throws: ``SupervisionError/wrongCredentials``, ``SupervisionError/tooManyAttempts(retryAfter:)``, ``SupervisionError/busy``.
    public func signIn(account: String, password: Secret, from remoteAddress: String) async throws -> SignedIn {
        let account = String(Names.trimmed(account).lowercased().prefix(64))
        let person = try await attempts.attempt(account, from: remoteAddress, at: time.monotonic()) {
            try await checked(account, password, from: remoteAddress)
        }
        let now = time.now()
        let token = SessionToken()
        let session = SessionRecords.Session(
            person: person.id, created: now, expires: now + Self.idleLifetime(person.role))
        guard let sha256 = SessionToken.sha256(of: token.secret) else { preconditionFailure("our own token is one") }
        try await store.write { records in
            // Switched off while the password was checked.
            guard try records.people.person(person.id)?.isEnabled == true else {
                throw SupervisionError.wrongCredentials
            }
            try records.sessions.removeExpired(at: now)
            try records.sessions.add(session, token: sha256, remoteAddress: remoteAddress)
            try records.ledger.append(
                .signedIn, to: "person/\(person.id)", by: .person(person.id), at: now,
                payload: ["address": .string(remoteAddress)])
        }
        return SignedIn(token: token.secret, person: person, expires: now + Self.longestLifetime(person.role))
    }

    /// The enabled person with this account and password. Every other outcome takes as long and enters the ledger.
    private func checked(_ account: String, _ password: Secret, from remoteAddress: String) async throws -> Person {
        let (person, hash) = try await store.read { records in
            let person = try records.people.person(account: account)
            return (person, try person.flatMap { try records.people.passwordHash(of: $0.id) })
        }
        let isRight = try await passwords.check(password, against: hash)
        if let person, isRight, person.isEnabled { return person }
        let now = time.now()
        // What was typed as an account may be a password: only accounts that exist are named.
        let subject = person.map { "person/\($0.id)" } ?? "person/unknown"
        let reason = person == nil ? "account" : isRight ? "disabled" : "password"
        try await store.write { records in
            _ = try records.ledger.append(
                .signInFailed, to: subject, by: .node, at: now,
                payload: ["address": .string(remoteAddress), "reason": .string(reason)])
        }
        throw SupervisionError.wrongCredentials
    }

    /// Who holds this token; nil when it is unknown, expired, or the account is switched off.
    ///
    /// Remembered for a few seconds, so a sign-out in another process takes that long to be seen.
    public func person(forToken token: Secret) async throws -> Person? {
        guard let sha256 = SessionToken.sha256(of: token) else { return nil }
        if let person = sessions.person(sha256, at: time.monotonic()) { return person }
        let now = time.now()
        let found = try await store.read { records -> (Person, SessionRecords.Session)? in
            guard let session = try records.sessions.session(sha256, at: now),
                let person = try records.people.person(session.person), person.isEnabled
            else { return nil }
            return (person, session)
        }
        guard let (person, session) = found else { return nil }
        let expires = min(
            now + Self.idleLifetime(person.role), session.created + Self.longestLifetime(person.role))
        if expires - session.expires >= Self.extensionInterval {
            try await store.write { try $0.sessions.extend(sha256, to: expires) }
        }
        sessions.remember(person, sha256, at: time.monotonic())
        return person
    }

    /// Ends the session; nothing happens when there is none.
    public func signOut(token: Secret) async throws {
        guard let sha256 = SessionToken.sha256(of: token) else { return }
        let now = time.now()
        try await store.write { records in
            guard let session = try records.sessions.session(sha256, at: now) else { return }
            try records.sessions.remove(sha256)
            try records.ledger.append(
                .signedOut, to: "person/\(session.person)", by: .person(session.person), at: now)
        }
        sessions.forget(sha256)
    }

    /// Ends all other sessions of the person; the one of `token` goes on.
    public func changeOwnPassword(
        of person: Person, old: Secret, new: Secret, keeping token: Secret? = nil
    ) async throws {
        try PasswordRules.check(new, account: person.account)
        guard new != old else { throw SupervisionError.invalid(.password, .sameAsBefore) }
        let hash = try await store.read { try $0.people.passwordHash(of: person.id) }
        try await attempts.attempt(person.account.lowercased(), from: "own password", at: time.monotonic()) {
            guard try await passwords.check(old, against: hash) else { throw SupervisionError.wrongCredentials }
        }
        let newHash = try await passwords.hash(new)
        let now = time.now()
        let kept = token.flatMap(SessionToken.sha256)
        try await store.write { records in
            // Somebody else may have reset it meanwhile.
            guard try records.people.passwordHash(of: person.id) == hash else {
                throw SupervisionError.wrongCredentials
            }
            try records.people.setPasswordHash(newHash, mustChange: false, of: person.id)
            try records.sessions.removeAll(of: person.id, except: kept)
            try records.ledger.append(.passwordChanged, to: "person/\(person.id)", by: .person(person.id), at: now)
        }
        sessions.forget(person.id)
    }
}

/// A session that has just begun.
public struct SignedIn: Sendable {
    /// Goes into the cookie; the database keeps only its hash.
    public let token: Secret
    public let person: Person
    /// When the session ends at the latest, however much it is used; unused it ends after twelve hours.
    public let expires: UTCTime
}
