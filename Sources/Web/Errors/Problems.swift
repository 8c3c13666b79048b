import Domain
import Hummingbird
import Logging
import NIOCore
import Supervision

/// Turns errors into answers: JSON for the API, a page for people. The only place where a failed request is logged.
struct Problems: Sendable {
    let renderer: PageRenderer
    let catalogues: Catalogues
    let log: Logger

    func response(to error: any Error, request: Request, context: WebContext) async -> Response {
        let words = catalogues[context.language]
        let isAPI = request.uri.path.hasPrefix("/api/")
        if !isAPI, let redirect = redirect(for: error, request: request, context: context) { return redirect }
        let problem: Problem
        if let known = Problem(error, words: words) {
            problem = known
        } else {
            problem = Problem(status: .internalServerError, code: "internal", words: words)
            log.error(
                "request failed",
                metadata: [
                    "request": "\(context.requestID)", "method": "\(request.method)", "path": "\(request.uri.path)",
                    "error": "\(String(reflecting: error))",
                ])
        }
        var response = isAPI ? json(problem, context: context) : page(problem, context: context)
        response.headers.append(contentsOf: problem.headers)
        response.headers[.cacheControl] = "no-store"
        return response
    }

    /// Pages that need somebody signed in, or a reason, lead to where that is given and from there back.
    private func redirect(for error: any Error, request: Request, context: WebContext) -> Response? {
        let next = request.method == .get ? request.pathAndQuery : nil
        if case SupervisionError.reasonNeeded(let cameras) = error {
            let list = cameras.map { "\($0)" }.joined(separator: ",")
            return .redirect(
                to: SiteURL.viewingReason.with([
                    ("cameras", list), ("case", request.query.text("case")), ("next", next),
                ]))
        }
        switch error as? WebError {
        case .signInNeeded:
            return .redirect(to: SiteURL.signIn.with([("next", next == "/" ? nil : next)]))
        case .passwordChangeNeeded: return .redirect(to: SiteURL.password.path)
        default: return nil
        }
    }

    private func json(_ problem: Problem, context: WebContext) -> Response {
        Response(
            .object(["error": .members(problem.members(request: context.requestID))]), status: problem.status)
    }

    private func page(_ problem: Problem, context: WebContext) -> Response {
        renderer.response(
            ProblemPage(
                status: "\(problem.status.code)", heading: problem.title, advice: problem.advice,
                request: context.requestID),
            title: problem.title, context: context, status: problem.status)
    }
}

struct ProblemPage: Page {
    static let template = "problem"
    let status: String
    let heading: String
    let advice: String
    let request: String
}
