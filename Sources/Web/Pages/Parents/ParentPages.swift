import Domain
import Hummingbird
import Supervision

/// 家长端: a class's invitation, and the page of a parent who is signed in. Asks for the parents' cookie alone, so that nothing
/// here opens a page of supervision, and no account of supervision opens anything here.
struct ParentPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.parent(.join(.key)).route, use: invitation)
        routes.post(SiteURL.parent(.join(.key)).route, use: join)
        routes.get(SiteURL.parent(.signIn).route, use: form)
        routes.post(SiteURL.parent(.signIn).route, use: signIn)
        routes.get(SiteURL.parent(.board).route, use: board)
        routes.get(SiteURL.parent(.picture(.key, .key)).route, use: picture)
        routes.post(SiteURL.parent(.signOut).route, use: signOut)
        routes.post(SiteURL.parent(.code).route, use: renewCode)
        routes.post(SiteURL.parent(.leave).route, use: leave)
    }

    // MARK: Coming in

    @Sendable private func invitation(request: Request, context: WebContext) async throws -> Response {
        try await invitation(typed: nil, fault: nil, context)
    }

    private func invitation(
        typed: ParentDraft?, fault: String?, _ context: WebContext
    ) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let view = try await site.supervision.parents.invitation(code, from: context.remoteAddress)
        let words = site.words(context)
        let page = ParentJoinPage(
            view, code, typed: typed, fault: fault,
            territory: site.settings.territory.isEmpty ? words("parent.consent.county") : site.settings.territory,
            words: words)
        return site.renderer.response(
            page, title: words("parent.joinTitle", ["school": view.school.name]), context: context,
            path: SiteURL.parent(.join(.value(code))).path,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func join(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let parents = site.supervision.parents
        let view = try await parents.invitation(code, from: context.remoteAddress)
        let fields = try await request.unguardedForm(context)
        // A field that people don't see: whoever fills it is none.
        guard fields.text("website") == nil else { return .redirect(to: SiteURL.parent(.join(.value(code))).path) }
        let draft = ParentDraft(
            name: fields["name"] ?? "", phone: fields["phone"] ?? "", consents: fields.flag("consent"))
        do {
            let session = try await parents.join(draft, by: code, from: context.remoteAddress)
            return codePage(session, at: view.school, isNew: true, request, context)
        } catch SupervisionError.tooManyAttempts(let wait) {
            let words = site.words(context)
            return try await invitation(
                typed: draft, fault: words("parent.tooMany", ["time": words(wait)]), context)
        } catch {
            guard let fault = site.words(context).mendable(error) else { throw error }
            return try await invitation(typed: draft, fault: fault, context)
        }
    }

    /// The answer to a form rather than a redirect: the code stands in no address and is asked for only once.
    private func codePage(
        _ session: ParentSignedIn, at school: School, isNew: Bool, _ request: Request, _ context: WebContext
    ) -> Response {
        var response = codePage(session.code!, at: school, isNew: isNew, request, context)
        response.setCookie(
            ParentCookie.begin(session, now: site.time.now(), isSecure: site.settings.usesSecureCookies))
        return response
    }

    private func codePage(
        _ code: ParentCode, at school: School, isNew: Bool, _ request: Request, _ context: WebContext
    ) -> Response {
        let scheme = site.settings.usesSecureCookies ? "https" : "http"
        let base = site.settings.publicAddress ?? "\(scheme)://\(request.head.authority ?? "localhost")"
        let page = ParentCodePage(
            school: school.name, code: code.grouped, isNew: isNew,
            signInAddress: base + SiteURL.parent(.signIn).path)
        // A language that is chosen here leads on: the answer to a form can't be asked for again.
        return site.renderer.response(
            page, title: site.words(context)("parent.codeTitle"), context: context,
            path: SiteURL.parent(.board).path)
    }

    // MARK: Signing in

    @Sendable private func form(request: Request, context: WebContext) async throws -> Response {
        guard try await site.supervision.parents.isOn() else { throw WebError.notFound }
        if try await site.parent(request) != nil { return .redirect(to: SiteURL.parent(.board).path) }
        let done = request.query.text("done") == "left" ? site.words(context)("parent.left") : nil
        return form(fault: nil, done: done, context)
    }

    private func form(
        fault: String?, done: String? = nil, _ context: WebContext, status: HTTPResponse.Status = .ok
    ) -> Response {
        site.renderer.response(
            ParentSignInPage(fault: fault, done: done), title: site.words(context)("parent.signIn"), context: context,
            path: SiteURL.parent(.signIn).path, status: status)
    }

    @Sendable private func signIn(request: Request, context: WebContext) async throws -> Response {
        let fields = try await request.unguardedForm(context)
        let words = site.words(context)
        do {
            let session = try await site.supervision.parents.signIn(fields["code"] ?? "", from: context.remoteAddress)
            var response = Response.redirect(to: SiteURL.parent(.board).path)
            response.setCookie(
                ParentCookie.begin(session, now: site.time.now(), isSecure: site.settings.usesSecureCookies))
            return response
        } catch SupervisionError.wrongCredentials {
            return form(fault: words("parent.badCode"), context, status: .unprocessableContent)
        } catch SupervisionError.tooManyAttempts(let wait) {
            return form(
                fault: words("parent.tooMany", ["time": words(wait)]), context, status: .tooManyRequests)
        }
    }

    // MARK: A parent's own

    @Sendable private func board(request: Request, context: WebContext) async throws -> Response {
        guard let token = ParentCookie.token(of: request), try await site.parent(request) != nil else {
            return .redirect(to: SiteURL.parent(.signIn).path)
        }
        let board = try await site.supervision.parents.board(forToken: token)
        let wording = site.wording(context)
        let page = PublicSchoolPage(
            board.board, code: board.member.page, canShow: site.screens != nil, territory: site.settings.territory,
            parent: ParentView(board, token: token, done: nil, wording: wording), wording: wording)
        return site.page(page, title: page.title, request: request, context: context)
    }

    /// The same pieces of the same covered picture as everybody's; only their own phone may keep them.
    @Sendable private func picture(request: Request, context: WebContext) async throws -> Response {
        let camera: CameraID = try context.parameter("camera")
        guard let token = ParentCookie.token(of: request) else { throw WebError.notFound }
        let showing = try await site.supervision.parents.showing(camera, forToken: token)
        return try await PublicPictureAnswer(site: site, keeping: .asker)
            .answer(try context.parameter("file"), of: showing)
    }

    @Sendable private func signOut(request: Request, context: WebContext) async throws -> Response {
        if let token = try await checked(request, context) {
            try await site.supervision.parents.signOut(token: token)
        }
        return ended(SiteURL.parent(.signIn).path)
    }

    @Sendable private func renewCode(request: Request, context: WebContext) async throws -> Response {
        guard let member = try await site.parent(request), let token = try await checked(request, context) else {
            return .redirect(to: SiteURL.parent(.signIn).path)
        }
        let code = try await site.supervision.parents.renewCode(token: token)
        return codePage(code, at: member.school, isNew: false, request, context)
    }

    @Sendable private func leave(request: Request, context: WebContext) async throws -> Response {
        if let token = try await checked(request, context) {
            try await site.supervision.parents.leave(token: token)
        }
        return ended(SiteURL.parent(.signIn).with([("done", "left")]))
    }

    private func ended(_ address: String) -> Response {
        var response = Response.redirect(to: address)
        response.setCookie(ParentCookie.end(isSecure: site.settings.usesSecureCookies))
        return response
    }

    /// The phone's token, once the form is known to be its own; nil when nobody is signed in.
    private func checked(_ request: Request, _ context: WebContext) async throws -> Secret? {
        let fields = try await request.unguardedForm(context)
        guard let token = ParentCookie.token(of: request) else { return nil }
        guard FormToken.matches(fields[FormToken.field], FormToken.text(for: token)) else { throw WebError.staleForm }
        return token
    }
}

extension Site {
    /// The parent whose phone asks; nil = none is signed in on it.
    func parent(_ request: Request) async throws -> ParentMember? {
        guard let token = ParentCookie.token(of: request) else { return nil }
        return try await supervision.parents.member(forToken: token)
    }
}
