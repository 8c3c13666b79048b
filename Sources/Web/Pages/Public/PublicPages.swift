import Domain
import Hummingbird
import Supervision

/// What everybody may open without an account: a school's page behind its QR code, and its pictures. (公众页面)
struct PublicPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.publicPage(.key).route, use: show)
        routes.get(SiteURL.publicFile(.key, .key, .key).route, use: file)
    }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let code: PublicCode = try context.parameter("code")
        let board = try await site.supervision.publications.board(code)
        let wording = site.wording(context)
        let page = PublicSchoolPage(
            board, code: code, canShow: site.screens != nil, territory: site.settings.territory, wording: wording)
        return site.page(page, title: page.title, request: request, context: context)
    }

    /// The playlist and the pieces of one camera's picture. Pieces never change under their name: any cache may keep them,
    /// so that a thousand viewers cost what one does.
    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        do {
            let code: PublicCode = try context.parameter("code")
            let camera: CameraID = try context.parameter("camera")
            guard site.screens != nil else { throw WebError.notFound }
            let showing = try await site.supervision.publications.showing(camera, of: code)
            return try await PublicPictureAnswer(site: site, keeping: .anyCache)
                .answer(try context.parameter("file"), of: showing)
        } catch WebError.notFound, SupervisionError.notFound {
            return PublicPictureAnswer.refusal(.notFound)
        } catch WebError.notLive {
            return PublicPictureAnswer.refusal(.serviceUnavailable)
        }
    }
}
