import Domain
import Foundation
import Logging
import Store
import Supervision
import TestSupport
import Testing
import Vision

@testable import Mingchu

/// The blind sample on a real disk beside real records.
struct SampleTests {
    private let directory = try! TemporaryDirectory()
    private let time = FakeTime()

    private var folder: EvidenceFolder { EvidenceFolder(root: directory.file("evidence"), zone: .shanghai) }
    private var today: Day { Day(of: time.now, in: .shanghai) }

    private func office() async throws -> (supervision: Supervision, camera: CameraID) {
        let store = try await Store.open(
            at: .file(directory.file("mingchu.db")), key: SealingKey(bytes: Array(1...32)), now: time.now)
        let supervision = Supervision(store: store, time: time.source)
        let school = try await supervision.places.addSchool("Primary School 1", by: .console)
        let area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
        let camera = try await supervision.cameras.add(
            CameraDraft(area: area.id, name: "Stove", main: SourceAddress(scheme: .sim, host: "cooking", path: "")),
            by: .console)
        return (supervision, camera.id)
    }

    private func filing(_ supervision: Supervision, size: Int = 3) -> SampleFiling {
        SampleFiling(
            samples: supervision.samples, folder: folder, size: size, zone: .shanghai, log: Logger(label: "test"))
    }

    /// As the analysis would tell it, `count` frames one after the other.
    private func draw(
        _ count: Int, from daily: inout DailyFrameSample, _ filing: SampleFiling, _ camera: CameraID
    ) async throws {
        var random = SystemRandomNumberGenerator()
        for number in 0..<count {
            guard let key = daily.offer(at: time.now, using: &random), let day = daily.day else { continue }
            let jpeg = Array("\(number) \(key)".utf8)
            await filing.keep(
                SampledPicture(
                    moment: Moment(time: .zero, wall: time.now), day: day, key: key, sample: daily.sample, jpeg: jpeg),
                of: camera)
        }
    }

    private func files(_ camera: CameraID, _ day: Day) -> [String] {
        (try? FileManager.default.contentsOfDirectory(atPath: "\(folder.root)/\(camera)/\(day)/sample"))?.sorted() ?? []
    }

    private func check(_ supervision: Supervision) async throws -> EvidenceCheck.Report {
        try await EvidenceCheck(captures: supervision.captures, samples: supervision.samples, folder: folder).run()
    }

    private func schedule(_ supervision: Supervision) -> SampleSchedule {
        SampleSchedule(
            samples: supervision.samples, folder: folder, retentionDays: 90, time: time.source,
            log: Logger(label: "test"))
    }

    @Test func `no more files than the day has room for, and a restart goes on with the same draws`() async throws {
        let (supervision, camera) = try await office()
        let filing = filing(supervision)
        var daily = DailyFrameSample(size: 3)
        try await draw(200, from: &daily, filing, camera)
        await filing.count([camera: daily])
        #expect(files(camera, today).count == 3)
        let begun = try await filing.begun([camera], at: time.now, running: [:])
        #expect(begun[camera]?.sample == daily.sample && begun[camera]?.day == today)
        #expect(daily.sample.offered == 200)
        // As it runs now, not as it was stored half a minute ago.
        var ahead = daily
        try await draw(1, from: &ahead, filing, camera)
        #expect(try await filing.begun([camera], at: time.now, running: [camera: ahead])[camera] == ahead)
        // The next day, and a setting that was changed to nothing.
        let tomorrow = try await filing.begun([camera], at: time.now + .seconds(86_400), running: [:])
        #expect(tomorrow[camera]?.sample.offered == 0)
        #expect(try await self.filing(supervision, size: 0).begun([camera], at: time.now, running: [:]).isEmpty)
        let report = try await check(supervision)
        #expect(report.findings == [] && report.samples == 1 && report.files == 3)
    }

    @Test func `when the day is settled, what a power cut left behind goes`() async throws {
        let (supervision, camera) = try await office()
        let day = today
        var daily = DailyFrameSample(size: 3)
        try await draw(20, from: &daily, filing(supervision), camera)
        let sample = "evidence/\(camera)/\(day)/sample"
        _ = try directory.write("\(sample)/\(String(repeating: "a", count: 32)).jpg", [1])
        _ = try directory.write("\(sample)/\(String(repeating: "b", count: 32)).jpg.part", [1])
        #expect(files(camera, day).count == 5)
        time.advance(by: .seconds(86_400))
        try await schedule(supervision).settle()
        #expect(files(camera, day).count == 3)
        #expect(try await check(supervision).findings == [])
    }

    @Test func `any changed byte of a picture is found, and a picture that is gone`() async throws {
        let (supervision, camera) = try await office()
        var daily = DailyFrameSample(size: 2)
        try await draw(2, from: &daily, filing(supervision, size: 2), camera)
        let day = today
        time.advance(by: .seconds(86_400))
        try await schedule(supervision).settle()
        let names = files(camera, day)
        let path = URL(fileURLWithPath: "\(folder.root)/\(camera)/\(day)/sample/\(names[0])")
        let whole = try Data(contentsOf: path)
        for place in whole.indices {
            var changed = whole
            changed[place] ^= 1
            try changed.write(to: path)
            let findings = try await check(supervision).findings
            guard case .changed(let file)? = findings.first, findings.count == 1 else {
                Issue.record("\(findings)")
                return
            }
            #expect(file.path.hasSuffix(names[0]))
        }
        try FileManager.default.removeItem(at: path)
        guard case .missing? = try await check(supervision).findings.first else {
            Issue.record("a missing picture was not found")
            return
        }
    }

    @Test func `after its time a picture is deleted, also when the power went in between, and captures stay`()
        async throws
    {
        let (supervision, camera) = try await office()
        var daily = DailyFrameSample(size: 3)
        try await draw(9, from: &daily, filing(supervision), camera)
        let day = today
        let capture = try directory.write("evidence/\(camera)/\(day)/capture/first.jpg", [1])
        time.advance(by: .seconds(86_400))
        let running = schedule(supervision)
        try await running.settle()
        // Somebody sets the clock to next year.
        time.jump(by: .seconds(365 * 86_400))
        try await running.sweep()
        #expect(files(camera, day).count == 3)
        time.jump(by: .seconds(-365 * 86_400))
        time.advance(by: .seconds(90 * 86_400))
        // Deleted, and the row was not yet forgotten.
        try FileManager.default.removeItem(atPath: "\(folder.root)/\(camera)/\(day)/sample/\(files(camera, day)[0])")
        try await running.sweep()
        #expect(!FileManager.default.fileExists(atPath: "\(folder.root)/\(camera)/\(day)/sample"))
        #expect(FileManager.default.fileExists(atPath: capture))
        #expect(try await supervision.samples.expired(after: 90, at: time.now).isEmpty)
        #expect(try await check(supervision).findings == [])
    }
}
