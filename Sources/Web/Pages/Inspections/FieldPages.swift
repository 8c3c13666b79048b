import Domain
import Hummingbird
import NIOCore
import Supervision

/// 现场: what inspectors have on the phone, with or without a network. Everything on it is drawn by its script from what the
/// phone keeps, so that the page is the same for everybody but for the words and the person's name.
struct FieldPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.inspection(.field).route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let person = try context.signedIn().person
        guard try context.principal().maySomewhere(.inspect) else { throw WebError.notPermitted }
        let page = FieldPage(
            person: "\(person.id)", name: person.name, list: SiteURL.inspection(.list).path,
            worker: SiteURL.inspection(.fieldWorker).path)
        var response = site.page(
            page, title: site.words(context)("fieldWork.title"), request: request, context: context)
        // Where the phone is may be asked for here, and nowhere else.
        response.headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=(self)"
        return response
    }
}

struct FieldPage: Page {
    static let template = "field"
    let person: String
    let name: String
    let list: String
    let worker: String
}

/// The service worker: a script of its own address, since its folder is what it may answer for, with the names of the files
/// that the page needs. It changes with them, so that a phone takes a new version when there is one.
struct FieldWorker: Sendable {
    let site: Site

    /// Below the folder of static files.
    static let files = [
        "css/app.css", "css/field.css", "icons.svg", "favicon.svg", "js/strings.js", "js/elements.js", "js/icons.js",
        "js/field/field.js",
        "js/field/views.js", "js/field/form.js", "js/field/vault.js", "js/field/outbox.js", "js/field/server.js",
        "js/field/signature.js", "js/field/conflict.js", "js/field/identifiers.js",
    ]

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.inspection(.fieldWorker).route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let folder = site.assets.folder
        let names = Self.files.map { "\"\(folder)/\($0)\"" }.joined(separator: ",")
        let head =
            "const VERSION=\"\(folder)\";const PAGE=\"\(SiteURL.inspection(.field).path)\";const FILES=[\(names)];\n"
        guard let script = site.assets.body(of: "js/field/worker.js") else { throw WebError.notFound }
        var body = ByteBuffer(string: head)
        body.writeImmutableBuffer(script)
        return Response(
            status: .ok,
            headers: [.contentType: "text/javascript; charset=utf-8", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: body))
    }
}
