import Domain
import Testing

@testable import Store

struct FrameSampleRecordsTests {
    private static let now = TemporaryStore.now
    private static let day = Day(of: now, in: .shanghai)

    private static func frame(_ camera: CameraID, _ key: Int64, on day: Day = day) -> SampledFrame {
        var random = SystemRandomNumberGenerator()
        let code = FrameCode.random(using: &random)
        return SampledFrame(
            code: code, camera: camera, day: day, time: now + .seconds(key), origin: .drawn(key: key),
            file: EvidenceFile(
                kind: .first, path: "\(camera)/\(day)/sample/\(code).jpg", sizeBytes: 1000 + key,
                sha256: Array(repeating: UInt8(key), count: 32)))
    }

    private static func sample(_ offered: Int, size: Int = 3) -> FrameSample {
        FrameSample(size: size, offered: offered)
    }

    @Test(arguments: Engine.all) func `a day comes back as it was left, and counts only go up`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let frames = [7, 3, 5].map { Self.frame(camera.id, $0) }
            let (day, kept, weight) = try await store.write { records in
                #expect(try records.samples.day(Self.day, of: camera.id) == nil)
                try records.samples.count(Self.sample(12), on: Self.day, of: camera.id)
                for frame in frames { try records.samples.add(frame) }
                try records.samples.count(Self.sample(40, size: 9), on: Self.day, of: camera.id)
                try records.samples.count(Self.sample(30), on: Self.day, of: camera.id)
                let day = try records.samples.day(Self.day, of: camera.id)
                #expect(try records.samples.weight(on: Self.day, of: camera.id) == nil)
                try records.samples.close(Self.day, of: camera.id, at: Self.now)
                // What comes too late changes nothing.
                try records.samples.count(Self.sample(90), on: Self.day, of: camera.id)
                return (
                    day, try records.samples.frames(on: Self.day, of: camera.id),
                    try records.samples.weight(on: Self.day, of: camera.id)
                )
            }
            #expect(day?.sample == FrameSample(size: 3, keys: [3, 5, 7], offered: 40))
            #expect(day?.isClosed == false)
            #expect(Set(kept) == Set(frames) && kept.map(\.code) == kept.map(\.code).sorted())
            #expect(weight == 40.0 / 3)
            #expect(try await store.read { try $0.samples.areThere(of: camera.area) })
        }
    }

    @Test(arguments: Engine.all) func `what waits is found from any code on, in one's own territory only`(
        engine: Engine
    ) async throws {
        try await withStore(engine) { store, _ in
            let (camera, other) = (try await store.addCamera(), try await store.addCamera("Sink"))
            let frames = (0..<5).map { Self.frame(camera.id, $0) }.sorted { $0.code < $1.code }
            let foreign = Self.frame(other.id, 1)
            let open = Self.frame(camera.id, 9, on: Self.day + 1)
            let school = try await store.write { records in
                try records.samples.count(Self.sample(50, size: 9), on: Self.day, of: camera.id)
                try records.samples.count(Self.sample(50), on: Self.day, of: other.id)
                try records.samples.count(Self.sample(50), on: Self.day + 1, of: camera.id)
                for frame in frames + [foreign, open] { try records.samples.add(frame) }
                #expect(try records.samples.nextWaiting(from: frames[0].code, in: .county) == nil)
                let over = try records.samples.openDays(before: Self.day + 1, limit: 9)
                #expect(Set(over.map(\.camera)) == [camera.id, other.id] && over.allSatisfy { $0.day == Self.day })
                for day in over { try records.samples.close(day.day, of: day.camera, at: Self.now) }
                return try #require(try records.places.path(of: camera.id)).school
            }
            let territory = Territory.school(try #require(school))
            try await store.read { records in
                for (index, frame) in frames.enumerated() {
                    #expect(try records.samples.nextWaiting(from: frame.code, in: territory) == frame.code)
                    var after = Array("\(frame.code)")
                    after[31] = after[31] == "f" ? "e" : "f"
                    let later = try #require(FrameCode(String(after)))
                    let next = frames.first { $0.code >= later } ?? frames[0]
                    #expect(try records.samples.nextWaiting(from: later, in: territory) == next.code, "\(index)")
                }
                #expect(try records.samples.countWaiting(in: territory, limit: 100).value == 5)
                #expect(try records.samples.countWaiting(in: .county, limit: 4) == LimitedCount(found: 5, limit: 4))
                #expect(try records.samples.countWaiting(in: .county, limit: 100).value == 6)
                #expect(try records.samples.nextWaiting(from: frames[0].code, in: nil) == nil)
                #expect(try records.samples.expired(before: Self.day + 9, limit: 99).count == 6)
                #expect(try records.samples.expired(before: Self.day, limit: 99).isEmpty)
            }
        }
    }

    @Test(arguments: Engine.all) func `a moment is covered by a capture that spans it, its ends included`(
        engine: Engine
    ) async throws {
        try await withStore(engine) { store, _ in
            let (camera, other) = (try await store.addCamera(), try await store.addCamera("Sink"))
            func capture(_ item: CaptureItem, of camera: Camera, _ start: Int64, _ end: Int64?) -> Capture {
                Capture(
                    id: CaptureID(at: Self.now), camera: camera.id, item: item, grade: .two,
                    start: Self.now + .seconds(start), metAt: Self.now + .seconds(start + 3),
                    end: end.map { Self.now + .seconds($0) }, bestAt: Self.now + .seconds(start + 3), score: 0.9,
                    rule: .standard(item), models: "")
            }
            let captures = [
                capture(.noHat, of: camera, 0, 20), capture(.phone, of: camera, 15, nil),
                capture(.rodent, of: other, 0, 60),
            ]
            let found = try await store.write { records in
                for capture in captures { #expect(try records.captures.add(capture)) }
                return try [-1, 0, 10, 20, 21].map { second in
                    try records.samples.captured(on: camera.id, at: Self.now + .seconds(second))
                }
            }
            #expect(found == [[], [.noHat], [.noHat], [.noHat, .phone], [.phone]])
        }
    }

    @Test(arguments: Engine.all) func `an answer outlives its picture`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let (one, two) = (Self.frame(camera.id, 1), Self.frame(camera.id, 2))
            let person = Person(
                id: PersonID(at: Self.now), account: "looker", name: "Looker", role: .supervisor)
            let reviews = [
                FrameReview(
                    of: one.code, camera: camera.id, day: Self.day, time: one.time, .seen([.phone, .noHat]),
                    weight: 7.5, by: person.id, at: Self.now),
                FrameReview(
                    of: two.code, camera: camera.id, day: Self.day, time: two.time, .cannotTell, weight: nil,
                    by: person.id, at: Self.now),
            ]
            let (waiting, kept, reviewed) = try await store.write { records in
                try records.people.add(person, passwordHash: "$scrypt$", at: Self.now)
                try records.samples.count(Self.sample(15), on: Self.day, of: camera.id)
                for frame in [one, two] { try records.samples.add(frame) }
                try records.samples.close(Self.day, of: camera.id, at: Self.now)
                try records.samples.add(reviews[0], captured: [.noHat])
                try records.samples.add(reviews[1], captured: [.rodent])
                let waiting = try records.samples.countWaiting(in: .county, limit: 9).value
                try records.samples.remove([one.code, two.code])
                return (
                    waiting, try records.samples.reviews(on: Self.day, of: camera.id),
                    try records.samples.reviewed(since: Self.now, in: .county)
                )
            }
            #expect(waiting == 0)
            #expect(Set(kept) == Set(reviews))
            let drawn = reviewed.first { $0.weight != nil }
            #expect(drawn?.answer == .seen([.phone, .noHat]) && drawn?.captured == [.noHat] && drawn?.weight == 7.5)
            let decoy = reviewed.first { $0.weight == nil }
            #expect(decoy?.answer == .cannotTell && decoy?.captured == [.rodent])
            let later = try await store.read { try $0.samples.reviewed(since: Self.now + .seconds(99), in: .county) }
            #expect(later.isEmpty)
        }
    }
}
