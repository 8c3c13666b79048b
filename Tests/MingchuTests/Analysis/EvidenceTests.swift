import Domain
import Foundation
import Logging
import Store
import Supervision
import TestSupport
import Testing

@testable import Mingchu

/// Evidence on a real disk beside real records.
struct EvidenceTests {
    private let directory = try! TemporaryDirectory()
    private let now = UTCTime(milliseconds: 1_795_399_200_000)

    private var folder: EvidenceFolder { EvidenceFolder(root: directory.file("evidence"), zone: .shanghai) }

    private func capture(of camera: CameraID) -> Capture {
        Capture(
            id: CaptureID(at: now), camera: camera, item: .noHat, grade: .two, start: now - .seconds(3), metAt: now,
            end: now + .seconds(20), bestAt: now, score: 0.9, rule: .standard(.noHat), models: "detector 1")
    }

    private func office() async throws -> (supervision: Supervision, camera: CameraID) {
        let store = try await Store.open(
            at: .file(directory.file("mingchu.db")), key: SealingKey(bytes: Array(1...32)), now: now)
        let supervision = Supervision(store: store, time: .system)
        let school = try await supervision.places.addSchool("Primary School 1", by: .console)
        let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
        let camera = try await supervision.cameras.add(
            CameraDraft(area: area.id, name: "Stove", main: SourceAddress(scheme: .sim, host: "cooking", path: "")),
            by: .console)
        return (supervision, camera.id)
    }

    /// One complete capture, and what checks it.
    private func filed() async throws -> (check: EvidenceCheck, files: [EvidenceFile]) {
        let (supervision, camera) = try await office()
        let capture = capture(of: camera)
        let first = try folder.write(.first, of: capture, Array("first picture".utf8))
        let rest = [
            try folder.write(.picture, of: capture, Array("best picture".utf8)),
            try folder.write(.clip, of: capture, Array(repeating: 7, count: 3_000_000)),
        ]
        try await supervision.captures.open(capture, first: first)
        try await supervision.captures.keep(capture, evidence: rest)
        return (
            EvidenceCheck(captures: supervision.captures, samples: supervision.samples, folder: folder), [first] + rest
        )
    }

    private func path(_ file: EvidenceFile) -> String { folder.root + "/" + file.path }

    @Test func `the record tells of the moment whose picture was cut, while it goes on and after its end`() async throws
    {
        let (supervision, camera) = try await office()
        let filing = CaptureFiling(
            captures: supervision.captures, folder: folder, time: .system, log: Logger(label: "test"))
        var capture = capture(of: camera)
        capture.end = nil
        #expect(await filing.open(capture, jpeg: [1]))
        var ripe = capture
        ripe.bestAt = now + .seconds(3)
        ripe.box = PictureBox(x: 0.6, y: 0.2, width: 0.1, height: 0.3)
        try await filing.keep([try folder.write(.picture, of: ripe, [2])], of: ripe, isFinal: false)
        let id = capture.id
        var record = try await supervision.captures.capture(id, for: .console)
        #expect(record.capture.bestAt == ripe.bestAt && record.capture.box == ripe.box)
        var ended = ripe
        ended.end = now + .seconds(40)
        await filing.end(ended)
        try await filing.keep([try folder.write(.clip, of: ripe, [3])], of: ripe, isFinal: false)
        record = try await supervision.captures.capture(id, for: .console)
        #expect(record.capture.end == ended.end && record.capture.bestAt == ripe.bestAt && record.state == .complete)
    }

    @Test func `a person finds the files without the program`() throws {
        let capture = capture(of: CameraID(at: now))
        let file = try folder.write(.clip, of: capture, [1, 2, 3])
        #expect(file.path == "\(capture.camera)/2026-11-23/\(capture.id)/clip.mp4")
        #expect(try Data(contentsOf: URL(fileURLWithPath: path(file))) == Data([1, 2, 3]))
        let rights = try FileManager.default.attributesOfItem(atPath: path(file))[.posixPermissions] as? Int
        #expect(rights == 0o640)
    }

    @Test func `what can't be written whole leaves nothing behind`() throws {
        struct Full: Error {}
        let capture = capture(of: CameraID(at: now))
        #expect(throws: Full.self) {
            try folder.write(.clip, of: capture) { handle in
                try handle.write(contentsOf: [1, 2, 3])
                throw Full()
            }
        }
        let left = FileManager.default.enumerator(atPath: folder.root)?.allObjects as? [String] ?? []
        #expect(!left.contains { $0.hasSuffix(".mp4") || $0.hasSuffix(".part") })
    }

    @Test func `evidence that nobody touched agrees with records and ledger`() async throws {
        let (check, files) = try await filed()
        let report = try await check.run()
        #expect(report.findings == [])
        #expect(report.captures == 1 && report.files == 3 && report.bytes == files.map(\.sizeBytes).reduce(0, +))
    }

    @Test func `any changed byte of a picture is found, and so is a cut end`() async throws {
        let (check, files) = try await filed()
        let whole = try Data(contentsOf: URL(fileURLWithPath: path(files[0])))
        for place in whole.indices {
            var changed = whole
            changed[place] ^= 1
            try changed.write(to: URL(fileURLWithPath: path(files[0])))
            #expect(try await check.run().findings == [.changed(files[0])])
            try whole.prefix(place).write(to: URL(fileURLWithPath: path(files[0])))
            #expect(try await check.run().findings == [.changed(files[0])])
        }
    }

    @Test func `evidence that is gone is named`() async throws {
        let (check, files) = try await filed()
        try FileManager.default.removeItem(atPath: path(files[2]))
        #expect(try await check.run().findings == [.missing(files[2])])
    }

    @Test func `evidence is shown until it is changed, and again when it is put back`() async throws {
        let (_, files) = try await filed()
        let whole = try Data(contentsOf: URL(fileURLWithPath: path(files[1])))
        for _ in 0..<2 { #expect(await folder.isIntact(files[1])) }
        try Data("west picture".utf8).write(to: URL(fileURLWithPath: path(files[1])))
        #expect(await !folder.isIntact(files[1]))
        try whole.write(to: URL(fileURLWithPath: path(files[1])))
        #expect(await folder.isIntact(files[1]))
        try FileManager.default.removeItem(atPath: path(files[1]))
        #expect(await !folder.isIntact(files[1]))
    }

    @Test(arguments: ["../../etc/passwd", "/etc/passwd", "", "a//b"])
    func `nothing outside of the folder is ever opened`(path: String) async {
        let file = EvidenceFile(kind: .first, path: path, sizeBytes: 1, sha256: Array(repeating: 0, count: 32))
        #expect(!folder.holds(file))
        #expect(await !folder.isIntact(file))
    }
}
