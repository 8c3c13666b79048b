public import Domain

/// What people without an account have reported.
public struct ConcernRecords {
    let connection: any Connection
    let key: SealingKey

    /// - Parameter contact: Kept sealed; nil = none was given.
    public func add(_ concern: Concern, code: ConcernCode, contact: String?) throws {
        let sealed = try contact.map { try key.seal(Array($0.utf8), purpose: "concern/\(concern.id)") }
        try connection.execute(
            """
            insert into concern (id, code, school_id, received_ms, state, version, due_ms, contact)
            values (\(concern.id), \(code.rawValue), \(concern.school), \(concern.receivedAt), \(concern.state), 1,
              \(concern.due), \(sealed))
            """)
        try addStep(1, concern.steps[0], of: concern.id)
    }

    /// Keeps the step that made the concern what it is now.
    /// - Returns: false when somebody was faster.
    public func append(_ after: Concern) throws -> Bool {
        let rows = try connection.execute(
            """
            update concern set state = \(after.state), version = \(after.version), due_ms = \(after.due),
              taken_by = \(after.takenBy), case_id = \(after.caseID), answered_ms = \(after.answeredAt),
              ended_ms = \(after.endedAt)
            where id = \(after.id) and version = \(after.version - 1)
            """)
        guard rows == 1 else { return false }
        try addStep(after.version, after.steps[after.version - 1], of: after.id)
        return true
    }

    public func concern(_ id: ConcernID) throws -> Concern? {
        guard let school = try connection.value("select school_id from concern where id = \(id)", as: SchoolID.self)
        else { return nil }
        let steps = try connection.all(
            "select time_ms, actor, change from concern_step where concern_id = \(id) order by version",
            ConcernStep.init(row:))
        do {
            return try Concern(id, at: school, steps)
        } catch {
            throw StoreError(.badValue, doing: "reading a concern", detail: "step \(error.version) of \(id)")
        }
    }

    public func id(of code: ConcernCode) throws -> ConcernID? {
        try connection.value("select id from concern where code = \(code.rawValue)")
    }

    public func code(of id: ConcernID) throws -> ConcernCode? {
        guard let text = try connection.value("select code from concern where id = \(id)", as: String.self) else {
            return nil
        }
        return ConcernCode(rawValue: text)
    }

    /// nil = none was given, or it was erased.
    public func contact(of id: ConcernID) throws -> String? {
        guard
            let sealed = try connection.first(
                "select contact from concern where id = \(id)",
                {
                    try $0.value(0, as: [UInt8]?.self)
                }) ?? nil
        else { return nil }
        guard let bytes = key.open(sealed, purpose: "concern/\(id)") else {
            throw StoreError(.wrongKey, doing: "reading a concern's contact")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Those that ended before that time and still have a contact.
    public func withContact(endedBefore time: UTCTime, limit: Int) throws -> [ConcernID] {
        try connection.all(
            """
            select id from concern where contact is not null and ended_ms is not null and ended_ms <= \(time)
            order by ended_ms, id limit \(limit)
            """
        ) { try $0.value(0) }
    }

    public func eraseContact(of id: ConcernID) throws {
        try connection.execute("update concern set contact = null where id = \(id)")
    }

    /// Late ones whose lateness nobody was told of yet.
    public func untoldOverdue(at now: UTCTime, limit: Int) throws -> [ConcernID] {
        try connection.all(
            """
            select id from concern where due_ms is not null and due_ms < \(now) and told_ms is null
            order by due_ms, id limit \(limit)
            """
        ) { try $0.value(0) }
    }

    public func setTold(_ id: ConcernID, at time: UTCTime) throws {
        try connection.execute("update concern set told_ms = \(time) where id = \(id) and told_ms is null")
    }

    private func addStep(_ version: Int, _ step: ConcernStep, of id: ConcernID) throws {
        try connection.execute(
            """
            insert into concern_step (concern_id, version, time_ms, actor, change)
            values (\(id), \(version), \(step.time), \(step.actor.description), \(try JSONColumn.text(step.change)))
            """)
    }
}

extension ConcernStep {
    fileprivate init(row: borrowing Row) throws {
        guard let actor = LedgerActor(try row.value(1, as: String.self)) else { throw row.badValue(1, "an actor") }
        self.init(try row.json(2), by: actor, at: try row.value(0))
    }
}
