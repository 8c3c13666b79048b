public import Domain

/// Who has an account. (人员) Never leaves the product without an administrator who can sign in.
public struct People: Sendable {
    /// Everybody, ordered by account. Needs ``Permission/managePeople``.
    public func list(for principal: Principal) async throws -> [Person] { fatalError() }

    /// Oneself always; others with ``Permission/managePeople``.
    public func person(_ id: PersonID, for principal: Principal) async throws -> Person { fatalError() }

    /// - Returns: The person and the password to hand over, which must be changed after the first sign-in.
    public func add(
        account: String, name: String, role: Role, school: SchoolID?, by principal: Principal
    ) async throws -> (person: Person, initialPassword: Secret) { fatalError() }

    /// Takes account, name, role, school and `isEnabled` from `person`. Switching somebody off ends their sessions.
    @discardableResult
    public func change(_ person: Person, by principal: Principal) async throws -> Person { fatalError() }

    public func setEnabled(_ isEnabled: Bool, of id: PersonID, by principal: Principal) async throws { fatalError() }

    /// Ends the person's sessions and returns a new password to hand over.
    public func resetPassword(of id: PersonID, by principal: Principal) async throws -> Secret { fatalError() }
}
