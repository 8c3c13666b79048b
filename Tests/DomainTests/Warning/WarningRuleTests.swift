import Foundation
import Testing

@testable import Domain

struct WarningRuleTests {
    private func moment(_ text: String) -> UTCTime { Terms.moment(text) }
    private func day(_ text: String) -> Day { Terms.day(text) }

    @Test func `the n-th of the same within days warns once`() {
        let rule = RepeatRule(.noHat, count: 3, days: 7)
        let times = ["2026-11-02", "2026-11-08", "2026-11-09", "2026-11-10", "2026-11-11", "2026-11-20"].map {
            moment("\($0) 10:00")
        }
        // From the second to the ninth are seven days exactly: the first one has left the window.
        let met = rule.met(by: times.reversed())
        #expect(met.map(\.last) == [times[3]] && met[0].first == times[1] && met[0].count == 3)
        #expect(rule.met(by: []).isEmpty)
    }

    @Test func `a backlog counts what has waited its school days`() {
        let rule = BacklogRule(count: 2, schoolDays: 2)
        let friday = moment("2026-11-20 10:00")
        // Two school days after a Friday are over on Tuesday evening.
        let waiting = [friday, friday + .seconds(60), moment("2026-11-23 09:00")]
        #expect(rule.met(by: waiting, at: moment("2026-11-24 19:00"), Terms.time) == nil)
        let backlog = rule.met(by: waiting, at: moment("2026-11-24 20:00"), Terms.time)
        #expect(backlog == UnhandledBacklog(late: 2, waiting: 3, schoolDays: 2, oldest: friday))
    }

    @Test func `overdue cases are counted once each`() {
        let cases = (1...3).map { CaseID(UUIDv7(at: UTCTime(milliseconds: Int64($0) << 20))) }
        let now = moment("2026-11-24 12:00")
        let deadlines = [
            (case: cases[0], due: now - .seconds(7200)), (case: cases[0], due: now - .seconds(10_800)),
            (case: cases[1], due: now - .seconds(3601)), (case: cases[2], due: now - .seconds(60)),
        ]
        let rule = OverdueRule(count: 2, hours: 1)
        #expect(
            rule.met(by: deadlines, at: now)
                == OverdueCases(cases: 2, longest: cases[0], due: now - .seconds(10_800)))
        #expect(OverdueRule(count: 3, hours: 1).met(by: deadlines, at: now) == nil)
    }

    @Test(
        arguments: [
            ("2026-09-20", nil, nil), ("2026-10-02", 60, 60), ("2026-11-01", 30, 30), ("2026-11-24", 7, 7),
            ("2026-12-01", 0, 7), ("2026-12-02", -1, 0), ("2027-01-01", -31, 0),
        ] as [(String, Int?, Int?)])
    func `papers warn in steps`(today: String, left: Int?, step: Int?) {
        let paper = ExpiryRule.Paper(.foodLicence, number: "JY1", validThrough: day("2026-12-01"))
        let met = ExpiryRule().met(by: paper, on: day(today))
        #expect(met?.daysLeft == left && met?.step == step)
        #expect(met.map { $0.hasExpired == ($0.daysLeft < 0) } != false)
    }

    /// Sets have another order in each process; ten steps keep it from being this one by chance.
    @Test func `steps of a rule are written in the same order, whatever the process`() throws {
        let rule = ExpiryRule(daysBefore: [7, 30, 60, 90, 120, 150, 180, 210, 240, 365])
        let text = String(decoding: try JSONEncoder().encode(rule), as: UTF8.self)
        #expect(text == #"{"daysBefore":[365,240,210,180,150,120,90,60,30,7]}"#)
    }

    @Test func `duties left out warn once, in a row of those due`() {
        let rule = DutyRule(.dailyControl, missed: 2, of: 4)
        let done = [true, false, true, true, true, false, true, false, false, true, false, false]
        let record = done.enumerated().map { (due: day("2026-11-02") + $0.offset, isDone: $0.element) }
        let met = rule.met(by: record.reversed())
        #expect(met.map { $0.last - day("2026-11-02") } == [7, 10] && met.map(\.missed) == [2, 2])
        #expect(met[1].first == day("2026-11-10"))
    }

    @Test func `cameras off count in working hours only, overlaps once`() {
        let on = day("2026-11-23")
        let cameras = (1...2).map { CameraID(UUIDv7(at: UTCTime(milliseconds: Int64($0) << 20))) }
        func span(_ from: String, _ to: String) -> TimeSpan {
            TimeSpan(start: moment("2026-11-23 \(from)"), end: moment("2026-11-23 \(to)"))
        }
        // Work is from 5:30 to 19:30, 840 minutes: 60 and 60 of one camera, none of the other.
        let off = [
            cameras[0]: [span("03:00", "06:30"), span("06:00", "06:20"), span("18:30", "23:00")], cameras[1]: [],
        ]
        let met = CamerasOffRule(share: 0.07).met(by: off, on: on, Terms.time)
        #expect(met == CamerasOff(day: on, cameras: 1, ofCameras: 2, minutes: 120, ofMinutes: 1680))
        #expect(CamerasOffRule(share: 0.08).met(by: off, on: on, Terms.time) == nil)
        // A Sunday has no working hours.
        #expect(CamerasOffRule(share: 0.01).met(by: off, on: on - 1, Terms.time) == nil)
    }

    @Test func `a night has the date of its evening, and days don't count`() {
        let rule = NightRule(.rodent, nights: 2, of: 3)
        let times = ["2026-11-23 23:00", "2026-11-24 03:00", "2026-11-24 12:00", "2026-11-26 02:00"].map(moment)
        let met = rule.met(by: times, Terms.time)
        let expected = NightActivity(
            item: .rodent, nights: 2, ofNights: 3, sightings: 3, firstNight: day("2026-11-23"),
            lastNight: day("2026-11-25"))
        #expect(met == [expected])
        #expect(NightRule(.rodent, nights: 2, of: 2).met(by: times, Terms.time).isEmpty)
    }

    @Test func `every rule has ranges, and survives being kept as JSON`() throws {
        let rules: [WarningRule] = [
            .rate(RateRule(seed: .max)), .repeated(RepeatRule(.phone)), .cluster(ClusterRule()),
            .backlog(BacklogRule()),
            .overdue(OverdueRule()), .expiring(ExpiryRule()), .duties(DutyRule(.disinfection)),
            .camerasOff(CamerasOffRule()), .night(NightRule()),
        ]
        #expect(Set(rules.map(\.kind)) == Set(WarningRule.Kind.allCases) && rules.allSatisfy(\.isValid))
        #expect(try JSONDecoder().decode([WarningRule].self, from: JSONEncoder().encode(rules)) == rules)
        let wrong: [WarningRule] = [
            .rate(RateRule(schoolDaysPerFalseWarning: 5, seed: 1)), .rate(RateRule(rise: 1, seed: 1)),
            .repeated(RepeatRule(.phone, count: 1)), .cluster(ClusterRule(schoolDays: 0)),
            .backlog(BacklogRule(count: 0)), .overdue(OverdueRule(hours: -1)), .expiring(ExpiryRule(daysBefore: [0])),
            .duties(DutyRule(.disinfection, missed: 3, of: 2)), .camerasOff(CamerasOffRule(share: 0)),
            .night(NightRule(nights: 8, of: 7)), .duties(DutyRule(.disinfection, missed: 51, of: 60)),
        ]
        #expect(wrong.allSatisfy { !$0.isValid })
    }

    @Test func `a warning survives being kept, and its key tells the same from another`() throws {
        let school = Territory.school(SchoolID(UUIDv7(at: UTCTime(milliseconds: 9))))
        func rise(_ text: String) -> Warning {
            Warning(
                school,
                .rateRise(
                    RateRise(
                        since: day("2026-11-02"), until: day(text), schoolDays: 3, count: 9, expected: 3.5,
                        schoolDaysPerFalseWarning: 195), item: .noHat))
        }
        let warning = rise("2026-11-04")
        #expect(try JSONDecoder().decode(Warning.self, from: JSONEncoder().encode(warning)) == warning)
        #expect(warning.key != rise("2026-11-05").key && warning.key == rise("2026-11-04").key)
        #expect(warning.reason.kind == .rate)
        // Tomorrow's backlog is the same backlog.
        func backlog(_ count: Int) -> Warning {
            let oldest = moment("2026-11-20 10:00")
            return Warning(.county, .backlog(.init(late: count, waiting: 50, schoolDays: 2, oldest: oldest)))
        }
        #expect(backlog(20).key == backlog(25).key)
    }
}
