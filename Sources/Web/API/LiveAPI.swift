import Cameras
import Domain
import Hummingbird
import NIOCore
import Supervision

/// Live pictures: endless fragmented MP4, low-latency HLS, and stills.
struct LiveAPI: Sendable {
    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.liveFile(.key)).route, use: file)
        routes.get(SiteURL.api(.livePlaylist(.key)).route) { request, context in
            // The names in a playlist are relative: the sub-stream's lie in a folder of their own.
            if try kind(request) == .sub {
                let query = request.query
                return Response.redirect(
                    to: SiteURL.api(.subPlaylist(.value(try context.parameter("camera")))).with([
                        ("_HLS_msn", query["_HLS_msn"]), ("_HLS_part", query["_HLS_part"]),
                    ]), type: .temporary)
            }
            return try await playlist(.main, request, context)
        }
        routes.get(SiteURL.api(.subPlaylist(.key)).route) { request, context in
            try await playlist(.sub, request, context)
        }
        routes.get(SiteURL.api(.liveResource(.key, .key)).route) { request, context in
            try await resource(.main, request, context)
        }
        routes.get(SiteURL.api(.subResource(.key, .key)).route) { request, context in
            try await resource(.sub, request, context)
        }
        routes.get(SiteURL.api(.snapshot(.key)).route, use: snapshot)
    }

    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let (camera, principal) = try await watched(context)
        guard let stream = site.fleet.live(camera, stream: try kind(request)) else { throw WebError.notLive }
        let headers: HTTPFields = [.contentType: "video/mp4", .cacheControl: "no-store"]
        if request.method == .head { return Response(status: .ok, headers: headers) }
        try await note(camera, .live, principal)
        let visitor = try context.signedIn()
        let (site, monotonic) = (site, site.time.monotonic)
        let body = ResponseBody { writer in
            let viewer = stream.subscribe()
            var nextCheck = monotonic() + Self.checkInterval
            while let chunk = try await viewer.next() {
                try await writer.write(chunk)
                if monotonic() > nextCheck {
                    nextCheck = monotonic() + Self.checkInterval
                    let mayGoOn = try await inOwnTask {
                        guard let person = try await site.person(of: visitor, from: context.remoteAddress) else {
                            return false
                        }
                        try await site.supervision.footage.require(.watchLive, of: camera, for: .person(person))
                        try await note(camera, .live, principal)
                        return true
                    }
                    guard mayGoOn else { break }
                }
            }
            try await writer.finish(nil)
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    /// How often a viewer's right to watch is looked at again, and the viewing is noted as going on.
    private static let checkInterval = Duration.seconds(60)

    private func playlist(
        _ kind: StreamKind, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let (camera, principal) = try await watched(context)
        let query = request.query
        let mediaSequence = try number(query, "_HLS_msn")
        let part = try number(query, "_HLS_part")
        guard let stream = site.fleet.playlistStream(camera, stream: kind) else { throw WebError.notLive }
        let text = try await stream.playlist(mediaSequence: mediaSequence, part: part)
        try await note(camera, .live, principal)
        return Response(
            status: .ok, headers: [.contentType: "application/vnd.apple.mpegurl", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    private func resource(
        _ kind: StreamKind, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let (camera, _) = try await watched(context)
        let name: String = try context.parameter("name")
        guard let stream = site.fleet.playlistStream(camera, stream: kind) else { throw WebError.notLive }
        let bytes: ByteBuffer
        do {
            bytes = try await stream.resource(name)
        } catch {
            throw WebError.notFound
        }
        // Names are never used twice while the program runs; after a restart they begin anew.
        return Response(
            status: .ok, headers: [.contentType: "video/mp4", .cacheControl: "private, max-age=10"],
            body: ResponseBody(byteBuffer: bytes))
    }

    @Sendable private func snapshot(request: Request, context: WebContext) async throws -> Response {
        let (camera, principal) = try await watched(context)
        let query = request.query
        let width = try number(query, "width").map { min(3840, max(64, $0)) }
        let jpeg: [UInt8]
        if let at = try query.time("at", zone: site.settings.zone) {
            let footage = site.supervision.footage
            let reason = try await site.viewingReason(of: camera, context)
            // A second more than the longest group of pictures that any camera of ours is set to.
            let around = TimeSpan(start: at - .seconds(30), end: at + .milliseconds(1))
            let segments = try await footage.segments(of: camera, overlapping: around, for: principal)
            let files = try await footage.files(of: camera, overlapping: around, for: principal)
            guard segments.contains(where: { $0.span.contains(at) }) else { throw WebError.nothingRecorded }
            jpeg = try await site.playback.still(at: at, files: files, segments: segments, maxWidth: width)
            try await footage.noteViewing(
                of: camera, span: TimeSpan(start: at, duration: .milliseconds(1)), kind: .still, reason: reason,
                by: principal)
        } else {
            guard let still = try await site.fleet.still(camera, maxWidth: width) else { throw WebError.notLive }
            jpeg = still
            try await note(camera, .still, principal)
        }
        return Response(
            status: .ok, headers: [.contentType: "image/jpeg", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: jpeg)))
    }

    /// The camera of the path, if the visitor may watch it.
    private func watched(_ context: WebContext) async throws -> (CameraID, Principal) {
        let camera: CameraID = try context.parameter("camera")
        let principal = try context.principal()
        try await site.supervision.footage.require(.watchLive, of: camera, for: principal)
        return (camera, principal)
    }

    private func note(_ camera: CameraID, _ kind: ViewingKind, _ principal: Principal) async throws {
        try await site.supervision.footage.noteViewing(
            of: camera, span: TimeSpan(start: site.time.now(), duration: .milliseconds(1)), kind: kind, by: principal)
    }

    private func kind(_ request: Request) throws(WebError) -> StreamKind {
        guard let text = request.query.text("stream") else { return .main }
        guard let kind = StreamKind(rawValue: text) else { throw .badRequest("choice") }
        return kind
    }

    private func number(_ query: FormFields, _ name: String) throws(WebError) -> Int? {
        guard let text = query.text(name) else { return nil }
        guard let number = Int(text), (0...1_000_000_000_000).contains(number) else { throw .badRequest("number") }
        return number
    }
}
