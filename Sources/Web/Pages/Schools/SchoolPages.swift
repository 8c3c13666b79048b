import Domain
import Hummingbird
import Supervision

/// 学校: schools and the areas of their canteens.
struct SchoolPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.schools.route) { request, context in try await show(request, context) }
        routes.post(SiteURL.schools.route) { request, context in
            try await change(request, context) { fields, principal in
                try await site.supervision.places.addSchool(fields.text("name") ?? "", by: principal)
            }
        }
        routes.post(SiteURL.school(.key).route) { request, context in
            let id: SchoolID = try context.parameter("school")
            return try await change(request, context) { fields, principal in
                var school = try await site.supervision.places.school(id, for: principal)
                school.name = fields.text("name") ?? ""
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
                    to: id, kind: try kind(fields), name: fields.text("name") ?? "", by: principal)
            }
        }
        routes.post(SiteURL.area(.key).route) { request, context in
            let id: AreaID = try context.parameter("area")
            return try await change(request, context) { fields, principal in
                var area = try await site.supervision.places.area(id, for: principal)
                area.kind = try kind(fields)
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
    }

    /// Does what a form asks for and shows the schools again; with a sentence above them when a rule refuses.
    private func change(
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

    private func kind(_ fields: FormFields) throws(WebError) -> Area.Kind {
        guard let kind = fields.text("kind").flatMap(Area.Kind.init(rawValue:)) else { throw .badRequest("choice") }
        return kind
    }

    private func show(
        _ request: Request, _ context: WebContext, fault: String? = nil, typed: String? = nil
    ) async throws -> Response {
        try context.require(.manageGrid)
        let wording = site.wording(context)
        let words = wording.words
        let trees = try await site.supervision.places.tree(for: try context.principal())
        let page = SchoolsPage(
            schools: trees.map { SchoolsPage.SchoolView($0, wording: wording) },
            countText: words("schools.count", ["count": "\(trees.count)"]),
            kinds: SchoolsPage.kinds(selected: .preparation, words: words), fault: fault, typed: typed,
            isSaved: fault == nil && request.query.flag("saved"))
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

    private func confirm(
        _ key: String, name: String, action: SiteURL, _ request: Request, _ context: WebContext
    ) -> Response {
        let words = site.words(context)
        let page = ConfirmationPage(
            heading: words("\(key).title", ["name": name]), consequences: [words("\(key).consequence")],
            action: action.path, button: words("\(key).button"), back: SiteURL.schools.path)
        return site.page(page, title: page.heading, section: .schools, request: request, context: context)
    }
}

struct SchoolsPage: Page {
    struct SchoolView: Sendable {
        let name: String
        let address: String
        let removeAddress: String
        let addAreaAddress: String
        let kitchensAddress: String
        let cameraText: String
        let isEmpty: Bool
        let areas: [AreaView]

        init(_ tree: SchoolTree, wording: Wording) {
            let id = Slot.value(tree.school.id)
            name = tree.school.name
            address = SiteURL.school(id).path
            removeAddress = SiteURL.removeSchool(id).path
            addAreaAddress = SiteURL.areas(id).path
            kitchensAddress = SiteURL.kitchens.with([("school", "\(tree.school.id)")])
            let count = tree.areas.reduce(0) { $0 + $1.cameras.count }
            cameraText = wording.words("cameras.count", ["count": "\(count)"])
            isEmpty = tree.areas.isEmpty
            areas = tree.areas.map { AreaView($0, wording: wording) }
        }
    }

    struct AreaView: Sendable {
        let label: String
        let kind: String
        let name: String
        let kinds: [Choice]
        let address: String
        let removeAddress: String
        let newCameraAddress: String
        let cameraText: String
        let isEmpty: Bool

        init(_ tree: AreaTree, wording: Wording) {
            let id = Slot.value(tree.area.id)
            label = wording.area(tree.area)
            kind = tree.area.kind.rawValue
            name = tree.area.name
            kinds = SchoolsPage.kinds(selected: tree.area.kind, words: wording.words)
            address = SiteURL.area(id).path
            removeAddress = SiteURL.removeArea(id).path
            newCameraAddress = SiteURL.newCamera.with([("area", "\(tree.area.id)")])
            cameraText = wording.words("cameras.count", ["count": "\(tree.cameras.count)"])
            isEmpty = tree.cameras.isEmpty
        }
    }

    static func kinds(selected: Area.Kind, words: Words) -> [Choice] {
        Area.Kind.allCases.map {
            Choice(value: $0.rawValue, label: words("area.\($0.rawValue)"), isSelected: $0 == selected)
        }
    }

    static let template = "schools"
    let schools: [SchoolView]
    let countText: String
    let kinds: [Choice]
    let fault: String?
    let typed: String?
    let isSaved: Bool
}
