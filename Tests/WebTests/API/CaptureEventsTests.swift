import Domain
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Supervision
import Synchronization
import TestSupport
import Testing

@testable import Web

struct CaptureEventsTests {
    @Test(.timeLimit(.minutes(3)))
    func `a capture is told to whoever may watch it, and to nobody else`() async throws {
        let test = try await SiteUnderTest()
        let capture = Capture.sample(of: test.camera.id, at: test.time.now, item: .insect)
        let later = Capture.sample(of: test.otherCamera.id, at: test.time.now, item: .phone)
        try await test.listening(as: test.head) { own in
            try await test.listening(as: test.otherHead) { foreign in
                try await eventually("both are connected") {
                    own.text.contains("event: captures\n") && foreign.text.contains("event: captures\n")
                }
                #expect(own.text.contains("\"newest\":\"\(test.capture.id)\""))
                #expect(foreign.text.contains("\"ongoing\":{\"\(test.otherCamera.id)\":1}"))
                try await test.supervision.captures.open(capture, first: try capture.write(.first, into: test.folder))
                try await eventually("it is told") {
                    own.text.contains("event: capture\ndata: {\"id\":\"\(capture.id)\"")
                }
                #expect(own.text.contains("\"cameraOngoing\":1"))
                #expect(
                    own.text.contains("<li class=\\\"capture grade-2 ongoing\\\" data-capture=\\\"\(capture.id)\\\""))
                #expect(own.text.contains("飞虫或蟑螂"))
                // What comes after it on the same connection shows that it was not merely late.
                try await test.supervision.captures.open(later, first: nil)
                try await eventually("the other school's is told") { foreign.text.contains("\(later.id)") }
                #expect(!foreign.text.contains("\(capture.id)"))
                var ended = capture
                ended.end = capture.metAt + .seconds(2)
                try await test.supervision.captures.keep(ended, evidence: [])
                try await eventually("its end is told") { own.text.contains("\"cameraOngoing\":0") }
                #expect(!own.text.contains("\(later.id)"))
                #expect(!own.text.contains("event: status"), "only captures were asked for")
            }
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a case that changes is told to whoever may look at it, and to nobody else`() async throws {
        let test = try await SiteUnderTest()
        let supervisor = Principal.person(test.supervisor.person)
        let token = try await test.supervision.tokens.add(
            name: "x", scopes: [.readCases], lifetime: .seconds(600), by: supervisor
        ).text
        try await test.listening(as: test.head, only: "cases") { own in
            try await test.listening(as: test.otherHead, only: "cases") { foreign in
                try await test.listening(as: test.administrator, only: nil, token: token) { program in
                    try await eventually("all are connected") {
                        [own, foreign, program].allSatisfy { $0.text.contains("retry:") }
                    }
                    let cases = test.supervision.cases
                    let id = try await cases.open(CaseDraft(.captures([test.capture.id])), by: supervisor).id
                    _ = try await cases.open(CaseDraft(.captures([test.otherCapture.id])), by: supervisor)
                    try await eventually("each school is told of its own") {
                        own.text.contains("event: case\ndata: {\"id\":\"\(id)\"")
                            && foreign.text.contains("event: case")
                    }
                    #expect(!foreign.text.contains("\(id)"))
                    try await cases.dispatch(id, seen: 1, by: supervisor)
                    try await eventually("its change is told") { own.text.contains("\"state\":\"dispatched\"") }
                    try await eventually("the program is told") { program.text.contains("\"dispatched\"") }
                    // Its token opens cases only; the cookie beside it counts for nothing.
                    for event in ["event: capture", "event: status"] { #expect(!program.text.contains(event)) }
                }
            }
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a page that comes back hears how many it has missed`() async throws {
        let test = try await SiteUnderTest()
        try await test.listening(as: test.supervisor, seen: test.capture.id) { listener in
            try await eventually("the head has come") { listener.text.contains("\"unseen\":1") }
        }
        try await test.listening(as: test.supervisor, seen: CaptureID(at: test.time.now)) { listener in
            try await eventually("the head has come") { listener.text.contains("\"unseen\":0") }
        }
    }
}

extension SiteUnderTest {
    /// Runs `body` while somebody is connected to the events.
    fileprivate func listening(
        as session: Session, seen: CaptureID? = nil, only: String? = "captures", token: Secret? = nil,
        _ body: @Sendable (Listener) async throws -> Void
    ) async throws {
        let responder = site.router().buildResponder()
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger[metadataKey: "hb.request.id"] = "1"
        let context = WebContext(source: .init(channel: NIOAsyncTestingChannel(), logger: logger))
        let path = SiteURL.api(.events).with([("only", only), ("seen", seen.map { "\($0)" })])
        var headers: HTTPFields = [.cookie: "\(SessionCookie.name)=\(session.token.reveal())"]
        if let token { headers[.authorization] = "Bearer \(token.reveal())" }
        let request = Request(
            head: HTTPRequest(
                method: .get, scheme: "http", authority: "localhost", path: path,
                headerFields: headers),
            body: RequestBody(buffer: ByteBuffer()))
        let response = try await responder.respond(to: request, context: context)
        #expect(response.status == .ok)
        let listener = Listener()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await response.body.write(listener) }
            defer { group.cancelAll() }
            try await body(listener)
        }
    }
}

/// A connection of which everything that comes is kept.
private final class Listener: ResponseBodyWriter, Sendable {
    private let bytes = Mutex<[UInt8]>([])

    var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }

    func write(_ buffer: ByteBuffer) async throws { bytes.withLock { $0 += Array(buffer: buffer) } }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
