import Domain
import Hummingbird
import Supervision

/// Captures for scripts: the list, page by page, one of them whole, its files, and what is said of it.
struct CaptureAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.captures).route, use: list)
        routes.get(SiteURL.api(.capture(.key)).route, use: one)
        // The same bytes as on the page, at an address that tokens may ask.
        routes.get(SiteURL.api(.captureFile(.key, .key)).route, use: CapturePages(site: site).file)
        routes.post(SiteURL.api(.captureVerdict(.key)).route, use: judge)
        routes.post(SiteURL.api(.captureVerdictTakenBack(.key)).route, use: takeBack)
        routes.get(SiteURL.api(.captureColleagues(.key)).route, use: colleagues)
        routes.post(SiteURL.api(.captureHandOver(.key)).route, use: handOver)
        for format in TableExport.Format.allCases {
            routes.get(SiteURL.api(.capturesFile(format)).route) { request, context in
                try CaptureListPages(site: site).file(format, request, context)
            }
        }
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let fields = request.query
        // Either a capture, or the place that a page named as the next.
        let isCapture = fields.text("after").flatMap(CaptureID.init(_:)) != nil
        let query = try CaptureQuery(isCapture ? fields : fields.without("after"), zone: site.settings.zone)
        let limit = try fields.limit()
        let cursor = PageCursor("captures", query.pairs)
        var after = query.after
        if let text = fields.text("cursor") ?? (isCapture ? nil : fields.text("after")) {
            let place = try cursor.place(text)
            guard place.count == 1, let id = CaptureID(place[0]) else { throw WebError.badRequest("cursor") }
            after = id
        }
        let captures = site.supervision.captures
        let records = try await captures.list(query.filter, after: after, limit: limit + 1, for: principal)
        let shown = records.prefix(limit)
        let wording = site.wording(context)
        let count = try await captures.count(query.filter, for: principal)
        return .conditional(
            .object([
                "captures": .array(shown.map { .members(wording.members($0)) }),
                "count": .integer(Int64(count.value)), "isMore": .bool(count.isMore),
                "next": .string(
                    records.count > limit ? shown.last.map { cursor.text(["\($0.capture.id)"]) } : nil),
            ]), to: request)
    }

    @Sendable private func one(request: Request, context: WebContext) async throws -> Response {
        let record = try await site.supervision.captures.capture(
            try context.parameter("capture"), for: try context.principal())
        return .conditional(
            .members(try site.wording(context).wholeMembers(record)), version: Self.version(of: record), to: request)
    }

    @Sendable private func judge(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        let captures = site.supervision.captures
        try await captures.require(.judgeCaptures, of: id, for: principal)
        var body = try await JSONBody(request, context)
        let once = try OnceRequest(request, context, body: body.bytes)
        if let kept = try await site.replay(once) { return kept }
        let (isByTag, seen) = try Self.seen(&body, request)
        let verdict = try Self.verdict(&body)
        try body.finish()
        let wording = site.wording(context)
        do {
            return Response(
                try await captures.judge(
                    id, verdict, seen: seen, by: principal,
                    answering: Answering(once) { record in
                        Answer(.ok, .members(try wording.wholeMembers(record)), version: Self.version(of: record))
                    }))
        } catch SupervisionError.conflict(.judgedMeanwhile) {
            return try await judgedMeanwhile(id, isByTag: isByTag, context)
        }
    }

    /// Somebody was faster: the capture as it is now, so that the asker can decide anew without asking again.
    func judgedMeanwhile(_ id: CaptureID, isByTag: Bool, _ context: WebContext) async throws -> Response {
        let wording = site.wording(context)
        let problem = Problem(SupervisionError.conflict(.judgedMeanwhile), words: wording.words)
        let record = try await site.supervision.captures.capture(id, for: try context.principal())
        return Response(
            .object([
                "error": .members(problem.members(request: context.requestID)),
                "capture": .members(try wording.wholeMembers(record)),
            ]), status: isByTag ? .preconditionFailed : .conflict)
    }

    /// When the verdict was given that the asker saw; 0 = there was none.
    static func version(of record: CaptureRecord) -> Int64 { record.judgement?.time.milliseconds ?? 0 }

    static func seen(
        _ body: inout JSONBody, _ request: Request
    ) throws(WebError) -> (isByTag: Bool, UTCTime?) {
        if body.has("seen") { return (false, try body.integer("seen").map(UTCTime.init(milliseconds:))) }
        guard let version = EntityTag.version(ifMatch: request) else { throw .preconditionNeeded }
        return (true, version == 0 ? nil : UTCTime(milliseconds: version))
    }

    private static func verdict(_ body: inout JSONBody) throws(WebError) -> Verdict {
        switch try body.text("verdict") {
        case "confirmed": return .confirmed
        case "rejected":
            guard let reason = try body.choice("reason", of: Verdict.Rejection.self) else { throw .badMember("reason") }
            return .rejected(reason: reason)
        case "duplicate":
            guard let other: CaptureID = try body.identifier("of") else { throw .badMember("of") }
            return .duplicate(of: other)
        default: throw .badMember("verdict")
        }
    }
}
