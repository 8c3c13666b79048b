public import Domain
import Store

/// What a plan is made from.
public struct InspectionPlanDraft: Sendable, Hashable {
    public var title: String
    public var season: InspectionPlan.Season
    public var territory: Territory
    public var template: InspectionTemplateID
    public var due: Day

    public init(
        title: String, season: InspectionPlan.Season, territory: Territory, template: InspectionTemplateID, due: Day
    ) {
        self.title = title
        self.season = season
        self.territory = territory
        self.template = template
        self.due = due
    }
}

/// A plan with how far it has come, in the asker's territory.
public struct InspectionPlanSheet: Sendable {
    public var plan: InspectionPlan
    public var progress: InspectionProgress
    /// A newer version of its checklist; nil = it has the newest.
    public var newer: Int?
    public var maker: Person?
}

/// Plans: every school of a territory by a day. (春秋季开学检查计划)
extension Inspections {
    /// Newest first, those that touch the asker's territory.
    public func plans(for principal: Principal) async throws -> [InspectionPlanSheet] {
        guard let territory = principal.territory(for: .foreseeInspections) else {
            throw SupervisionError.notPermitted
        }
        return try await store.read { records in
            let progress = try records.inspections.progress(in: territory)
            let newest = try Self.templates(records)
            return try records.inspections.plans(limit: 100).compactMap { plan in
                guard let own = progress[plan.id], own.total > 0 else { return nil }
                return try Self.sheet(of: plan, own, newest, records)
            }
        }
    }

    /// With its inspections, those that are to be made first.
    public func plan(
        _ id: InspectionPlanID, for principal: Principal
    ) async throws -> (sheet: InspectionPlanSheet, inspections: [InspectionSummary]) {
        guard let territory = principal.territory(for: .foreseeInspections) else {
            throw SupervisionError.notPermitted
        }
        return try await store.read { records in
            guard let plan = try records.inspections.plan(id),
                let progress = try records.inspections.progress(in: territory)[id]
            else { throw SupervisionError.notFound }
            return (
                try Self.sheet(of: plan, progress, try Self.templates(records), records),
                try Self.summaries(InspectionFilter(plan: id), records, for: principal)
            )
        }
    }

    /// An inspection for each school of the territory.
    @discardableResult
    public func add(_ draft: InspectionPlanDraft, by principal: Principal) async throws -> InspectionPlan {
        guard case .person(let person) = principal else { throw SupervisionError.notPermitted }
        let title = try Names.checked(draft.title, .name)
        let now = time.now()
        guard draft.due >= Day(of: now, in: zone) else { throw SupervisionError.invalid(.span, .past) }
        return try await store.write { records in
            let schools = try records.places.schools(in: draft.territory)
            guard principal.maySomewhere(.planInspections) else { throw SupervisionError.notPermitted }
            guard !schools.isEmpty else { throw SupervisionError.inspection(.noSchools) }
            for school in schools {
                try principal.require(.planInspections, at: school.path)
                try principal.require(Permission(.planInspections, at: school.path), records)
            }
            let template = try Self.used(draft.template, records, by: principal, at: now)
            let plan = InspectionPlan(
                id: InspectionPlanID(at: now), title: title, season: draft.season, territory: draft.territory,
                template: template.version, due: draft.due, created: now, by: person.id)
            try records.inspections.set(plan)
            for school in schools {
                try records.inspections.add(
                    SpotInspection(
                        id: SpotInspectionID(at: now), of: school.id, plan: plan.id, template: template.version,
                        due: draft.due))
            }
            try records.ledger.append(
                .inspectionPlanned, to: "inspection-plan/\(plan.id)", by: principal.actor, at: now,
                payload: [
                    "title": .string(title), "season": .string(plan.season.rawValue),
                    "territory": .string("\(plan.territory)"), "due": .string("\(plan.due)"),
                    "schools": .int(Int64(schools.count)), "template": .string("\(template.version.id)"),
                    "version": .int(Int64(template.version.number)),
                ])
            return plan
        }
    }

    /// Inspections of the plan that nobody has handed in go on with the checklist as it is now.
    public func renew(_ id: InspectionPlanID, by principal: Principal) async throws {
        let now = time.now()
        try await store.write { records in
            guard let territory = principal.territory(for: .planInspections) else {
                throw SupervisionError.notPermitted
            }
            guard var plan = try records.inspections.plan(id),
                try records.inspections.progress(in: territory)[id] != nil
            else { throw SupervisionError.notFound }
            let newest = try Self.used(plan.template.id, records, by: principal, at: now)
            guard newest.version.number > plan.template.number else { return }
            let open = try records.inspections.list(
                InspectionFilter(stage: .open, plan: id), in: .county, limit: Self.most)
            for var inspection in open {
                let school = try records.places.school(inspection.school)
                try principal.require(.planInspections, at: school?.path)
                if let path = school?.path { try principal.require(Permission(.planInspections, at: path), records) }
                try Self.apply(
                    .renew(newest.version), to: &inspection, records, by: principal,
                    payload: ["template": .int(Int64(newest.version.number))], at: now)
            }
            plan.template = newest.version
            try records.inspections.set(plan)
        }
    }

    private static func sheet(
        of plan: InspectionPlan, _ progress: InspectionProgress, _ newest: [InspectionTemplate], _ records: Records
    ) throws -> InspectionPlanSheet {
        let number = newest.first { $0.version.id == plan.template.id }?.version.number ?? plan.template.number
        return InspectionPlanSheet(
            plan: plan, progress: progress, newer: number > plan.template.number ? number : nil,
            maker: try records.people.person(plan.by))
    }
}
