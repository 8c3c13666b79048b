import Domain
import Hummingbird
import NIOCore
import PublicVideo
import Supervision

/// The playlist and the pieces of one camera's public picture, once somebody has been asked whether it may be shown. (公开画面)
struct PublicPictureAnswer: Sendable {
    enum Keeping: Sendable {
        /// nginx, a CDN: it makes no difference who asks.
        case anyCache
        /// Who asks has been looked at: only the asker's own browser may keep it.
        case asker
    }

    /// How long a request for the first playlist is held while the first piece is made.
    private static let patience = Duration.seconds(12)

    /// A piece never changes under its name. It could be kept for ever, but what is closed must end: within the shortest delay
    /// no cache holds a piece of what was cut, not even one that counts whole seconds twice.
    static let pieceSeconds = PublicScreenSettings.delays.lowerBound - 2

    let site: Site
    let keeping: Keeping

    /// - Throws: ``WebError/notFound`` for a piece that isn't there (any more); ``WebError/notLive`` for a closed picture.
    func answer(_ name: String, of showing: PublicShowing) async throws -> Response {
        guard let screens = site.screens else { throw WebError.notFound }
        do {
            if name == "index.m3u8" {
                return try await playlist(try screens.screen(of: showing.camera.id, settings(showing)))
            }
            guard let screen = screens.running(showing.camera.id) else { throw WebError.notFound }
            return response("video/mp4", seconds: Self.pieceSeconds, try screen.file(name))
        } catch let error as PublicScreenError {
            throw error == .gone ? WebError.notFound : WebError.notLive
        }
    }

    /// What a cache may keep for a second, so that a thousand players that try again cost one request too.
    static func refusal(_ status: HTTPResponse.Status) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "public, max-age=1"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "\(status.reasonPhrase)\n")))
    }

    private func playlist(_ screen: PublicScreen) async throws -> Response {
        let deadline = site.time.monotonic() + Self.patience
        while true {
            if let text = try screen.playlist() {
                return response("application/vnd.apple.mpegurl", seconds: 1, ByteBuffer(string: text))
            }
            guard site.time.monotonic() < deadline else { throw WebError.notLive }
            try await Task.sleep(for: .milliseconds(150))
        }
    }

    private func response(_ type: String, seconds: Int, _ bytes: ByteBuffer) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type,
                .cacheControl: "\(keeping == .anyCache ? "public" : "private"), max-age=\(seconds)",
            ], body: ResponseBody(byteBuffer: bytes))
    }

    /// The same for all viewers, whatever their language: there is one picture.
    private func settings(_ showing: PublicShowing) -> PublicScreenSettings {
        PublicScreenSettings(
            delay: .seconds(showing.delaySeconds), label: showing.school.name, zone: site.settings.zone,
            hasSub: showing.camera.sub != nil)
    }
}
