import Hummingbird
import NIOCore

/// The description of the API: as it is, for programs, and as a page.
struct DocumentAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.document).route) { [site] request, _ in
            Response.conditional(site.document.bytes, to: request)
        }
    }

    func addPage(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.apiPage.route) { [site] request, context in
            let words = site.words(context)
            return site.page(
                APIPage(site.document.content, words: words), title: words("api.title"), request: request,
                context: context)
        }
    }
}

struct APIPage: Page {
    struct Group: Sendable {
        let name: String
        let description: String
        let operations: [Operation]
    }

    struct Operation: Sendable {
        let id: String
        let method: String
        let path: String
        let summary: String
        let description: String?
        let scope: String?
        let parameters: [Line]
        let hasParameters: Bool
        let body: String?
        let answers: [Line]
    }

    struct Line: Sendable {
        let name: String
        let place: String
        let text: String
    }

    static let template = "api"
    let version: String
    let about: [String]
    let groups: [Group]
    let documentAddress = SiteURL.api(.document).path
    let tokensAddress = SiteURL.tokens.path

    init(_ content: APIDocument.Content, words: Words) {
        version = content.info.version
        about = content.info.description.split(separator: "\n\n").map(String.init)
        let all = content.paths.flatMap { path, operations in
            operations.map { (tags: $0.value.tags, operation: Operation(path, $0.key, $0.value, content, words)) }
        }.sorted { ($0.operation.path, $0.operation.method) < ($1.operation.path, $1.operation.method) }
        groups = content.tags.map { tag in
            Group(
                name: tag.name, description: tag.description,
                operations: all.filter { $0.tags.contains(tag.name) }.map(\.operation))
        }
    }
}

extension APIPage.Operation {
    fileprivate init(
        _ path: String, _ method: String, _ operation: APIDocument.Content.Operation, _ content: APIDocument.Content,
        _ words: Words
    ) {
        self.path = path
        self.method = method.uppercased()
        id = "\(method)\(path)".replacing("/", with: "-").filter { $0 != "{" && $0 != "}" }
        summary = operation.summary
        description = operation.description
        scope = operation.security.compactMap { $0["token"] }.first?.first
        parameters = (operation.parameters ?? []).compactMap { parameter in
            let known = parameter.reference.flatMap { content.components.parameters[Self.last($0)] } ?? parameter
            return known.name.map {
                APIPage.Line(
                    name: $0,
                    place: words("api.in.\(known.place ?? "query")")
                        + (known.required == true ? " · " + words("api.required") : ""),
                    text: known.description ?? "")
            }
        }
        hasParameters = !parameters.isEmpty
        body = operation.requestBody.map { Self.text($0) }
        answers = operation.responses.sorted { $0.key < $1.key }.map { status, message in
            let known = message.reference.flatMap { content.components.responses[Self.last($0)] } ?? message
            return APIPage.Line(name: status, place: Self.text(known), text: known.description ?? "")
        }
    }

    /// `application/json: Case`
    private static func text(_ message: APIDocument.Content.Message) -> String {
        (message.content ?? [:]).sorted { $0.key < $1.key }.map { type, media in
            media.schema?.reference.map { "\(type): \(last($0))" } ?? type
        }.joined(separator: ", ")
    }

    private static func last(_ reference: String) -> String {
        reference.split(separator: "/").last.map(String.init) ?? ""
    }
}
