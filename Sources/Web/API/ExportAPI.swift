import Cameras
import Domain
import Hummingbird
import NIOCore
import Supervision

/// Footage to take away: one playable file of a span.
struct ExportAPI: Sendable {
    /// More needs `confirmed=1`: a day of one camera is some 20 GB.
    private static let longestUnconfirmed = Duration.seconds(86_400)
    private static let longest = Duration.seconds(31 * 86_400)

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.export(.key)).route, use: export)
    }

    @Sendable private func export(request: Request, context: WebContext) async throws -> Response {
        let camera: CameraID = try context.parameter("camera")
        let principal = try context.principal()
        let query = request.query
        let isConfirmed = query.flag("confirmed")
        let span = try query.span(
            zone: site.settings.zone, atMost: isConfirmed ? Self.longest : Self.longestUnconfirmed)
        let footage = site.supervision.footage
        let reason = try await site.viewingReason(to: .export, of: camera, context)
        let files = try await footage.files(of: camera, overlapping: span, for: principal)
        let segments = try await footage.segments(of: camera, overlapping: span, limit: 1_000_000, for: principal)
        guard !segments.isEmpty else { throw WebError.nothingRecorded }
        let bytes = segments.reduce(Int64(0)) { $0 + Int64($1.length) } + Int64(files.first?.initBytes ?? 0)
        let headers: HTTPFields = [
            .contentType: "video/mp4", .cacheControl: "no-store", .estimatedLength: "\(bytes)",
            .contentDisposition: Response.contentDisposition(try await name(of: camera, span, principal, context)),
        ]
        if request.method == .head { return Response(status: .ok, headers: headers) }
        try await footage.noteExport(
            of: camera, span: span, purpose: query.text("purpose") ?? "", reason: reason, by: principal)
        let playback = site.playback
        let body = ResponseBody { writer in
            let output = BodyOutput(writer)
            try await playback.export(files: files, segments: segments, span: span) { try await output.write($0) }
            try await output.finish()
        }
        return Response(status: .ok, headers: headers, body: body)
    }

    /// `示范小学-烹饪区-1 号-2026-11-23_08-15-00.mp4`
    private func name(
        of camera: CameraID, _ span: TimeSpan, _ principal: Principal, _ context: WebContext
    ) async throws -> String {
        let wording = site.wording(context)
        let trees = try await site.supervision.places.tree(for: principal)
        let place = VisibleCameras(trees)[camera].map {
            [$0.school.name, wording.area($0.area), $0.camera.name]
        }
        let local = site.settings.zone.civil(span.start)
        let clock = local.clock.replacing(":", with: "-")
        let parts = (place ?? ["\(camera)"]) + ["\(local.date)_\(clock)"]
        return parts.joined(separator: "-").replacing("/", with: "_") + ".mp4"
    }
}
