import Cameras
import Domain
import Hummingbird
import Supervision

/// 学校: townships, schools, and the canteens and areas of schools.
struct SchoolPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.schools.route) { request, context in try await show(request, context) }
        routes.post(SiteURL.schools.route) { request, context in
            try await change(request, context) { fields, principal in
                try await site.supervision.places.addSchool(
                    fields.text("name") ?? "", township: try township(fields), kind: try schoolKind(fields),
                    by: principal)
            }
        }
        routes.post(SiteURL.school(.key).route) { request, context in
            let id: SchoolID = try context.parameter("school")
            return try await change(request, context) { fields, principal in
                var school = try await site.supervision.places.school(id, for: principal)
                school.name = fields.text("name") ?? ""
                school.township = try township(fields)
                school.kind = try schoolKind(fields)
                try await site.supervision.places.changeSchool(school, by: principal)
            }
        }
        routes.get(SiteURL.removeSchool(.key).route, use: askSchoolRemoval)
        routes.post(SiteURL.removeSchool(.key).route) { request, context in
            let id: SchoolID = try context.parameter("school")
            return try await change(request, context) { _, principal in
                try await site.supervision.places.removeSchool(id, by: principal)
            }
        }
        routes.post(SiteURL.areas(.key).route) { request, context in
            let id: SchoolID = try context.parameter("school")
            return try await change(request, context) { fields, principal in
                try await site.supervision.places.addArea(
                    to: id, canteen: try canteen(fields), kind: try kind(fields), name: fields.text("name") ?? "",
                    by: principal)
            }
        }
        routes.post(SiteURL.area(.key).route) { request, context in
            let id: AreaID = try context.parameter("area")
            return try await change(request, context) { fields, principal in
                var area = try await site.supervision.places.area(id, for: principal)
                area.kind = try kind(fields)
                area.canteen = try canteen(fields)
                area.name = fields.text("name") ?? ""
                try await site.supervision.places.changeArea(area, by: principal)
            }
        }
        routes.get(SiteURL.removeArea(.key).route, use: askAreaRemoval)
        routes.post(SiteURL.removeArea(.key).route) { request, context in
            let id: AreaID = try context.parameter("area")
            return try await change(request, context) { _, principal in
                try await site.supervision.places.removeArea(id, by: principal)
            }
        }
        addTownships(to: routes)
        addCanteens(to: routes)
    }

    /// Does what a form asks for and shows the schools again; with a sentence above them when a rule refuses.
    func change(
        _ request: Request, _ context: WebContext, _ act: (FormFields, Principal) async throws -> Void
    ) async throws -> Response {
        try context.require(.manageGrid)
        let fields = try await request.form(context)
        do {
            try await act(fields, try context.principal())
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(request, context, fault: fault, typed: fields.text("name"))
        }
        return .redirect(to: SiteURL.schools.with([("saved", "1")]))
    }

    private func township(_ fields: FormFields) throws(SupervisionError) -> TownshipID? {
        guard let text = fields.text("township"), !text.isEmpty else { return nil }
        guard let id = TownshipID(text) else { throw .invalid(.township, .unknown) }
        return id
    }

    private func canteen(_ fields: FormFields) throws(SupervisionError) -> CanteenID? {
        guard let text = fields.text("canteen"), !text.isEmpty else { return nil }
        guard let id = CanteenID(text) else { throw .invalid(.canteen, .unknown) }
        return id
    }

    private func schoolKind(_ fields: FormFields) throws(WebError) -> School.Kind? {
        guard let text = fields.text("schoolKind"), !text.isEmpty else { return nil }
        guard let kind = School.Kind(rawValue: text) else { throw .badRequest("choice") }
        return kind
    }

    private func kind(_ fields: FormFields) throws(WebError) -> Area.Kind {
        guard let kind = fields.text("kind").flatMap(Area.Kind.init(rawValue:)) else { throw .badRequest("choice") }
        return kind
    }

    func show(
        _ request: Request, _ context: WebContext, fault: String? = nil, typed: String? = nil
    ) async throws -> Response {
        try context.require(.manageGrid)
        let wording = site.wording(context)
        let words = wording.words
        let trees = try await site.supervision.places.tree(for: try context.principal())
        let page = SchoolsPage(
            trees, townships: try await site.supervision.places.townships(for: try context.principal()),
            isOnline: { [fleet = site.fleet] in fleet.status(of: $0)?.state == .live }, fault: fault, typed: typed,
            isSaved: fault == nil && request.query.flag("saved"), wording: wording)
        return site.page(
            page, title: words("schools.title"), section: .schools, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func askSchoolRemoval(request: Request, context: WebContext) async throws -> Response {
        try context.require(.manageGrid)
        let id: SchoolID = try context.parameter("school")
        let school = try await site.supervision.places.school(id, for: try context.principal())
        return confirm(
            "schools.removal", name: school.name, action: SiteURL.removeSchool(.value(id)), request, context)
    }

    @Sendable private func askAreaRemoval(request: Request, context: WebContext) async throws -> Response {
        try context.require(.manageGrid)
        let id: AreaID = try context.parameter("area")
        let principal = try context.principal()
        let area = try await site.supervision.places.area(id, for: principal)
        let school = try await site.supervision.places.school(area.school, for: principal)
        return confirm(
            "areas.removal", name: "\(school.name) · \(site.wording(context).area(area))",
            action: SiteURL.removeArea(.value(id)), request, context)
    }

    func confirm(
        _ key: String, name: String, action: SiteURL, _ request: Request, _ context: WebContext
    ) -> Response {
        let words = site.words(context)
        let page = ConfirmationPage(
            heading: words("\(key).title", ["name": name]), consequences: [words("\(key).consequence")],
            action: action.path, button: words("\(key).button"), back: SiteURL.schools.path)
        return site.page(page, title: page.heading, section: .schools, request: request, context: context)
    }
}
