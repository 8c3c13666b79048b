import Domain
import Hummingbird
import PublicVideo
import Supervision

/// 公开: what the public may see of which school, when, and the cut.
struct PublicationPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.publications.route, use: list)
        routes.get(SiteURL.publication(.key).route) { request, context in
            try await show(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.publications.route, use: setLevel)
        routes.post(SiteURL.publication(.key).route, use: change)
        routes.post(SiteURL.publicationCut(.key).route, use: cut)
        routes.post(SiteURL.publicationRestored(.key).route, use: restore)
    }

    @Sendable private func list(request: Request, context: WebContext) async throws -> Response {
        let wording = site.wording(context)
        let principal = try context.principal()
        let sheets = try await site.supervision.publications.list(for: principal)
        let level = try await site.supervision.parents.level(for: principal)
        let page = PublicationsPage(
            rows: sheets.map { PublicationsPage.Row($0, wording) },
            level: ParentLevelView(
                isOn: level.isOn, count: level.count, maySet: principal.may(.publish, at: .county),
                isDone: request.query.text("done") == "level", wording: wording))
        return site.page(
            page, title: wording.words("publication.title"), section: .publication, request: request, context: context)
    }

    /// The county's parents' level, on or off.
    @Sendable private func setLevel(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        try context.require(Permission(.publish, at: .county))
        let fields = try await request.form(context)
        try await site.supervision.parents.setLevel(isOn: fields.flag("isOn"), by: principal)
        return .redirect(to: SiteURL.publications.with([("done", "level")]))
    }

    private func show(
        _ form: PublicationForm?, fault: String?, stale: StaleSave? = nil, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let sheet = try await site.supervision.publications.sheet(
            of: try context.parameter("school"), for: principal)
        let page = PublicationPage(
            sheet, form ?? PublicationForm(sheet.publication), fault: fault, stale: stale,
            done: fault == nil && stale == nil ? request.query.text("done") : nil,
            mayPublish: principal.may(.publish, at: sheet.tree.school.path),
            hasParents: try await site.supervision.parents.isOn(), wording: wording)
        return site.page(
            page, title: sheet.tree.school.name, section: .publication, request: request, context: context,
            status: stale != nil ? .conflict : fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SchoolID = try context.parameter("school")
        // Before the form is looked at: what the asker may not even see is not there.
        let sheet = try await site.supervision.publications.sheet(of: id, for: principal)
        guard principal.may(.publish, at: sheet.tree.school.path) else { throw WebError.notPermitted }
        let fields = try await request.form(context)
        let form = PublicationForm(fields)
        do {
            try await site.supervision.publications.change(
                try form.publication(), of: id, seen: fields.revision, by: principal)
            closeUnpublished(sheet, now: try form.publication())
        } catch SupervisionError.conflict(.changedMeanwhile) {
            let now = try await site.supervision.publications.sheet(of: id, for: principal)
            let wording = site.wording(context)
            let stale = StaleSave(
                now.revision, differences: form.differences(from: PublicationForm(now.publication), wording.words),
                wording: wording)
            return try await show(form, fault: nil, stale: stale, request, context)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(form, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.publication(.value(id)).with([("done", "saved")]))
    }

    @Sendable private func cut(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SchoolID = try context.parameter("school")
        let publications = site.supervision.publications
        let sheet = try await publications.sheet(of: id, for: principal)
        let fields = try await request.form(context)
        do {
            var end: UTCTime?
            if let text = fields.text("until") {
                guard let time = site.settings.zone.parse(text) else {
                    throw SupervisionError.invalid(.span, .notADate)
                }
                end = time
            }
            try await publications.cut(id, reason: fields.text("reason") ?? "", until: end, by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(nil, fault: fault, request, context)
        }
        for camera in sheet.publication.allCameras { site.screens?.close(camera) }
        return .redirect(to: SiteURL.publication(.value(id)).with([("done", "cut")]))
    }

    @Sendable private func restore(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SchoolID = try context.parameter("school")
        // Before the form is looked at.
        _ = try await site.supervision.publications.sheet(of: id, for: principal)
        _ = try await request.form(context)
        try await site.supervision.publications.restore(id, by: principal)
        return .redirect(to: SiteURL.publication(.value(id)).with([("done", "restored")]))
    }

    /// What was public and isn't any more ends now, not when its viewers go.
    private func closeUnpublished(_ before: PublicationSheet, now: Publication) {
        for camera in before.publication.allCameras where !now.isOn || !now.allCameras.contains(camera) {
            site.screens?.close(camera)
        }
    }
}
