import Domain
import Hummingbird
import Supervision

/// 常用筛选: keeps the filter in force under a name, and takes it away again.
struct SavedFilterPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.post(SiteURL.savedFilters.route, use: save)
        routes.post(SiteURL.savedFilterRemoved(.key).route, use: remove)
    }

    @Sendable private func save(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let fields = try await request.form(context)
        guard let list = fields.text("list").flatMap(SavedFilter.List.init(rawValue:)) else {
            throw WebError.badRequest("choice")
        }
        // Only what the list itself understands is kept.
        let pairs = try list.pairs(FormFields(fields["query"] ?? ""), zone: site.settings.zone)
        func back(_ why: String?) -> Response { .redirect(to: Self.url(list).with(pairs + [("unsaved", why)])) }
        do {
            try await site.supervision.savedFilters.save(
                fields.text("name") ?? "", list, SavedFilter.terms(pairs), isShared: fields.flag("shared"),
                by: principal)
        } catch SupervisionError.invalid {
            return back("name")
        } catch SupervisionError.conflict(.nameTaken) {
            return back("taken")
        } catch SupervisionError.conflict(.tooManyFilters) {
            return back("many")
        }
        return back(nil)
    }

    @Sendable private func remove(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SavedFilterID = try context.parameter("filter")
        let fields = try await request.form(context)
        try await site.supervision.savedFilters.remove(id, by: principal)
        guard let list = fields.text("list").flatMap(SavedFilter.List.init(rawValue:)) else {
            return .redirect(to: SiteURL.home.path)
        }
        // What was shown is still shown: it can be kept again under the same name.
        return .redirect(
            to: Self.url(list).with(try list.pairs(FormFields(fields["query"] ?? ""), zone: site.settings.zone)))
    }

    private static func url(_ list: SavedFilter.List) -> SiteURL {
        switch list {
        case .captures: .captures
        case .cases: .cases
        }
    }
}

extension SavedFilter.List {
    /// What the list itself understands of an address.
    func pairs(_ query: FormFields, zone: TerritoryZone) throws(WebError) -> [(name: String, value: String?)] {
        switch self {
        case .captures: try CaptureQuery(query, zone: zone).pairs
        case .cases: try CaseQuery(query, zone: zone).pairs
        }
    }
}
