import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

struct WarningsTests {
    private static let again = WarningRule.repeated(RepeatRule(.phone, count: 3, days: 7))

    @Test(arguments: Engine.all)
    func `a rule is switched on after its back-test was shown, and the ledger has both`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let warnings = office.supervision.warnings
            for _ in 0..<3 { _ = try await county.captured(.phone) }
            office.clock.advance(by: .seconds(2 * 86_400))
            try await county.analysed()
            let trial = try await warnings.trial(of: Self.again, for: county.supervisor)
            #expect(trial.test.hits.map(\.warning.place) == [.school(office.school.id)])
            #expect(trial.places.map(\.name) == [office.school.name] && trial.summary.hits == 1)
            #expect(try await warnings.rules(for: county.supervisor).isEmpty)
            // Not what was shown; not what the asker started from; not theirs to set.
            var other = trial.summary
            other.hits = 0
            #expect(
                try await refusal {
                    try await warnings.set(
                        Self.again, through: trial.through, confirmed: other, seen: 0, by: county.supervisor)
                } == .conflict(.changedMeanwhile))
            #expect(
                try await refusal {
                    try await warnings.set(
                        Self.again, through: trial.through, confirmed: trial.summary, seen: 3, by: county.supervisor)
                } == .conflict(.changedMeanwhile))
            #expect(
                try await refusal {
                    try await warnings.set(
                        Self.again, through: trial.through, confirmed: trial.summary, seen: 0, by: county.township)
                } == .notPermitted)
            try await warnings.set(
                Self.again, through: trial.through, confirmed: trial.summary, seen: 0, by: county.supervisor)
            try await warnings.switchOff(Self.again.subject, seen: 1, by: county.supervisor)
            let history = try await warnings.ruleHistory(for: county.supervisor)
            #expect(history.map(\.version.number) == [2, 1] && history.map(\.version.rule) == [nil, Self.again])
            #expect(history[1].person == "Super" && history[1].version.trial == trial.summary)
            let entries = try await office.ledger(.warningRuleChanged)
            #expect(entries.count == 2 && entries[1].payload.contains(#""hits":1"#))
            #expect(try await warnings.check().faults == [])
            #expect(
                try await refusal { try await warnings.trial(of: .backlog(BacklogRule(count: 0)), for: .console) }
                    == .invalid(.policy, .implausible))
            #expect(
                try await refusal { try await warnings.rules(for: county.township) } == .notPermitted)
        }
    }

    @Test(arguments: Engine.all)
    func `what is met is given once, told to its bodies, and ended once`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let warnings = office.supervision.warnings
            try await county.switchOn(Self.again)
            for _ in 0..<2 { _ = try await county.captured(.phone) }
            #expect(try await warnings.evaluate().given == 0)
            _ = try await county.captured(.phone)
            #expect(try await warnings.evaluate().given == 1)
            #expect(try await warnings.evaluate().given == 0)
            // After a restart nothing is given twice either.
            let anew = Warnings(
                store: office.store, time: office.clock.source, zone: .shanghai,
                insights: Insights(
                    store: office.store, time: office.clock.source, zone: .shanghai, cases: office.supervision.cases),
                cases: office.supervision.cases, sources: .none,
                deliveries: Subscribers())
            #expect(try await anew.evaluate().given == 0)
            let entry = try #require(try await warnings.list(for: county.supervisor).first)
            #expect(entry.place == office.school.name && entry.township == "East" && entry.file.state == .open)
            for (principal, count) in [(county.township, 1), (county.head, 1), (county.otherTownship, 0)] {
                #expect(try await warnings.list(for: principal).count == count)
            }
            let id = entry.file.id
            for outsider in [county.otherTownship, county.otherHead] {
                #expect(try await refusal { try await warnings.sheet(id, for: outsider) } == .notFound)
            }
            let sheet = try await warnings.sheet(id, for: county.township)
            #expect(sheet.told.map(\.body) == [.marketRegulation, .townshipOffice(county.township.person.township!)])
            #expect(sheet.rule?.rule == Self.again && sheet.mayEnd)
            let news = try await county.cases.news(for: county.township)
            #expect(news.map(\.news.warningID) == [id] && news.map(\.summary) == [nil])
            #expect(try await county.cases.countUnread(for: county.township) == 1)

            func end(_ ending: WarningEnding, _ principal: Principal) async throws -> SupervisionError? {
                try await refusal { try await warnings.end(id, ending, by: principal) }
            }
            #expect(try await end(.settled(note: " "), county.township) == .invalid(.note, .empty))
            #expect(try await end(.settled(note: "x"), county.head) == .notPermitted)
            #expect(try await end(.settled(note: "x"), county.otherTownship) == .notFound)
            let elsewhere = CaseID(at: office.clock.now)
            #expect(try await end(.becameCase(elsewhere), county.township) == .invalid(.caseNumber, .unknown))
            let opened = try await county.opened()
            #expect(try await warnings.sheet(id, for: county.township).cases.map(\.id) == [opened])
            #expect(try await end(.becameCase(opened), county.township) == nil)
            #expect(try await end(.unfounded(note: "x"), county.supervisor) == .conflict(.changedMeanwhile))
            let ended = try await warnings.sheet(id, for: county.head)
            #expect(ended.entry.file.ended?.ending == .becameCase(opened) && ended.entry.caseNumber == 1)
            #expect(ended.entry.endedBy == "east" && !ended.mayEnd)
            #expect(try await warnings.endings(for: county.supervisor)[.repeated]?.cases == 1)
            #expect(try await warnings.count(WarningFilter(state: .open), for: county.supervisor) == 0)
            #expect(try await office.ledger(.warningGiven).count == 1)
            #expect(try await office.ledger(.warningEnded).count == 1)
            let (checked, faults) = try await warnings.check()
            #expect(checked == 1 && faults == [])
            try await office.tamper("update warning set given_ms = given_ms - 1, kind = 'night'")
            #expect(try await warnings.check().faults == [.rowDiffers(id, ["kind", "given"])])
            try await office.tamper("update warning_rule set from_ms = from_ms - 1")
            #expect(try await warnings.check().faults.contains(.ruleDiffers(Self.again.subject)))
        }
    }

    @Test(arguments: Engine.all)
    func `a case is opened from a warning, which has ended with that`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let warnings = office.supervision.warnings
            try await county.switchOn(Self.again)
            for _ in 0..<3 { _ = try await county.captured(.phone) }
            #expect(try await warnings.evaluate().given == 1)
            let id = try #require(try await warnings.list(for: county.supervisor).first?.file.id)
            func open(_ matter: CaseMatter, _ principal: Principal) async throws -> SupervisionError? {
                try await refusal { _ = try await warnings.openCase(matter, .two, note: "x", from: id, by: principal) }
            }
            #expect(try await open(.item(.phone), county.otherTownship) == .notFound)
            #expect(try await open(.item(.phone), county.head) == .notPermitted)
            #expect(try await !warnings.sheet(id, for: county.head).mayOpenCase)
            #expect(try await open(.other("  "), county.supervisor) == .invalid(.matter, .empty))
            #expect(try await warnings.sheet(id, for: county.supervisor).mayOpenCase)
            #expect(try await office.ledger(.warningEnded).isEmpty)
            let opened = try await warnings.openCase(.item(.phone), .two, note: "x", from: id, by: county.supervisor)
            let sheet = try await county.cases.sheet(opened.id, for: county.supervisor)
            #expect(sheet.current.opening.school == office.school.id)
            #expect(sheet.current.opening.finding?.source == .warning)
            #expect(sheet.current.opening.finding?.reference == "\(id)")
            let ended = try await warnings.sheet(id, for: county.supervisor)
            #expect(ended.entry.file.ended?.ending == .becameCase(opened.id) && !ended.mayOpenCase)
            #expect(try await open(.item(.phone), county.supervisor) == .conflict(.changedMeanwhile))
            #expect(try await county.cases.count(for: county.supervisor) == 1)
            #expect(try await warnings.check().faults == [])
        }
    }

    @Test(arguments: Engine.all)
    func `a state is over when its rule is no longer met, and may come again`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let warnings = office.supervision.warnings
            try await county.switchOn(.backlog(BacklogRule(count: 2, schoolDays: 1)))
            func waiting() async throws -> [Capture] {
                let captures = [try await county.captured(.noMask), try await county.captured(.noMask)]
                office.clock.advance(by: .seconds(4 * 86_400))
                return captures
            }
            func judge(_ captures: [Capture]) async throws {
                for capture in captures {
                    try await office.supervision.captures.judge(
                        capture.id, .rejected(reason: .maskPresent), seen: nil, by: county.supervisor)
                }
            }
            let first = try await waiting()
            #expect(try await warnings.evaluate().given == 1)
            let round = try await warnings.evaluate()
            #expect(round.given == 0 && round.over == 0)
            try await judge(first)
            #expect(try await warnings.evaluate().over == 1)
            #expect(try await warnings.list(for: county.supervisor).map(\.file.state) == [.over])
            let second = try await waiting()
            #expect(try await warnings.evaluate().given == 1)
            #expect(try await warnings.list(for: county.supervisor).map(\.file.state) == [.open, .over])
            #expect(try await warnings.list(for: county.township).isEmpty, "the county's own backlog")
            // Nobody watches any more.
            try await warnings.switchOff(WarningSubject(.backlog), seen: 1, by: county.supervisor)
            #expect(try await warnings.evaluate().over == 1)
            #expect(try await office.ledger(.warningOver).count == 2)
            #expect(try await warnings.check().faults == [])
            _ = second
        }
    }

    @Test func `a rise above the school's own baseline is given after the day, with its days to show`() async throws {
        let county = try await County()
        let (office, warnings) = (county.office, county.office.supervision.warnings)
        let zone = TerritoryZone.shanghai
        // Back to a morning, so that days are whole.
        let today = Day(of: office.clock.now, in: zone)
        var random = SeededGenerator(seed: 4)
        let days = SchoolCalendar().openDays(in: DaySpan(today - 140, through: today - 1)).map(\.day)
        for day in days {
            for _ in 0..<Int.random(in: 1...3, using: &random) { try await county.captured(.noHat, on: day) }
            try await county.analysed(on: day)
        }
        let rule = WarningRule.rate(RateRule(item: .noHat, schoolDaysPerFalseWarning: 195, seed: 1))
        try await county.switchOn(rule)
        #expect(try await warnings.evaluate().given == 0, "what was before the rule is left alone")
        var given = 0
        for _ in 0..<8 where given == 0 {
            office.clock.advance(by: .seconds(86_400))
            let day = Day(of: office.clock.now, in: zone)
            guard SchoolCalendar().isSchoolDay(day) else { continue }
            for _ in 0..<9 { try await county.captured(.noHat, on: day) }
            try await county.analysed(on: day)
            // In the middle of the day it can't be counted yet.
            office.clock.advance(by: day.time(minute: 1190, in: zone) - office.clock.now)
            given += try await warnings.evaluate().given
        }
        #expect(given == 1)
        // The rise goes on: one who hasn't looked yet isn't told every few days.
        for _ in 0..<20 {
            office.clock.advance(by: .seconds(86_400))
            let day = Day(of: office.clock.now, in: zone)
            guard SchoolCalendar().isSchoolDay(day) else { continue }
            for _ in 0..<9 { try await county.captured(.noHat, on: day) }
            try await county.analysed(on: day)
            #expect(try await warnings.evaluate().given == 0)
        }
        let entry = try #require(try await warnings.list(for: county.township).first)
        guard case .rateRise(let rise, .noHat?) = entry.file.warning.reason else {
            Issue.record("no rise")
            return
        }
        #expect(rise.count >= 9 && rise.expected < Double(rise.count) / 2)
        let chart = try await warnings.chart(of: try await warnings.sheet(entry.file.id, for: county.township))
        #expect(chart.last?.day == rise.until && chart.last?.isWarning == true && chart.count > 20)
        // A school's warnings are in the patrol list's risk, until somebody says that nothing was behind them.
        func sources() async throws -> [SchoolRisk.Part.Source] {
            guard case .ready(let sheet) = try await office.supervision.patrols.sheet(for: county.supervisor) else {
                return []
            }
            return sheet.list.entries.first?.risk.parts.map(\.source) ?? []
        }
        office.clock.advance(by: .seconds(86_400))
        #expect(try await sources().contains(.evidence(.warning)))
        try await warnings.end(entry.file.id, .unfounded(note: "new camera"), by: county.township)
        #expect(try await !sources().contains(.evidence(.warning)))
        // What rises after that is another warning.
        given = 0
        for _ in 0..<12 where given == 0 {
            office.clock.advance(by: .seconds(86_400))
            let day = Day(of: office.clock.now, in: zone)
            guard SchoolCalendar().isSchoolDay(day) else { continue }
            for _ in 0..<40 { try await county.captured(.noHat, on: day) }
            try await county.analysed(on: day)
            office.clock.advance(by: day.time(minute: 1190, in: zone) - office.clock.now)
            given += try await warnings.evaluate().given
        }
        #expect(given == 1)
    }

    @Test func `papers and duties are asked of whoever keeps them, and offered only then`() async throws {
        let county = try await County()
        let office = county.office
        let school = office.school.id
        let today = Day(of: office.clock.now, in: .shanghai)
        let sources = WarningSources(
            papers: { _ in [school: [.init(.healthCertificate, number: "H1", validThrough: today + 5)]] },
            duties: { _, duty, days in
                #expect(duty == .disinfection && days.last == today)
                return [school: [(due: today - 1, isDone: false), (due: today, isDone: false)]]
            })
        let warnings = Warnings(
            store: office.store, time: office.clock.source, zone: .shanghai, insights: office.supervision.insights,
            cases: office.supervision.cases, sources: sources, deliveries: Subscribers())
        #expect(warnings.offered == WarningRule.Kind.allCases)
        #expect(office.supervision.warnings.offered == WarningRule.Kind.allCases)
        let none = Warnings(
            store: office.store, time: office.clock.source, zone: .shanghai, insights: office.supervision.insights,
            cases: office.supervision.cases, sources: .none, deliveries: Subscribers())
        #expect(!none.offered.contains(.expiring) && !none.offered.contains(.duties))
        #expect(try await refusal { try await none.trial(of: .expiring(ExpiryRule()), for: .console) } == .notFound)
        try await county.switchOn(.expiring(ExpiryRule()), warnings)
        try await county.switchOn(.duties(DutyRule(.disinfection, missed: 2, of: 2)), warnings)
        office.clock.advance(by: .seconds(60))
        #expect(try await warnings.evaluate().given == 2)
        #expect(try await warnings.evaluate().given == 0)
        let told = try await warnings.list(for: county.head).map(\.file.receivers)
        #expect(told.allSatisfy { $0.contains(.school(school)) && $0.contains(.educationBureau) })
        #expect(try await county.cases.news(for: county.education).count == 2)
    }
}

extension County {
    /// As a supervisor does, who has looked at the back-test.
    func switchOn(_ rule: WarningRule, _ warnings: Warnings? = nil) async throws {
        let warnings = warnings ?? office.supervision.warnings
        let trial = try await warnings.trial(of: rule, for: supervisor)
        try await warnings.set(
            rule, through: trial.through, confirmed: trial.summary, seen: 0, by: supervisor)
    }

    /// At ten in the morning of a day.
    fileprivate func captured(_ item: CaptureItem, on day: Day) async throws {
        let time = day.time(minute: 600, in: .shanghai) + .milliseconds(Int64.random(in: 0..<3_600_000))
        let capture = Capture(
            id: CaptureID(at: time), camera: office.camera.id, item: item, grade: .two, start: time - .seconds(3),
            metAt: time, bestAt: time, score: 0.75, box: PictureBox(x: 0.1, y: 0.1, width: 0.2, height: 0.3),
            rule: .standard(item), models: "kitchen-detector 1")
        try await office.supervision.captures.open(capture, first: nil)
    }

    fileprivate func analysed(on day: Day? = nil) async throws {
        let day = day ?? Day(of: clock.now, in: .shanghai) - 2
        try await office.supervision.captures.count(
            office.camera.id, hour: day.time(minute: 600, in: .shanghai), frames: 30, records: 5)
    }
}
