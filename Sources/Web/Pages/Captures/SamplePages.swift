import Domain
import Hummingbird
import Supervision

/// Pictures of the blind sample, one after the other: what is to be seen, without being told what the program thought.
/// (盲审)
struct SamplePages: Sendable {
    let site: Site
    private let files = FileIO()

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.sample.route, use: show)
        routes.post(SiteURL.sample.route, use: answer)
        routes.get(SiteURL.samplePicture(.key).route, use: picture)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let samples = site.supervision.samples
        // The same one once more, when nothing was chosen for it.
        var code = request.query.text("frame").flatMap { FrameCode($0) }
        if let asked = code, (try? await samples.frame(asked, for: principal)) == nil { code = nil }
        if code == nil { code = try await samples.next(for: principal) }
        return try await page(code, request, context)
    }

    private func page(_ code: FrameCode?, _ request: Request, _ context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let words = wording.words
        let count = try await site.supervision.samples.countWaiting(for: principal)
        let query = request.query
        let page = SamplePage(
            code: code.map { "\($0)" }, picture: code.map { SiteURL.samplePicture(.value($0)).path },
            waiting: words("sample.waiting", ["count": wording.count(count)]),
            items: FrameAnswer.items.enumerated().map { index, item in
                SamplePage.Item(value: item.rawValue, label: words(item), key: "\(index + 1)")
            },
            done: query.flag("done") ? words("sample.kept") : nil,
            fault: query.flag("conflict")
                ? words("sample.answered") : query.flag("empty") ? words("sample.chooseFirst") : nil)
        return site.page(page, title: words("sample.title"), section: .captures, request: request, context: context)
    }

    @Sendable private func answer(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        guard principal.maySomewhere(.judgeCaptures) else { throw SupervisionError.notPermitted }
        let fields = try await request.form(context)
        guard let code = fields.text("frame").flatMap({ FrameCode($0) }) else { throw WebError.badRequest("frame") }
        let answer: FrameAnswer
        switch fields.text("answer") {
        case "nothing": answer = .seen([])
        case "cannotTell": answer = .cannotTell
        case "seen":
            let items = try fields.all("item").map { text throws(WebError) in
                guard let item = CaptureItem(rawValue: text) else { throw .badRequest("item") }
                return item
            }
            // Enter without a choice is a slip of the finger, not the answer that there is nothing.
            guard !items.isEmpty else {
                return .redirect(to: SiteURL.sample.with([("frame", "\(code)"), ("empty", "1")]))
            }
            answer = .seen(Set(items))
        default: throw WebError.badRequest("answer")
        }
        do {
            try await site.supervision.samples.review(code, answer, by: principal)
        } catch SupervisionError.conflict(.judgedMeanwhile) {
            return .redirect(to: SiteURL.sample.with([("conflict", "1")]))
        }
        return .redirect(to: SiteURL.sample.with([("done", "1")]))
    }

    /// Drawn or a decoy, the answer looks the same.
    @Sendable private func picture(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let frame = try await site.supervision.samples.frame(try context.parameter("frame"), for: principal)
        guard frame.file.staysBelow else { throw WebError.evidenceMissing }
        let body: ResponseBody
        do {
            body = try await files.loadFile(path: site.desk.evidenceRoot + "/" + frame.file.path, context: context)
        } catch {
            throw WebError.evidenceMissing
        }
        guard await site.desk.isIntact(frame.file) else { throw WebError.evidenceChanged }
        if request.method != .head {
            try await site.supervision.footage.noteViewing(
                of: frame.camera, span: TimeSpan(start: frame.time, duration: .milliseconds(1)), kind: .still,
                reason: ViewingReason(.qualitySample), by: principal)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/jpeg", .cacheControl: "private, max-age=600",
                .contentLength: "\(body.contentLength ?? 0)",
            ], body: body)
    }
}

struct SamplePage: Page {
    struct Item: Sendable {
        let value: String
        let label: String
        let key: String
    }

    static let template = "sample"
    /// nil = none waits.
    let code: String?
    let picture: String?
    let waiting: String
    let items: [Item]
    /// The answer before was kept.
    let done: String?
    let fault: String?
}
