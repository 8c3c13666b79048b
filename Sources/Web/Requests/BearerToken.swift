import Domain
import Hummingbird

/// The token of an `Authorization` header (RFC 6750 §2.1).
enum BearerToken {
    /// nil without the header, and for other schemes: a proxy in front of the site may have one of its own.
    static func text(of request: Request) -> Secret? {
        guard let header = request.headers[.authorization], header.prefix(7).lowercased() == "bearer " else {
            return nil
        }
        return Secret(String(header.dropFirst(7).filter { $0 != " " }))
    }
}

/// Lets a token through only where one of its scopes leads. Which scope a route needs stands in the API's document; a
/// route that is not in it is closed to tokens.
struct ScopeGate: RouterMiddleware {
    let document: APIDocument

    func handle(
        _ request: Request, context: WebContext, next: @concurrent (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        if let token = context.visitor?.apiToken {
            switch document.access(request.method, context.endpointPath ?? "") {
            case .closed: throw WebError.scopeMissing(nil)
            case .open: break
            case .scope(let scope): guard token.scopes.contains(scope) else { throw WebError.scopeMissing(scope) }
            }
        }
        return try await next(request, context)
    }
}
