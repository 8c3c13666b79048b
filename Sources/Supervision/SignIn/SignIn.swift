public import Domain

/// Accounts and sessions. (登录)
public struct SignIn: Sendable {
    /// On the first start: makes the account `admin` with a random password and returns that password, once.
    /// nil when anybody has an account already.
    public func createFirstAdministrator() async throws -> Secret? { fatalError() }

    /// - Parameter remoteAddress: The peer's address, for the ledger and for slowing down guessers.
    /// - Throws: ``SupervisionError/wrongCredentials``, ``SupervisionError/tooManyAttempts(retryAfter:)``, ``SupervisionError/busy``.
    public func signIn(account: String, password: Secret, from remoteAddress: String) async throws -> SignedIn {
        fatalError()
    }

    /// Who holds this token; nil when it is unknown, expired, or the account is switched off.
    ///
    /// Remembered for a few seconds, so a sign-out in another process takes that long to be seen.
    public func person(forToken token: Secret) async throws -> Person? { fatalError() }

    /// Ends the session; nothing happens when there is none.
    public func signOut(token: Secret) async throws { fatalError() }

    /// Ends all other sessions of the person; the one of `token` goes on.
    public func changeOwnPassword(
        of person: Person, old: Secret, new: Secret, keeping token: Secret? = nil
    ) async throws { fatalError() }
}

/// A session that has just begun.
public struct SignedIn: Sendable {
    /// Goes into the cookie; the database keeps only its hash.
    public let token: Secret
    public let person: Person
    /// When the session ends at the latest, however much it is used.
    public let expires: UTCTime
}
