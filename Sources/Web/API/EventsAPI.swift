import Cameras
import Domain
import Hummingbird
import NIOCore
import Supervision

/// Changes of the cameras' state, captures as they come, and cases as they change, as server-sent events (WHATWG HTML
/// §9.2).
///
/// A screen of the hall is told when it may have to show something else. `?only=captures`, `?only=cases` or `?only=hall`
/// leaves the others out; `&seen=<capture>` names the newest one that the reader has looked at.
struct EventsAPI: Sendable {
    /// Proxies cut connections on which nothing comes for a minute or so.
    private static let heartbeat = Duration.seconds(15)

    private enum Event: Sendable {
        case changed(CameraID)
        case captured(CaptureID)
        case handled(CaseID)
        case hallChanged
        case beat
    }

    /// What somebody wants to hear of, and may.
    private struct Topics: Sendable {
        let states: Bool
        let captures: Bool
        let cases: Bool
        let hall: Bool

        init(_ only: String?, _ visitor: Visitor) throws(WebError) {
            guard only == nil || only == "captures" || only == "cases" || only == "hall" else {
                throw .badRequest("choice")
            }
            states = only == nil && visitor.has(.readPlaces)
            captures = (only == nil || only == "captures") && visitor.has(.readCaptures)
            cases = (only == nil || only == "cases") && visitor.has(.readCases)
            hall =
                (only == nil || only == "hall") && visitor.has(.readPlaces)
                && Principal.person(visitor.person).maySomewhere(.watchHall)
        }
    }

    let site: Site

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.api(.events).route, use: events)
    }

    @Sendable private func events(request: Request, context: WebContext) async throws -> Response {
        let visitor = try context.signedIn()
        _ = try await site.supervision.places.tree(for: .person(visitor.person))
        let query = request.query
        let topics = try Topics(query.text("only"), visitor)
        let seen = query.text("seen").flatMap(CaptureID.init(_:))
        let body = ResponseBody { writer in
            // All sources put into one bounded stream; what is dropped is an older change of some camera, which the
            // next beat makes good, or of some capture, which its page shows.
            let (merged, input) = AsyncStream.makeStream(of: Event.self, bufferingPolicy: .bufferingNewest(4096))
            let changes = site.fleet.statusChanges()
            // Before the first look at the records: what comes in between is told twice rather than never.
            let captures = site.supervision.captures.changes()
            let cases = site.supervision.cases.changes()
            let halls = site.supervision.halls.changes()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    for await camera in changes { input.yield(.changed(camera)) }
                    input.finish()
                }
                group.addTask {
                    for await capture in captures { input.yield(.captured(capture)) }
                }
                group.addTask {
                    for await id in cases { input.yield(.handled(id)) }
                }
                group.addTask {
                    for await _ in halls { input.yield(.hallChanged) }
                }
                group.addTask {
                    while true {
                        try await Task.sleep(for: Self.heartbeat)
                        input.yield(.beat)
                    }
                }
                defer { group.cancelAll() }
                try await send(
                    merged, to: &writer, visitor: visitor, topics: topics, seen: seen, context: context)
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
        _ events: AsyncStream<Event>, to writer: inout any ResponseBodyWriter, visitor: Visitor, topics: Topics,
        seen: CaptureID?, context: WebContext
    ) async throws {
        var person = visitor.person
        var revision = try await site.supervision.cameras.revision()
        var cameras = VisibleCameras(try await site.supervision.places.tree(for: .person(person)))
        var sent: [CameraID: CameraStatus] = [:]
        try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
        if topics.captures { try await writer.write(head(seen, person)) }
        if topics.states { try await sendAll(cameras, &sent, to: &writer, context) }
        for await event in events {
            switch event {
            case .changed(let id):
                guard topics.states, let place = cameras[id], let status = site.fleet.status(of: id), sent[id] != status
                else {
                    continue
                }
                sent[id] = status
                try await writer.write(line(place, status, context))
            case .captured(let id):
                guard topics.captures, let line = try await line(id, person, context) else { continue }
                try await writer.write(line)
            case .handled(let id):
                guard topics.cases, let line = try await line(id, person, context) else { continue }
                try await writer.write(line)
            case .hallChanged:
                if topics.hall { try await writer.write(ByteBuffer(string: "event: hall\ndata: {}\n\n")) }
            case .beat:
                guard let current = try await site.person(of: visitor, from: context.remoteAddress) else { return }
                let now = try await site.supervision.cameras.revision()
                if current != person || now != revision {
                    (person, revision) = (current, now)
                    cameras = VisibleCameras(try await site.supervision.places.tree(for: .person(person)))
                    // What is on the page may be gone: the page asks for the list anew.
                    if topics.states {
                        try await writer.write(ByteBuffer(string: "event: cameras\ndata: {}\n\n"))
                    }
                }
                try await writer.write(ByteBuffer(string: ": beat\n\n"))
                if topics.states { try await sendAll(cameras, &sent, to: &writer, context) }
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

    /// Where things stand as the connection begins: the newest capture, how many came after the one last seen, and the
    /// cameras with one that goes on.
    @concurrent
    private func head(_ seen: CaptureID?, _ person: Person) async throws -> ByteBuffer {
        let captures = site.supervision.captures
        let newest = try await captures.list(limit: 1, for: .person(person)).first?.capture.id
        var unseen: Int?
        if let seen { unseen = try await captures.countLater(than: seen, for: .person(person)) }
        let ongoing = try await captures.ongoing(for: .person(person))
        let json = JSON.object([
            "newest": .string(newest.map { "\($0)" }), "unseen": .integer(unseen),
            "ongoing": .members(ongoing.map { ("\($0.key)", .integer(Int64($0.value))) }),
        ])
        return ByteBuffer(string: "event: captures\ndata: \(json.text)\n\n")
    }

    /// nil when the person may not look at that case.
    @concurrent
    private func line(_ id: CaseID, _ person: Person, _ context: WebContext) async throws -> ByteBuffer? {
        do {
            let summary = try await site.supervision.cases.summary(id, for: .person(person))
            let json = JSON.members(site.wording(context).members(summary))
            return ByteBuffer(string: "event: case\ndata: \(json.text)\n\n")
        } catch SupervisionError.notFound {
            return nil
        }
    }

    /// nil when the person may not watch that camera.
    @concurrent
    private func line(_ id: CaptureID, _ person: Person, _ context: WebContext) async throws -> ByteBuffer? {
        let captures = site.supervision.captures
        let record: CaptureRecord
        do {
            record = try await captures.capture(id, for: .person(person))
        } catch SupervisionError.notFound {
            return nil
        }
        let wording = site.wording(context)
        let ongoing = try await captures.ongoing(for: .person(person))[record.capture.camera] ?? 0
        let card = site.renderer.text(
            CaptureCard(record, wording: wording), template: CaptureCard.template, context: context)
        let json = JSON.members(
            wording.members(record) + [("cameraOngoing", .integer(Int64(ongoing))), ("card", .string(card))])
        return ByteBuffer(string: "event: capture\ndata: \(json.text)\n\n")
    }
}
