import Domain
import Hummingbird
import Supervision

/// Cases for scripts: the list, one of them whole, opening one; and news of them.
struct CaseAPI: Sendable {
    /// More captures than one case has.
    private static let mostCaptures = 200

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.cases).route, use: list)
        routes.post(SiteURL.api(.cases).route, use: open)
        routes.get(SiteURL.api(.caseSheet(.key)).route, use: one)
        routes.get(SiteURL.api(.news).route, use: news)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.api(.casesFile(format)).route) { request, context in
                try CaseListPages(site: site).file(format, request, context)
            }
        }
        routes.get(SiteURL.api(.caseNotice(.key)).route, use: NoticePages(site: site).show)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let query = try CaseQuery(request.query.without("after"), zone: site.settings.zone)
        let limit = try request.query.limit()
        let cursor = PageCursor("cases", query.pairs)
        let cases = site.supervision.cases
        let found: [CaseSummary]
        if let text = request.query.text("cursor") {
            let place = try cursor.place(text)
            guard place.count == 3, let order = CaseOrder(rawValue: place[0]), order == query.order,
                let key = Int64(place[1]), let id = CaseID(place[2])
            else { throw WebError.badRequest("cursor") }
            found = try await cases.list(
                query.filter, from: CasePosition(order, key: key, id: id), limit: limit + 1, for: principal)
        } else {
            found = try await cases.list(query.filter, query.order, limit: limit + 1, for: principal)
        }
        let shown = found.prefix(limit)
        let next = shown.last.map { last in
            let position = CasePosition(of: last, in: query.order)
            return cursor.text([position.order.rawValue, "\(position.key)", "\(position.id)"])
        }
        let wording = site.wording(context)
        return .conditional(
            .object([
                "cases": .array(shown.map { .members(wording.members($0)) }),
                "count": .integer(Int64(try await cases.count(query.filter, for: principal))),
                "next": .string(found.count > limit ? next : nil),
            ]), to: request)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.cases.sheet(
            try context.parameter("case"), for: try context.principal())
        return .conditional(
            .members(site.wording(context).wholeMembers(sheet)), version: Int64(sheet.current.version), to: request)
    }

    @Sendable private func open(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.openCase) else { throw WebError.notPermitted }
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        let draft = try draft(&body)
        try body.finish()
        let wording = site.wording(context)
        let answer = try await site.supervision.cases.open(
            draft, by: principal,
            answering: Answering(once) { opened, sheet in
                var isNew = false
                if case .opened = opened { isNew = true }
                return Answer(
                    isNew ? .created : .ok, .members(wording.wholeMembers(sheet)),
                    version: Int64(sheet.current.version),
                    location: SiteURL.api(.caseSheet(.value(opened.id))).path)
            })
        return Response(answer)
    }

    private func draft(_ body: inout JSONBody) throws -> CaseDraft {
        var grade: Grade?
        if let number = try body.integer("grade") {
            guard let known = Int(exactly: number).flatMap(Grade.init(rawValue:)) else {
                throw WebError.badMember("grade")
            }
            grade = known
        }
        let note = try body.text("note") ?? ""
        if let captures: [CaptureID] = try body.identifiers("captures", atMost: Self.mostCaptures) {
            return CaseDraft(.captures(captures), grade: grade, note: note)
        }
        guard var patrol = try body.object("patrol") else { throw WebError.badMember("captures") }
        guard let camera: CameraID = try patrol.identifier("camera") else { throw WebError.badMember("camera") }
        let matter: CaseMatter
        if let item = try patrol.choice("item", of: CaptureItem.self) {
            matter = .item(item)
        } else {
            guard let name = try patrol.text("matter") else { throw WebError.badMember("matter") }
            matter = .other(name)
        }
        let now = site.time.now()
        let time = try patrol.time("time", zone: site.settings.zone)
        if let time, time > now { throw SupervisionError.invalid(.span, .notAllowed) }
        try patrol.finish()
        return CaseDraft(
            .patrol(.init(camera: camera, time: time ?? now, isLive: time == nil), matter, grade ?? .two), note: note)
    }

    /// Reading them here does not make them read.
    @Sendable private func news(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.lookAtCases) else { throw WebError.notPermitted }
        let limit = min(try request.query.limit(), 199)
        let cursor = PageCursor("news")
        var after: NotificationID?
        if let text = request.query.text("cursor") {
            let place = try cursor.place(text)
            guard place.count == 1, let id = NotificationID(place[0]) else { throw WebError.badRequest("cursor") }
            after = id
        }
        let cases = site.supervision.cases
        let found = try await cases.news(after: after, limit: limit + 1, for: principal)
        let shown = found.prefix(limit)
        let wording = site.wording(context)
        return .conditional(
            .object([
                "news": .array(
                    shown.map { entry in
                        .object([
                            "id": .string("\(entry.news.id)"), "time": .integer(entry.news.time.milliseconds),
                            "kind": .string(entry.notice.name), "text": .string(wording.words(entry.notice)),
                            "case": .members(wording.members(entry.summary)),
                        ])
                    }),
                "unread": .integer(Int64(try await cases.countUnread(for: principal))),
                "next": .string(found.count > limit ? shown.last.map { cursor.text(["\($0.news.id)"]) } : nil),
            ]), to: request)
    }
}
