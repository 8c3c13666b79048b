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
            // The last one can be taken back too: on its own page.
            if let after, let record = try? await site.supervision.captures.capture(after, for: principal),
                record.judgement != nil
            {
                return .redirect(
                    to: SiteURL.capture(.value(after)).with([("triage", "1"), ("undo", "\(after)"), ("judged", "1")]))
            }
            return .redirect(to: SiteURL.captures.with([("judged", CaptureFilter.Judged.waiting.rawValue)]))
        }
        return .redirect(
            to: SiteURL.capture(.value(id)).with([("triage", "1"), ("undo", after.map { "\($0)" })]))
    }

    @Sendable private func judge(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaptureID = try context.parameter("capture")
        try await site.supervision.captures.require(.judgeCaptures, of: id, for: principal)
        let fields = try await request.form(context)
        let isTriage = fields.flag("triage")
        let here = SiteURL.capture(.value(id))
        let seen = fields.text("seen").flatMap(Int64.init).map(UTCTime.init)
        do {
            switch try Choice(fields) {
            case .verdict(let verdict):
                try await site.supervision.captures.judge(id, verdict, seen: seen, by: principal)
            case .merge(let target, let version):
                try await site.supervision.cases.add([id], to: target, seen: version, by: principal)
            case .handOver:
                guard let colleague = fields.text("to").flatMap({ PersonID($0) }) else {
                    throw SupervisionError.invalid(.owner, .empty)
                }
                try await site.supervision.captures.handOver(
                    id, to: colleague, note: fields.text("note") ?? "", by: principal)
            case .takeBack:
                guard let seen else { throw WebError.badRequest("choice") }
                try await site.supervision.captures.takeBack(id, seen: seen, by: principal)
                return .redirect(to: here.with([("triage", isTriage ? "1" : nil)]))
            }
        } catch SupervisionError.conflict(.judgedMeanwhile), SupervisionError.conflict(.notForCase),
            SupervisionError.refused(.conflict(_))
        {
            // The page then shows the other's verdict, and what may still be done.
            return .redirect(to: here.with([("conflict", "1"), ("triage", isTriage ? "1" : nil)]))
        }
        return .redirect(
            to: isTriage
                ? SiteURL.triage.with([("after", "\(id)")]) : here.with([("judged", "1")]))
    }

    /// What a button says.
    private enum Choice {
        case verdict(Verdict)
        /// More of a case that runs, at the version that the reader saw. (并案)
        case merge(CaseID, version: Int)
        case takeBack
        /// Left to a colleague; who and why stand in fields of their own.
        case handOver

        init(_ fields: FormFields) throws(WebError) {
            guard let text = fields.text("verdict") else { throw .badRequest("choice") }
            let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
            switch (parts[0], parts.count) {
            case ("confirmed", 1): self = .verdict(.confirmed)
            case ("takeBack", 1): self = .takeBack
            case ("handOver", 1): self = .handOver
            case ("duplicate", 2):
                guard let id = CaptureID(parts[1]) else { throw .badRequest("choice") }
                self = .verdict(.duplicate(of: id))
            case ("merge", 3):
                guard let id = CaseID(parts[1]), let version = Int(parts[2]) else { throw .badRequest("choice") }
                self = .merge(id, version: version)
            default:
                guard let reason = Verdict.Rejection(rawValue: text) else { throw .badRequest("choice") }
                self = .verdict(.rejected(reason: reason))
            }
        }
    }
}
