import Domain
import Hummingbird
import Supervision

/// Concerns for scripts: the list, page by page, and one of them with its history. A contact is never in it.
struct ConcernAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.concerns).route, use: list)
        routes.get(SiteURL.api(.concern(.key)).route, use: one)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let query = try ConcernQuery(request.query.without("offset"), zone: site.settings.zone)
        let limit = try request.query.limit()
        let cursor = PageCursor("concerns", query.pairs)
        var offset = 0
        if let text = request.query.text("cursor") {
            let place = try cursor.place(text)
            guard place.count == 1, let number = Int(place[0]), number > 0 else { throw WebError.badRequest("cursor") }
            offset = number
        }
        let concerns = site.supervision.concerns
        let found = try await concerns.list(query.filter, offset: offset, limit: limit + 1, for: principal)
        let wording = site.wording(context)
        return .conditional(
            .object([
                "concerns": .array(found.prefix(limit).map { .members(wording.members($0)) }),
                "count": .integer(Int64(try await concerns.count(query.filter, for: principal))),
                "next": .string(found.count > limit ? cursor.text(["\(offset + limit)"]) : nil),
            ]), to: request)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.concerns.sheet(
            try context.parameter("concern"), for: try context.principal())
        let wording = site.wording(context)
        let concern = sheet.concern
        let summary = ConcernSummary(
            id: concern.id, school: sheet.school, state: concern.state, receivedAt: concern.receivedAt,
            due: concern.due, answeredAt: concern.answeredAt, endedAt: concern.endedAt, caseID: concern.caseID,
            takenBy: concern.takenBy, text: concern.text, photoCount: concern.photos.count)
        let steps = concern.steps.map { step in
            JSON.object([
                "time": .integer(step.time.milliseconds), "step": .string(step.change.name),
                "stepText": .string(wording.words("concern.step.\(step.change.name)")),
                "text": .string(step.change.text),
            ])
        }
        return .conditional(
            .members(
                wording.members(summary) + [("version", .integer(Int64(concern.version))), ("steps", .array(steps))]),
            to: request)
    }
}

extension Wording {
    fileprivate func members(_ summary: ConcernSummary) -> [(key: String, value: JSON)] {
        [
            ("id", .string("\(summary.id)")), ("url", .string(SiteURL.concern(.sheet(.value(summary.id))).path)),
            (
                "school",
                .object(["id": .string("\(summary.school.id)"), "name": .string(summary.school.name)])
            ),
            ("state", .string(summary.state.rawValue)), ("stateText", .string(words(summary.state))),
            ("text", .string(summary.text)), ("photos", .integer(Int64(summary.photoCount))),
            ("received", .integer(summary.receivedAt.milliseconds)), ("due", .integer(summary.due?.milliseconds)),
            ("overdue", .bool(summary.isOverdue(at: now))), ("answered", .integer(summary.answeredAt?.milliseconds)),
            ("ended", .integer(summary.endedAt?.milliseconds)), ("case", .string(summary.caseID.map { "\($0)" })),
        ]
    }
}
