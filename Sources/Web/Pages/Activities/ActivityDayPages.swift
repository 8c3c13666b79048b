import Cameras
import Domain
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// 现场: what was found, and the photographs.
struct ActivityDayPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.findings(.key)).route) { request, context in
            try await show(fault: nil, request, context)
        }
        routes.post(SiteURL.activity(.findings(.key)).route, use: find)
        routes.post(SiteURL.activity(.findingCase(.key, .key)).route, use: openCase)
        routes.post(SiteURL.activity(.photos(.key)).route, use: addPhoto)
        routes.get(SiteURL.activity(.photo(.key, .key)).route, use: photo)
        routes.post(SiteURL.activity(.photoAct(.key, .key)).route, use: judgePhoto)
    }

    private func show(
        fault: String?, typed: FormFields = FormFields(), _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let sheet = try await site.supervision.activities.sheet(of: try context.parameter("activity"), for: principal)
        let page = ActivityDayPage(
            sheet, takesPhotos: site.attachments != nil, for: principal, fault: fault, typed: typed,
            site.wording(context))
        return site.page(
            page, title: page.head.title, section: .activities, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    private func back(_ id: ActivityID) -> Response { .redirect(to: SiteURL.activity(.findings(.value(id))).path) }

    @Sendable private func find(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let principal = try context.principal()
        let fields = try await request.form(context)
        do {
            let place = fields.text("place") ?? ""
            let area = sheet.areas.first { "\($0.id)" == place }
            guard let school = area?.school ?? SchoolID(place) else {
                throw SupervisionError.invalid(.area, .unknown)
            }
            guard let grade = fields.text("grade").flatMap({ Int($0) }).flatMap(Grade.init(rawValue:)) else {
                throw WebError.badRequest("choice")
            }
            try await site.supervision.activities.add(
                .init(
                    school: school, area: area?.id, matter: fields["matter"] ?? "", grade: grade,
                    note: fields["note"] ?? "", isMended: fields.flag("mended")), to: sheet.activity.id, by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, typed: fields, request, context)
        }
        return back(sheet.activity.id)
    }

    @Sendable private func openCase(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id: ActivityID = try context.parameter("activity")
        let finding: ActivityFindingID = try context.parameter("finding")
        let sheet = try await site.supervision.activities.sheet(of: id, for: principal)
        guard let found = sheet.findings.first(where: { $0.finding.id == finding }) else { throw WebError.notFound }
        guard let school = found.school, principal.may(.openCase, at: school.path) else { throw WebError.notPermitted }
        _ = try await request.form(context)
        do {
            let opened = try await site.supervision.activities.openCase(of: finding, in: id, by: principal)
            return .redirect(to: SiteURL.casePage(.value(opened.id)).path)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, request, context)
        }
    }

    /// Checked by what it holds and made anew: neither a name nor a browser's word is believed, and nothing that the
    /// telephone wrote into it is kept.
    @Sendable private func addPhoto(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let (id, principal) = (sheet.activity.id, try context.principal())
        guard let attachments = site.attachments else { throw WebError.evidenceMissing }
        let form = try await ActivityPhotoForm.read(request, context)
        let words = site.words(context)
        func fault(_ key: String) async throws -> Response {
            try await show(fault: words("activityPhoto.\(key)"), typed: form.fields, request, context)
        }
        guard !form.bytes.isEmpty else { return try await fault("none") }
        guard form.isPhoto else { return try await fault("type") }
        let shelf = PhotoShelf(beside: attachments)
        do {
            try await site.supervision.activities.requirePhotos(of: id, for: principal)
            guard let jpeg = try? await Photograph.jpeg(form.bytes) else { return try await fault("unreadable") }
            let finding = form.fields.text("finding").flatMap(ActivityFindingID.init(_:))
            let (caption, now) = (form.fields.text("caption") ?? "", site.time.now())
            let photo = try await NIOThreadPool.singleton.runIfActive {
                try shelf.keep(jpeg, of: id, finding: finding, caption: caption, at: now)
            }
            do {
                try await site.supervision.activities.add(photo, by: principal)
            } catch {
                try? await NIOThreadPool.singleton.runIfActive { shelf.delete(photo) }
                throw error
            }
        } catch {
            guard let fault = words.mendable(error) else { throw error }
            return try await show(fault: fault, typed: form.fields, request, context)
        }
        return back(id)
    }

    @Sendable private func photo(request: Request, context: WebContext) async throws -> Response {
        let photo = try await site.supervision.activities.photo(
            try context.parameter("photo"), of: try context.parameter("activity"), for: try context.principal())
        return try await site.response(photo, isPublic: false)
    }

    @Sendable private func judgePhoto(request: Request, context: WebContext) async throws -> Response {
        let (id, photo): (ActivityID, ActivityPhotoID) = (
            try context.parameter("activity"), try context.parameter("photo")
        )
        let principal = try context.principal()
        let activities = site.supervision.activities
        // What the asker may not even see is not there.
        _ = try await activities.photo(photo, of: id, for: principal)
        _ = try await site.ownActivity(context)
        let fields = try await request.form(context)
        switch fields.text("act") {
        case "pass": try await activities.setPublic(true, photo, of: id, by: principal)
        case "hide": try await activities.setPublic(false, photo, of: id, by: principal)
        case "remove":
            let removed = try await activities.remove(photo, of: id, by: principal)
            if let attachments = site.attachments {
                try? await NIOThreadPool.singleton.runIfActive { PhotoShelf(beside: attachments).delete(removed) }
            }
        default: throw WebError.badRequest("choice")
        }
        return back(id)
    }
}

extension Site {
    func response(_ photo: ActivityPhoto, isPublic: Bool) async throws -> Response {
        guard let attachments,
            let bytes = try await NIOThreadPool.singleton.runIfActive({ PhotoShelf(beside: attachments).read(photo) })
        else { throw WebError.evidenceMissing }
        return Response(
            status: .ok,
            headers: [
                .contentType: "image/jpeg", .cacheControl: isPublic ? "public, max-age=300" : "private, max-age=300",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }
}
