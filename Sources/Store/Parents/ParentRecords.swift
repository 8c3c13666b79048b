public import Domain

/// Parents who are signed in, and the classes that are invited.
public struct ParentRecords {
    let connection: any Connection
    let key: SealingKey

    // MARK: The county's switch

    public func isOn() throws -> Bool {
        try connection.value("select is_on from parent_level where id = 1") ?? false
    }

    public func set(isOn: Bool) throws {
        try connection.execute(
            """
            insert into parent_level (id, is_on) values (1, \(isOn))
            on conflict (id) do update set is_on = excluded.is_on
            """)
    }

    // MARK: Classes

    public func add(_ invitation: ParentInvitation, code: PublicCode) throws {
        try connection.execute(
            """
            insert into parent_invitation (id, school_id, code, class_name, most_uses, until_ms, made_ms)
            values (\(invitation.id), \(invitation.school), \(code.description), \(invitation.className),
              \(invitation.mostUses), \(invitation.until), \(invitation.madeAt))
            """)
    }

    public func invitation(_ id: ParentInvitationID) throws -> ParentInvitation? {
        try connection.first("\(Self.columns) where id = \(id)", ParentInvitation.init(row:))
    }

    public func invitation(by code: PublicCode) throws -> ParentInvitation? {
        try connection.first("\(Self.columns) where code = \(code.description)", ParentInvitation.init(row:))
    }

    public func code(of id: ParentInvitationID) throws -> PublicCode? {
        try connection.first("select code from parent_invitation where id = \(id)") { try $0.value(0) }
    }

    /// Of a school, the newest first.
    public func invitations(of school: SchoolID) throws -> [ParentInvitation] {
        try connection.all(
            "\(Self.columns) where school_id = \(school) order by made_ms desc, id desc", ParentInvitation.init(row:))
    }

    public func end(_ id: ParentInvitationID, at time: UTCTime) throws {
        try connection.execute("update parent_invitation set ended_ms = \(time) where id = \(id) and ended_ms is null")
    }

    /// How many have come in by it, those who have gone since counted.
    public func uses(of id: ParentInvitationID) throws -> Int {
        try connection.value("select count(*) from parent where invitation_id = \(id)") ?? 0
    }

    /// How many parents of each school there are at a moment; schools without any are missing.
    public func counts(at time: UTCTime) throws -> [SchoolID: Int] {
        let rows = try connection.all(
            """
            select i.school_id, count(*) from parent as p join parent_invitation as i on i.id = p.invitation_id
            where p.ended_ms is null and p.expires_ms > \(time) group by i.school_id
            """
        ) { (try $0.value(0, as: SchoolID.self), try $0.value(1, as: Int.self)) }
        return Dictionary(uniqueKeysWithValues: rows)
    }

    private static let columns: SQL =
        "select id, school_id, class_name, most_uses, until_ms, made_ms, ended_ms from parent_invitation"

    // MARK: Parents

    /// - Parameters:
    ///   - sha256: Of their code.
    ///   - phone: Kept sealed; nil = none was given.
    public func add(_ parent: Parent, code sha256: [UInt8], phone: String?) throws {
        let sealed = try phone.map { try key.seal(Array($0.utf8), purpose: "parent/\(parent.id)") }
        try connection.execute(
            """
            insert into parent (id, invitation_id, code_sha256, name, phone, joined_ms, expires_ms)
            values (\(parent.id), \(parent.invitation), \(sha256), \(parent.name), \(sealed), \(parent.joinedAt),
              \(parent.expires))
            """)
    }

    public func parent(_ id: ParentID) throws -> Parent? {
        try connection.first("\(Self.parentColumns) where id = \(id)", Parent.init(row:))
    }

    public func parent(byCode sha256: [UInt8]) throws -> Parent? {
        try connection.first("\(Self.parentColumns) where code_sha256 = \(sha256)", Parent.init(row:))
    }

    /// All who came in by it, those who have gone since too, in the order in which they came.
    public func parents(of invitation: ParentInvitationID) throws -> [Parent] {
        try connection.all(
            "\(Self.parentColumns) where invitation_id = \(invitation) order by joined_ms, id", Parent.init(row:))
    }

    /// nil = none was given.
    public func phone(of id: ParentID) throws -> String? {
        guard
            let sealed = try connection.first(
                "select phone from parent where id = \(id)", { try $0.value(0, as: [UInt8]?.self) }) ?? nil
        else { return nil }
        guard let bytes = key.open(sealed, purpose: "parent/\(id)") else {
            throw StoreError(.wrongKey, doing: "reading a parent's telephone number")
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    public func setCode(_ sha256: [UInt8], of id: ParentID) throws {
        try connection.execute("update parent set code_sha256 = \(sha256) where id = \(id) and ended_ms is null")
    }

    /// Takes everything away that tells who it was: name, number, code, phones, which concerns.
    public func end(_ id: ParentID, _ ending: Parent.Ending, at time: UTCTime) throws {
        try connection.execute(
            """
            update parent set ended_ms = \(time), ending = \(ending), name = null, phone = null, code_sha256 = null
            where id = \(id) and ended_ms is null
            """)
        try connection.execute("delete from parent_session where parent_id = \(id)")
        try connection.execute("delete from parent_concern where parent_id = \(id)")
    }

    /// Whose time is over and who are still known by name.
    public func expired(at time: UTCTime, limit: Int) throws -> [ParentID] {
        try connection.all(
            """
            select id from parent where ended_ms is null and expires_ms <= \(time)
            order by expires_ms, id limit \(limit)
            """
        ) { try $0.value(0) }
    }

    private static let parentColumns: SQL =
        "select id, invitation_id, name, joined_ms, expires_ms, ended_ms, ending from parent"

    // MARK: Their phones

    public func addSession(_ tokenSHA256: [UInt8], of parent: ParentID, until expires: UTCTime) throws {
        try connection.execute(
            """
            insert into parent_session (token_sha256, parent_id, expires_ms)
            values (\(tokenSHA256), \(parent), \(expires))
            """)
    }

    public func parent(ofSession tokenSHA256: [UInt8], at time: UTCTime) throws -> ParentID? {
        try connection.first(
            "select parent_id from parent_session where token_sha256 = \(tokenSHA256) and expires_ms > \(time)"
        ) { try $0.value(0) }
    }

    public func removeSession(_ tokenSHA256: [UInt8]) throws {
        try connection.execute("delete from parent_session where token_sha256 = \(tokenSHA256)")
    }

    /// All but the one of `kept`.
    public func removeSessions(of parent: ParentID, except kept: [UInt8]) throws {
        try connection.execute(
            "delete from parent_session where parent_id = \(parent) and token_sha256 <> \(kept)")
    }

    // MARK: Their concerns

    public func add(_ concern: ConcernID, of parent: ParentID) throws {
        try connection.execute(
            "insert into parent_concern (concern_id, parent_id) values (\(concern), \(parent))")
    }

    /// The newest first.
    public func concerns(of parent: ParentID, limit: Int) throws -> [ConcernID] {
        try connection.all(
            """
            select concern_id from parent_concern where parent_id = \(parent) order by concern_id desc limit \(limit)
            """
        ) { try $0.value(0) }
    }
}

extension ParentInvitation {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), school: try row.value(1), className: try row.value(2), mostUses: try row.value(3),
            until: try row.value(4), madeAt: try row.value(5), endedAt: try row.value(6))
    }
}

extension Parent {
    fileprivate init(row: borrowing Row) throws {
        let ending: String? = try row.value(6)
        self.init(
            id: try row.value(0), invitation: try row.value(1), name: try row.value(2), joinedAt: try row.value(3),
            expires: try row.value(4), endedAt: try row.value(5), ending: ending.flatMap(Ending.init(rawValue:)))
    }
}
