public import Domain

/// Checklists and plans.
extension InspectionRecords {
    /// The newest version of each, by when it was first made.
    public func templates() throws -> [InspectionTemplate] {
        try connection.all(
            """
            select t.template from inspection_template as t
            where t.number = (select max(n.number) from inspection_template as n where n.id = t.id) order by t.id
            """
        ) { try $0.json(0) }
    }

    public func template(_ version: InspectionTemplate.Version) throws -> InspectionTemplate? {
        try connection.first(
            "select template from inspection_template where id = \(version.id) and number = \(version.number)"
        ) { try $0.json(0) }
    }

    public func add(_ template: InspectionTemplate, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into inspection_template (id, number, template, made_ms)
            values (\(template.version.id), \(template.version.number), \(try JSONColumn.text(template)), \(time))
            """)
    }

    public func plan(_ id: InspectionPlanID) throws -> InspectionPlan? {
        try connection.first("select plan from inspection_plan where id = \(id)") { try $0.json(0) }
    }

    /// Newest first.
    public func plans(limit: Int) throws -> [InspectionPlan] {
        try connection.all("select plan from inspection_plan order by id desc limit \(limit)") { try $0.json(0) }
    }

    public func set(_ plan: InspectionPlan) throws {
        try connection.execute(
            """
            insert into inspection_plan (id, plan) values (\(plan.id), \(try JSONColumn.text(plan)))
            on conflict (id) do update set plan = excluded.plan
            """)
    }
}
