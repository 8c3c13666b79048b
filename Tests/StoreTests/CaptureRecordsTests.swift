import Domain
import Testing

@testable import Store

struct CaptureRecordsTests {
    private static let now = TemporaryStore.now

    private static func capture(
        of camera: Camera, _ number: Int, item: CaptureItem = .noHat, ended: Bool = true
    ) -> Capture {
        let met = now + .seconds(Int64(number))
        let zone = PictureZone([
            PicturePoint(x: 0.1, y: 0.2), PicturePoint(x: 1.0 / 3, y: 0.9), PicturePoint(x: 1, y: 0),
        ])
        return Capture(
            id: CaptureID(at: met), camera: camera.id, item: item, grade: .two, start: met - .seconds(3), metAt: met,
            end: ended ? met + .seconds(20) : nil, bestAt: met + .seconds(1), score: 0.1 + 0.2,
            box: PictureBox(x: 0.1, y: 0.2, width: 0.05, height: 1.0 / 7),
            sights: [.init(label: "person", box: PictureBox(x: 0, y: 0, width: 0.5, height: 1), score: 0.93)],
            curve: [.init(offsetMs: 0, score: 0.4, box: nil), .init(offsetMs: 200, score: 0.7, box: nil)],
            rule: CaptureRule(hours: .working, sustainedSeconds: 3, threshold: 0.35, zones: [zone]),
            models: "kitchen-detector 2026.11.1")
    }

    @Test(arguments: Engine.all) func `a capture comes back exactly as it went in`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let capture = Self.capture(of: camera, 0)
            let file = EvidenceFile(
                kind: .first, path: "a/b/first.jpg", sizeBytes: 1234, sha256: Array(repeating: 7, count: 32))
            let record = try await store.write { records in
                #expect(try records.captures.add(capture))
                #expect(try !records.captures.add(capture))
                #expect(try records.captures.add(file, to: capture.id))
                var other = file
                other.path = "elsewhere.jpg"
                #expect(try !records.captures.add(other, to: capture.id))
                return try records.captures.record(capture.id)
            }
            #expect(record?.capture == capture)
            #expect(record?.evidence == [file])
            #expect(record?.state == .awaited)
            #expect(record?.cameraName == "Stove")
            #expect(record?.school.name == "School of Stove")
        }
    }

    @Test(arguments: Engine.all) func `pages of any size show each capture once, newest first`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            // Three captures of each second: the identifier decides within it.
            let captures = (0..<60).map { Self.capture(of: camera, $0 / 3) }
            try await store.write { records in
                for capture in captures.shuffled() { _ = try records.captures.add(capture) }
            }
            let wanted = captures.sorted { ($0.metAt, $0.id) > ($1.metAt, $1.id) }.map(\.id)
            for size in [1, 7, 60, 100] {
                var seen: [CaptureID] = []
                while true {
                    let page = try await store.read { [last = seen.last] records in
                        try records.captures.list(CaptureFilter(), in: .county, after: last, limit: size)
                    }
                    guard !page.isEmpty else { break }
                    seen += page.map(\.capture.id)
                }
                #expect(seen == wanted, "pages of \(size)")
            }
        }
    }

    @Test(arguments: Engine.all) func `each filter leaves exactly what it says`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let one = try await store.addCamera("One")
            let two = try await store.addCamera("Two")
            let school = try await store.read { try $0.places.path(of: two.id)?.school }
            let captures = [
                Self.capture(of: one, 0), Self.capture(of: one, 10, item: .rodent),
                Self.capture(of: two, 20, ended: false), Self.capture(of: two, 30, item: .rodent),
            ]
            try await store.write { records in for capture in captures { _ = try records.captures.add(capture) } }
            let span = TimeSpan(start: Self.now + .seconds(10), end: Self.now + .seconds(30))
            let ofTwo = Territory.school(try #require(school))
            let cases: [(CaptureFilter, Territory?, [Int])] = [
                (CaptureFilter(), .county, [3, 2, 1, 0]), (CaptureFilter(camera: one.id), .county, [1, 0]),
                (CaptureFilter(school: school), .county, [3, 2]), (CaptureFilter(item: .rodent), .county, [3, 1]),
                (CaptureFilter(span: span), .county, [2, 1]), (CaptureFilter(isOngoing: true), .county, [2]),
                (CaptureFilter(isOngoing: false), .county, [3, 1, 0]), (CaptureFilter(), nil, []),
                (CaptureFilter(), ofTwo, [3, 2]), (CaptureFilter(camera: one.id), ofTwo, []),
            ]
            for (filter, scope, wanted) in cases {
                let (found, count) = try await store.read { records in
                    (
                        try records.captures.list(filter, in: scope, limit: 10).map(\.capture.id),
                        try records.captures.count(filter, in: scope, limit: 2)
                    )
                }
                #expect(found == wanted.map { captures[$0].id }, "\(filter)")
                #expect(count == LimitedCount(found: wanted.count, limit: 2))
            }
            #expect(try await store.read { try $0.captures.ongoing(in: .county) } == [two.id: 1])
            #expect(try await store.read { try $0.captures.ongoing(in: nil) } == [:])
        }
    }

    @Test(arguments: Engine.all) func `the last verdict says in which list a capture stands`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let person = Person(id: PersonID(at: TemporaryStore.now), account: "head", name: "H", role: .administrator)
            let captures = (0..<2).map { Self.capture(of: camera, $0) }
            try await store.write { records in
                try records.people.add(person, passwordHash: "$scrypt$x", at: TemporaryStore.now)
                for capture in captures { _ = try records.captures.add(capture) }
            }
            func listed(_ judged: CaptureFilter.Judged) async throws -> [CaptureID] {
                try await store.read { records in
                    try records.captures.list(CaptureFilter(judged: judged), in: .county, limit: 10).map(\.capture.id)
                }
            }
            #expect(try await listed(.waiting) == captures.map(\.id).reversed())
            let verdicts: [(Verdict, CaptureFilter.Judged)] = [
                (.confirmed, .confirmed), (.rejected(reason: .reflection), .rejected),
                (.duplicate(of: captures[1].id), .duplicate),
                (.merged(into: CaseID(at: TemporaryStore.now)), .confirmed),
            ]
            for (verdict, wanted) in verdicts {
                let judgement = Judgement(of: captures[0].id, verdict, by: person.id, at: TemporaryStore.now)
                try await store.write { try $0.captures.set(judgement) }
                for judged in CaptureFilter.Judged.allCases {
                    let found = try await listed(judged)
                    #expect(found == (judged == wanted ? [captures[0].id] : judged == .waiting ? [captures[1].id] : []))
                }
                #expect(try await store.read { try $0.captures.listedJudgement(of: captures[0].id) } == wanted)
            }
        }
    }

    @Test(arguments: Engine.all) func `neighbours are of the same camera and in the order of time`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera("One")
            let other = try await store.addCamera("Two")
            let captures = (0..<7).map { Self.capture(of: camera, $0) }
            try await store.write { records in
                for capture in captures { _ = try records.captures.add(capture) }
                _ = try records.captures.add(Self.capture(of: other, 3))
            }
            let sides = try await store.read { try $0.captures.neighbours(of: captures[3].id, each: 2) }
            #expect(sides.earlier.map(\.capture.id) == [captures[1].id, captures[2].id])
            #expect(sides.later.map(\.capture.id) == [captures[4].id, captures[5].id])
        }
    }

    @Test(arguments: Engine.all) func `hours add up, each camera by itself`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let one = try await store.addCamera("One")
            let two = try await store.addCamera("Two")
            let hour = UTCTime(milliseconds: 1_794_999_600_000)
            try await store.write { records in
                try records.analysis.count(one.id, at: hour, frames: 10, records: 3)
                try records.analysis.count(one.id, at: hour + .seconds(3599), frames: 5, records: 0)
                try records.analysis.count(one.id, at: hour + .seconds(3600), frames: 100, records: 50)
                try records.analysis.count(two.id, at: hour, frames: 1, records: 1)
            }
            let span = TimeSpan(start: hour, duration: .seconds(3600))
            let figures = try await store.read { try $0.analysis.figures(span, school: nil, in: .county) }
            #expect(figures == AnalysisFigures(frames: 16, records: 4, captures: [:], schools: 2, cameras: 2))
            let school = try await store.read { try $0.places.path(of: one.id)?.school }
            let all = try await store.read { try $0.analysis.figures(nil, school: school, in: .county) }
            #expect(all == AnalysisFigures(frames: 115, records: 53, captures: [:], schools: 1, cameras: 1))
            let none = try await store.read { try $0.analysis.figures(nil, school: nil, in: nil) }
            #expect(none.frames == 0)
        }
    }

    @Test(arguments: Engine.all) func `settings come back as they were, and the standard leaves no rows`(engine: Engine)
        async throws
    {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            let zone = PictureZone([
                PicturePoint(x: 0, y: 0.123456789), PicturePoint(x: 0.5, y: 1), PicturePoint(x: 1, y: 0),
            ])
            let settings = AnalysisSettings(
                isOn: false, masks: [zone],
                rules: [
                    .noHat: CaptureRule(
                        isOn: false, hours: .outsideWorking, sustainedSeconds: 1.5, cooldownSeconds: 60,
                        threshold: 0.35, zones: [zone, zone]), .rodent: CaptureRule(sustainedSeconds: 0),
                ], leastHeadPixels: 33)
            try await store.write { try $0.analysis.set(settings, of: camera.id) }
            #expect(try await store.read { try $0.analysis.settings(of: camera.id) } == settings)
            #expect(try await store.read { try $0.analysis.settings() } == [camera.id: settings])
            try await store.write { try $0.analysis.set(.standard, of: camera.id) }
            #expect(try await store.read { try $0.analysis.settings(of: camera.id) } == .standard)
            #expect(try await store.read { try $0.analysis.settings() } == [:])
        }
    }
}
