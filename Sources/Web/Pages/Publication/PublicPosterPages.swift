import Documents
import Domain
import Hummingbird
import Supervision

/// 海报: a sheet to be printed and hung up, with the QR code of a school's public page.
struct PublicPosterPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.publicPoster(.key).route, use: poster) }

    @Sendable private func poster(request: Request, context: WebContext) async throws -> Response {
        let sheet = try await site.supervision.publications.sheet(
            of: try context.parameter("school"), for: try context.principal())
        guard sheet.publication.isOn, let code = sheet.code else { throw WebError.notFound }
        let wording = site.wording(context)
        let words = wording.words
        let scheme = site.settings.usesSecureCookies ? "https" : "http"
        let base = site.settings.publicAddress ?? "\(scheme)://\(request.head.authority ?? "localhost")"
        let address = base + SiteURL.publicPage(.value(code)).path
        let hours = sheet.publication.hours
        let document = PDFDocument(
            title: sheet.tree.school.name, author: words("product.name"), created: wording.now,
            zone: site.settings.zone, pageLabel: "", numbering: .none,
            blocks: [
                .space(18), .letterhead(sheet.tree.school.name), .space(6), .title(words("poster.title")), .space(10),
                .poster(try QRCode(address)), .space(8), .title(words("poster.scan")), .space(6),
                .paragraph(
                    words(
                        "poster.note",
                        [
                            "from": CalendarForm.clock(hours.startMinute),
                            "to": CalendarForm.clock(hours.endMinute),
                        ]), style: .centered),
                .paragraph(words("poster.address", ["address": address]), style: .centered),
            ])
        return try await site.paper(sheet.tree.school.name, "school's poster") { try document.rendered() }
    }
}
