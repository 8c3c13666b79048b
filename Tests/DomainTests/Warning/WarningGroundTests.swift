import Testing

@testable import Domain

struct WarningGroundTests {
    @Test(
        arguments: [
            "rate", "rate-noHat", "repeated-rodent", "cluster", "cluster-phone", "backlog", "overdue", "expiring",
            "duties-disinfection", "camerasOff", "night-insect",
        ])
    func `what a rule watches is its name`(text: String) throws {
        let subject = try #require(WarningSubject(text))
        #expect("\(subject)" == text)
    }

    @Test(arguments: ["", "rates", "repeated", "night", "duties", "duties-noHat", "backlog-noHat", "rate-", "rate-a-b"])
    func `a name that no rule has is refused`(text: String) { #expect(WarningSubject(text) == nil) }

    @Test func `a school above its own baseline is warned of, with its days to show`() throws {
        var county = SimulatedCounty(schools: 4)
        let days = Terms.calendar.openDays(in: Terms.span("2026-09-01", "2027-01-20")).map(\.day)
        var random = SeededRandom(seed: 5)
        for (index, day) in days.enumerated() {
            for school in 0..<4 {
                let mean = school == 2 && index >= days.count - 10 ? 9 : 3
                for _ in 0..<Int.random(in: mean - 2...mean + 2, using: &random) {
                    county.capture(.noHat, school, day, minute: 600)
                }
            }
            // At night, and about the camera: neither counts.
            county.capture(.rodent, 0, day, minute: 1400)
            for _ in 0..<5 { county.capture(.dark, 1, day, minute: 610) }
            county.watch(day)
        }
        let ground = county.ground(at: days.last!.time(minute: 1200, in: .shanghai))
        let rule = WarningRule.rate(RateRule(schoolDaysPerFalseWarning: 195, seed: 3))
        let since = days[80].time(minute: 0, in: .shanghai)
        let given = ground.met(by: rule, since: since, WarningMemory())
        // It rises for ten days: each that goes on after the last warning is one more.
        #expect(Set(given.map(\.place)) == [.school(county.schools[2])])
        guard case .rateRise(let rise, nil)? = given.first?.reason else {
            Issue.record("no rise")
            return
        }
        #expect(rise.since >= days[days.count - 14] && rise.count > 2 * Int(rise.expected))
        #expect(ground.met(by: rule, since: since, WarningMemory(given)).isEmpty)
        // A rule that was switched on after it says nothing of it.
        #expect(ground.met(by: rule, since: ground.now, WarningMemory()).count <= given.count)
        let chart = ground.chart(RateRule(seed: 3), of: county.schools[2], through: rise.until)
        #expect(chart.last?.day == rise.until && chart.last?.isWarning == true && chart.last?.pressure == 1)
        #expect(chart.dropLast().allSatisfy { !$0.isWarning && Double($0.usual) >= $0.expected.rounded(.down) })
        #expect(abs(chart[0].expected - 3) < 1)
    }

    @Test func `before two months of school days no rate warns, and that is said`() {
        var county = SimulatedCounty(schools: 3)
        let days = Terms.calendar.openDays(in: Terms.span("2026-09-01", "2026-10-20")).map(\.day)
        for day in days {
            for school in 0..<3 { for _ in 0..<3 { county.capture(.noHat, school, day, minute: 600) } }
            county.watch(day)
        }
        let ground = county.ground(at: days.last!.time(minute: 1200, in: .shanghai))
        let rule = RateRule(seed: 1)
        #expect(ground.learning(rule) == days.count)
        #expect(ground.met(by: .rate(rule), since: UTCTime(milliseconds: 0), WarningMemory()).isEmpty)
        let (test, tried) = ground.backTest(.rate(rule), through: days.last!)
        #expect(test.hits.isEmpty && test.watchedDays == 0 && tried == nil)
    }

    @Test func `the same captures never warn twice, whatever is judged later`() {
        let monday = Terms.day("2026-11-02")
        let rule = WarningRule.repeated(RepeatRule(.phone, count: 3, days: 7))
        let since = monday.time(minute: 0, in: .shanghai)
        var county = SimulatedCounty(schools: 2)
        for offset in 0..<3 { county.capture(.phone, 1, monday + offset, minute: 600) }
        let now = (monday + 4).time(minute: 0, in: .shanghai)
        let first = county.ground(at: now).met(by: rule, since: since, WarningMemory())
        #expect(first.map(\.place) == [.school(county.schools[1])])
        // The first one is judged false; two more come: with the two that have warned they would be four.
        county.reject(at: 0)
        for offset in 3..<5 { county.capture(.phone, 1, monday + offset, minute: 600) }
        let ground = county.ground(at: (monday + 6).time(minute: 0, in: .shanghai))
        #expect(ground.met(by: rule, since: since, WarningMemory(first)).isEmpty)
        #expect(ground.met(by: rule, since: since, WarningMemory()).count == 1)
        county.capture(.phone, 1, monday + 5, minute: 600)
        let later = county.ground(at: (monday + 6).time(minute: 0, in: .shanghai))
        #expect(later.met(by: rule, since: since, WarningMemory(first)).count == 1)
    }

    @Test func `a township with more than its share warns when its window is over`() throws {
        var county = SimulatedCounty(schools: 8)
        let days = Terms.calendar.openDays(in: Terms.span("2026-09-01", "2027-01-15")).map(\.day)
        var random = SeededRandom(seed: 8)
        let start = days[75]
        for (index, day) in days.prefix(85).enumerated() {
            for school in 0..<8 {
                // The whole county rises at the end, the first township much more.
                let mean = index < 80 ? 2 : school < 2 ? 10 : 4
                for _ in 0..<Int.random(in: mean - 2...mean + 2, using: &random) {
                    county.capture(.noMask, school, day, minute: 600)
                }
            }
            county.watch(day)
        }
        let rule = WarningRule.cluster(ClusterRule(item: .noMask, schoolDays: 5))
        let since = start.time(minute: 0, in: .shanghai)
        let early = county.ground(at: days[83].time(minute: 1200, in: .shanghai))
        #expect(early.met(by: rule, since: since, WarningMemory()).isEmpty, "the window is not over")
        let ground = county.ground(at: days[84].time(minute: 1200, in: .shanghai))
        let given = ground.met(by: rule, since: since, WarningMemory())
        #expect(given.map(\.place) == [.township(county.townships[0])])
        guard case .cluster(let cluster)? = given.first?.reason else { return }
        #expect(cluster.days == DaySpan(days[80], through: days[84]) && cluster.townships == 4)
        let (test, tried) = ground.backTest(rule, through: days[84])
        #expect(test.hits.map(\.day) == [days[84]] && tried?.first == days[60])
        #expect(test.expectedFalse.map { abs($0 - 25.0 / 195) < 1e-9 } == true)
    }

    @Test func `a backlog is counted in a back-test each time that it begins`() {
        var county = SimulatedCounty(schools: 1)
        let days = Terms.calendar.openDays(in: Terms.span("2026-09-01", "2026-09-30")).map(\.day)
        for day in days { county.watch(day) }
        func noon(_ index: Int) -> UTCTime { days[index].time(minute: 720, in: .shanghai) }
        var ground = county.ground(at: noon(20))
        ground.waits =
            (0..<3).map { _ in .init(from: noon(1), until: noon(5)) }
            + (0..<3).map { _ in .init(from: noon(9), until: noon(10)) }
            + (0..<3).map { _ in .init(from: noon(15), until: nil) }
        let rule = WarningRule.backlog(BacklogRule(count: 3, schoolDays: 2))
        // From the first noon two school days are over on the evening of the third day; on the fourth it is a backlog.
        #expect(ground.backTest(rule, through: days[19]).test.hits.map(\.day) == [days[4], days[18]])
        let now = ground.met(by: rule, since: noon(0), WarningMemory())
        #expect(now.map(\.key) == ["county backlog"])
        ground.now = noon(17)
        #expect(ground.met(by: rule, since: noon(0), WarningMemory()).isEmpty)
    }

    @Test func `cameras that were off in working hours warn once the day is over`() throws {
        var county = SimulatedCounty(schools: 2)
        let day = Terms.day("2026-11-03")
        county.watch(day)
        var ground = county.ground(at: day.time(minute: 1000, in: .shanghai))
        let camera = try #require(county.cameras[1])
        ground.blind[camera] = [
            TimeSpan(start: day.time(minute: 360, in: .shanghai), end: day.time(minute: 720, in: .shanghai))
        ]
        let rule = WarningRule.camerasOff(CamerasOffRule(share: 0.4))
        let since = day.time(minute: 0, in: .shanghai)
        #expect(ground.met(by: rule, since: since, WarningMemory()).isEmpty)
        ground.now = day.time(minute: 1200, in: .shanghai)
        let given = ground.met(by: rule, since: since, WarningMemory())
        #expect(given.map(\.place) == [.school(county.schools[1])])
        #expect(ground.backTest(rule, through: day).test.hits.map(\.warning) == given)
        #expect(ground.met(by: .camerasOff(CamerasOffRule(share: 0.5)), since: since, WarningMemory()).isEmpty)
    }

    @Test func `a paper and a duty warn at their school`() {
        var county = SimulatedCounty(schools: 1)
        let day = Terms.day("2026-11-03")
        county.watch(day - 30)
        county.watch(day)
        var ground = county.ground(at: day.time(minute: 600, in: .shanghai))
        ground.papers[county.schools[0]] = [.init(.foodLicence, number: "JY1", validThrough: day + 20)]
        ground.duties[county.schools[0]] = (0..<4).map { (due: day - 8 + $0, isDone: $0 % 2 == 0) }
        let since = (day - 10).time(minute: 0, in: .shanghai)
        let papers = ground.met(by: .expiring(ExpiryRule()), since: since, WarningMemory())
        #expect(papers.map(\.key) == ["school/\(county.schools[0]) expiring JY1 2026-11-23 30"])
        #expect(ground.backTest(.expiring(ExpiryRule()), through: day).test.hits.map(\.day) == [day - 10])
        let duty = WarningRule.duties(DutyRule(.disinfection, missed: 2, of: 4))
        let missed = ground.met(by: duty, since: since, WarningMemory())
        #expect(missed.map(\.reason.kind) == [.duties])
        #expect(ground.met(by: duty, since: since, WarningMemory(missed)).isEmpty)
    }

    @Test func `a warning goes to those who can do something about it`() {
        let (school, township) = (SchoolID(at: UTCTime(milliseconds: 1)), TownshipID(at: UTCTime(milliseconds: 2)))
        let path = PlacePath(township: township, school: school)
        func receivers(_ reason: WarningReason, _ path: PlacePath) -> [Body] {
            WarningFile(
                id: WarningID(at: UTCTime(milliseconds: 3)), Warning(.school(school), reason), at: path,
                givenAt: UTCTime(milliseconds: 3)
            ).receivers
        }
        let time = UTCTime(milliseconds: 9)
        let paper = WarningReason.expiring(
            ExpiringPaper(kind: .training, paper: "1", validThrough: Terms.day("2026-11-03"), daysLeft: 3, step: 7))
        #expect(
            receivers(paper, path)
                == [.marketRegulation, .townshipOffice(township), .school(school), .educationBureau])
        let backlog = WarningReason.backlog(UnhandledBacklog(late: 1, waiting: 1, schoolDays: 1, oldest: time))
        #expect(receivers(backlog, .county) == [.marketRegulation])
        let again = WarningReason.repeated(RepeatedItem(item: .noHat, count: 3, days: 7, first: time, last: time))
        #expect(receivers(again, path) == [.marketRegulation, .townshipOffice(township)])
    }
}

/// Schools with one camera each, two of a township, and what they had.
private struct SimulatedCounty {
    let schools: [SchoolID]
    let townships: [TownshipID]
    let cameras: [CameraID?]
    private var facts: [CaptureFact] = []
    private var analysed: [AnalysedDay] = []
    private var next: Int64 = 1

    init(schools count: Int) {
        var random = SeededRandom(seed: 77)
        func id() -> UUIDv7 { UUIDv7(at: UTCTime(milliseconds: 5), using: &random) }
        townships = (0..<(count + 1) / 2).map { _ in TownshipID(id()) }.sorted()
        schools = (0..<count).map { _ in SchoolID(id()) }
        cameras = (0..<count).map { _ in CameraID(id()) }
    }

    mutating func capture(_ item: CaptureItem, _ school: Int, _ day: Day, minute: Int) {
        let time = day.time(minute: minute, in: .shanghai) + .milliseconds(next)
        next += 1
        facts.append(
            CaptureFact(
                id: CaptureID(at: time), camera: cameras[school]!, item: item, metAt: time, outcome: .confirmed,
                judgement: nil))
    }

    mutating func reject(at index: Int) { facts[index].outcome = .rejected }

    mutating func watch(_ day: Day) {
        for camera in cameras { analysed.append(AnalysedDay(camera: camera!, day: day, frames: 100, records: 0)) }
    }

    func ground(at now: UTCTime) -> WarningGround {
        var captures = CaptureFacts()
        for fact in facts where fact.metAt <= now { captures.set(fact) }
        var watched: [SchoolID: WarningHistory.Watched] = [:]
        var places: [CameraID: CameraPlace] = [:]
        for (index, school) in schools.enumerated() {
            let path = PlacePath(township: townships[index / 2], school: school)
            watched[school] = WarningHistory.Watched(path, Terms.time, cameras: [cameras[index]!])
            places[cameras[index]!] = CameraPlace(path, .cooking)
        }
        let history = WarningHistory(
            captures, analysed: analysed, places: places, schools: watched, zone: .shanghai)
        return WarningGround(history, county: Terms.time, at: now)
    }
}
