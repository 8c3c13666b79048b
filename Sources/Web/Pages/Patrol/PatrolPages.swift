import Domain
import Hummingbird
import Supervision

/// 今日巡查: which schools are to be looked at today and why, one after the other.
struct PatrolPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.patrol.route, use: show)
        routes.post(SiteURL.patrolLook(.key).route, use: look)
        routes.post(SiteURL.patrolTakeBack(.key).route, use: takeBack)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        try await show(fault: nil, request, context)
    }

    private func show(fault: String?, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        var me: PersonID?
        if case .person(let person) = principal { me = person.id }
        var page = PatrolPage(fault: fault)
        switch try await site.supervision.patrols.sheet(for: principal) {
        case .loading(let share): page.loading = wording.words("patrol.loading", ["share": wording.share(share)])
        case .ready(let sheet):
            page.show(sheet, me: me, wording)
        }
        return site.page(
            page, title: wording.words("patrol.title"), section: .patrol, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func look(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        // What the asker may not even see is not there.
        try await site.supervision.patrols.require(school, for: principal)
        let fields = try await request.form(context)
        do {
            try await site.supervision.patrols.look(at: school, note: fields["note"] ?? "", by: principal)
        } catch SupervisionError.invalid(let field, let fault) {
            guard let fault = site.words(context).mendable(SupervisionError.invalid(field, fault)) else {
                throw SupervisionError.invalid(field, fault)
            }
            return try await show(fault: fault, request, context)
        }
        return .redirect(to: SiteURL.patrol.path)
    }

    @Sendable private func takeBack(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        _ = try await request.form(context)
        let look: PatrolLookID = try context.parameter("look")
        do {
            try await site.supervision.patrols.takeBack(look, by: principal)
        } catch SupervisionError.conflict(.changedMeanwhile) {
            return try await show(fault: site.words(context)("patrol.tooLate"), request, context)
        }
        return .redirect(to: SiteURL.patrol.path)
    }
}
