import Cameras
import Domain
import Hummingbird
import NIOCore
import Supervision

/// Recordings: timeline, calendar, index, playlist, and the files themselves.
struct FootageAPI: Sendable {
    private static let longestTimeline = Duration.seconds(31 * 86_400)
    /// More segments than that are more than a page can use.
    private static let longestIndex = Duration.seconds(86_400)
    private static let mostSegments = 100_000

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.timeline(.key)).route, use: timeline)
        routes.get(SiteURL.api(.days(.key)).route, use: days)
        routes.get(SiteURL.api(.segments(.key)).route, use: segments)
        routes.get(SiteURL.api(.recordedPlaylist(.key)).route, use: playlist)
        routes.get(SiteURL.api(.recordedFile(.key, date: .key, name: .key)).route, use: file)
    }

    @Sendable private func timeline(request: Request, context: WebContext) async throws -> Response {
        let camera: CameraID = try context.parameter("camera")
        let span = try request.query.span(zone: site.settings.zone, atMost: Self.longestTimeline)
        let timeline = try await site.supervision.footage.timeline(of: camera, in: span, for: try context.principal())
        let words = site.words(context)
        var gaps = timeline.gaps.map { ($0.span, $0.reason) }
        if let open = openGap(of: camera, in: timeline) { gaps.append(open) }
        return Response(
            .object([
                "from": .integer(span.start.milliseconds), "to": .integer(span.end.milliseconds),
                "spans": .array(
                    timeline.recorded.map {
                        .object(["start": .integer($0.start.milliseconds), "end": .integer($0.end.milliseconds)])
                    }),
                "gaps": .array(
                    gaps.map { span, reason in
                        .object([
                            "start": .integer(span.start.milliseconds), "end": .integer(span.end.milliseconds),
                            "reason": .string(reason.rawValue), "reasonText": .string(words(reason)),
                        ])
                    }),
            ]))
    }

    /// The recorder enters a gap when it is over. One that still lasts reaches from the last footage to now.
    private func openGap(of camera: CameraID, in timeline: Timeline) -> (TimeSpan, RecordingGap.Reason)? {
        let now = site.time.now()
        guard timeline.span.contains(now) || timeline.span.end == now, let status = site.fleet.status(of: camera) else {
            return nil
        }
        let reason: RecordingGap.Reason
        switch (status.state, status.recording) {
        case (.disabled, _), (.live, .off): reason = .switchedOff
        case (.live, .paused(let pause)): reason = pause
        case (.live, .running): return nil
        case (.connecting, _), (.waiting, _): reason = .offline
        }
        let lastEnd = (timeline.recorded.map(\.end) + timeline.gaps.map(\.span.end)).max()
        let start = lastEnd ?? max(timeline.span.start, status.since)
        // The newest footage is up to a segment old when it reaches the index.
        guard now - start > .seconds(10) else { return nil }
        return (TimeSpan(start: start, end: now), reason)
    }

    @Sendable private func days(request: Request, context: WebContext) async throws -> Response {
        let camera: CameraID = try context.parameter("camera")
        let query = request.query
        let zone = site.settings.zone
        guard let from = try query.time("from", zone: zone), let to = try query.time("to", zone: zone) else {
            throw WebError.badRequest("spanMissing")
        }
        // Days are meant whole, the last one included.
        let span = (zone.day(of: from).start, zone.day(of: to).end)
        guard span.0 < span.1 else { throw WebError.badRequest("spanOrder") }
        guard span.1 - span.0 <= .seconds(400 * 86_400) else { throw WebError.spanTooLong(maximumHours: 400 * 24) }
        let days = try await site.supervision.footage.days(
            of: camera, in: TimeSpan(start: span.0, end: span.1), zone: zone, for: try context.principal())
        return Response(
            .object(["days": .array(days.map { .string($0.date) }), "timeZone": .string(zone.name)]))
    }

    @Sendable private func segments(request: Request, context: WebContext) async throws -> Response {
        let (files, segments, _) = try await index(request, context)
        let places = Dictionary(files.indices.map { (files[$0].path, $0) }, uniquingKeysWith: { first, _ in first })
        return Response(
            .object([
                "files": .array(
                    files.map { file in
                        .object([
                            "url": .string(address(of: file)), "start": .integer(file.start.milliseconds),
                            "codecs": .string(file.codecs), "width": .integer(file.width),
                            "height": .integer(file.height), "initBytes": .integer(file.initBytes),
                        ])
                    }),
                "segments": .array(
                    segments.compactMap { segment in
                        places[segment.path].map { place in
                            .array([
                                .integer(Int64(place)), .integer(segment.start.milliseconds),
                                .integer(segment.duration.inMilliseconds), .integer(segment.offset),
                                .integer(Int64(segment.length)),
                            ])
                        }
                    }),
            ]))
    }

    @Sendable private func playlist(request: Request, context: WebContext) async throws -> Response {
        let (files, segments, _) = try await index(request, context)
        guard !segments.isEmpty else { throw WebError.nothingRecorded }
        let text = site.playback.playlist(files: files, segments: segments, uri: address(of:))
        return Response(
            status: .ok, headers: [.contentType: "application/vnd.apple.mpegurl", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// A recorded file, whole or in part. Only what the index knows of this camera is ever opened.
    @Sendable private func file(request: Request, context: WebContext) async throws -> Response {
        let camera: CameraID = try context.parameter("camera")
        let principal = try context.principal()
        let reason = try await site.viewingReason(of: camera, context)
        let path = "\(camera)/\(try context.parameter("date") as String)/\(try context.parameter("name") as String)"
        let file = try await site.supervision.footage.file(at: path, for: principal)
        guard file.camera == camera else { throw WebError.notFound }
        guard let size = await site.playback.size(ofFile: file.path) else { throw WebError.fileMissing }
        let range = try ByteRange.parse(request.headers[.range], size: size)
        let wanted = range ?? 0..<size
        var headers: HTTPFields = [
            .contentType: "video/mp4", .acceptRanges: "bytes", .contentLength: "\(wanted.count)",
            // A file that is still being written grows.
            .cacheControl: site.time.now() - file.span.end > .seconds(60) ? "private, max-age=600" : "no-store",
        ]
        if range != nil { headers[.contentRange] = "bytes \(wanted.lowerBound)-\(wanted.upperBound - 1)/\(size)" }
        if request.method != .head {
            try await site.supervision.footage.noteViewing(
                of: camera, span: file.span, kind: .replay, reason: reason, by: principal)
        }
        let playback = site.playback
        let body = ResponseBody(contentLength: wanted.count) { writer in
            let output = BodyOutput(writer)
            try await playback.read(file: file.path, range: wanted) { try await output.write($0) }
            try await output.finish()
        }
        return Response(status: range == nil ? .ok : .partialContent, headers: headers, body: body)
    }

    private func index(
        _ request: Request, _ context: WebContext
    ) async throws -> ([RecordedFile], [RecordedSegment], TimeSpan) {
        let camera: CameraID = try context.parameter("camera")
        let principal = try context.principal()
        let span = try request.query.span(zone: site.settings.zone, atMost: Self.longestIndex)
        let footage = site.supervision.footage
        _ = try await site.viewingReason(of: camera, context)
        let files = try await footage.files(of: camera, overlapping: span, for: principal)
        let segments = try await footage.segments(
            of: camera, overlapping: span, limit: Self.mostSegments, for: principal)
        return (files, segments, span)
    }

    private func address(of file: RecordedFile) -> String {
        // `<camera>/<date>/<name>.mp4`: characters that need no encoding.
        let parts = file.path.split(separator: "/").map(String.init)
        guard parts.count == 3 else { return "" }
        return SiteURL.api(
            .recordedFile(.value(file.camera), date: .value(parts[1]), name: .value(parts[2]))
        ).path
    }
}
