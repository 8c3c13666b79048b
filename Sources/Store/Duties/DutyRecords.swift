public import Domain

/// What schools entered for their duties, and when which are due.
public struct DutyRecords {
    let connection: any Connection

    /// Of what was entered for something to do: when first, and what holds now.
    public struct Entered: Hashable, Sendable {
        public var school: SchoolID
        public var slot: DutySlot
        public var first: UTCTime
        public var versions: Int
        /// Of the last version.
        public var problems: Int
    }

    /// Of what lies in these schools, for periods that begin in the span.
    public func entered(_ territory: Territory?, periods: DaySpan) throws -> [Entered] {
        try connection.all(
            """
            select e.school_id, e.duty, e.period, e.meal, f.entered_ms, e.version, e.problems
            from duty_entry as e join duty_entry as f on f.school_id = e.school_id and f.period = e.period
              and f.duty = e.duty and f.meal = e.meal and f.version = 1
            where e.period >= \(periods.first.description) and e.period <= \(periods.last.description)
              and e.school_id in (select school.id from school where \(SQL.schoolTouches(territory)))
              and not exists (select 1 from duty_entry as n where n.school_id = e.school_id and n.period = e.period
                and n.duty = e.duty and n.meal = e.meal and n.version > e.version)
            order by e.school_id, e.period, e.duty, e.meal
            """
        ) { row in
            Entered(
                school: try row.value(0), slot: try row.slot(1), first: try row.value(4), versions: try row.value(5),
                problems: try row.value(6))
        }
    }

    /// All versions, the first first.
    public func versions(of slot: DutySlot, at school: SchoolID) throws -> [DutyEntry] {
        try connection.all(
            """
            select \(columns) from duty_entry as e where e.school_id = \(school)
              and e.period = \(slot.period.description) and e.duty = \(slot.duty) and e.meal = \(slot.storedMeal)
            order by e.version
            """, DutyEntry.init(row:))
    }

    /// The versions that hold, of periods that begin in the span, in their order.
    public func entries(of school: SchoolID, periods: DaySpan) throws -> [DutyEntry] {
        try connection.all(
            """
            select \(columns) from duty_entry as e where e.school_id = \(school)
              and e.period >= \(periods.first.description) and e.period <= \(periods.last.description)
              and e.version = (select max(n.version) from duty_entry as n where n.school_id = e.school_id
                and n.period = e.period and n.duty = e.duty and n.meal = e.meal)
            order by e.period, e.meal, e.duty
            """, DutyEntry.init(row:))
    }

    /// The newest of a duty before a period, as the pattern for the next one.
    public func latest(
        _ duty: SchoolDuty, meal: Meal?, of school: SchoolID, before period: Day
    ) throws -> DutyEntry? {
        try connection.first(
            """
            select \(columns) from duty_entry as e where e.school_id = \(school) and e.period < \(period.description)
              and e.duty = \(duty) and e.meal = \(meal?.rawValue ?? "")
            order by e.period desc, e.version desc limit 1
            """, DutyEntry.init(row:))
    }

    /// Samples that were kept long enough and that nobody has thrown away, the oldest first.
    public func samplesToGo(of school: SchoolID, at time: UTCTime) throws -> [DutyEntry] {
        try connection.all(
            """
            select \(columns) from duty_entry as e where e.school_id = \(school) and e.duty = 'sampleRetention'
              and e.gone_ms <= \(time)
              and e.version = (select max(n.version) from duty_entry as n where n.school_id = e.school_id
                and n.period = e.period and n.duty = e.duty and n.meal = e.meal)
            order by e.period, e.meal
            """, DutyEntry.init(row:))
    }

    public func add(_ entry: DutyEntry) throws {
        var gone: UTCTime?
        if case .sampleRetention(let samples) = entry.record, samples.disposed == nil { gone = samples.keptUntil }
        try connection.execute(
            """
            insert into duty_entry (id, school_id, duty, period, meal, version, record, problems, photos, gone_ms,
              person_id, entered_ms, reason)
            values (\(entry.id), \(entry.school), \(entry.slot.duty), \(entry.slot.period.description),
              \(entry.slot.storedMeal), \(entry.version), \(try JSONColumn.text(entry.record)),
              \(entry.record.problems), \(try JSONColumn.text(entry.photos)), \(gone), \(entry.by), \(entry.time),
              \(entry.reason))
            """)
    }

    /// As it is kept: what the ledger has the SHA-256 of.
    public static func text(of record: DutyRecord) throws -> String { try JSONColumn.text(record) }

    /// The county's plans and those of schools that have their own.
    public func plans() throws -> DutyPlans {
        var plans: [String: [DutyPlanHistory.Version]] = [:]
        try connection.forEach("select place, from_day, plan from duty_plan order by place, from_day") { row in
            plans[try row.value(0), default: []].append(DutyPlanHistory.Version(from: try row.day(1), try row.json(2)))
            return true
        }
        return DutyPlans(
            county: DutyPlanHistory(plans["county"] ?? []),
            schools: Dictionary(
                uniqueKeysWithValues: plans.compactMap { place, versions in
                    guard place.hasPrefix("school/"), let id = SchoolID(String(place.dropFirst(7))) else { return nil }
                    return (id, DutyPlanHistory(versions))
                }))
    }

    /// - Parameter school: nil = the county's.
    public func set(_ plan: DutyPlan, from day: Day, of school: SchoolID?) throws {
        try connection.execute(
            """
            insert into duty_plan (place, from_day, plan)
            values (\(school.map { "school/\($0)" } ?? "county"), \(day.description), \(try JSONColumn.text(plan)))
            on conflict (place, from_day) do update set plan = excluded.plan
            """)
    }
}

/// Plans of duties by place.
public struct DutyPlans: Hashable, Sendable {
    public var county: DutyPlanHistory
    public var schools: [SchoolID: DutyPlanHistory]

    /// A school's own from its first day on, the county's before.
    public func plans(of school: SchoolID) -> DutyPlanHistory {
        guard let own = schools[school], let start = own.start else { return county }
        return DutyPlanHistory(county.versions.filter { $0.from < start } + own.versions)
    }
}

private let columns: SQL = """
    e.id, e.school_id, e.version, e.duty, e.period, e.meal, e.record, e.photos, e.person_id, e.entered_ms, e.reason
    """

extension DutySlot {
    var storedMeal: String { meal?.rawValue ?? "" }
}

extension Row {
    /// Of three columns: duty, period, meal.
    fileprivate func slot(_ index: Int) throws -> DutySlot {
        let meal: String = try value(index + 2)
        guard
            let slot = DutySlot(
                try value(index, as: SchoolDuty.self), period: try day(index + 1), meal: Meal(rawValue: meal))
        else { throw badValue(index, "a duty of a period") }
        return slot
    }
}

extension DutyEntry {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), school: try row.value(1), slot: try row.slot(3), version: try row.value(2),
            record: try row.json(6), photos: try row.json(7), by: try row.value(8), time: try row.value(9),
            reason: try row.value(10))
    }
}
