public import Domain

/// Who signed up.
extension ActivityRecords {
    /// In the order in which they did.
    public func signUps(of id: ActivityID) throws -> [SignUp] {
        try connection.all(
            "select \(Self.guestColumns) from sign_up where activity_id = \(id) order by number", SignUp.init(row:))
    }

    public func signUp(of code: PublicCode) throws -> (activity: ActivityID, signUp: SignUp)? {
        try connection.first(
            "select \(Self.guestColumns), activity_id from sign_up where code = \(code.description)"
        ) { (try $0.value(16), try SignUp(row: $0)) }
    }

    /// What a form that comes again has made already.
    public func signUp(byForm form: String) throws -> SignUp? {
        try connection.first("select \(Self.guestColumns) from sign_up where form = \(form)", SignUp.init(row:))
    }

    /// As the last in the list.
    public func add(_ signUp: SignUp, to id: ActivityID, form: String? = nil) throws {
        let guest = signUp.guest
        let number =
            try connection.value(
                "select coalesce(max(number), 0) + 1 from sign_up where activity_id = \(id)", as: Int.self) ?? 1
        try connection.execute(
            """
            insert into sign_up (id, activity_id, code, number, name, role, count, pupils, phone, mail, consents, language,
              state, came, is_walk_in, made_ms, moved_up_ms, form)
            values (\(signUp.id), \(id), \(signUp.code.description), \(number), \(guest.name), \(guest.role),
              \(guest.count), \(guest.pupils), \(guest.phone), \(guest.mail), \(guest.consents), \(guest.language),
              \(signUp.state), \(try JSONColumn.text(signUp.came)), \(signUp.isWalkIn), \(signUp.madeAt),
              \(signUp.movedUpAt), \(form))
            """)
    }

    /// What has become of a place; who it is doesn't change.
    public func set(_ signUp: SignUp) throws {
        try connection.execute(
            """
            update sign_up set state = \(signUp.state), came = \(try JSONColumn.text(signUp.came)),
              moved_up_ms = \(signUp.movedUpAt) where id = \(signUp.id)
            """)
    }

    /// Activities that ended before then, or should have, and whose contacts are still there.
    public func erasable(endedBefore time: UTCTime) throws -> [ActivityID] {
        try connection.all(
            "select id from activity where ends_ms <= \(time) and erased_ms is null order by id limit 100"
        ) { try $0.value(0) }
    }

    /// Names, telephone numbers and addresses are gone; how many came stays.
    /// - Returns: Of how many sign-ups.
    public func eraseContacts(of id: ActivityID, at time: UTCTime) throws -> Int {
        let count = try connection.execute(
            "update sign_up set name = '', phone = null, mail = null where activity_id = \(id)")
        try connection.execute(
            """
            update activity_letter set address = '', answer = '', next_ms = null,
              state = case when state in ('waiting', 'sending') then 'failed' else state end
            where activity_id = \(id)
            """)
        try connection.execute("update activity set erased_ms = \(time) where id = \(id)")
        return count
    }

    private static let guestColumns: SQL = """
        id, code, name, role, count, pupils, phone, mail, consents, language, state, came, is_walk_in, made_ms,
        moved_up_ms, number
        """
}

extension SignUp {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), code: try row.value(1),
            guest: Guest(
                try row.value(2), as: try row.value(3), count: try row.value(4), pupils: try row.value(5),
                phone: try row.value(6), mail: try row.value(7), consents: try row.value(8),
                language: try row.value(9)), state: try row.value(10), came: try row.json(11),
            isWalkIn: try row.value(12), madeAt: try row.value(13), movedUpAt: try row.value(14))
    }
}
