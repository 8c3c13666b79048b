public import Domain

/// Mail about activities.
extension ActivityRecords {
    public func add(_ letter: ActivityLetter) throws {
        try connection.execute(
            """
            insert into activity_letter (id, activity_id, sign_up_id, kind, address, language, state, tries, next_ms, fault,
              answer, made_ms, sent_ms)
            values (\(letter.id), \(letter.activity), \(letter.signUp), \(letter.kind), \(letter.address),
              \(letter.language), \(letter.state), \(letter.tries), \(letter.nextTry),
              \(letter.fault?.kind.rawValue), \(letter.fault?.answer ?? ""), \(letter.madeAt), \(letter.sentAt))
            """)
    }

    public func set(_ letter: ActivityLetter) throws {
        try connection.execute(
            """
            update activity_letter set state = \(letter.state), tries = \(letter.tries), next_ms = \(letter.nextTry),
              fault = \(letter.fault?.kind.rawValue), answer = \(letter.fault?.answer ?? ""),
              sent_ms = \(letter.sentAt)
            where id = \(letter.id)
            """)
    }

    public func letter(_ id: ActivityLetterID) throws -> ActivityLetter? {
        try connection.first(
            "select \(Self.letterColumns) from activity_letter where id = \(id)", ActivityLetter.init(row:))
    }

    /// Newest first.
    public func letters(of id: ActivityID, limit: Int = 500) throws -> [ActivityLetter] {
        try connection.all(
            """
            select \(Self.letterColumns) from activity_letter where activity_id = \(id)
            order by made_ms desc, id desc limit \(limit)
            """, ActivityLetter.init(row:))
    }

    public func invited(to id: ActivityID) throws -> Set<String> {
        Set(
            try connection.all(
                "select address from activity_letter where activity_id = \(id) and kind = 'invitation'"
            ) { try $0.value(0, as: String.self).lowercased() })
    }

    /// Those whose time has come, or whose attempt has died, the oldest first.
    public func dueLetters(at time: UTCTime, limit: Int) throws -> [ActivityLetter] {
        try connection.all(
            """
            select \(Self.letterColumns) from activity_letter where next_ms <= \(time) order by next_ms, id
            limit \(limit)
            """, ActivityLetter.init(row:))
    }

    private static let letterColumns: SQL =
        "id, activity_id, sign_up_id, kind, address, language, state, tries, next_ms, fault, answer, made_ms, sent_ms"
}

extension ActivityLetter {
    fileprivate init(row: borrowing Row) throws {
        let kind: String? = try row.value(9)
        let answer: String = try row.value(10)
        self.init(
            id: try row.value(0), activity: try row.value(1), signUp: try row.value(2), kind: try row.value(3),
            address: try row.value(4), language: try row.value(5), state: try row.value(6), tries: try row.value(7),
            nextTry: try row.value(8),
            fault: kind.flatMap(SendFault.Kind.init(rawValue:)).map { SendFault($0, answer: answer) },
            madeAt: try row.value(11), sentAt: try row.value(12))
    }
}
