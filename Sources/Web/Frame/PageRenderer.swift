import Hummingbird
import Mustache
import NIOCore

/// Turns page models into answers.
struct PageRenderer: Sendable {
    let templates: Templates
    let catalogues: Catalogues
    let assets: Assets
    let settings: SiteSettings

    /// - Parameters:
    ///   - title: Goes before the product's name in the window's title.
    ///   - section: Which item of the rail is marked as the current one.
    ///   - path: Where the switches of the top bar lead back to.
    func response<Model: Page>(
        _ page: Model, title: String, section: Section? = nil, context: WebContext, path: String? = nil,
        status: HTTPResponse.Status = .ok
    ) -> Response {
        let words = catalogues[context.language]
        let frame = Frame(
            title: title, section: section, context: context, words: words, settings: settings, assets: assets,
            browserStrings: catalogues.forBrowser(context.language), path: path)
        let text = templates.render(words.root, frame, page, with: Model.template)
        return html(text, status)
    }

    /// A part of a page, for a script that puts it into the page.
    func fragment<Model: Page>(_ page: Model, template: String, context: WebContext) -> Response {
        html(text(page, template: template, context: context), .ok)
    }

    /// A part of a page as it stands.
    func text<Model: Page>(_ page: Model, template: String, context: WebContext) -> String {
        let words = catalogues[context.language]
        let frame = Frame(
            title: "", section: nil, context: context, words: words, settings: settings, assets: assets,
            browserStrings: "{}", path: nil)
        return templates.render(words.root, frame, page, with: template)
    }

    private func html(_ text: String, _ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/html; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
