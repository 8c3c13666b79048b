import Domain
import Foundation
import Store
import Supervision
import TestSupport

/// Pages of lists with a county's years in the records: 1,000,000 captures, 50,000 cases, 5,000,000 ledger entries.
struct ListsMeasure: Measure {
    let name = "lists"

    func run(_ bench: Bench) async throws {
        let size =
            bench.isQuick
            ? Size(captures: 20_000, cases: 1000, entries: 100_000)
            : Size(captures: 1_000_000, cases: 50_000, entries: 5_000_000)
        let data = bench.scratch + "/lists-\(size.captures)"
        try await prepare(bench, data: data, size)
        let supervisor = "bench-supervisor"
        let officer = "bench-township"
        let officersPassword = try await newPassword(bench, data, of: officer)
        let program = try await Program.start(
            bench, data: data, account: (supervisor, try await newPassword(bench, data, of: supervisor)))
        bench.add(Figure("start-up", program.startUp.inSeconds, "s", bar: .atMost(2)))
        let officersCookie = try Program.signIn(port: program.port, account: officer, password: officersPassword)
        let connection = try program.connect()
        let rounds = bench.isQuick ? 20 : 100
        let from = Footage.now - .seconds(30 * 86_400)
        let date = TerritoryZone.shanghai.civil(from).date
        let pages: [(String, String)] = [
            ("captures", "/captures"), ("captures of an item", "/captures?item=noMask"),
            ("captures that wait", "/captures?judged=waiting"),
            ("captures judged false", "/captures?judged=rejected"),
            ("captures, API", "/api/v1/captures?limit=100"), ("cases", "/cases"),
            ("cases, most urgent first", "/cases?stage=running&sort=due"), ("cases overdue", "/cases?stage=overdue"),
            ("cases closed", "/cases?stage=closed"), ("cases, search by words", "/cases?q=hat"),
            ("cases, search for what is not there", "/cases?q=zebra"), ("cases, search by number", "/cases?q=4711"),
            ("ledger", "/ledger"), ("ledger of an act", "/ledger?act=case.closed"),
            ("ledger of days", "/ledger?from=\(date)&to=\(date)"), ("today", "/today"), ("precision", "/precision"),
        ]
        for (name, path) in pages {
            try measure(bench, name, path, rounds, connection, program.cookie, bar: 60)
        }
        for (name, path) in [
            ("captures", "/captures"), ("captures judged false", "/captures?judged=rejected"), ("cases", "/cases"),
            ("cases, search for what is not there", "/cases?q=zebra"), ("today", "/today"),
        ] {
            try measure(bench, "township: " + name, path, rounds, connection, officersCookie, bar: 60)
        }
        try measure(bench, "figures of 30 days", "/figures", rounds, connection, program.cookie, bar: 150)
        try measure(
            bench, "figures of four years", "/figures?from=2022-01-01&to=\(date)", rounds / 5, connection,
            program.cookie, bar: nil)
        // What is reached by going on: page after page.
        for list in ["/captures", "/cases"] {
            var times: [Double] = []
            var path = list
            for _ in 0..<rounds {
                let (answer, time) = try timed(path, connection, program.cookie)
                times.append(time)
                guard let next = answer.firstMatch(of: /rel="next" href="([^"]+)"/) else { break }
                path = String(next.1).replacingOccurrences(of: "&amp;", with: "&")
            }
            bench.add(Figure("\(list), page after page, p99", times.percentile(99), "ms", bar: .atMost(60), raw: times))
        }
        try await program.stop()
    }

    private func newPassword(_ bench: Bench, _ data: String, of account: String) async throws -> String {
        let reset = try await ChildProcess.run([
            bench.programPath, "person", "reset-password", account, "--data", data,
        ])
        let words = String(decoding: reset.output, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard reset.ending.isSuccess, let initial = words.last(where: { $0.contains("-") }) else {
            throw HTTPConnection.Unexpected(description: "no new password: \(reset.errors)")
        }
        return String(initial)
    }

    private struct Size {
        var captures: Int
        var cases: Int
        var entries: Int
    }

    private func measure(
        _ bench: Bench, _ name: String, _ path: String, _ rounds: Int, _ connection: HTTPConnection,
        _ cookie: String, bar: Double?
    ) throws {
        // The first one reads from the disk: it counts too.
        let times = try (0..<rounds).map { _ in try timed(path, connection, cookie).time }
        bench.add(Figure("\(name), p50", times.percentile(50), "ms", raw: times))
        bench.add(Figure("\(name), p99", times.percentile(99), "ms", bar: bar.map { .atMost($0) }))
    }

    private func timed(
        _ path: String, _ connection: HTTPConnection, _ cookie: String
    ) throws -> (text: String, time: Double) {
        let start = ContinuousClock.now
        let answer = try connection.get(path, cookie: cookie)
        let time = start.duration(to: .now).inSeconds * 1000
        guard answer.status == 200 else {
            throw HTTPConnection.Unexpected(description: "\(path): \(answer.status) \(answer.text.prefix(200))")
        }
        return (answer.text, time)
    }

    /// Made once, through the program's own rules and records, and kept.
    private func prepare(_ bench: Bench, data: String, _ size: Size) async throws {
        let marker = data + "/complete"
        if !FileManager.default.fileExists(atPath: marker) {
            try? FileManager.default.removeItem(atPath: data)
            bench.say(
                "making \(size.captures) captures, \(size.cases) cases, \(size.entries) ledger entries (kept for later)"
            )
            let county = try await BenchCounty.make(data: data, schools: 150)
            try await County(county, size, bench).fill()
            try await county.store.close()
            try "".write(toFile: marker, atomically: true, encoding: .utf8)
        }
    }

    /// Four years of a county.
    private struct County {
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
}
