import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// One concern: what was written, what was done, and the answer, which is looked at as its reader will see it before it
/// is sent.
struct ConcernPages: Sendable {
    /// What can be done with a concern, by the name that forms send.
    enum Move: String, CaseIterable, Sendable {
        case take
        case askBack
        case answer
        case reject
        case close

        /// What is written for whoever sent it.
        var writes: Bool { self != .take && self != .close }
    }

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.concern(.sheet(.key)).route) { request, context in
            try await show(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.concern(.act(.key)).route, use: act)
        routes.post(SiteURL.concern(.openCase(.key)).route, use: openCase)
        routes.get(SiteURL.concern(.photo(.key, .key)).route, use: photo)
    }

    private func show(
        _ kept: ConcernPage.Kept?, fault: String?, _ request: Request, _ context: WebContext,
        status: HTTPResponse.Status? = nil
    ) async throws -> Response {
        let sheet = try await site.supervision.concerns.sheet(
            try context.parameter("concern"), for: try context.principal())
        let wording = site.wording(context)
        let page = ConcernPage(
            sheet, kept: kept, fault: fault, done: request.query.text("done").flatMap(Move.init(rawValue:)),
            wording: wording)
        return site.page(
            page, title: "\(wording.words("concern.one")) · \(sheet.school.name)", section: .concerns,
            request: request, context: context, status: status ?? (fault == nil ? .ok : .unprocessableContent))
    }

    @Sendable private func act(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: ConcernID = try context.parameter("concern")
        let concerns = site.supervision.concerns
        // A guessed concern is not there, whatever is asked of it.
        try await concerns.require(.answerConcerns, on: id, for: principal)
        let fields = try await request.form(context)
        guard let move = fields.text("move").flatMap(Move.init(rawValue:)) else { throw WebError.badRequest("choice") }
        let text = fields["text"] ?? ""
        let kept = ConcernPage.Kept(move: move, text: text)
        if fields.flag("edit") { return try await show(kept, fault: nil, request, context) }
        let seen = fields.text("seen").flatMap(Int.init)
        do {
            if move.writes, !fields.flag("confirmed") {
                return try await preview(move, try Concerns.checked(text), id, request, context)
            }
            switch move {
            case .take: try await concerns.take(id, seen: seen, by: principal)
            case .askBack: try await concerns.askBack(text, on: id, seen: seen, by: principal)
            case .answer: try await concerns.answer(text, on: id, seen: seen, by: principal)
            case .reject: try await concerns.reject(text, on: id, seen: seen, by: principal)
            case .close: try await concerns.close(id, seen: seen, by: principal)
            }
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            var isConflict = false
            if case SupervisionError.conflict = error { isConflict = true }
            return try await show(
                kept, fault: fault, request, context, status: isConflict ? .conflict : .unprocessableContent)
        }
        return .redirect(to: SiteURL.concern(.sheet(.value(id))).with([("done", move.rawValue)]))
    }

    /// What whoever sent it will read.
    private func preview(
        _ move: Move, _ text: String, _ id: ConcernID, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.supervision.concerns.sheet(id, for: try context.principal())
        let wording = site.wording(context)
        let change: ConcernChange =
            switch move {
            case .askBack: .askedBack(question: text)
            case .reject: .rejected(reason: text)
            case .answer, .take, .close: .answered(text: text)
            }
        guard sheet.concern.allows(change) else { throw SupervisionError.conflict(.changedMeanwhile) }
        let page = ConcernPreviewPage(
            sheet, change, move: move, text: text, wording: wording)
        return site.page(
            page, title: wording.words("concern.previewTitle"), section: .concerns, request: request, context: context)
    }

    @Sendable private func openCase(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: ConcernID = try context.parameter("concern")
        let concerns = site.supervision.concerns
        try await concerns.require(.openCase, on: id, for: principal)
        let fields = try await request.form(context)
        do {
            guard let grade = try fields.caseGrade() else { throw WebError.badRequest("choice") }
            let opened = try await concerns.openCase(
                try fields.caseMatter(), grade, note: fields.text("note") ?? "", from: id,
                seen: fields.text("seen").flatMap(Int.init),
                by: principal)
            return .redirect(to: opened.address)
        } catch {
            let words = site.words(context)
            var fault = words.mendable(error)
            if case SupervisionError.refused(let refusal) = error { fault = words(refusal) }
            guard let fault else { throw error }
            return try await show(nil, fault: fault, request, context)
        }
    }

    @Sendable private func photo(request: Request, context: WebContext) async throws -> Response {
        let photo = try await site.supervision.concerns.photo(
            try context.parameter("photo"), of: try context.parameter("concern"), for: try context.principal())
        guard let shelf = site.attachments.map(ConcernShelf.init(beside:)),
            let bytes = try await NIOThreadPool.singleton.runIfActive({ shelf.read(photo) })
        else { throw WebError.evidenceMissing }
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/jpeg", .cacheControl: "private, max-age=600",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
