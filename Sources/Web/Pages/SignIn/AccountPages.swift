import Domain
import Hummingbird
import Supervision

/// One's own account: who one is, and a new password.
struct AccountPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.account.route) { request, context in try show(request, context, fault: nil) }
        routes.get(SiteURL.password.route) { request, context in try show(request, context, fault: nil) }
        routes.post(SiteURL.password.route, use: change)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let visitor = try context.signedIn()
        let fields = try await request.form(context)
        let words = site.words(context)
        let new = fields["new"] ?? ""
        guard new == fields["again"] else {
            return try show(request, context, fault: words("account.notTheSame"), next: fields["next"])
        }
        do {
            try await site.supervision.signIn.changeOwnPassword(
                of: visitor.person, old: Secret(fields["old"] ?? ""), new: Secret(new), keeping: visitor.token)
        } catch SupervisionError.wrongCredentials {
            return try show(request, context, fault: words("account.oldIsWrong"), next: fields["next"])
        } catch {
            guard let fault = words.mendable(error) else { throw error }
            return try show(request, context, fault: fault, next: fields["next"])
        }
        return .redirect(to: ReturnAddress.checked(fields["next"]) ?? SiteURL.account.with([("changed", "1")]))
    }

    private func show(
        _ request: Request, _ context: WebContext, fault: String?, next: String? = nil
    ) throws -> Response {
        let person = try context.signedIn().person
        let words = site.words(context)
        let page = AccountPage(
            account: person.account, name: person.name, role: words("role.\(person.role.rawValue)"),
            mustChange: person.mustChangePassword, isChanged: request.query.flag("changed"), fault: fault,
            next: ReturnAddress.checked(next ?? request.query["next"]))
        return site.page(
            page, title: words("account.title"), request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }
}

struct AccountPage: Page {
    static let template = "account"
    let account: String
    let name: String
    let role: String
    /// The password was chosen by somebody else: nothing else can be done first.
    let mustChange: Bool
    let isChanged: Bool
    let fault: String?
    let next: String?
}
