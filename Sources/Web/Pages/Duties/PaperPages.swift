import Domain
import Hummingbird
import Supervision

/// 证照: licences and certificates with the days they still hold.
struct PaperPages: Sendable {
    let site: Site
    private var papers: Papers { site.supervision.papers }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.duty(.papers).route, use: list)
        routes.get(SiteURL.duty(.schoolPapers(.key)).route) { request, context in
            try await show(try context.parameter("school"), nil, fault: nil, request, context)
        }
        routes.post(SiteURL.duty(.schoolPapers(.key)).route, use: add)
        routes.get(SiteURL.duty(.paper(.key)).route) { request, context in
            let paper = try await papers.paper(try context.parameter("paper"), for: try context.principal())
            return try await show(paper.school, PaperForm(paper), fault: nil, request, context)
        }
        routes.post(SiteURL.duty(.paper(.key)).route, use: change)
        routes.post(SiteURL.duty(.removePaper(.key)).route, use: remove)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        if let school = try context.signedIn().person.school {
            return try await show(school, nil, fault: nil, request, context)
        }
        let wording = site.wording(context)
        let page = PaperListPage(try await papers.all(for: try context.principal()), wording)
        return site.page(
            page, title: wording.words("papers.title"), section: .papers, request: request, context: context)
    }

    private func show(
        _ school: SchoolID, _ form: PaperForm?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let sheet = try await papers.sheet(of: school, for: principal)
        let page = PapersPage(
            sheet, form ?? PaperForm(FormFields()), mayEnter: principal.may(.enterDuties, at: sheet.school.path),
            fault: fault, wording)
        return site.page(
            page, title: wording.words("papers.title"), section: .papers, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func add(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        try await site.supervision.duties.require(.enterDuties, at: school, for: principal)
        return try await save(nil, of: school, request, context)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let paper = try await papers.paper(try context.parameter("paper"), for: try context.principal())
        return try await save(paper, of: paper.school, request, context)
    }

    private func save(
        _ known: SchoolPaper?, of school: SchoolID, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let form: SchoolForm
        do {
            form = try await SchoolForm.read(
                request, of: school, shelf: site.attachments, mostFiles: 1, at: site.time.now(), context: context
            ) { (known?.kind ?? PaperForm($0).kind)?.isPersonal ?? true }
        } catch let fault as CaseForm.FileFault {
            return try await show(
                school, known.map(PaperForm.init), fault: site.words(context)(fault), request, context)
        }
        var typed = PaperForm(form.fields)
        typed.id = known?.id
        if let known { typed.kind = known.kind }
        do {
            let draft = try typed.draft()
            if let known {
                try await papers.change(known.id, to: draft, file: form.files.first, by: principal)
            } else {
                try await papers.add(draft, to: school, file: form.files.first, by: principal)
            }
        } catch {
            await form.discard(site.attachments)
            guard let fault = site.fault(error, context) else { throw error }
            return try await show(school, typed, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.duty(.schoolPapers(.value(school))).path)
    }

    @Sendable private func remove(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let paper = try await papers.paper(try context.parameter("paper"), for: principal)
        _ = try await request.form(context)
        try await papers.remove(paper.id, by: principal)
        return .redirect(to: SiteURL.duty(.schoolPapers(.value(paper.school))).path)
    }
}

/// What was typed of a paper.
struct PaperForm: Sendable {
    /// nil = a new one.
    var id: SchoolPaperID?
    var kind: SchoolPaper.Kind?
    let number: String
    let holder: String
    let validThrough: String

    init(_ fields: FormFields) {
        kind = fields.text("kind").flatMap(SchoolPaper.Kind.init(rawValue:))
        number = fields.text("number") ?? ""
        holder = fields.text("holder") ?? ""
        validThrough = fields.text("validThrough") ?? ""
    }

    init(_ paper: SchoolPaper) {
        id = paper.id
        kind = paper.kind
        number = paper.number
        holder = paper.holder
        validThrough = "\(paper.validThrough)"
    }

    func draft() throws -> PaperDraft {
        guard let kind else { throw WebError.badRequest("choice") }
        guard let day = Day(validThrough) else { throw SupervisionError.invalid(.paperExpiry, .notADate) }
        return PaperDraft(kind, number: number, holder: holder, validThrough: day)
    }
}
