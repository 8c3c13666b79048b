import Cameras
import Domain
import Glibc
import Hummingbird
import NIOCore
import NIOPosix
import Supervision

/// Small pictures of a case's photographs and films, made when they are first asked for and kept beside the files.
///
/// Nothing rests on them: one that is missing is made anew, and what can't be decoded is shown as a sheet of paper.
struct ThumbnailPages: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) { routes.get(SiteURL.caseThumbnail(.key, .key).route, use: show) }

    @Sendable private func show(request: Request, context: WebContext) async throws -> Response {
        let file = try await site.supervision.cases.file(
            try context.parameter("file"), of: try context.parameter("case"), for: try context.principal())
        guard let shelf = site.attachments else { throw WebError.evidenceMissing }
        let place = shelf.thumbnailPath(of: file)
        if let kept = try await Self.read(place) { return Self.response(kept, "image/jpeg") }
        guard file.attachment.kind != .document,
            let made = try? await Thumbnail.jpeg(
                path: shelf.path(of: file), isVideo: file.attachment.kind == .video)
        else { return Self.response(Array(Self.sheet.utf8), "image/svg+xml") }
        try? await NIOThreadPool.singleton.runIfActive { shelf.keepThumbnail(made, of: file) }
        return Self.response(made, "image/jpeg")
    }

    private static func response(_ bytes: [UInt8], _ type: String) -> Response {
        Response(
            status: .ok,
            headers: [
                .contentType: type, .cacheControl: "private, max-age=86400",
                .contentSecurityPolicy: "default-src 'none'; sandbox",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// nil = there is none, or it can't be read.
    private static func read(_ path: String) async throws -> [UInt8]? {
        try await NIOThreadPool.singleton.runIfActive {
            guard let file = fopen(path, "rb") else { return nil }
            defer { fclose(file) }
            var buffer = [UInt8](repeating: 0, count: 1 << 18)
            let count = fread(&buffer, 1, buffer.count, file)
            return count > 0 ? Array(buffer[..<count]) : nil
        }
    }

    private static let sheet = """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 130"><rect width="200" height="130" fill="#eef1f4"/>\
        <path d="M78 30h30l16 16v54H78zM108 30v16h16" fill="none" stroke="#8a94a0" stroke-width="3" \
        stroke-linejoin="round"/></svg>
        """
}
