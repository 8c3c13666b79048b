import Domain
import Hummingbird
import Supervision

/// One thing to do: its form, done in under a minute, and what was entered for it.
struct DutyEntryPages: Sendable {
    let site: Site
    private let files = FileIO()
    private var duties: Duties { site.supervision.duties }

    init(site: Site) { self.site = site }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.duty(.entry(.key)).route) { request, context in
            try await show(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.duty(.entry(.key)).route, use: enter)
        routes.get(SiteURL.duty(.file(.key, .key)).route, use: file)
    }

    private func show(
        _ typed: (record: DutyRecord?, reason: String)?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        try await duties.require(.readDuties, at: school, for: principal)
        guard let slot = DutySlot(request.query) else { throw WebError.badRequest("choice") }
        let sheet = try await duties.sheet(slot, of: school, for: principal)
        let page = DutyEntryPage(
            sheet, typed: typed?.record, reason: typed?.reason ?? "", fault: fault,
            isOwn: try context.signedIn().person.school == school, site.wording(context))
        return site.page(
            page, title: page.name, section: .duties, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func enter(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        // Before anything is read: nobody fills the disk with what can't be done.
        try await duties.require(.enterDuties, at: school, for: principal)
        guard let slot = DutySlot(request.query) else { throw WebError.badRequest("choice") }
        let form: SchoolForm
        do {
            form = try await SchoolForm.read(
                request, of: school, shelf: site.attachments, mostFiles: DutyEntry.mostPhotos, at: site.time.now(),
                context: context)
        } catch let fault as CaseForm.FileFault {
            return try await show(nil, fault: site.words(context)(fault), request, context)
        }
        let reason = form.fields.text("reason") ?? ""
        var record: DutyRecord?
        do {
            let typed = try DutyForm(fields: form.fields).record(slot.duty, zone: site.settings.zone)
            record = typed
            try await duties.enter(
                typed, for: slot, of: school, seen: form.fields.text("seen").flatMap(Int.init) ?? 0, files: form.files,
                reason: reason, by: principal)
        } catch {
            await form.discard(site.attachments)
            guard let fault = site.fault(error, context) else { throw error }
            let again = form.files.isEmpty ? fault : fault + " " + site.words(context)("file.again")
            return try await show((record, reason), fault: again, request, context)
        }
        return .redirect(to: SiteURL.duty(.day).with([("done", slot.duty.rawValue)]))
    }

    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let school: SchoolID = try context.parameter("school")
        let principal = try context.principal()
        try await duties.require(.readDuties, at: school, for: principal)
        let file = try await duties.file(try context.parameter("file"), of: school, for: principal)
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        do {
            let body = try await files.loadFile(path: shelf.path(of: file), context: context)
            guard body.contentLength == file.sizeBytes else { throw WebError.evidenceChanged }
            return Response(
                status: .ok,
                headers: [
                    .contentType: file.mediaType, .cacheControl: "private, max-age=600",
                    // Nothing that somebody sent is ever run by a browser in our name.
                    .contentSecurityPolicy: "default-src 'none'; sandbox",
                    .contentDisposition: Response.contentDisposition(file.name, isInline: true),
                ], body: body)
        } catch let error as WebError {
            throw error
        } catch {
            throw WebError.evidenceMissing
        }
    }
}

struct DutyEntryPage: Page {
    struct Version: Sendable {
        let number: String
        let entered: String
        let reason: String?
        let lines: [String]
    }

    struct Photo: Sendable {
        let name: String
        let address: String
        let isPicture: Bool
    }

    static let template = "duty-entry"
    let name: String
    let school: String
    let back: String
    let date: String
    let due: String
    let state: String
    let style: String
    let fault: String?
    let form: DutyFormView?
    let action: String
    let seen: String
    let isCorrection: Bool
    let isLate: Bool
    let reason: String
    /// The newest first.
    let versions: [Version]
    let hasVersions: Bool
    let photos: [Photo]
    let hasPhotos: Bool
    let takesPhotos: Bool

    init(
        _ sheet: DutySheet, typed: DutyRecord?, reason: String, fault: String?, isOwn: Bool, _ wording: Wording
    ) {
        let words = wording.words
        let (slot, id) = (sheet.standing.slot, sheet.school.id)
        name = words(slot)
        school = sheet.school.name
        back = isOwn ? SiteURL.duty(.day).path : SiteURL.duty(.book(.value(id))).path
        date =
            slot.lastDay == slot.period
            ? wording.date(slot.period) : words("duties.week", ["from": "\(slot.period)", "to": "\(slot.lastDay)"])
        due = words("duty.until", ["time": wording.clock(sheet.standing.due.time, on: sheet.standing.due.day)])
        state = wording.state(sheet.standing)
        style = sheet.standing.shown.rawValue
        self.fault = fault
        form = sheet.proposal.map { DutyFormView(typed ?? $0, wording) }
        action = slot.address(at: id)
        seen = "\(sheet.versions.count)"
        isCorrection = !sheet.versions.isEmpty
        isLate = sheet.standing.state == .missed
        self.reason = reason
        versions = sheet.versions.reversed().map { entry in
            Version(
                number: "\(entry.version)",
                entered: words(
                    "dutyBook.entered",
                    [
                        "who": sheet.people[entry.by] ?? words("actor.gone"), "time": wording.exactMinute(entry.time),
                    ]), reason: entry.reason.isEmpty ? nil : words("duty.corrected", ["reason": entry.reason]),
                lines: wording.lines(entry.record))
        }
        hasVersions = !versions.isEmpty
        photos = sheet.files.map { file in
            Photo(
                name: file.name, address: SiteURL.duty(.file(.value(id), .value(file.id))).path,
                isPicture: file.mediaType.hasPrefix("image/") && file.mediaType != "image/heic")
        }
        hasPhotos = !photos.isEmpty
        takesPhotos = photos.count < DutyEntry.mostPhotos
    }
}
