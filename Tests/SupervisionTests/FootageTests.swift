import Domain
import Store
import Testing

@testable import Supervision

struct FootageTests {
    @Test func `a day's timeline joins what follows closely and keeps gaps with their reasons`() async throws {
        let office = try await Office()
        let start = office.clock.now
        func at(_ seconds: Int64) -> UTCTime { start + .seconds(seconds) }
        try await office.store.footage.record(
            office.file("a", from: at(0), seconds: 60) + office.file("b", from: at(60), seconds: 60)
                + office.file("c", from: at(200), seconds: 60)
                + [
                    .gap(
                        RecordingGap(
                            camera: office.camera.id, span: TimeSpan(start: at(120), end: at(200)), reason: .offline))
                ])
        let timeline = try await office.supervision.footage.timeline(
            of: office.camera.id, in: TimeSpan(start: at(30), end: at(210)), for: office.head)
        #expect(timeline.recorded == [TimeSpan(start: at(30), end: at(120)), TimeSpan(start: at(200), end: at(210))])
        #expect(timeline.gaps.map(\.span) == [TimeSpan(start: at(120), end: at(200))])
        #expect(timeline.gaps.map(\.reason) == [.offline])
        let day = TerritoryZone.shanghai.day(of: start)
        let days = try await office.supervision.footage.days(
            of: office.camera.id, in: day, zone: .shanghai, for: office.head)
        #expect(days == [TerritoryZone.shanghai.civil(day.start)])
    }

    @Test func `footage is seen by those who may watch, exported by those who may export`() async throws {
        let office = try await Office()
        let footage = office.supervision.footage
        try await office.store.footage.record(office.recording())
        let stranger = Principal.person(
            try await office.supervision.people.add(
                account: "other", name: "Other", role: .school, school: office.otherSchool.id, by: .console
            ).person)
        let span = TimeSpan(start: office.clock.now, duration: .seconds(60))
        let id = office.camera.id
        for principal in [office.administrator, office.supervisor, office.head] {
            #expect(try await footage.files(of: id, overlapping: span, for: principal).count == 1)
            #expect(try await footage.segments(of: id, overlapping: span, for: principal).count == 1)
            #expect(try await footage.file(at: office.recordedPath, for: principal).camera == id)
        }
        #expect(try await refusal { try await footage.files(of: id, overlapping: span, for: stranger) } == .notFound)
        #expect(try await refusal { try await footage.file(at: office.recordedPath, for: stranger) } == .notFound)
        #expect(
            try await refusal { try await footage.file(at: "../../etc/passwd", for: office.administrator) } == .notFound
        )
        #expect(try await refusal { try await footage.timeline(of: id, in: span, for: stranger) } == .notFound)
        #expect(try await refusal { try await footage.require(.watchLive, of: id, for: stranger) } == .notFound)
        #expect(
            try await refusal { try await footage.require(.replay, of: CameraID(at: office.clock.now), for: .console) }
                == .notFound)
        #expect(
            try await refusal { try await footage.noteViewing(of: id, span: span, kind: .live, by: stranger) }
                == .notFound)
        #expect(
            try await refusal { try await footage.noteExport(of: id, span: span, by: office.head) } == .notPermitted)
        #expect(try await office.ledger(.footageExported).isEmpty)
        #expect(try await office.ledger(.footageViewed).isEmpty)
        try await footage.settleViewings(all: true)
        #expect(try await office.ledger(.footageViewed).isEmpty)
        for _ in 0..<2 { try await footage.noteExport(of: id, span: span, purpose: "案件 7", by: office.supervisor) }
        #expect(try await office.ledger(.footageExported).count == 2)
    }

    @Test func `a removed camera's footage can still be watched`() async throws {
        let office = try await Office()
        try await office.store.footage.record(office.recording())
        try await office.supervision.cameras.remove(office.camera.id, by: .console)
        let span = TimeSpan(start: office.clock.now, duration: .seconds(60))
        let files = try await office.supervision.footage.files(
            of: office.camera.id, overlapping: span, for: office.head)
        #expect(files.count == 1)
    }

    @Test func `viewing is one entry in ten minutes, with all that was watched`() async throws {
        let office = try await Office()
        let footage = office.supervision.footage
        let start = office.clock.now
        func watch(_ from: Int64, _ to: Int64, by principal: Principal, kind: ViewingKind = .replay) async throws {
            try await footage.noteViewing(
                of: office.camera.id, span: TimeSpan(start: start + .seconds(from), end: start + .seconds(to)),
                kind: kind,
                by: principal)
        }
        for second in 0..<500 as Range<Int64> {
            try await watch(second, second + 2, by: office.head)
            office.clock.advance(by: .seconds(1))
        }
        try await watch(9000, 9010, by: office.head)
        #expect(try await office.ledger(.footageViewed).count == 1)
        try await watch(0, 1, by: office.supervisor)
        try await watch(0, 1, by: office.head, kind: .live)
        #expect(try await office.ledger(.footageViewed).count == 3)
        office.clock.advance(by: .seconds(100))
        try await footage.settleViewings()
        let entries = try await office.ledger(.footageViewed)
        #expect(entries.count == 4 && entries[0].actor == office.head.actor)
        let ms = start.milliseconds
        #expect(
            JSON(parsing: entries[0].payload) == [
                "kind": "replay",
                "spans": [
                    [.int(ms + 1000), .int(ms + 501_000)], [.int(ms + 9_000_000), .int(ms + 9_010_000)],
                ],
            ])
        try await watch(9010, 9020, by: office.head)
        #expect(try await office.ledger(.footageViewed).count == 4)
        try await footage.settleViewings(all: true)
        #expect(try await office.ledger(.footageViewed).count == 5)
        try await footage.settleViewings(all: true)
        #expect(try await office.ledger(.footageViewed).count == 5)
    }

    @Test func `protecting is for those who may export`() async throws {
        let office = try await Office()
        let footage = office.supervision.footage
        let span = ProtectedSpan(
            camera: office.camera.id, span: TimeSpan(start: office.clock.now, duration: .seconds(60)), reason: "老鼠")
        #expect(try await refusal { try await footage.protect(span, by: office.head) } == .notPermitted)
        try await footage.protect(span, by: office.supervisor)
        #expect(try await footage.protectedSpans(of: span.camera, overlapping: span.span, for: office.head) == [span])
        try await footage.unprotect(span, by: office.supervisor)
        #expect(try await refusal { try await footage.unprotect(span, by: office.supervisor) } == .notFound)
        let empty = ProtectedSpan(
            camera: span.camera, span: TimeSpan(start: office.clock.now, end: office.clock.now), reason: "")
        #expect(try await refusal { try await footage.protect(empty, by: .console) } == .invalid(.span, .empty))
    }
}

extension Office {
    var recordedPath: String { "\(camera.id)/2026-11-23/a.mp4" }

    func recording() -> [RecordingChange] { file("a", from: clock.now, seconds: 60) }

    /// A closed file of one segment.
    func file(_ name: String, from start: UTCTime, seconds: Int64) -> [RecordingChange] {
        let path = "\(camera.id)/2026-11-23/\(name).mp4"
        return [
            .opened(
                RecordedFile(
                    camera: camera.id, path: path, start: start, duration: .zero, sizeBytes: 800, initBytes: 800,
                    codecs: "avc1.64001F", width: 640, height: 360)),
            .segment(
                RecordedSegment(
                    camera: camera.id, path: path, start: start, duration: .seconds(seconds), offset: 800, length: 5000,
                    sha256: [UInt8](repeating: 7, count: 32))),
            .closed(camera: camera.id, path: path, sizeBytes: 5800),
        ]
    }
}
