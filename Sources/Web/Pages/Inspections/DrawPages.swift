import Domain
import Hummingbird
import NIOCore
import Supervision

/// 双随机: draws, the form that fixes one, and its record to draw again from.
struct DrawPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.inspection(.draws).route, use: list)
        routes.get(SiteURL.inspection(.newDraw).route) { request, context in
            try await form(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.inspection(.newDraw).route, use: fix)
        routes.get(SiteURL.inspection(.draw(.key)).route) { request, context in
            try await show(fault: nil, witness: "", request, context)
        }
        routes.post(SiteURL.inspection(.draw(.key)).route, use: make)
        routes.get(SiteURL.inspection(.drawRecord(.key)).route, use: record)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let page = DrawListPage(
            try await site.supervision.draws.list(for: principal),
            mayPlan: principal.maySomewhere(.planInspections), site.wording(context))
        return site.page(
            page, title: site.words(context)("draw.title"), section: .draws, request: request, context: context)
    }

    private func form(
        _ typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let candidates = try await site.supervision.draws.candidates(for: principal)
        let page = DrawFormPage(
            DrawForm(typed, candidates), candidates, fault: fault,
            templates: try await site.supervision.inspections.templates(for: principal),
            today: Day(of: site.time.now(), in: site.settings.zone), site.wording(context))
        return site.page(
            page, title: site.words(context)("draw.new"), section: .draws, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func fix(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let draws = site.supervision.draws
        let candidates = try await draws.candidates(for: principal)
        let fields = try await request.form(context)
        let form = DrawForm(fields, candidates)
        do {
            guard let template = InspectionTemplateID(form.template) else { throw WebError.badRequest("choice") }
            guard let due = Day(form.due) else { throw SupervisionError.invalid(.span, .notADate) }
            let plan = try form.plan(candidates, try await site.supervision.inspections.latestGrades())
            let draw = try await draws.fix(plan, template: template, due: due, by: principal)
            return .redirect(to: SiteURL.inspection(.draw(.value(draw.id))).path)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await self.form(fields, fault: fault, request, context)
        }
    }

    private func show(
        fault: String?, witness: String, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.supervision.draws.sheet(
            try context.parameter("draw"), for: try context.principal())
        let page = DrawPage(sheet, fault: fault, witness: witness, site.wording(context))
        return site.page(
            page, title: sheet.draw.plan.title, section: .draws, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func make(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: InspectionDrawID = try context.parameter("draw")
        _ = try await site.supervision.draws.sheet(id, for: principal)
        let fields = try await request.form(context)
        do {
            try await site.supervision.draws.make(id, witness: fields["witness"] ?? "", by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, witness: fields["witness"] ?? "", request, context)
        }
        return .redirect(to: SiteURL.inspection(.draw(.value(id))).path)
    }

    @Sendable private func record(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.draws.sheet(
            try context.parameter("draw"), for: try context.principal())
        guard let record = sheet.draw.record else { throw WebError.notFound }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/plain; charset=utf-8", .cacheControl: "private, no-store",
                .contentDisposition: Response.contentDisposition("record.txt"),
            ], body: ResponseBody(byteBuffer: ByteBuffer(string: record)))
    }
}
