public import Domain

/// People and the hashes of their passwords.
public struct PersonRecords {
    let connection: any Connection

    /// Ordered by account.
    public func all() throws -> [Person] {
        try connection.all("select \(columns) from person order by account_folded", Person.init(row:))
    }

    public func isEmpty() throws -> Bool {
        try !connection.exists("select 1 from person limit 1")
    }

    public func person(_ id: PersonID) throws -> Person? {
        try connection.first("select \(columns) from person where id = \(id)", Person.init(row:))
    }

    /// The account may be typed in either case.
    public func person(account: String) throws -> Person? {
        try connection.first(
            "select \(columns) from person where account_folded = \(account.lowercased())", Person.init(row:))
    }

    /// Administrators who may sign in.
    public func enabledAdministrators() throws -> Int {
        try connection.value("select count(*) from person where role = 'administrator' and is_enabled = 1") ?? 0
    }

    public func add(_ person: Person, passwordHash: String, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into person (id, account, account_folded, name, role, school_id, is_enabled, must_change_password,
              password_hash, created_ms, township_id, canteen_id)
            values (\(person.id), \(person.account), \(person.account.lowercased()), \(person.name), \(person.role),
              \(person.school), \(person.isEnabled), \(person.mustChangePassword), \(passwordHash), \(time),
              \(person.township), \(person.canteen))
            """)
    }

    public func change(_ person: Person) throws {
        try connection.execute(
            """
            update person set account = \(person.account), account_folded = \(person.account.lowercased()),
              name = \(person.name), role = \(person.role), school_id = \(person.school),
              township_id = \(person.township), canteen_id = \(person.canteen),
              is_enabled = \(person.isEnabled), must_change_password = \(person.mustChangePassword)
            where id = \(person.id)
            """)
    }

    public func passwordHash(of id: PersonID) throws -> String? {
        try connection.value("select password_hash from person where id = \(id)")
    }

    public func setPasswordHash(_ hash: String, mustChange: Bool, of id: PersonID) throws {
        try connection.execute(
            "update person set password_hash = \(hash), must_change_password = \(mustChange) where id = \(id)")
    }
}

private let columns: SQL =
    "id, account, name, role, school_id, is_enabled, must_change_password, township_id, canteen_id"

extension Person {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), account: try row.value(1), name: try row.value(2), role: try row.value(3),
            school: try row.value(4), township: try row.value(7), canteen: try row.value(8),
            isEnabled: try row.value(5), mustChangePassword: try row.value(6))
    }
}
