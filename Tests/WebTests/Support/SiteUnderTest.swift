import Cameras
import Domain
import Hummingbird
import HummingbirdTesting
import Logging
import NIOPosix
import Store
import Supervision
import TestSupport

@testable import Web

/// A site over a fresh store, with two schools, four cameras, and one person of each role, all signed in.
///
/// The fleet is told of the cameras but doesn't run: nothing is connected.
final class SiteUnderTest: Sendable {
    static let password = "correct-horse-battery"

    let folder: TemporaryDirectory
    let time: FakeTime
    let store: Store
    let supervision: Supervision
    let fleet: CameraFleet
    let trials: ScriptedTrials
    let site: Site

    let school: School
    let otherSchool: School
    let area: Area
    let emptyArea: Area
    let otherArea: Area
    /// In ``area``; simulated.
    let camera: Camera
    /// In ``area``; with user name and password.
    let lockedCamera: Camera
    let otherCamera: Camera
    /// By ``camera``; over, with all its evidence on the disk.
    let capture: Capture
    /// By ``otherCamera``; goes on, with its first picture only.
    let otherCapture: Capture

    let administrator: Session
    let supervisor: Session
    /// Of ``school``.
    let head: Session
    /// Of ``otherSchool``.
    let otherHead: Session

    static let secretPassword = "hunter2-of-the-camera"

    /// - Parameter records: nil = a file of its own.
    init(records: RecordsAddress? = nil) async throws {
        folder = try TemporaryDirectory()
        time = FakeTime()
        store = try await Store.open(
            at: records ?? .file(folder.file("mingchu.db")), key: SealingKey(bytes: Array(1...32)), now: time.now)
        supervision = Supervision(
            store: store, time: time.source, passwordCost: PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1))
        let log = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let sources = SourceFactory(
            eventLoops: MultiThreadedEventLoopGroup.singleton, time: time.source, log: log)
        let recorder = Recorder(
            settings: RecorderSettings(root: folder.file("footage")), index: NoIndex(), time: time.source, log: log)
        fleet = CameraFleet(recorder: recorder, sources: sources, time: time.source, log: log)
        trials = ScriptedTrials()
        site = try Site(
            supervision: supervision, fleet: fleet, playback: Playback(root: folder.file("footage")),
            probe: Probe(sources: sources, time: time.source), time: time.source,
            settings: SiteSettings(territory: "当涂县"), desk: trials.desk(evidenceRoot: folder.file("evidence")),
            attachments: AttachmentShelf(root: folder.file("attachments")), log: log)

        school = try await supervision.places.addSchool("实验小学 <1>", by: .console)
        otherSchool = try await supervision.places.addSchool("第二中学", by: .console)
        area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
        emptyArea = try await supervision.places.addArea(
            to: school.id, kind: .washing, name: "后厨水池", by: .console)
        otherArea = try await supervision.places.addArea(to: otherSchool.id, kind: .preparation, by: .console)
        camera = try await supervision.cameras.add(
            CameraDraft(
                area: area.id, name: "灶台", main: SourceAddress(scheme: .sim, host: "cooking", query: "people=1")),
            by: .console)
        lockedCamera = try await supervision.cameras.add(
            CameraDraft(
                area: area.id, name: "Door & window",
                main: SourceAddress(scheme: .rtsp, host: "192.0.2.17", path: "/Streaming/Channels/101"),
                sub: SourceAddress(scheme: .rtsp, host: "192.0.2.17", path: "/Streaming/Channels/102"),
                credentials: Credentials(user: "viewer", password: Secret(Self.secretPassword)), retentionDays: 60),
            by: .console)
        otherCamera = try await supervision.cameras.add(
            CameraDraft(area: otherArea.id, name: "案板", main: SourceAddress(scheme: .sim, host: "preparation")),
            by: .console)
        capture = .sample(of: camera.id, at: time.now - .seconds(60), end: time.now - .seconds(30))
        otherCapture = .sample(of: otherCamera.id, at: time.now - .seconds(20), item: .rodent)
        try await supervision.captures.open(capture, first: try capture.write(.first, into: folder))
        try await supervision.captures.keep(
            capture, evidence: [try capture.write(.picture, into: folder), try capture.write(.clip, into: folder)])
        try await supervision.captures.open(otherCapture, first: try otherCapture.write(.first, into: folder))
        administrator = try await Session.begin("chief", .administrator, nil, supervision)
        supervisor = try await Session.begin("inspector", .supervisor, nil, supervision)
        head = try await Session.begin("head", .school, school.id, supervision)
        otherHead = try await Session.begin("other", .school, otherSchool.id, supervision)
        fleet.apply(try await supervision.cameras.all())
    }

    /// Runs `test` with a browser that has nobody signed in.
    func visit(
        as session: Session? = nil, language: Language = .simplifiedChinese,
        _ test: @Sendable (Browser) async throws -> Void
    ) async throws {
        let application = Application(
            responder: site.responder(), logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
        try await application.test(.router) { client in
            try await test(Browser(client: client, session: session, language: language))
        }
    }

    /// As if the person had said why, before the first recording is opened.
    func giveReason(_ session: Session, _ camera: CameraID) async throws {
        try await supervision.footage.give(
            ViewingReason(.inspection), for: [camera], in: session.token, by: .person(session.person))
    }

    func ledger(_ act: LedgerAct) async throws -> [LedgerEntry] {
        try await supervision.ledger.page(LedgerFilter(act: act), for: .console)
    }
}

/// Somebody's session, past the change of the initial password.
struct Session: Sendable {
    let person: Person
    let token: Secret

    static func begin(
        _ account: String, _ role: Role, _ school: SchoolID?, township: TownshipID? = nil, _ supervision: Supervision
    ) async throws -> Session {
        let (person, initial) = try await supervision.people.add(
            account: account, name: "\(account) 先生", role: role, school: school, township: township, by: .console)
        let session = try await supervision.signIn.signIn(account: account, password: initial, from: "192.0.2.1")
        try await supervision.signIn.changeOwnPassword(
            of: person, old: initial, new: Secret(SiteUnderTest.password), keeping: session.token)
        return Session(person: person, token: session.token)
    }
}

/// Nothing is recorded through the recorder in these tests; what is in the index is put there directly.
struct NoIndex: RecordingIndex {
    func record(_ changes: [RecordingChange]) async throws {}
    func lastEnd(of camera: CameraID) async throws -> UTCTime? { nil }
    func unclosedFiles() async throws -> [RecordedFile] { [] }
    func file(at path: String) async throws -> RecordedFile? { nil }
    func files(of camera: CameraID, after path: String?, limit: Int) async throws -> [RecordedFile] { [] }
    func camerasWithFootage() async throws -> [CameraID] { [] }
    func segments(ofFile path: String) async throws -> [RecordedSegment] { [] }
    func replace(_ file: RecordedFile, segments: [RecordedSegment]) async throws {}
    func removableFiles(of camera: CameraID?, endingBefore: UTCTime?, limit: Int) async throws -> [RecordedFile] { [] }
    func totalBytes() async throws -> Int64 { 0 }
    func forget(_ files: [RecordedFile], because reason: RemovalReason) async throws {}
}
