import Documents
import Domain
import Hummingbird
import Supervision

/// One activity: where it stands, what comes next, how people get to it.
struct ActivityPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.activity(.sheet(.key)).route) { request, context in
            try await show(fault: nil, request, context)
        }
        routes.post(SiteURL.activity(.move(.key)).route, use: move)
        routes.post(SiteURL.activity(.invite(.key)).route, use: invite)
        routes.get(SiteURL.activity(.poster(.key)).route, use: poster)
    }

    private func show(
        fault: String?, typed: FormFields = FormFields(), _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let sheet = try await site.supervision.activities.sheet(
            of: try context.parameter("activity"), for: try context.principal())
        let wording = site.wording(context)
        let page = try ActivityPage(
            sheet, base: site.base(request), sendsMail: site.notices.sendsMail, fault: fault, typed: typed,
            done: fault == nil ? request.query : FormFields(), wording)
        return site.page(
            page, title: page.head.title, section: .activities, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func move(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let event: Activity.Event
        switch fields.text("move") {
        case "publish": event = .publish
        case "close": event = .closeSignUp
        case "reopen": event = .reopenSignUp
        case "begin": event = .begin
        case "finish": event = .finish
        case "cancel": event = .cancel(reason: fields["reason"] ?? "")
        default: throw WebError.badRequest("choice")
        }
        do {
            try await site.supervision.activities.handle(
                event, sheet.activity.id, seen: fields.text("seen").flatMap { Int($0) }, by: principal)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, typed: fields, request, context)
        }
        return .redirect(to: SiteURL.activity(.sheet(.value(sheet.activity.id))).path)
    }

    @Sendable private func invite(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.ownActivity(context)
        let principal = try context.principal()
        let fields = try await request.form(context)
        let language: NoticeChannel.Language = fields.text("language") == "en" ? .english : .simplifiedChinese
        do {
            let asked = try await site.supervision.activities.invite(
                fields["addresses"] ?? "", to: sheet.activity.id, in: language, by: principal)
            return .redirect(
                to: SiteURL.activity(.sheet(.value(sheet.activity.id))).with([
                    ("invited", "\(asked.new)"), ("wrong", asked.wrong.isEmpty ? nil : "\(asked.wrong.count)"),
                ]))
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await show(fault: fault, typed: fields, request, context)
        }
    }

    /// A sheet to be hung up, with the code that leads to the sign-up.
    @Sendable private func poster(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.activities.sheet(
            of: try context.parameter("activity"), for: try context.principal())
        guard sheet.activity.state.isPublic else { throw WebError.notFound }
        let wording = site.wording(context)
        let words = wording.words
        let plan = sheet.activity.plan
        let address = site.base(request) + SiteURL.activity(.board(.value(sheet.activity.code))).path
        let place = "\(wording.schools(sheet.schools)) \(plan.place)"
        var blocks: [PDFBlock] = [
            .letterhead(words(plan.kind)), .space(4), .title(plan.title), .space(6), .poster(try QRCode(address)),
            .space(4), .title(words("activityPoster.scan")), .space(4),
            .facts([
                PDFFact(words("activity.when"), wording.span(plan.span)), PDFFact(words("activity.where"), place),
                PDFFact(words("activity.organizer"), plan.organizer),
                PDFFact(words("activity.until"), wording.exactMinute(plan.signUpUntil)),
            ]),
        ]
        for point in plan.programme {
            blocks.append(.paragraph("\(CalendarForm.clock(point.minute))  \(point.text)", style: .plain))
        }
        blocks.append(.paragraph(words("activityPoster.address", ["address": address]), style: .note))
        let document = PDFDocument(
            title: plan.title, author: words("product.name"), created: wording.now, zone: site.settings.zone,
            pageLabel: "", numbering: .none, blocks: blocks)
        return try await site.paper(plan.title, "activity's poster") { try document.rendered() }
    }
}
