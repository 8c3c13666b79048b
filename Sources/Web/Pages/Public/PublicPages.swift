import Domain
import Hummingbird
import NIOCore
import PublicVideo
import Supervision

/// What everybody may open without an account: a school's page behind its QR code, and its pictures. (公众页面)
struct PublicPages: Sendable {
    /// How long a request for the first playlist is held while the first segment is made.
    private static let patience = Duration.seconds(12)

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
        let code: PublicCode = try context.parameter("code")
        let camera: CameraID = try context.parameter("camera")
        let name: String = try context.parameter("file")
        guard let screens = site.screens else { throw WebError.notFound }
        let showing = try await site.supervision.publications.showing(camera, of: code)
        do {
            if name == "index.m3u8" {
                return try await playlist(
                    try screens.screen(of: camera, settings(showing, site.wording(context))))
            }
            guard let screen = screens.running(camera) else { throw WebError.notFound }
            return Response(
                status: .ok, headers: [.contentType: "video/mp4", .cacheControl: "public, max-age=60, immutable"],
                body: ResponseBody(byteBuffer: try screen.file(name)))
        } catch let error as PublicScreenError {
            throw error == .gone ? WebError.notFound : WebError.notLive
        }
    }

    private func playlist(_ screen: PublicScreen) async throws -> Response {
        let deadline = site.time.monotonic() + Self.patience
        while true {
            if let text = try screen.playlist() {
                return Response(
                    status: .ok,
                    headers: [
                        .contentType: "application/vnd.apple.mpegurl", .cacheControl: "public, max-age=1",
                    ], body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
            }
            guard site.time.monotonic() < deadline else { throw WebError.notLive }
            try await Task.sleep(for: .milliseconds(150))
        }
    }

    /// The same for all viewers, whatever their language: there is one picture.
    private func settings(_ showing: PublicShowing, _ wording: Wording) -> PublicScreenSettings {
        PublicScreenSettings(
            delay: .seconds(showing.delaySeconds), label: showing.school.name, zone: site.settings.zone,
            hasSub: showing.camera.sub != nil)
    }
}
