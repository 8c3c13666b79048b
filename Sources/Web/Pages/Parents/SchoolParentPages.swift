import Documents
import Domain
import Hummingbird
import Supervision

/// 家长管理: a school invites its classes, sees who came in, and takes it back. Those above it see counts.
struct SchoolParentPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.parent(.classes(.key)).route) { request, context in
            try await show(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.parent(.classes(.key)).route, use: invite)
        routes.get(SiteURL.parent(.sheet(.key, .key)).route, use: sheet)
        routes.post(SiteURL.parent(.revokeClass(.key, .key)).route, use: revokeClass)
        routes.post(SiteURL.parent(.revokeParent(.key, .key)).route, use: revokeParent)
    }

    private func show(
        _ typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        let wording = site.wording(context)
        let sheet = try await site.supervision.parents.sheet(of: try context.parameter("school"), for: principal)
        let page = SchoolParentsPage(
            sheet, typed: typed, fault: fault, done: fault == nil ? request.query.text("done") : nil,
            mayInvite: principal.may(.inviteParents, at: sheet.school.path), wording: wording)
        return site.page(
            page, title: wording.words("parent.classesTitle", ["school": sheet.school.name]), section: .publication,
            request: request, context: context, status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func invite(request: Request, context: WebContext) async throws -> Response {
        let (principal, id) = try await permitted(context)
        let fields = try await request.form(context)
        do {
            guard let uses = Int(fields.text("uses") ?? "") else {
                throw SupervisionError.invalid(.uses, .implausible)
            }
            guard let last = Day(fields.text("until") ?? "") else {
                throw SupervisionError.invalid(.expiry, .notADate)
            }
            _ = try await site.supervision.parents.invite(
                ParentInvitationDraft(className: fields["className"] ?? "", mostUses: uses, lastDay: last), to: id,
                by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fields, fault: fault, request, context)
        }
        return .redirect(to: SiteURL.parent(.classes(.value(id))).with([("done", "invited")]))
    }

    @Sendable private func revokeClass(request: Request, context: WebContext) async throws -> Response {
        let invitation: ParentInvitationID = try context.parameter("invitation")
        let (principal, id) = try await permitted(context)
        _ = try await request.form(context)
        try await site.supervision.parents.revoke(invitation, of: id, by: principal)
        return .redirect(to: SiteURL.parent(.classes(.value(id))).with([("done", "revoked")]))
    }

    @Sendable private func revokeParent(request: Request, context: WebContext) async throws -> Response {
        let parent: ParentID = try context.parameter("parent")
        let (principal, id) = try await permitted(context)
        _ = try await request.form(context)
        try await site.supervision.parents.revoke(parent, of: id, by: principal)
        return .redirect(to: SiteURL.parent(.classes(.value(id))).with([("done", "removed")]))
    }

    /// Before a form is looked at: what the asker may not even see is not there.
    private func permitted(_ context: WebContext) async throws -> (Principal, SchoolID) {
        let principal = try context.principal()
        let sheet = try await site.supervision.parents.sheet(of: try context.parameter("school"), for: principal)
        guard principal.may(.inviteParents, at: sheet.school.path) else { throw WebError.notPermitted }
        return (principal, sheet.school.id)
    }

    /// One page for a class: to be handed out or shown at the parents' evening, not to be hung up.
    @Sendable private func sheet(request: Request, context: WebContext) async throws -> Response {
        let invitationID: ParentInvitationID = try context.parameter("invitation")
        let (school, invitation, code) = try await site.supervision.parents.invitation(
            invitationID, of: try context.parameter("school"), for: try context.principal())
        let wording = site.wording(context)
        let words = wording.words
        let scheme = site.settings.usesSecureCookies ? "https" : "http"
        let base = site.settings.publicAddress ?? "\(scheme)://\(request.head.authority ?? "localhost")"
        let address = base + SiteURL.parent(.join(.value(code))).path
        let day = Day(of: invitation.until - .milliseconds(1), in: site.settings.zone)
        let document = PDFDocument(
            title: "\(school.name) \(invitation.className)", author: words("product.name"), created: wording.now,
            zone: site.settings.zone, pageLabel: "", numbering: .none,
            blocks: [
                .space(14), .letterhead(school.name), .space(4),
                .title(words("parent.sheet.title", ["class": invitation.className])), .space(8),
                .poster(try QRCode(address)), .space(6), .title(words("parent.sheet.scan")), .space(6),
                .paragraph(
                    words("parent.sheet.note", ["day": "\(day)", "count": "\(invitation.mostUses)"]), style: .centered),
                .paragraph(words("parent.sheet.keep"), style: .centered),
                .paragraph(words("poster.address", ["address": address]), style: .centered),
            ])
        return try await site.paper("\(school.name) \(invitation.className)", "class's sheet") {
            try document.rendered()
        }
    }
}
