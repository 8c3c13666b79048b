import Domain
import Hummingbird
import Supervision

/// 访问令牌: one's own tokens, by which programs ask the API in one's name.
struct TokenPages: Sendable {
    private static let lifetimes = [7, 30, 90, 365]

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.tokens.route) { request, context in try await list(request, context) }
        routes.post(SiteURL.tokens.route, use: make)
        routes.post(SiteURL.revokeToken(.key).route, use: revoke)
    }

    private func list(
        _ request: Request, _ context: WebContext, typed: FormFields? = nil, fault: String? = nil
    ) async throws -> Response {
        let person = try context.signedIn().person
        let wording = site.wording(context)
        let words = wording.words
        let tokens = try await site.supervision.tokens.list(for: .person(person))
        let scopes = Scope.allCases.filter { $0.isOpen(to: person.role) }
        let chosen = typed?.all("scope") ?? []
        let days = typed?.text("days") ?? "90"
        let page = TokensPage(
            rows: tokens.map { TokensPage.Row($0, wording: wording) }, hasRows: !tokens.isEmpty,
            scopes: scopes.map {
                TokensPage.ScopeChoice(
                    value: $0.rawValue, label: words("scope.\($0.rawValue)"), isSelected: chosen.contains($0.rawValue))
            },
            lifetimes: Self.lifetimes.map {
                Choice(value: "\($0)", label: words("duration.days", ["count": "\($0)"]), isSelected: "\($0)" == days)
            }, name: typed?["name"] ?? "", fault: fault, isRevoked: request.query.flag("revoked"),
            apiAddress: SiteURL.apiPage.path)
        return site.page(
            page, title: words("tokens.title"), request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func make(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let fields = try await request.form(context)
        let words = site.words(context)
        do {
            guard let days = fields.text("days").flatMap(Int.init), Self.lifetimes.contains(days) else {
                throw WebError.badRequest("choice")
            }
            var scopes: Set<Scope> = []
            for name in fields.all("scope") {
                guard let scope = Scope(rawValue: name) else { throw WebError.badRequest("choice") }
                scopes.insert(scope)
            }
            let (token, text) = try await site.supervision.tokens.add(
                name: fields["name"] ?? "", scopes: scopes, lifetime: .seconds(days * 86_400), by: principal)
            // The only page that ever shows it; it is not reached by an address, so it can't be opened again.
            let page = NewTokenPage(name: token.name, token: text.reveal(), back: SiteURL.tokens.path)
            return site.page(page, title: words("tokens.made"), request: request, context: context)
        } catch {
            guard let fault = words.mendable(error) else { throw error }
            return try await list(request, context, typed: fields, fault: fault)
        }
    }

    @Sendable private func revoke(request: Request, context: WebContext) async throws -> Response {
        let id: APITokenID = try context.parameter("token")
        _ = try await request.form(context)
        try await site.supervision.tokens.revoke(id, by: try context.principal())
        return .redirect(to: SiteURL.tokens.with([("revoked", "1")]))
    }
}

struct TokensPage: Page {
    struct Row: Sendable {
        let name: String
        let scopes: String
        let created: Moment
        let expires: String
        let isExpired: Bool
        let used: Moment?
        let action: String

        init(_ token: APIToken, wording: Wording) {
            name = token.name
            scopes = token.scopes.map(\.rawValue).sorted().joined(separator: ", ")
            created = wording.moment(token.created)
            expires = String(wording.exact(token.expires).dropLast(3))
            isExpired = token.expires <= wording.now
            used = token.lastUsed.map(wording.moment)
            action = SiteURL.revokeToken(.value(token.id)).path
        }
    }

    struct ScopeChoice: Sendable {
        let value: String
        let label: String
        let isSelected: Bool
    }

    static let template = "tokens"
    let rows: [Row]
    let hasRows: Bool
    let scopes: [ScopeChoice]
    let lifetimes: [Choice]
    let name: String
    let fault: String?
    let isRevoked: Bool
    let apiAddress: String
}

struct NewTokenPage: Page {
    static let template = "new-token"
    let name: String
    let token: String
    let back: String
}
