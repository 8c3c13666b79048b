import Domain
import Hummingbird
import Logging
import Supervision

/// What every page and every API request passes: who asks, in which language, whether another site sends it; and
/// whatever goes wrong behind it leaves as a page or as JSON.
struct FrontDoor: RouterMiddleware {
    let site: Site

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.language = language(of: request)
        context.isRailNarrow = request.cookies[RailCookie.name]?.value == "narrow"
        if site.settings.trustsProxy, let forwarded = request.headers[.forwardedFor] {
            // The last one is the proxy's own word; those before it are the client's.
            context.remoteAddress = forwarded.split(separator: ",").last?.filter { $0 != " " } ?? context.remoteAddress
        }
        do {
            if let token = BearerToken.text(of: request) {
                // A browser sends none by itself, so that no other site can ask in somebody's name.
                context.visitor = try await visitor(token, request, context)
                context.viewingReason = try request.headers[.viewingReason].map(ViewingReason.init(header:))
            } else {
                if let cookie = request.cookies[SessionCookie.name] {
                    let token = Secret(cookie.value)
                    if let person = try await site.supervision.signIn.person(forToken: token) {
                        context.visitor = Visitor(person: person, token: token)
                    }
                }
                try CrossSite.refuse(request)
            }
            return try await next(request, context)
        } catch {
            return await site.problems.response(to: error, request: request, context: context)
        }
    }

    private func visitor(_ token: Secret, _ request: Request, _ context: WebContext) async throws -> Visitor {
        guard request.uri.path.hasPrefix("/api/v1/") else { throw WebError.tokenOnlyForAPI }
        guard let (person, apiToken) = try await site.supervision.tokens.holder(of: token, from: context.remoteAddress)
        else { throw WebError.badToken }
        return Visitor(person: person, token: token, apiToken: apiToken)
    }

    private func language(of request: Request) -> Language {
        request.cookies[LanguageCookie.name].flatMap { Language(rawValue: $0.value) }
            ?? Language(acceptLanguage: request.headers[.acceptLanguage])
    }
}

/// Lets only those through who are signed in and have a password of their own choice.
struct SignInGate: RouterMiddleware {
    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if try context.signedIn().person.mustChangePassword { throw WebError.passwordChangeNeeded }
        return try await next(request, context)
    }
}
