import Domain
import Hummingbird
import Supervision

/// Judging captures one after the other: a key for each verdict, and the next one comes by itself. (研判)
struct TriagePages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.triage.route, use: next)
        routes.post(SiteURL.captureVerdict(.key).route, use: judge)
    }

    /// The next one that waits; when none does, the list says so.
    @Sendable private func next(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        var after: CaptureID?
        if let text = request.query.text("after") {
            guard let id = CaptureID(text) else { throw WebError.notFound }
            after = id
        }
        guard let id = try await site.supervision.captures.nextWaiting(after: after, for: principal) else {
            return .redirect(to: SiteURL.captures.with([("judged", CaptureFilter.Judged.waiting.rawValue)]))
        }
        return .redirect(to: SiteURL.capture(.value(id)).with([("triage", "1")]))
    }

    @Sendable private func judge(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        try await site.supervision.captures.require(.judgeCaptures, of: id, for: principal)
        let fields = try await request.form(context)
        let isTriage = fields.flag("triage")
        let here = SiteURL.capture(.value(id))
        do {
            try await site.supervision.captures.judge(
                id, try Self.verdict(fields), seen: fields.text("seen").flatMap(Int64.init).map(UTCTime.init),
                by: principal)
        } catch SupervisionError.conflict(.judgedMeanwhile) {
            // The page then shows the other's verdict, and what may still be done.
            return .redirect(to: here.with([("conflict", "1"), ("triage", isTriage ? "1" : nil)]))
        }
        return .redirect(
            to: isTriage
                ? SiteURL.triage.with([("after", "\(id)")]) : here.with([("judged", "1")]))
    }

    private static func verdict(_ fields: FormFields) throws(WebError) -> Verdict {
        guard let text = fields.text("verdict") else { throw .badRequest("choice") }
        if text == "confirmed" { return .confirmed }
        if let reason = Verdict.Rejection(rawValue: text) { return .rejected(reason: reason) }
        guard text.hasPrefix("duplicate:"), let id = CaptureID(String(text.dropFirst("duplicate:".count))) else {
            throw .badRequest("choice")
        }
        return .duplicate(of: id)
    }
}
