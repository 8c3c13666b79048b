import Domain
import Hummingbird
import Supervision

/// Signing in and out, and the switches of the top bar.
struct SignInPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.home.route) { _, context in
            Response.redirect(to: Self.start(of: try context.signedIn().person))
        }
        routes.get(SiteURL.signIn.route, use: form)
        routes.post(SiteURL.signIn.route, use: signIn)
        routes.post(SiteURL.signOut.route, use: signOut)
        routes.post(SiteURL.preferences.route, use: prefer)
    }

    /// Where somebody begins: a hall's screen shows the hall, with nobody there to press anything.
    private static func start(of person: Person) -> String {
        person.role == .hall ? SiteURL.hall(.screen).path : SiteURL.today.path
    }

    @Sendable private func form(request: Request, context: WebContext) async throws -> Response {
        let next = ReturnAddress.checked(request.query["next"])
        if let visitor = context.visitor { return .redirect(to: next ?? Self.start(of: visitor.person)) }
        return page(SignInPage(account: "", next: next, fault: nil), request, context)
    }

    @Sendable private func signIn(request: Request, context: WebContext) async throws -> Response {
        let fields = try await request.unguardedForm(context)
        let account = fields.text("account") ?? ""
        let next = ReturnAddress.checked(fields["next"])
        do {
            let session = try await site.supervision.signIn.signIn(
                account: account, password: Secret(fields["password"] ?? ""), from: context.remoteAddress)
            let destination =
                session.person.mustChangePassword
                ? SiteURL.password.with([("next", next)]) : next ?? Self.start(of: session.person)
            var response = Response.redirect(to: destination)
            response.setCookie(
                SessionCookie.begin(session, now: site.time.now(), isSecure: site.settings.usesSecureCookies))
            return response
        } catch let error as SupervisionError {
            let problem = Problem(error, words: site.words(context))
            var response = page(
                SignInPage(account: account, next: next, fault: problem.title), request, context,
                status: problem.status)
            response.headers.append(contentsOf: problem.headers)
            return response
        }
    }

    @Sendable private func signOut(request: Request, context: WebContext) async throws -> Response {
        if let visitor = context.visitor {
            _ = try await request.form(context)
            try await site.supervision.signIn.signOut(token: visitor.token)
        }
        var response = Response.redirect(to: SiteURL.signIn.path)
        response.setCookie(SessionCookie.end(isSecure: site.settings.usesSecureCookies))
        return response
    }

    @Sendable private func prefer(request: Request, context: WebContext) async throws -> Response {
        let fields = try await request.unguardedForm(context)
        var response = Response.redirect(to: ReturnAddress.checked(fields["next"]) ?? SiteURL.home.path)
        if let language = fields["language"].flatMap(Language.init(rawValue:)) {
            response.setCookie(LanguageCookie.cookie(language, isSecure: site.settings.usesSecureCookies))
        }
        if let rail = fields["rail"] {
            response.setCookie(
                RailCookie.cookie(isNarrow: rail == "narrow", isSecure: site.settings.usesSecureCookies))
        }
        return response
    }

    private func page(
        _ page: SignInPage, _ request: Request, _ context: WebContext, status: HTTPResponse.Status = .ok
    ) -> Response {
        site.page(page, title: site.words(context)("signIn.title"), request: request, context: context, status: status)
    }
}

struct SignInPage: Page {
    static let template = "sign-in"
    let account: String
    let next: String?
    let fault: String?
}
