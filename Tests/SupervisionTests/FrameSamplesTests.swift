import Domain
import Store
import Testing

@testable import Supervision

struct FrameSamplesTests {
    private static let all: [CaptureItem] = FrameAnswer.items

    private func frame(_ office: Office, _ key: Int64, of camera: CameraID? = nil) -> SampledFrame {
        var random = SystemRandomNumberGenerator()
        let code = FrameCode.random(using: &random)
        let day = Day(of: office.clock.now, in: .shanghai)
        let camera = camera ?? office.camera.id
        return SampledFrame(
            code: code, camera: camera, day: day, time: office.clock.now, origin: .drawn(key: key),
            file: EvidenceFile(
                kind: .first, path: "\(camera)/\(day)/sample/\(code).jpg", sizeBytes: 900,
                sha256: Array(repeating: UInt8(key), count: 32)))
    }

    /// Draws frames, one a second, and settles their day.
    @discardableResult
    private func settled(
        _ office: Office, _ keys: [Int64], offered: Int, size: Int = 100, of camera: CameraID? = nil
    ) async throws -> [SampledFrame] {
        let samples = office.supervision.samples
        var frames: [SampledFrame] = []
        for key in keys {
            office.clock.advance(by: .seconds(1))
            let frame = frame(office, key, of: camera)
            let gone = try await samples.keep(
                frame, in: FrameSample(size: size, keys: frames.map(\.draw) + [key], offered: offered))
            #expect(gone.isEmpty)
            frames.append(frame)
        }
        office.clock.advance(by: .seconds(86_400))
        for (camera, day) in try await samples.unsettled() { _ = try await samples.settle(day, of: camera) }
        return frames
    }

    @Test(arguments: Engine.all)
    func `the lowest draws of a day stay, and the ledger learns of them when it is over`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let samples = office.supervision.samples
            let camera = office.camera.id
            let frames = [9, 5, 7, 2].map { frame(office, $0) }
            let day = frames[0].day
            var gone: [EvidenceFile] = []
            for (index, frame) in frames.enumerated() {
                gone += try await samples.keep(frame, in: FrameSample(size: 2, offered: 10 * (index + 1)))
            }
            #expect(gone == [frames[0].file, frames[2].file])
            // The same frame told twice.
            let again = self.frame(office, 2)
            #expect(try await samples.keep(again, in: FrameSample(size: 2, offered: 50)) == [again.file])
            try await samples.count([
                camera: DailyFrameSample(size: 2, day: day, sample: FrameSample(size: 2, offered: 77))
            ])
            #expect(
                try await samples.sample(of: camera, on: day) == FrameSample(size: 2, keys: [2, 5], offered: 77))
            #expect(try await samples.unsettled().isEmpty, "the day goes on")
            #expect(try await samples.next(for: office.supervisor) == nil)
            #expect(try await refusal { try await samples.frame(frames[1].code, for: office.supervisor) } == .notFound)

            let midnight = day.time(minute: 1440, in: .shanghai)
            office.clock.advance(by: (midnight - office.clock.now) + .seconds(599))
            #expect(try await samples.unsettled().isEmpty, "something may still be on its way")
            office.clock.advance(by: .seconds(2))
            #expect(try await samples.unsettled().map(\.camera) == [camera])
            let kept = try await samples.settle(day, of: camera)
            #expect(Set(kept) == [frames[1].file, frames[3].file])
            #expect(try await samples.settle(day, of: camera).isEmpty)
            #expect(try await samples.sample(of: camera, on: day) == nil)
            let late = SampledFrame(
                code: again.code, camera: camera, day: day, time: again.time, origin: .drawn(key: 1), file: again.file)
            #expect(try await samples.keep(late, in: FrameSample(size: 2, offered: 78)) == [late.file])

            let entries = try await office.ledger(.frameSampleDrawn)
            #expect(entries.map(\.subject) == ["sample/\(camera)/\(day)"])
            let payload = try #require(entries.first?.payload)
            #expect(payload.contains("\"offered\":77"))
            for file in kept { #expect(payload.contains(file.sha256.hexadecimal)) }
            #expect(try await samples.countWaiting(for: office.supervisor).value == 2)
            #expect(try await samples.proofs().map(\.faults) == [[]])
        }
    }

    @Test(arguments: Engine.all)
    func `what a person sees and nothing captured is a miss, and a decoy is none`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let (samples, captures) = (office.supervision.samples, office.supervision.captures)
            // Confirmed, and before the day of the sample.
            let decoy = office.capture(item: .noHat)
            try await captures.open(decoy, first: .sample(.first, decoy.id))
            try await captures.judge(decoy.id, .confirmed, seen: nil, by: office.supervisor)
            var ended = decoy
            ended.end = decoy.metAt + .seconds(1)
            try await captures.keep(ended, evidence: [])
            let unjudged = office.capture(item: .phone)
            try await captures.open(unjudged, first: .sample(.first, unjudged.id))
            // Goes on through the day's first frame: its end is not known.
            let frames = try await settled(office, [4, 6, 8], offered: 300)
            #expect(try await samples.countWaiting(for: office.supervisor).value == 4)

            var answered: Set<FrameCode> = []
            while let code = try await samples.next(for: office.supervisor) {
                let frame = try await samples.frame(code, for: office.supervisor)
                let answer: FrameAnswer
                if frame.isDecoy {
                    #expect(frame.origin == .decoy(decoy.id) && frame.file == .sample(.first, decoy.id))
                    answer = .seen([.noHat])
                } else {
                    answer = frame.code == frames[1].code ? .cannotTell : .seen([.phone, .rodent])
                }
                try await samples.review(code, answer, by: office.supervisor)
                answered.insert(code)
            }
            #expect(answered.count == 4)
            let misses = try await samples.misses(since: decoy.start, for: office.supervisor)
            #expect(misses.recognized == Proportion(1, of: 1))
            #expect(misses.any.counted == Proportion(2, of: 2) && misses.any.unclear == 1)
            #expect(misses.any.framesStoodFor == 200)
            #expect(misses.items[.rodent]?.counted == Proportion(2, of: 2))
            #expect(misses.items[.phone]?.counted == Proportion(0, of: 0), "each was covered by the capture")
            #expect(misses.items[.noHat]?.counted == Proportion(0, of: 2))
            #expect(misses.any.isEnough == false)
            let entries = try await office.ledger(.frameReviewed)
            #expect(Set(entries.map(\.subject)) == Set(answered.map { "frame/\($0)" }))
            #expect(try await samples.proofs().map(\.faults) == [[]])
        }
    }

    @Test func `who may not judge, guesses or comes second gets nothing`() async throws {
        let office = try await Office()
        let samples = office.supervision.samples
        let code = try await settled(office, [4, 5], offered: 20)[0].code
        for stranger in [office.head, office.administrator] {
            #expect(try await refusal { try await samples.next(for: stranger) } == .notPermitted)
            #expect(try await refusal { try await samples.frame(code, for: stranger) } == .notFound)
            #expect(try await refusal { try await samples.review(code, .seen([]), by: stranger) } == .notFound)
        }
        var random = SystemRandomNumberGenerator()
        let guessed = FrameCode.random(using: &random)
        #expect(try await refusal { try await samples.frame(guessed, for: office.supervisor) } == .notFound)
        #expect(
            try await refusal { try await samples.review(code, .seen([.offline]), by: office.supervisor) }
                == .invalid(.verdict, .notAllowed))
        #expect(try await office.ledger(.frameReviewed).isEmpty)
        try await samples.review(code, .seen([]), by: office.supervisor)
        #expect(
            try await refusal { try await samples.review(code, .seen([.phone]), by: office.supervisor) }
                == .conflict(.judgedMeanwhile))
        #expect(try await office.ledger(.frameReviewed).count == 1)
    }

    @Test(arguments: Engine.all)
    func `after its time a picture goes with its row, its hash and what was seen stay`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let samples = office.supervision.samples
            let frames = try await settled(office, [4, 5], offered: 20)
            try await samples.review(frames[0].code, .seen([.insect]), by: office.supervisor)
            office.clock.advance(by: .seconds(89 * 86_400))
            #expect(try await samples.expired(after: 90, at: office.clock.now).isEmpty)
            office.clock.advance(by: .seconds(86_400))
            let expired = try await samples.expired(after: 90, at: office.clock.now)
            #expect(Set(expired.map(\.code)) == Set(frames.map(\.code)))
            try await samples.forget(expired)
            try await samples.forget(expired)
            let entries = try await office.ledger(.frameSampleDeleted)
            #expect(entries.count == 1)
            for frame in frames { #expect(entries[0].payload.contains(frame.file.sha256.hexadecimal)) }
            #expect(try await samples.expired(after: 90, at: office.clock.now).isEmpty)
            #expect(try await samples.next(for: office.supervisor) == nil)
            #expect(try await refusal { try await samples.frame(frames[0].code, for: office.supervisor) } == .notFound)
            let misses = try await samples.misses(since: frames[0].time, for: office.supervisor)
            #expect(misses.items[.insect]?.counted == Proportion(1, of: 1))
            #expect(misses.items[.insect]?.framesStoodFor == 10)
            #expect(try await samples.proofs().map(\.faults) == [[]])
        }
    }

    @Test(arguments: Engine.all)
    func `rows that were changed behind the ledger's back are named`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let samples = office.supervision.samples
            let frames = try await settled(office, [4, 5, 6], offered: 20)
            try await samples.review(frames[2].code, .seen([.phone]), by: office.supervisor)
            try await office.tamper(
                "update frame_sample set size_bytes = 901 where code = '\(frames[0].code)'",
                "delete from frame_sample where code = '\(frames[1].code)'",
                "update frame_review set items = '[]' where code = '\(frames[2].code)'")
            let faults = try await samples.proofs().flatMap(\.faults)
            #expect(
                Set(faults) == [
                    .notInLedger(frames[0].code), .notInRecords(frames[1].code), .reviewDiffers(frames[2].code),
                ])
        }
    }

    @Test func `an area whose camera has pictures to be looked at can't be removed`() async throws {
        let office = try await Office()
        try await settled(office, [4], offered: 20)
        try await office.supervision.cameras.remove(office.camera.id, by: .console)
        #expect(
            try await refusal { try await office.supervision.places.removeArea(office.area.id, by: .console) } != nil)
    }
}

extension SampledFrame {
    fileprivate var draw: Int64 {
        if case .drawn(let key) = origin { key } else { 0 }
    }
}
