public import Domain

/// Inspections on the spot, the plans that they belong to, and the checklists that they go by.
public struct InspectionRecords {
    let connection: any Connection

    public func inspection(_ id: SpotInspectionID) throws -> SpotInspection? {
        try connection.first("select inspection from inspection where id = \(id)") { try $0.json(0) }
    }

    public func add(_ inspection: SpotInspection) throws {
        try connection.execute(
            """
            insert into inspection (id, school_id, plan_id, draw_id, state, due_day, version, inspection)
            values (\(inspection.id), \(inspection.school), \(inspection.plan), \(inspection.draw),
              \(inspection.state), \(inspection.due.description), \(inspection.version),
              \(try JSONColumn.text(inspection)))
            """)
    }

    /// - Parameter result: nil when nothing was handed in.
    public func set(_ inspection: SpotInspection, _ result: InspectionResult?) throws {
        try connection.execute(
            """
            update inspection set state = \(inspection.state), handed_ms = \(inspection.report?.received),
              points = \(result?.points), grade = \(result?.grade.rawValue), version = \(inspection.version),
              inspection = \(try JSONColumn.text(inspection))
            where id = \(inspection.id)
            """)
    }

    /// Open ones first, by the day on which they are due; then the others, the latest report first.
    public func list(_ filter: InspectionFilter, in territory: Territory?, limit: Int) throws -> [SpotInspection] {
        var condition: SQL = "\(SQL.schoolTouches(territory))"
        if let plan = filter.plan { condition = condition + " and i.plan_id = \(plan)" }
        if let draw = filter.draw { condition = condition + " and i.draw_id = \(draw)" }
        if let school = filter.school { condition = condition + " and i.school_id = \(school)" }
        switch filter.stage {
        case nil: break
        case .open: condition = condition + " and i.state in ('planned', 'begun')"
        case .handedIn: condition = condition + " and i.state in ('handedIn', 'confirmed', 'disputed', 'decided')"
        case .disputed: condition = condition + " and i.state = 'disputed'"
        }
        return try connection.all(
            """
            select i.inspection from inspection as i join school on school.id = i.school_id where \(condition)
            order by case when i.state in ('planned', 'begun') then 0 else 1 end,
              case when i.state in ('planned', 'begun') then i.due_day else '' end,
              coalesce(i.handed_ms, 0) desc, i.id limit \(limit)
            """
        ) { try $0.json(0) }
    }

    /// By plan and state, in a territory.
    public func progress(in territory: Territory?) throws -> [InspectionPlanID: InspectionProgress] {
        var all: [InspectionPlanID: InspectionProgress] = [:]
        try connection.forEach(
            """
            select i.plan_id, i.state, count(*) from inspection as i join school on school.id = i.school_id
            where i.plan_id is not null and \(SQL.schoolTouches(territory)) group by i.plan_id, i.state
            """
        ) { row in
            let plan: InspectionPlanID = try row.value(0)
            all[plan, default: InspectionProgress()].counts[try row.value(1, as: SpotInspection.State.self)] =
                try row.value(2)
            return true
        }
        return all
    }

    public func areThere(at school: SchoolID) throws -> Bool {
        try connection.exists("select 1 from inspection where school_id = \(school) limit 1")
    }

    /// Those whose report came in a span, in no order.
    public func handedIn(in span: TimeSpan) throws -> [SpotInspection] {
        try connection.all(
            "select inspection from inspection where handed_ms >= \(span.start) and handed_ms < \(span.end)"
        ) { try $0.json(0) }
    }

    /// With a report, of one school or of all, the latest first.
    public func graded(of school: SchoolID?, limit: Int) throws -> [GradedInspection] {
        let condition: SQL = school.map { "i.school_id = \($0)" } ?? "1 = 1"
        return try connection.all(
            """
            select i.school_id, i.grade, i.points, i.inspection from inspection as i
            where i.grade is not null and \(condition) order by i.handed_ms desc, i.id desc limit \(limit)
            """
        ) { row in
            GradedInspection(
                school: try row.value(0), grade: try row.value(1), points: try row.value(2),
                inspection: try row.json(3))
        }
    }
}

/// An inspection with what its report came to.
public struct GradedInspection: Sendable {
    public var school: SchoolID
    public var grade: InspectionGrade
    public var points: Int
    public var inspection: SpotInspection
}

/// Which inspections a list holds.
public struct InspectionFilter: Hashable, Sendable {
    public enum Stage: String, Hashable, Sendable, CaseIterable {
        case open
        case handedIn
        case disputed
    }

    public var stage: Stage?
    public var plan: InspectionPlanID?
    public var draw: InspectionDrawID?
    public var school: SchoolID?

    public init(
        stage: Stage? = nil, plan: InspectionPlanID? = nil, draw: InspectionDrawID? = nil, school: SchoolID? = nil
    ) {
        self.stage = stage
        self.plan = plan
        self.draw = draw
        self.school = school
    }
}
