import Domain
import Store
import Testing

@testable import Supervision

struct CapturesTests {
    @Test func `a met rule is a row, a ledger entry and a word to subscribers, once`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let capture = office.capture()
        let heard = captures.changes()
        try await captures.open(capture, first: .sample(.first))
        try await captures.open(capture, first: .sample(.first))
        let entries = try await office.ledger(.captureMade)
        #expect(entries.count == 1)
        #expect(entries.first?.actor == .camera(office.camera.id))
        #expect(entries.first?.subject == "capture/\(capture.id)")
        #expect(entries.first?.payload.contains(EvidenceFile.sample(.first).sha256.hexadecimal) == true)
        // A second capture marks the end: whatever was said before it has been heard.
        let last = office.capture()
        try await captures.open(last, first: nil)
        var ids: [CaptureID] = []
        for await id in heard {
            ids.append(id)
            if id == last.id { break }
        }
        #expect(ids == [capture.id, last.id])
    }

    @Test func `evidence comes in parts, in any order, and is proved in the ledger`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        var capture = office.capture()
        try await captures.open(capture, first: .sample(.first))
        #expect(try await captures.unfinished().map(\.id) == [capture.id])
        try await captures.keep(capture, evidence: [.sample(.picture), .sample(.clip)])
        #expect(try await captures.unfinished().map(\.id) == [capture.id], "it goes on")
        capture.end = capture.metAt + .seconds(30)
        capture.score = 0.9
        capture.curve = [.init(offsetMs: 0, score: 0.5, box: nil)]
        for _ in 0..<2 { try await captures.keep(capture, evidence: [.sample(.picture)]) }
        #expect(try await captures.unfinished() == [])
        let record = try await captures.capture(capture.id, for: office.supervisor)
        #expect(record.capture == capture)
        #expect(record.evidence.map(\.kind) == [.first, .picture, .clip])
        #expect(record.state == .complete)
        let entries = try await office.ledger(.captureEvidenceKept)
        #expect(entries.count == 2)
        #expect(entries[1].payload.contains(EvidenceFile.sample(.clip).sha256.hexadecimal))
        #expect(entries[0].payload.contains(try capture.dataSHA256.hexadecimal))
        #expect(try await office.supervision.ledger.verify(for: .console).fault == nil)
    }

    @Test func `evidence that will never come is not awaited for ever`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        var capture = office.capture(item: .offline)
        try await captures.open(capture, first: nil)
        capture.end = capture.metAt + .seconds(5)
        try await captures.keep(capture, evidence: [])
        #expect(try await captures.unfinished().count == 1)
        try await captures.keep(capture, evidence: [], isFinal: true)
        #expect(try await captures.unfinished().isEmpty)
        #expect(try await captures.capture(capture.id, for: .console).state == .lacking)
    }

    @Test func `evidence that is kept is never replaced, and an end is never taken back`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        var capture = office.capture()
        capture.end = capture.metAt + .seconds(9)
        try await captures.keep(capture, evidence: [.sample(.picture)])
        var other = EvidenceFile.sample(.picture)
        other.sha256 = Array(repeating: 99, count: 32)
        other.path = "other.jpg"
        capture.end = nil
        try await captures.keep(capture, evidence: [other])
        let record = try await captures.capture(capture.id, for: .console)
        #expect(record[.picture] == .sample(.picture))
        #expect(record.capture.end == capture.metAt + .seconds(9))
        #expect(try await office.ledger(.captureMade).count == 1)
    }

    @Test func `a school's people see their own captures and can't find another's`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let otherArea = try await office.supervision.places.addArea(
            to: office.otherSchool.id, kind: .washing, by: .console)
        let otherCamera = try await office.supervision.cameras.add(
            CameraDraft(area: otherArea.id, name: "Sink", main: office.camera.main), by: .console)
        let own = office.capture()
        let foreign = office.capture(of: otherCamera.id)
        for capture in [own, foreign] { try await captures.open(capture, first: .sample(.first, capture.id)) }
        #expect(try await captures.list(for: office.head).map(\.capture.id) == [own.id])
        #expect(try await captures.list(for: office.supervisor).count == 2)
        #expect(try await captures.list(CaptureFilter(school: office.otherSchool.id), for: office.head).isEmpty)
        #expect(try await captures.list(CaptureFilter(camera: otherCamera.id), for: office.head).isEmpty)
        #expect(try await captures.count(for: office.head).value == 1)
        #expect(try await captures.ongoing(for: office.head) == [office.camera.id: 1])
        #expect(try await captures.figures(nil, for: office.head).captures == [.noHat: 1])
        #expect(try await captures.figures(nil, school: office.otherSchool.id, for: office.head).captureCount == 0)
        #expect(try await refusal { try await captures.capture(foreign.id, for: office.head) } == .notFound)
        #expect(try await refusal { try await captures.neighbours(of: foreign.id, for: office.head) } == .notFound)
        #expect(try await refusal { try await captures.settings(of: otherCamera.id, for: office.head) } == .notFound)
    }

    @Test func `figures add up frames, records and captures of a span`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let capture = office.capture()
        try await captures.open(capture, first: nil)
        try await captures.count(office.camera.id, hour: capture.metAt, frames: 300, records: 40)
        try await captures.count(office.camera.id, hour: capture.metAt, frames: 0, records: 0)
        let day = TerritoryZone.shanghai.day(of: capture.metAt)
        let figures = try await captures.figures(day, for: office.supervisor)
        #expect(
            figures == AnalysisFigures(frames: 300, records: 40, captures: [.noHat: 1], schools: 1, cameras: 1))
        let before = TimeSpan(start: day.start - .seconds(86_400), end: day.start)
        #expect(try await captures.figures(before, for: office.supervisor).captureCount == 0)
    }

    @Test func `changed settings are checked, entered into the ledger, and counted as a revision`() async throws {
        let office = try await Office()
        let captures = office.supervision.captures
        let camera = office.camera.id
        let before = try await captures.settingsRevision()
        var settings = AnalysisSettings.standard
        settings.rules = [.noHat: CaptureRule(hours: .always, sustainedSeconds: 5), .phone: .standard(.phone)]
        try await captures.changeSettings(of: camera, to: settings, by: office.administrator)
        #expect(try await captures.settings() == [camera: AnalysisSettings(rules: [.noHat: settings.rule(.noHat)])])
        let revision = try await captures.settingsRevision()
        #expect(revision > before)
        let entry = try #require(try await office.ledger(.analysisChanged).first)
        #expect(entry.subject == "camera/\(camera)")
        #expect(entry.payload.contains("noHat") && !entry.payload.contains("phone"))
        try await captures.changeSettings(of: camera, to: settings, by: office.administrator)
        #expect(try await captures.settingsRevision() == revision, "nothing has changed")
        #expect(
            try await refusal { try await captures.changeSettings(of: camera, to: .standard, by: office.supervisor) }
                == .notPermitted)
        #expect(
            try await refusal {
                try await captures.changeSettings(of: CameraID(at: office.clock.now), to: .standard, by: .console)
            } == .notFound)
    }

    @Test(arguments: [
        AnalysisSettings(leastHeadPixels: 11), AnalysisSettings(leastHeadPixels: 201),
        AnalysisSettings(masks: [PictureZone([])]),
        AnalysisSettings(masks: Array(repeating: PictureZone(square), count: 17)),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: -1)]),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: .nan)]),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: 601)]),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: 1, cooldownSeconds: 86_401)]),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: 1, cooldownSeconds: .infinity)]),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: 1, threshold: 1)]),
        AnalysisSettings(rules: [.noHat: CaptureRule(sustainedSeconds: 1, threshold: 0.04)]),
        AnalysisSettings(
            rules: [.noHat: CaptureRule(sustainedSeconds: 1, zones: [PictureZone([PicturePoint(x: 2, y: 0)])])]),
    ])
    func `settings outside of their ranges are refused`(settings: AnalysisSettings) async throws {
        let office = try await Office()
        let refused = try await refusal {
            try await office.supervision.captures.changeSettings(of: office.camera.id, to: settings, by: .console)
        }
        guard case .invalid? = refused else {
            Issue.record("accepted, or refused as \(String(describing: refused))")
            return
        }
        #expect(try await office.supervision.captures.settings().isEmpty)
    }

    @Test func `an area with captures is not removed`() async throws {
        let office = try await Office()
        try await office.supervision.captures.open(office.capture(), first: nil)
        try await office.supervision.cameras.remove(office.camera.id, by: .console)
        #expect(
            try await refusal { try await office.supervision.places.removeArea(office.area.id, by: .console) }
                == .conflict(.hasFootage))
        #expect(try await office.supervision.captures.list(for: office.head).count == 1)
    }
}

private let square = [
    PicturePoint(x: 0, y: 0), PicturePoint(x: 1, y: 0), PicturePoint(x: 1, y: 1), PicturePoint(x: 0, y: 1),
]

extension Office {
    func capture(of camera: CameraID? = nil, item: CaptureItem = .noHat) -> Capture {
        clock.advance(by: .seconds(1))
        return Capture(
            id: CaptureID(at: clock.now), camera: camera ?? self.camera.id, item: item, grade: .two,
            start: clock.now - .seconds(3), metAt: clock.now, bestAt: clock.now, score: 0.75,
            box: PictureBox(x: 0.1, y: 0.1, width: 0.2, height: 0.3), rule: .standard(item),
            models: "kitchen-detector 1")
    }
}

extension EvidenceFile {
    static func sample(_ kind: Kind, _ capture: CaptureID? = nil) -> EvidenceFile {
        let number = UInt8(Kind.allCases.firstIndex(of: kind)! + 1)
        return EvidenceFile(
            kind: kind, path: "\(capture?.description ?? "sample")/\(kind.rawValue)", sizeBytes: 1000,
            sha256: Array(repeating: number, count: 32))
    }
}
