import Domain
import Hummingbird
import Supervision

/// Captures for scripts: the list, page by page, and one of them whole.
struct CaptureAPI: Sendable {
    private static let mostInOne = 500

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.captures).route, use: list)
        routes.get(SiteURL.api(.capture(.key)).route, use: one)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let query = try CaptureQuery(request.query, zone: site.settings.zone)
        var limit = 50
        if let text = request.query.text("limit") {
            guard let number = Int(text), number > 0 else { throw WebError.badRequest("number") }
            limit = min(number, Self.mostInOne)
        }
        let captures = site.supervision.captures
        let records = try await captures.list(query.filter, after: query.after, limit: limit + 1, for: principal)
        let shown = records.prefix(limit)
        let wording = site.wording(context)
        return Response(
            .object([
                "captures": .array(shown.map { .members(wording.members($0)) }),
                "count": .integer(Int64(try await captures.count(query.filter, for: principal))),
                "next": .string(records.count > limit ? shown.last.map { "\($0.capture.id)" } : nil),
            ]))
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let record = try await site.supervision.captures.capture(
            try context.parameter("capture"), for: try context.principal())
        return Response(.members(try site.wording(context).wholeMembers(record)))
    }
}
