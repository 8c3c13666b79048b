import Cameras
import Domain
import Hummingbird
import NIOCore
import Supervision

/// Changes of the cameras' state as server-sent events (WHATWG HTML §9.2).
struct EventsAPI: Sendable {
    /// Proxies cut connections on which nothing comes for a minute or so.
    private static let heartbeat = Duration.seconds(15)

    private enum Event: Sendable {
        case changed(CameraID)
        case beat
    }

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.events).route, use: events)
    }

    @Sendable private func events(request: Request, context: WebContext) async throws -> Response {
        let visitor = try context.signedIn()
        _ = try await site.supervision.places.tree(for: .person(visitor.person))
        let body = ResponseBody { writer in
            // Both sources put into one bounded stream; what is dropped is an older change of some camera, which the
            // next beat makes good.
            let (merged, input) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(4096))
            let changes = site.fleet.statusChanges()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await camera in changes { input.yield(.changed(camera)) }
                    input.finish()
                }
                group.addTask {
                    while true {
                        try await Task.sleep(for: Self.heartbeat)
                        input.yield(.beat)
                    }
                }
                defer { group.cancelAll() }
                try await send(merged, to: &writer, visitor: visitor, context: context)
            }
            try await writer.finish(nil)
        }
        return Response(
            status: .ok,
            headers: [
                .contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-store",
                .accelBuffering: "no",
            ], body: body)
    }

    /// Until the session ends, the fleet ends, or the connection is closed.
    @concurrent
    private func send(
        _ events: AsyncStream<Event>, to writer: inout any ResponseBodyWriter, visitor: Visitor, context: WebContext
    ) async throws {
        var person = visitor.person
        var revision = try await site.supervision.cameras.revision()
        var cameras = VisibleCameras(try await site.supervision.places.tree(for: .person(person)))
        var sent: [CameraID: CameraStatus] = [:]
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        try await sendAll(cameras, &sent, to: &writer, context)
        for await event in events {
            switch event {
            case .changed(let id):
                guard let place = cameras[id], let status = site.fleet.status(of: id), sent[id] != status else {
                    continue
                }
                sent[id] = status
                try await writer.write(line(place, status, context))
            case .beat:
                guard let current = try await site.supervision.signIn.person(forToken: visitor.token) else { return }
                let now = try await site.supervision.cameras.revision()
                if current != person || now != revision {
                    (person, revision) = (current, now)
                    cameras = VisibleCameras(try await site.supervision.places.tree(for: .person(person)))
                    // What is on the page may be gone: the page asks for the list anew.
                    try await writer.write(ByteBuffer(string: "event: cameras\ndata: {}\n\n"))
                }
                try await writer.write(ByteBuffer(string: ": beat\n\n"))
                try await sendAll(cameras, &sent, to: &writer, context)
            }
        }
    }

    /// Those whose state is not what was sent last.
    @concurrent
    private func sendAll(
        _ cameras: VisibleCameras, _ sent: inout [CameraID: CameraStatus], to writer: inout any ResponseBodyWriter,
        _ context: WebContext
    ) async throws {
        let statuses = site.fleet.statuses()
        for place in cameras.places {
            guard let status = statuses[place.camera.id], sent[place.camera.id] != status else { continue }
            sent[place.camera.id] = status
            try await writer.write(line(place, status, context))
        }
    }

    private func line(_ place: VisibleCameras.Place, _ status: CameraStatus, _ context: WebContext) -> ByteBuffer {
        let json = site.wording(context).json(place.camera, in: place.area, of: place.school, status: status)
        return ByteBuffer(string: "event: status\ndata: \(json.text)\n\n")
    }
}
