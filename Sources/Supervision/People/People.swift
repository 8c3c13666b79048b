public import Domain
import Store

/// Who has an account. (人员) Never leaves the product without an administrator who can sign in.
public struct People: Sendable {
    let store: Store
    let time: TimeSource
    let sessions: SessionCache
    let passwords: PasswordWork

    /// Everybody, ordered by account. Needs ``Permission/managePeople``.
    public func list(for principal: Principal) async throws -> [Person] {
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        return try await store.read { try $0.people.all() }
    }

    /// Oneself always; others with ``Permission/managePeople``.
    public func person(_ id: PersonID, for principal: Principal) async throws -> Person {
        guard principal.actor == .person(id) || principal.may(.managePeople) else {
            throw SupervisionError.notPermitted
        }
        guard let person = try await store.read({ try $0.people.person(id) }) else { throw SupervisionError.notFound }
        return person
    }

    /// - Returns: The person and the password to hand over, which must be changed after the first sign-in.
    public func add(
        account: String, name: String, role: Role, school: SchoolID?, township: TownshipID? = nil,
        canteen: CanteenID? = nil, by principal: Principal
    ) async throws -> (person: Person, initialPassword: Secret) {
        // Asked before the hash is made too: nobody without the right may keep the machine busy.
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        let now = time.now()
        let person = Person(
            id: PersonID(at: now), account: try Names.checkedAccount(account), name: try Names.checked(name, .name),
            role: role, school: school, township: township, canteen: canteen, mustChangePassword: true)
        let password = InitialPassword.make()
        let hash = try await passwords.hash(password)
        try await store.write { records in
            try principal.require(.managePeople, records)
            try checkGround(of: person, records)
            try unlessTaken { try records.people.add(person, passwordHash: hash, at: now) }
            try records.ledger.append(
                .personAdded, to: "person/\(person.id)", by: principal.actor, at: now, payload: person.ledgerPayload)
        }
        return (person, password)
    }

    /// Takes account, name, role, what it is bound to, and `isEnabled` from `person`. Switching
    /// somebody off ends their sessions and revokes their tokens.
    @discardableResult
    public func change(_ person: Person, by principal: Principal) async throws -> Person {
        var checked = person
        checked.account = try Names.checkedAccount(person.account)
        checked.name = try Names.checked(person.name, .name)
        return try await change(person.id, by: principal) { [checked] current in
            current.account = checked.account
            current.name = checked.name
            current.role = checked.role
            current.township = checked.township
            current.school = checked.school
            current.canteen = checked.canteen
            current.isEnabled = checked.isEnabled
        }
    }

    public func setEnabled(_ isEnabled: Bool, of id: PersonID, by principal: Principal) async throws {
        try await change(id, by: principal) { $0.isEnabled = isEnabled }
    }

    /// Ends the person's sessions, revokes the person's tokens, and returns a new password to hand over.
    public func resetPassword(of id: PersonID, by principal: Principal) async throws -> Secret {
        guard principal.may(.managePeople) else { throw SupervisionError.notPermitted }
        let password = InitialPassword.make()
        let hash = try await passwords.hash(password)
        let now = time.now()
        try await store.write { records in
            try principal.require(.managePeople, records)
            guard try records.people.person(id) != nil else { throw SupervisionError.notFound }
            try records.people.setPasswordHash(hash, mustChange: true, of: id)
            try records.sessions.removeAll(of: id)
            try Tokens.revokeAll(of: id, records, by: principal, at: now)
            try records.ledger.append(
                .passwordChanged, to: "person/\(id)", by: principal.actor, at: now, payload: ["reset": true])
        }
        sessions.forget(id)
        return password
    }

    @discardableResult
    private func change(
        _ id: PersonID, by principal: Principal, _ edit: @escaping @Sendable (inout Person) -> Void
    ) async throws -> Person {
        let now = time.now()
        let changed = try await store.write { records in
            try principal.require(.managePeople, records)
            guard let before = try records.people.person(id) else { throw SupervisionError.notFound }
            var after = before
            edit(&after)
            guard after != before else { return after }
            try checkGround(of: after, records)
            try unlessTaken { try records.people.change(after) }
            guard try records.people.enabledAdministrators() > 0 else {
                throw SupervisionError.conflict(.lastAdministrator)
            }
            if !after.isEnabled {
                try records.sessions.removeAll(of: id)
                try Tokens.revokeAll(of: id, records, by: principal, at: now)
            }
            try records.ledger.append(
                .personChanged, to: "person/\(id)", by: principal.actor, at: now,
                payload: before.ledgerPayload.changes(to: after.ledgerPayload))
            return after
        }
        sessions.forget(id)
        return changed
    }

    /// A township's or a school's people are bound to it; administrators to nothing; others to either or nothing.
    private func checkGround(of person: Person, _ records: Records) throws {
        switch person.role.ground {
        case .township where person.township == nil: throw SupervisionError.invalid(.township, .empty)
        case .school where person.school == nil: throw SupervisionError.invalid(.school, .empty)
        case .township where person.school != nil: throw SupervisionError.invalid(.school, .notAllowed)
        case .school where person.township != nil: throw SupervisionError.invalid(.township, .notAllowed)
        default: break
        }
        if let township = person.township {
            guard person.role != .administrator, person.school == nil else {
                throw SupervisionError.invalid(.township, .notAllowed)
            }
            guard try records.places.township(township) != nil else {
                throw SupervisionError.invalid(.township, .unknown)
            }
        }
        if let school = person.school {
            guard person.role != .administrator else { throw SupervisionError.invalid(.school, .notAllowed) }
            guard try records.places.school(school) != nil else { throw SupervisionError.invalid(.school, .unknown) }
        }
        if let canteen = person.canteen {
            guard let school = person.school, try records.places.canteen(canteen)?.school == school else {
                throw SupervisionError.invalid(.canteen, .unknown)
            }
        }
    }

    private func unlessTaken(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as StoreError where error.kind == .notUnique {
            throw SupervisionError.conflict(.accountTaken)
        }
    }
}
