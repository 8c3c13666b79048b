import Cameras
import Domain
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import NIOEmbedded
import NIOPosix
import Store
import Supervision
import Synchronization
import TestSupport
import Testing

@testable import Web

/// A real simulated kitchen, connected, recorded, watched and replayed through the site.
@Suite(.serialized) struct WatchingTests {
    private static func running(_ test: @Sendable (SiteUnderTest.Running) async throws -> Void) async throws {
        let running = try await SiteUnderTest.Running()
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await running.recorder.run() }
            group.addTask { try await running.fleet.run() }
            defer { group.cancelAll() }
            try await test(running)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `a kitchen is seen live, then replayed, and every way of watching is in the ledger`() async throws {
        try await Self.running { node in
            let base = "/api/v1/cameras/\(node.camera.id)"
            try await eventually("the camera is live", within: .seconds(60)) {
                node.fleet.status(of: node.camera.id)?.state == .live
            }

            let live = try await node.read("\(base)/live.mp4", atLeast: 20_000)
            #expect(String(decoding: live[4..<8], as: UTF8.self) == "ftyp")
            #expect(live.firstRange(of: Array("moof".utf8)) != nil)

            try await node.visit { browser async throws in
                let still = try await browser.get("\(base)/snapshot.jpg?width=160")
                #expect(still.status == .ok)
                #expect(Array(still.bytes.prefix(2)) == [0xFF, 0xD8])

                let playlist = try await browser.get("\(base)/live.m3u8")
                #expect(playlist.text.hasPrefix("#EXTM3U"))
                let name = try #require(playlist.text.split(separator: "URI=\"live/").dropFirst().first)
                let part = try await browser.get("\(base)/live/\(name.prefix { $0 != "\"" })")
                #expect(part.status == .ok && !part.bytes.isEmpty)
                #expect(try await browser.get("\(base)/live/999999.m4s").status == .notFound)
                #expect(try await browser.get("\(base)/live/..%2f").status == .notFound)

                try await eventually("footage is in the index", within: .seconds(60)) {
                    try await browser.get("\(base)/segments?\(node.lastHour)").text.contains("],[")
                }
                let text = try await browser.get("\(base)/segments?\(node.lastHour)").text
                let file = try #require(
                    text.split(separator: "\"url\":\"").dropFirst().first.map { $0.prefix { $0 != "\"" } })
                let head = try await browser.get(String(file), [.range: "bytes=4-7"])
                #expect(head.text == "ftyp")
                let start = try #require(
                    text.split(separator: "\"segments\":[[0,").dropFirst().first.flatMap {
                        Int64($0.prefix { $0 != "," })
                    })
                let then = try await browser.get("\(base)/snapshot.jpg?at=\(start + 500)&width=160")
                #expect(Array(then.bytes.prefix(2)) == [0xFF, 0xD8])
                let export = try await browser.get("\(base)/export.mp4?from=\(start)&to=\(start + 2000)")
                #expect(String(decoding: export.bytes[4..<8], as: UTF8.self) == "ftyp")
                #expect(export.headers[.contentDisposition]?.contains("filename*=UTF-8''") == true)
                let page = try await browser.get("/kitchens/\(node.camera.id)")
                #expect(page.text.contains("H.264") && page.text.contains("实时"))
                #expect(try await browser.get("/kitchens").text.contains("snapshot.jpg"))
            }
            let kinds = try await node.ledger(.footageViewed).map(\.payload).joined()
            for kind in ["live", "replay", "still"] { #expect(kinds.contains("\"\(kind)\""), "\(kind)") }
            #expect(try await node.ledger(.footageExported).count == 1)
        }
    }

    @Test(.timeLimit(.minutes(3)))
    func `events tell every camera at once and then what changes`() async throws {
        try await Self.running { node in
            try await eventually("the camera is live", within: .seconds(60)) {
                node.fleet.status(of: node.camera.id)?.state == .live
            }
            let bytes = try await node.read("/api/v1/events", atLeast: 1) { text in
                text.contains("event: status\ndata: {\"id\":\"\(node.camera.id)\"")
            }
            #expect(String(decoding: bytes, as: UTF8.self).contains("\"state\":\"live\""))
        }
    }
}

extension SiteUnderTest {
    /// A node with one simulated camera and the machine's own clock.
    final class Running: Sendable {
        let folder: TemporaryDirectory
        let supervision: Supervision
        let recorder: Recorder
        let fleet: CameraFleet
        let camera: Camera
        private let site: Site
        private let session: Session
        private let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

        init() async throws {
            folder = try TemporaryDirectory()
            let clock = ContinuousClock.now
            let time = TimeSource(
                now: { UTCTime(milliseconds: Self.wallMilliseconds()) },
                monotonic: { clock.duration(to: .now) + .seconds(1000) })
            let store = try await Store.open(
                at: .file(folder.file("mingchu.db")), key: SealingKey(bytes: Array(1...32)), now: time.now())
            supervision = Supervision(
                store: store, time: time, passwordCost: PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1))
            let sources = SourceFactory(eventLoops: MultiThreadedEventLoopGroup.singleton, time: time, log: log)
            let settings = RecorderSettings(root: folder.file("footage"), reserveBytes: 0)
            recorder = Recorder(settings: settings, index: FootageOnly(footage: store.footage), time: time, log: log)
            fleet = CameraFleet(recorder: recorder, sources: sources, time: time, log: log)
            site = try Site(
                supervision: supervision, fleet: fleet, playback: Playback(root: settings.root),
                probe: Probe(sources: sources, time: time), time: time, settings: SiteSettings(), log: log)
            let school = try await supervision.places.addSchool("示范小学", by: .console)
            let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
            camera = try await supervision.cameras.add(
                CameraDraft(
                    area: area.id, name: "1 号",
                    main: SourceAddress(scheme: .sim, host: "cooking", query: "people=1&width=320&height=180&fps=5")),
                by: .console)
            session = try await Session.begin("chief", .administrator, nil, supervision)
            try await supervision.footage.give(
                ViewingReason(.inspection), for: [camera.id], in: session.token, by: .person(session.person))
            fleet.apply([camera])
        }

        var lastHour: String {
            let now = Self.wallMilliseconds()
            return "from=\(now - 3_600_000)&to=\(now + 3_600_000)"
        }

        func visit(_ test: @Sendable (Browser) async throws -> Void) async throws {
            try await Application(responder: site.responder(), logger: log).test(.router) { client in
                try await test(Browser(client: client, session: session))
            }
        }

        func ledger(_ act: LedgerAct) async throws -> [LedgerEntry] {
            try await supervision.ledger.page(LedgerFilter(act: act), for: .console)
        }

        /// The beginning of an endless answer.
        func read(
            _ uri: String, atLeast count: Int, until isEnough: @escaping @Sendable (String) -> Bool = { _ in true }
        ) async throws -> [UInt8] {
            let responder = site.router().buildResponder()
            var logger = log
            logger[metadataKey: "hb.request.id"] = "1"
            let context = WebContext(source: .init(channel: NIOAsyncTestingChannel(), logger: logger))
            let request = Request(
                head: HTTPRequest(
                    method: .get, scheme: "http", authority: "localhost", path: uri,
                    headerFields: [.cookie: "\(SessionCookie.name)=\(session.token.reveal())"]),
                body: RequestBody(buffer: ByteBuffer()))
            let response = try await responder.respond(to: request, context: context)
            #expect(response.status == .ok)
            let beginning = Beginning { $0.count >= count && isEnough(String(decoding: $0, as: UTF8.self)) }
            do {
                try await response.body.write(beginning)
            } catch is Beginning.Enough {}
            return beginning.bytes
        }

        private static func wallMilliseconds() -> Int64 {
            Int64(Date().timeIntervalSince1970 * 1000)
        }
    }
}

/// Takes what is written until it is enough, then closes the connection.
private final class Beginning: ResponseBodyWriter, Sendable {
    struct Enough: Error {}

    private let taken = Mutex<[UInt8]>([])
    private let isEnough: @Sendable ([UInt8]) -> Bool

    init(isEnough: @escaping @Sendable ([UInt8]) -> Bool) { self.isEnough = isEnough }

    var bytes: [UInt8] { taken.withLock { $0 } }

    func write(_ buffer: ByteBuffer) async throws {
        let bytes = taken.withLock { taken in
            taken += Array(buffer: buffer)
            return taken
        }
        if isEnough(bytes) { throw Enough() }
    }

    func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// The recorder's index on the store, as far as recording needs it.
private struct FootageOnly: RecordingIndex {
    let footage: FootageIndex

    func record(_ changes: [RecordingChange]) async throws { try await footage.record(changes) }
    func lastEnd(of camera: CameraID) async throws -> UTCTime? { try await footage.lastEnd(of: camera) }
    func unclosedFiles() async throws -> [RecordedFile] { try await footage.unclosedFiles() }
    func file(at path: String) async throws -> RecordedFile? { try await footage.file(at: path) }
    func files(of camera: CameraID, after path: String?, limit: Int) async throws -> [RecordedFile] { [] }
    func camerasWithFootage() async throws -> [CameraID] { [] }
    func segments(ofFile path: String) async throws -> [RecordedSegment] { try await footage.segments(ofFile: path) }
    func replace(_ file: RecordedFile, segments: [RecordedSegment]) async throws {}
    func removableFiles(of camera: CameraID?, endingBefore: UTCTime?, limit: Int) async throws -> [RecordedFile] { [] }
    func totalBytes() async throws -> Int64 { 0 }
    func forget(_ files: [RecordedFile], because reason: RemovalReason) async throws {}
}
