import Domain
import Foundation
import Store
import Supervision
import TestSupport

/// Four years of a county.
struct CountyYears {
    let county: BenchCounty
    let size: Size
    let bench: Bench
    private static let batch = 2000

    init(_ county: BenchCounty, _ size: Size, _ bench: Bench) {
        self.county = county
        self.size = size
        self.bench = bench
    }

    func fill() async throws {
        let years: Int64 = 4 * 365 * 86_400_000
        let end = Footage.now.milliseconds
        let items: [CaptureItem] = [.noHat, .noMask, .noHat, .phone, .insect, .rodent, .noMask, .noHat]
        let every = size.captures / size.cases
        guard case .person(let supervisor) = county.supervisor else { return }
        let start = ContinuousClock.now
        var written = 0
        for first in stride(from: 0, to: size.captures, by: Self.batch) {
            let numbers = first..<min(size.captures, first + Self.batch)
            let (county, size) = (county, size)
            try await county.store.write { records in
                let zone = TerritoryZone.shanghai
                for number in numbers {
                    let met = UTCTime(
                        milliseconds: end - years + Int64(Double(years) * Double(number) / Double(size.captures)))
                    let camera = county.cameras[number % county.cameras.count]
                    let item = items[number % items.count]
                    let capture = Self.capture(camera, item, met)
                    _ = try records.captures.add(capture)
                    try records.captures.change(capture, state: .complete)
                    try records.ledger.append(
                        .captureMade, to: "capture/\(capture.id)", by: .camera(camera), at: met,
                        payload: ["item": .string(item.rawValue), "grade": 2, "met": .int(met.milliseconds)])
                    // The newest thousand wait.
                    guard number < size.captures - 1000 else { continue }
                    let isCase = number % every == 0
                    let verdict: Verdict = isCase ? .confirmed : .rejected(reason: .reflection)
                    try records.captures.set(Judgement(of: capture.id, verdict, by: supervisor.id, at: met))
                    try records.ledger.append(
                        .captureJudged, to: "capture/\(capture.id)", by: .person(supervisor.id), at: met,
                        payload: ["verdict": .string(verdict.parts.kind)])
                    if isCase {
                        try Self.makeCase(
                            of: capture, number / every, records, supervisor, zone,
                            isRecent: number > size.captures - size.captures / 50)
                    }
                }
            }
            written = numbers.upperBound
            if written % 100_000 == 0 {
                bench.say("\(written) captures: \(Int(start.duration(to: .now).inSeconds)) s")
            }
        }
        try await fillLedger(start)
    }

    /// Viewings and sign-ins, until the ledger is as long as it should be.
    private func fillLedger(_ start: ContinuousClock.Instant) async throws {
        let have = Int(try await county.supervision.cases.ledgerHead()?.sequence ?? 0)
        guard case .person(let supervisor) = county.supervisor else { return }
        for first in stride(from: have, to: size.entries, by: 10_000) {
            let (county, size) = (county, size)
            try await county.store.write { records in
                for number in first..<min(size.entries, first + 10_000) {
                    let camera = county.cameras[number % county.cameras.count]
                    try records.ledger.append(
                        .footageViewed, to: "camera/\(camera)", by: .person(supervisor.id), at: Footage.now,
                        payload: [
                            "from": .int(Footage.now.milliseconds - 60_000), "to": .int(Footage.now.milliseconds),
                            "kind": "replay",
                        ])
                }
            }
            if first / 10_000 % 50 == 0 {
                bench.say("\(first) entries: \(Int(start.duration(to: .now).inSeconds)) s")
            }
        }
    }

    private static func capture(_ camera: CameraID, _ item: CaptureItem, _ met: UTCTime) -> Capture {
        let box = PictureBox(x: 0.4, y: 0.2, width: 0.1, height: 0.15)
        return Capture(
            id: CaptureID(at: met), camera: camera, item: item, grade: .two, start: met - .seconds(3), metAt: met,
            end: met + .seconds(9), bestAt: met + .seconds(1), score: 0.87, box: box, sights: [],
            curve: (0..<8).map { .init(offsetMs: $0 * 500, score: 0.8, box: box) }, rule: .standard(item),
            models: "kitchen-detector 2026.11.1")
    }

    /// By the rules, with all its events; the last ones have not ended.
    private static func makeCase(
        of capture: Capture, _ number: Int, _ records: Records, _ supervisor: Person, _ zone: TerritoryZone,
        isRecent: Bool
    ) throws {
        guard let place = try records.places.path(of: capture.camera), let school = place.school else { return }
        let rules = try records.rules.rules(of: school, in: zone)
        let principal = Principal.person(supervisor)
        var now = capture.metAt
        let opening = CaseOpening(
            .item(capture.item), grade: .two, school: school, office: place.township, area: place.area,
            captures: [capture.id], note: number % 3 == 0 ? "no hat at the stove" : "as in the picture")
        let event = try rules.open(CaseID(at: now), opening, by: principal, at: now)
        var current = try Case([event])
        // Nothing of the past escalates: a scheduler would have seen to it then.
        func times(_ current: Case) -> CaseTimetable {
            var times = rules.timetable(of: current, at: now)
            times.lookAt = nil
            return times
        }
        _ = try records.cases.add(current, event, times(current))
        let notice = NoticeSeries.dispatch.next(
            after: try records.cases.lastNotice(in: .dispatch), at: now, in: zone)
        var commands: [(CaseCommand, Int64)] = [
            (.dispatch(notice, message: "please"), 600), (.acknowledge, 3600),
            (.submit(Submission(text: "everybody wears one now")), 86_400), (.pass(Inspection(.onScreen)), 3600),
            (.reinspect(Inspection(.footage), passed: true), 9 * 86_400),
            (.reinspect(Inspection(.footage), passed: true), 28 * 86_400),
        ]
        if isRecent { commands.removeLast(number % 6 + 1) }
        for (command, seconds) in commands {
            now = now + .seconds(seconds)
            let events = try rules.decide(command, on: current, seen: current.version, by: .console, at: now)
            current = try current.applying(events)
            try records.cases.append(events, leaving: current, times(current))
        }
    }
}

extension CountyYears {
    struct Size {
        var captures: Int
        var cases: Int
        var entries: Int
    }

    /// Made once, through the program's own rules and records, and kept.
    static func prepare(_ bench: Bench) async throws -> String {
        let size =
            bench.isQuick
            ? Size(captures: 20_000, cases: 1000, entries: 100_000)
            : Size(captures: 1_000_000, cases: 50_000, entries: 5_000_000)
        let data = bench.scratch + "/lists-\(size.captures)"
        let marker = data + "/complete"
        if !FileManager.default.fileExists(atPath: marker) {
            try? FileManager.default.removeItem(atPath: data)
            bench.say(
                "making \(size.captures) captures, \(size.cases) cases, \(size.entries) ledger entries (kept for later)"
            )
            let county = try await BenchCounty.make(data: data, schools: 150)
            try await CountyYears(county, size, bench).fill()
            try await county.store.close()
            try "".write(toFile: marker, atomically: true, encoding: .utf8)
        }
        try await prepareAnalysis(bench, data: data)
        return data
    }

    /// A calendar of eight terms, and ten analysed hours of each camera on each school day.
    private static func prepareAnalysis(_ bench: Bench, data: String) async throws {
        let marker = data + "/analysed"
        guard !FileManager.default.fileExists(atPath: marker) else { return }
        bench.say("making the analysed hours of four years (kept for later)")
        let store = try await Footage.open(data: data).store
        let today = Day(of: Footage.now, in: .shanghai)
        let cameras = try await store.write { records in
            try records.rules.set(calendar(until: today), nil, of: nil)
            return try records.cameras.all().map(\.id)
        }
        let days = calendar(until: today).openDays(in: DaySpan(today - 4 * 365, through: today)).map(\.day)
        for batch in stride(from: 0, to: days.count, by: 10).map({ days[$0..<min(days.count, $0 + 10)] }) {
            try await store.write { records in
                for day in batch {
                    for camera in cameras {
                        for hour in 6..<16 {
                            try records.analysis.count(
                                camera, at: day.time(minute: hour * 60, in: .shanghai), frames: 4000, records: 900)
                        }
                    }
                }
            }
        }
        try await store.close()
        try "".write(toFile: marker, atomically: true, encoding: .utf8)
    }

    /// Autumn terms from September to January, spring terms from the end of February to June.
    private static func calendar(until today: Day) -> SchoolCalendar {
        let thisYear = TerritoryZone.shanghai.civil(today.time(minute: 0, in: .shanghai)).year
        let terms = (thisYear - 5...thisYear).flatMap { year in
            [("\(year)-02-24", "\(year)-06-30"), ("\(year)-09-01", "\(year + 1)-01-20")].compactMap { first, last in
                Day(first).flatMap { first in
                    Day(last).map { SchoolCalendar.Term("\(first)", DaySpan(first, through: $0)) }
                }
            }
        }
        return SchoolCalendar(terms: terms)
    }
}
