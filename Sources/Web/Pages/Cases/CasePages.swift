import Domain
import Hummingbird
import NIOCore
import Supervision

/// One case: the page, what people do on it, and its files.
struct CasePages: Sendable {
    let site: Site
    private let files = FileIO()

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.casePage(.key).route, use: show)
        routes.post(SiteURL.caseAct(.key).route, use: act)
        routes.get(SiteURL.caseFile(.key, .key).route, use: file)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await sheet(context)
        let move = request.query.text("done").flatMap(CaseMove.init(rawValue:))
        let wording = site.wording(context)
        let saved = move.map { wording.words("case.saved", ["move": wording.words($0)]) }
        return page(
            CasePage(
                sheet, saved: saved ?? opened(request.query, wording.words),
                isSchool: try context.principal().role == .school, phrases: try await phrases(sheet, context),
                wording: wording), sheet, request, context)
    }

    /// The county's words, with what this case puts into them.
    private func phrases(_ sheet: CaseSheet, _ context: WebContext) async throws -> Phrases {
        guard !sheet.moves.isEmpty else { return .none }
        return Phrases(
            try await site.supervision.textTemplates.all(for: try context.principal()), for: sheet,
            site.wording(context))
    }

    private func opened(_ query: FormFields, _ words: Words) -> String? {
        switch query.text("opened") {
        case "new": words("case.openedNow")
        case "again": words("case.reopenedNow")
        case "added": words("case.addedNow")
        default: nil
        }
    }

    @Sendable private func act(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: CaseID = try context.parameter("case")
        guard let move = request.query.text("move").flatMap(CaseMove.init(rawValue:)) else {
            // A guessed case is not there, whatever is asked of it.
            _ = try await site.supervision.cases.sheet(id, for: principal)
            throw WebError.badRequest("choice")
        }
        do {
            // Before anything is read: nobody fills the disk with what can't be done.
            try await site.supervision.cases.require([move], on: id, for: principal)
        } catch SupervisionError.refused {
            // Said with the words kept, below.
        }
        let wording = site.wording(context)
        let form: CaseForm
        do {
            form = try await CaseForm.read(
                request, of: id, shelf: move.takesFiles ? site.attachments : nil, at: site.time.now(),
                context: context)
        } catch let fault as CaseForm.FileFault {
            return try await again(
                id, .init(move: move, text: "", due: "", method: "", fault: wording.words(fault)), seen: nil,
                .unprocessableContent, request, context)
        }
        let seen = form.fields.text("seen").flatMap(Int.init) ?? 0
        do {
            try await perform(move, form, on: id, seen: seen, by: principal)
        } catch let error as SupervisionError {
            if let shelf = site.attachments { await form.discard(shelf) }
            guard case .refused(let refusal) = error else { throw error }
            var isConflict = false
            if case .conflict = refusal { isConflict = true }
            let kept = MoveForm.Kept(
                move: move, text: form.fields["text"] ?? "", due: form.fields.text("due") ?? "",
                method: form.fields.text("method") ?? "",
                fault: wording.words(refusal)
                    + (form.files.isEmpty ? "" : " " + wording.words("file.again")))
            return try await again(
                id, kept, seen: isConflict ? seen : nil, isConflict ? .conflict : .unprocessableContent, request,
                context)
        } catch {
            if let shelf = site.attachments { await form.discard(shelf) }
            throw error
        }
        return .redirect(to: SiteURL.casePage(.value(id)).with([("done", move.rawValue)]))
    }

    private func perform(
        _ move: CaseMove, _ form: CaseForm, on id: CaseID, seen: Int, by principal: Principal
    ) async throws {
        let cases = site.supervision.cases
        if let command = try form.command(move, zone: site.settings.zone) {
            try await cases.act(command, on: id, seen: seen, files: form.files, by: principal)
        } else {
            try await cases.dispatch(
                id, due: try form.fields.time("due", zone: site.settings.zone),
                message: form.fields.text("text") ?? "", seen: seen, by: principal)
        }
    }

    /// The page as the case is now, with what was typed.
    private func again(
        _ id: CaseID, _ kept: MoveForm.Kept, seen: Int?, _ status: HTTPResponse.Status, _ request: Request,
        _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.supervision.cases.sheet(id, for: try context.principal())
        // What can't be done any more has no form: its words are shown all the same.
        let page = CasePage(
            sheet, kept: kept, since: seen, isSchool: try context.principal().role == .school,
            phrases: try await phrases(sheet, context), wording: site.wording(context))
        return self.page(page, sheet, request, context, status: status, kept: kept)
    }

    private func page(
        _ page: CasePage, _ sheet: CaseSheet, _ request: Request, _ context: WebContext,
        status: HTTPResponse.Status = .ok, kept: MoveForm.Kept? = nil
    ) -> Response {
        var page = page
        if let kept, !sheet.moves.contains(kept.move) {
            page.lostFault = kept.fault
            page.lostText = kept.text.isEmpty ? nil : kept.text
        }
        return site.page(
            page, title: "\(site.words(context)("case.title", ["number": page.number])) · \(page.matter)",
            section: .cases,
            request: request, context: context, status: status)
    }

    /// A file of a case, as it was sent.
    @Sendable func file(request: Request, context: WebContext) async throws -> Response {
        let file = try await site.supervision.cases.file(
            try context.parameter("file"), of: try context.parameter("case"), for: try context.principal())
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        let path = shelf.path(of: file)
        let size = Int64(file.sizeBytes)
        let range = try ByteRange.parse(request.headers[.range], size: size)
        var headers: HTTPFields = [
            .contentType: file.mediaType, .acceptRanges: "bytes", .cacheControl: "private, max-age=600",
            .contentLength: "\(range?.count ?? Int(size))",
            // Nothing that somebody sent is ever run by a browser in our name.
            .contentSecurityPolicy: "default-src 'none'; sandbox",
            .contentDisposition: Response.contentDisposition(file.name, isInline: true),
        ]
        if let range { headers[.contentRange] = "bytes \(range.lowerBound)-\(range.upperBound - 1)/\(size)" }
        do {
            guard let range else {
                let body = try await files.loadFile(path: path, context: context)
                guard body.contentLength == file.sizeBytes else { throw WebError.evidenceChanged }
                return Response(status: .ok, headers: headers, body: body)
            }
            return Response(
                status: .partialContent, headers: headers,
                body: try await files.loadFile(
                    path: path, range: Int(range.lowerBound)...Int(range.upperBound - 1), context: context))
        } catch let error as WebError {
            throw error
        } catch {
            throw WebError.evidenceMissing
        }
    }

    private func sheet(_ context: WebContext) async throws -> CaseSheet {
        try await site.supervision.cases.sheet(try context.parameter("case"), for: try context.principal())
    }
}
