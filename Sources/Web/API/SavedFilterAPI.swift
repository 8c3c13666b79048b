import Domain
import Hummingbird
import Supervision

/// The filters that somebody keeps of their lists, for scripts. (常用筛选)
struct SavedFilterAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.savedFilters).route, use: list)
        routes.post(SiteURL.api(.savedFilters).route, use: save)
        routes.post(SiteURL.api(.savedFilterRemoved(.key)).route, use: remove)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        var lists = SavedFilter.List.allCases
        if let text = request.query.text("list") {
            guard let list = SavedFilter.List(rawValue: text) else { throw WebError.badRequest("choice") }
            lists = [list]
        }
        var filters: [SavedFilter] = []
        for list in lists { filters += try await site.supervision.savedFilters.list(list, for: principal) }
        return .conditional(
            .object(["filters": .array(filters.map { .members($0.members(for: principal)) })]), to: request)
    }

    @Sendable private func save(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        guard let list = try body.choice("list", of: SavedFilter.List.self) else { throw WebError.badMember("list") }
        guard let query = try body.text("query") else { throw WebError.badMember("query") }
        let name = try body.text("name") ?? ""
        let isShared = try body.flag("shared") ?? false
        try body.finish()
        // Only what the list itself understands is kept.
        let terms = SavedFilter.terms(try list.pairs(FormFields(query), zone: site.settings.zone))
        return Response(
            try await site.supervision.savedFilters.save(
                name, list, terms, isShared: isShared, by: principal,
                answering: Answering(once) { Answer(.created, .members($0.members(for: principal))) }))
    }

    /// The answer tells what was removed, to be kept again under the same name.
    @Sendable private func remove(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SavedFilterID = try context.parameter("filter")
        let body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        try body.finish()
        return Response(
            try await site.supervision.savedFilters.remove(
                id, by: principal,
                answering: Answering(once) { Answer(.ok, .members($0.members(for: principal))) }))
    }
}

extension SavedFilter {
    fileprivate func members(for principal: Principal) -> [(key: String, value: JSON)] {
        var isOwn = false
        if case .person(let person) = principal { isOwn = person.id == owner }
        let query = terms.map { "\($0.name)=\($0.value.percentEncoded)" }.joined(separator: "&")
        return [
            ("id", .string("\(id)")), ("list", .string(list.rawValue)), ("name", .string(name)),
            ("query", .string(query)), ("own", .bool(isOwn)), ("shared", .bool(sharedWith != nil)),
        ]
    }
}
