import Cameras
import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// One inspection: its page, what people do with it, its pictures, and the cases that it becomes.
struct InspectionPages: Sendable {
    let site: Site
    let files = FileIO()

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.inspection(.sheet(.key)).route) { request, context in
            try await show(fault: nil, typed: "", request, context)
        }
        routes.post(SiteURL.inspection(.act(.key)).route, use: act)
        routes.get(SiteURL.inspection(.cases(.key)).route, use: confirmCases)
        routes.post(SiteURL.inspection(.cases(.key)).route, use: openCases)
        routes.get(SiteURL.inspection(.file(.key, .key)).route, use: file)
        routes.get(SiteURL.inspection(.thumbnail(.key, .key)).route, use: thumbnail)
        routes.get(SiteURL.inspection(.document(.key)).route, use: InspectionDocumentPages(site: site).show)
    }

    private func sheet(_ context: WebContext) async throws -> InspectionSheet {
        try await site.supervision.inspections.sheet(
            try context.parameter("inspection"), for: try context.principal())
    }

    private func show(
        fault: String?, typed: String, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await sheet(context)
        let done = request.query.text("done").flatMap { key in
            ["confirmed", "disputed", "decided", "withdrawn", "opened"].contains(key)
                ? site.words(context)("inspection.done.\(key)") : nil
        }
        let page = InspectionPage(
            sheet, fault: fault, done: fault == nil ? done : nil, typed: typed, site.wording(context))
        return site.page(
            page, title: "\(sheet.summary.school.name) · \(site.words(context)("inspection.title"))",
            section: .inspections, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func act(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: SpotInspectionID = try context.parameter("inspection")
        // Before the form is looked at: what the asker may not see is not there.
        _ = try await sheet(context)
        let fields = try await request.form(context)
        let inspections = site.supervision.inspections
        let reason = fields["reason"] ?? ""
        let done: String
        do {
            switch fields["move"] {
            case "confirm":
                try await inspections.confirm(id, by: principal)
                done = "confirmed"
            case "dispute":
                try await inspections.dispute(id, items: fields.all("item"), reason: reason, by: principal)
                done = "disputed"
            case "decide":
                try await inspections.decide(id, revoked: fields.all("item"), reason: reason, by: principal)
                done = "decided"
            case "withdraw":
                try await inspections.withdraw(id, reason: reason, by: principal)
                done = "withdrawn"
            default: throw WebError.badRequest("choice")
            }
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, typed: reason, request, context)
        }
        return .redirect(to: SiteURL.inspection(.sheet(.value(id))).with([("done", done)]))
    }

    /// Which cases will be opened, before they are.
    @Sendable private func confirmCases(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await sheet(context)
        let words = site.words(context)
        guard sheet.moves.contains(.openCases) else { throw WebError.notFound }
        let waiting = sheet.inspection.casesToOpen(by: sheet.template)
        let page = ConfirmationPage(
            heading: words("inspection.cases.title", ["count": "\(waiting.count)"]),
            consequences: waiting.compactMap { failure in
                sheet.template[failure.item].map { item in
                    words(
                        "inspection.cases.one",
                        [
                            "school": sheet.summary.school.name, "matter": words(item.title),
                            "grade": words(item.severity.grade),
                        ])
                }
            } + [words("inspection.cases.means")],
            action: SiteURL.inspection(.cases(.value(sheet.inspection.id))).path,
            button: words("inspection.cases.button", ["count": "\(waiting.count)"]),
            back: SiteURL.inspection(.sheet(.value(sheet.inspection.id))).path)
        return site.page(page, title: page.heading, section: .inspections, request: request, context: context)
    }

    @Sendable private func openCases(request: Request, context: WebContext) async throws -> Response {
        let id: SpotInspectionID = try context.parameter("inspection")
        _ = try await sheet(context)
        _ = try await request.form(context)
        try await site.supervision.inspections.openCases(id, by: try context.principal())
        return .redirect(to: SiteURL.inspection(.sheet(.value(id))).with([("done", "opened")]))
    }

    private func known(_ context: WebContext) async throws -> (file: InspectionFile, shelf: AttachmentShelf) {
        let file = try await site.supervision.inspections.file(
            try context.parameter("photo"), of: try context.parameter("inspection"), for: try context.principal())
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        return (file, shelf)
    }

    /// As it was sent.
    @Sendable func file(request: Request, context: WebContext) async throws -> Response {
        let (file, shelf) = try await known(context)
        let body: ResponseBody
        do {
            body = try await files.loadFile(path: shelf.path(of: file), context: context)
        } catch {
            throw WebError.evidenceMissing
        }
        guard body.contentLength == file.sizeBytes else { throw WebError.evidenceChanged }
        return Response(
            status: .ok,
            headers: [
                .contentType: file.mediaType, .cacheControl: "private, max-age=600",
                // Nothing that somebody sent is ever run by a browser in our name.
                .contentSecurityPolicy: "default-src 'none'; sandbox",
                .contentDisposition: Response.contentDisposition(file.name, isInline: true),
            ], body: body)
    }

    /// Made when it is first asked for; what can't be decoded is shown as it is.
    @Sendable private func thumbnail(request: Request, context: WebContext) async throws -> Response {
        let (file, shelf) = try await known(context)
        guard let bytes = try? await Thumbnail.jpeg(path: shelf.path(of: file), isVideo: false) else {
            return try await self.file(request: request, context: context)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/jpeg", .cacheControl: "private, max-age=86400",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
