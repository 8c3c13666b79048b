public import Domain

/// Activities with society, and who takes part.
public struct ActivityRecords {
    let connection: any Connection

    /// - Parameter formKey: 32 bytes with which forms of its public page are signed.
    public func add(_ activity: Activity, formKey: [UInt8], at time: UTCTime) throws {
        let plan = activity.plan
        try connection.execute(
            """
            insert into activity (id, code, state, kind, plan, starts_ms, ends_ms, sign_up_until_ms, report, cancel_reason,
              version, form_key, created_ms)
            values (\(activity.id), \(activity.code.description), \(activity.state), \(plan.kind),
              \(try JSONColumn.text(plan)), \(plan.span.start), \(plan.span.end), \(plan.signUpUntil), '', '',
              \(activity.version), \(formKey), \(time))
            """)
        try setSchools(of: activity)
    }

    public func set(_ activity: Activity) throws {
        let plan = activity.plan
        try connection.execute(
            """
            update activity set state = \(activity.state), kind = \(plan.kind), plan = \(try JSONColumn.text(plan)),
              starts_ms = \(plan.span.start), ends_ms = \(plan.span.end), sign_up_until_ms = \(plan.signUpUntil),
              report = \(activity.report), cancel_reason = \(activity.cancelReason), version = \(activity.version)
            where id = \(activity.id)
            """)
        try connection.execute("delete from activity_school where activity_id = \(activity.id)")
        try setSchools(of: activity)
    }

    private func setSchools(of activity: Activity) throws {
        for school in activity.plan.schools {
            try connection.execute(
                "insert into activity_school (activity_id, school_id) values (\(activity.id), \(school))")
        }
    }

    public func activity(_ id: ActivityID) throws -> Activity? {
        try connection.first("select \(Self.columns) from activity as a where a.id = \(id)", Activity.init(row:))
    }

    public func activity(of code: PublicCode) throws -> Activity? {
        try connection.first(
            "select \(Self.columns) from activity as a where a.code = \(code.description)", Activity.init(row:))
    }

    public func formKey(of id: ActivityID) throws -> [UInt8]? {
        try connection.value("select form_key from activity where id = \(id)")
    }

    /// Those at a school of the territory, the latest first.
    public func list(in territory: Territory?, from start: UTCTime? = nil, limit: Int = 1000) throws -> [Activity] {
        let isLate: SQL = start.map { "a.starts_ms >= \($0)" } ?? "1 = 1"
        return try connection.all(
            """
            select \(Self.columns) from activity as a where \(isLate) and \(Self.touches(territory))
            order by a.starts_ms desc, a.id desc limit \(limit)
            """, Activity.init(row:))
    }

    /// Those that take place at a school and are not over yet, the next first; drafts are nobody's business.
    public func next(at school: SchoolID, after time: UTCTime, limit: Int) throws -> [Activity] {
        try connection.all(
            """
            select \(Self.columns) from activity as a
            join activity_school as s on s.activity_id = a.id and s.school_id = \(school)
            where a.ends_ms > \(time) and a.state in ('published', 'closed', 'running')
            order by a.starts_ms, a.id limit \(limit)
            """, Activity.init(row:))
    }

    /// Those whose time to sign up is over.
    public func toBeClosed(at time: UTCTime) throws -> [Activity] {
        try connection.all(
            """
            select \(Self.columns) from activity as a where a.state = 'published' and a.sign_up_until_ms <= \(time)
            order by a.id limit 100
            """, Activity.init(row:))
    }

    static func touches(_ territory: Territory?) -> SQL {
        if case .county? = territory { return "1 = 1" }
        return """
            a.id in (select s.activity_id from activity_school as s join school on school.id = s.school_id
              where \(SQL.schoolTouches(territory)))
            """
    }

    static let columns: SQL = "a.id, a.code, a.plan, a.state, a.report, a.cancel_reason, a.version"
}

extension Activity {
    init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), code: try row.value(1), plan: try row.json(2), state: try row.value(3),
            report: try row.value(4), cancelReason: try row.value(5), version: try row.value(6))
    }
}
