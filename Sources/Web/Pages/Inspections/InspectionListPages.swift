import Domain
import Hummingbird
import Store
import Supervision

/// 现场检查: what is to be inspected and what was found, plans, and the new plan's form.
struct InspectionListPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.inspection(.list).route, use: list)
        routes.get(SiteURL.inspection(.newPlan).route) { request, context in
            try await form(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.inspection(.newPlan).route, use: add)
        routes.get(SiteURL.inspection(.plan(.key)).route, use: plan)
        routes.post(SiteURL.inspection(.renewPlan(.key)).route, use: renew)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let inspections = site.supervision.inspections
        var stage: InspectionFilter.Stage?
        if let text = request.query.text("stage") {
            guard let known = InspectionFilter.Stage(rawValue: text) else { throw WebError.badRequest("choice") }
            stage = known
        }
        let all = try await inspections.list(for: principal)
        let foresees = principal.maySomewhere(.foreseeInspections)
        let page = InspectionListPage(
            all, plans: foresees ? try await inspections.plans(for: principal) : [], stage: stage,
            mayInspect: principal.maySomewhere(.inspect), mayPlan: principal.maySomewhere(.planInspections),
            foresees: foresees, today: today, site.wording(context))
        return site.page(
            page, title: site.words(context)("inspection.title"), section: .inspections, request: request,
            context: context)
    }

    private var today: Day { Day(of: site.time.now(), in: site.settings.zone) }

    private func form(
        _ typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.planInspections) else { throw WebError.notPermitted }
        let townships = try await site.supervision.draws.candidates(for: principal).townships
        let page = InspectionPlanFormPage(
            typed, fault: fault, territory: principal.territory(for: .planInspections) ?? .county,
            townships: townships, templates: try await site.supervision.inspections.templates(for: principal),
            today: today, site.wording(context))
        return site.page(
            page, title: site.words(context)("plan.new"), section: .inspections, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.planInspections) else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        do {
            guard let season = InspectionPlan.Season(rawValue: fields["season"] ?? ""),
                let territory = Territory(fields["territory"] ?? ""),
                let template = InspectionTemplateID(fields["template"] ?? "")
            else { throw WebError.badRequest("choice") }
            guard let due = Day(fields.text("due") ?? "") else { throw SupervisionError.invalid(.span, .notADate) }
            let plan = try await site.supervision.inspections.add(
                InspectionPlanDraft(
                    title: fields["title"] ?? "", season: season, territory: territory, template: template, due: due),
                by: principal)
            return .redirect(to: SiteURL.inspection(.plan(.value(plan.id))).path)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await form(fields, fault: fault, request, context)
        }
    }

    @Sendable private func plan(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let (sheet, inspections) = try await site.supervision.inspections.plan(
            try context.parameter("plan"), for: principal)
        let page = InspectionPlanPage(
            sheet, inspections, mayPlan: principal.maySomewhere(.planInspections), today: today, site.wording(context))
        return site.page(
            page, title: sheet.plan.title, section: .inspections, request: request, context: context)
    }

    @Sendable private func renew(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: InspectionPlanID = try context.parameter("plan")
        _ = try await site.supervision.inspections.plan(id, for: principal)
        _ = try await request.form(context)
        try await site.supervision.inspections.renew(id, by: principal)
        return .redirect(to: SiteURL.inspection(.plan(.value(id))).path)
    }
}
