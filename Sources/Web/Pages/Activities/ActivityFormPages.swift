import Domain
import Hummingbird
import Supervision

/// Planning an activity, and changing its plan.
struct ActivityFormPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.new).route, use: new)
        routes.post(SiteURL.activity(.new).route, use: add)
        routes.get(SiteURL.activity(.edit(.key)).route, use: edit)
        routes.post(SiteURL.activity(.edit(.key)).route, use: change)
    }

    @Sendable private func new(request: Request, context: WebContext) async throws -> Response {
        let principal = try planner(context)
        let wording = site.wording(context)
        var form = ActivityForm()
        if let kind = request.query.text("kind"), Activity.Kind(rawValue: kind) != nil { form.kind = kind }
        // In two weeks, in the morning: what is there to be changed says how it is meant.
        let day = Day(of: wording.now, in: wording.zone) + 14
        form.start = wording.field(day.time(minute: 540, in: wording.zone))
        form.end = wording.field(day.time(minute: 690, in: wording.zone))
        form.until = wording.field((day - 1).time(minute: 1080, in: wording.zone))
        return try await show(form, of: nil, fault: nil, principal, request, context)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        let principal = try planner(context)
        let form = ActivityForm(try await request.form(context))
        do {
            let plan = try form.plan(zone: site.settings.zone, order: try await schools(principal).map(\.id))
            let activity = try await site.supervision.activities.plan(plan, by: principal)
            return .redirect(to: SiteURL.activity(.sheet(.value(activity.id))).path)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(form, of: nil, fault: fault, principal, request, context)
        }
    }

    @Sendable private func edit(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        return try await show(
            ActivityForm(sheet.activity.plan, site.wording(context)), of: sheet.activity, fault: nil,
            try context.principal(), request, context)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let form = ActivityForm(fields)
        do {
            let plan = try form.plan(zone: site.settings.zone, order: try await schools(principal).map(\.id))
            try await site.supervision.activities.handle(
                .change(plan), sheet.activity.id, seen: fields.text("seen").flatMap { Int($0) }, by: principal)
            return .redirect(to: SiteURL.activity(.sheet(.value(sheet.activity.id))).with([("done", "saved")]))
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(form, of: sheet.activity, fault: fault, principal, request, context)
        }
    }

    private func planner(_ context: WebContext) throws -> Principal {
        let principal = try context.principal()
        guard principal.maySomewhere(.planActivities) else { throw WebError.notPermitted }
        return principal
    }

    /// Where the asker may plan, by name.
    private func schools(_ principal: Principal) async throws -> [School] {
        try await site.supervision.places.tree(for: principal).map(\.school)
            .filter { principal.may(.planActivities, at: $0.path) }
            .sorted { ($0.name, $0.id) < ($1.name, $1.id) }
    }

    private func show(
        _ form: ActivityForm, of activity: Activity?, fault: String?, _ principal: Principal, _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let page = ActivityFormPage(
            form, of: activity, schools: try await schools(principal), fault: fault, wording)
        return site.page(
            page, title: page.heading, section: .activities, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }
}
