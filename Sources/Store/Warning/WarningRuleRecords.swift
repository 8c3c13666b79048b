public import Domain

/// The rules of the early warning, with all that they ever were.
extension WarningRecords {
    public func add(_ version: WarningRuleVersion) throws {
        try connection.execute(
            """
            insert into warning_rule (subject, number, rule, from_ms, person_id, trial)
            values (\(version.subject.description), \(version.number), \(try version.rule.map(JSONColumn.text)),
              \(version.from), \(version.by), \(try version.trial.map(JSONColumn.text)))
            """)
    }

    /// The newest of each subject, switched off ones too.
    public func rules() throws -> [WarningRuleVersion] {
        try connection.all(
            """
            select r.subject, r.number, r.rule, r.from_ms, r.person_id, r.trial from warning_rule as r
            where r.number = (select max(n.number) from warning_rule as n where n.subject = r.subject)
            order by r.subject
            """, WarningRuleVersion.init(row:))
    }

    /// Newest first.
    public func history(of subject: WarningSubject) throws -> [WarningRuleVersion] {
        try connection.all(
            """
            select subject, number, rule, from_ms, person_id, trial from warning_rule
            where subject = \(subject.description) order by number desc
            """, WarningRuleVersion.init(row:))
    }

    /// Every one that ever held, newest first.
    public func history(limit: Int) throws -> [WarningRuleVersion] {
        try connection.all(
            """
            select subject, number, rule, from_ms, person_id, trial from warning_rule
            order by from_ms desc, subject, number desc limit \(limit)
            """, WarningRuleVersion.init(row:))
    }

    /// As the ledger keeps it.
    public static func text(of rule: WarningRule) throws -> String { try JSONColumn.text(rule) }
}

extension WarningRuleVersion {
    fileprivate init(row: borrowing Row) throws {
        let subject: String = try row.value(0)
        guard let subject = WarningSubject(subject) else { throw row.badValue(0, "what a rule watches") }
        let (rule, trial): (String?, String?) = (try row.value(2), try row.value(5))
        self.init(
            subject, number: try row.value(1), rule: rule == nil ? nil : try row.json(2), from: try row.value(3),
            by: try row.value(4), trial: trial == nil ? nil : try row.json(5))
    }
}
