import Domain
import Testing

struct DutyScheduleTests {
    /// A term from 1 September 2026 (a Tuesday) with a week off from 1 October, and a Saturday that makes up for it.
    private static let calendar = SchoolCalendar(
        terms: [.init("autumn", DaySpan(Day("2026-09-01")!, through: Day("2027-01-22")!))],
        holidays: [.init("national", DaySpan(Day("2026-10-01")!, through: Day("2026-10-07")!))],
        makeUpDays: [Day("2026-10-10")!])

    private static func schedule(_ versions: [(String, DutyPlan)] = [("2026-09-01", .standard)]) -> DutySchedule {
        DutySchedule(
            SchoolTime(calendar: calendar),
            DutyPlanHistory(versions.map { .init(from: Day($0.0)!, $0.1) }))
    }

    private static func due(_ day: String, _ schedule: DutySchedule = schedule()) -> [SchoolDuty] {
        schedule.due(on: Day(day)!).map(\.slot.duty)
    }

    @Test func `an ordinary day has its five duties in the order of their times`() {
        let dues = Self.schedule().due(on: Day("2026-09-02")!)
        #expect(
            dues.map(\.slot.duty)
                == [.morningHealthCheck, .sampleRetention, .accompaniedMeal, .disinfection, .dailyControl])
        #expect(dues.map(\.time) == dues.map(\.time).sorted() && dues.allSatisfy(\.counts))
        let zone = TerritoryZone.shanghai
        #expect(dues.map { zone.civil($0.time).clock } == ["08:30:00", "12:30:00", "13:30:00", "15:00:00", "17:00:00"])
        #expect(dues.compactMap(\.slot.meal) == [.lunch, .lunch, .lunch])
    }

    @Test(
        arguments: [
            // A Friday; a Wednesday before the holidays, which is also the month's last; the make-up Saturday; a Sunday.
            ("2026-09-04", [SchoolDuty.weeklyInspection]), ("2026-09-30", [.weeklyInspection, .monthlyMeeting]),
            ("2026-10-10", [.weeklyInspection]), ("2026-10-09", []),
            ("2026-10-30", [.weeklyInspection, .monthlyMeeting]),
        ])
    func `weeks and months end on their last school day`(day: String, extra: [SchoolDuty]) {
        let found = Self.due(day).filter { $0.rhythm == .week || $0.rhythm == .month }
        #expect(found.sorted { $0.rawValue > $1.rawValue } == extra)
    }

    @Test(arguments: ["2026-10-02", "2026-09-06", "2027-02-01"]) func `a day off has none`(day: String) {
        #expect(Self.due(day).isEmpty)
    }

    @Test func `a slot keeps its name when a holiday moves its due day`() throws {
        let slot = try #require(DutySlot(.weeklyInspection, period: Day("2026-09-28")!))
        let before = try #require(Self.schedule().due(slot))
        #expect(before.day == Day("2026-09-30"))
        var calendar = Self.calendar
        calendar.holidays.append(.init("storm", DaySpan(Day("2026-09-30")!, through: Day("2026-09-30")!)))
        let moved = DutySchedule(SchoolTime(calendar: calendar), Self.schedule().plans)
        #expect(moved.due(slot)?.day == Day("2026-09-29") && moved.due(slot)?.slot == slot)
    }

    @Test func `nothing is due in a week or a meal that doesn't exist`() throws {
        let week = try #require(DutySlot(.weeklyInspection, period: Day("2027-02-01")!))
        #expect(Self.schedule().due(week) == nil)
        let dinner = try #require(DutySlot(.sampleRetention, period: Day("2026-09-02")!, meal: .dinner))
        #expect(Self.schedule().due(dinner) == nil)
        #expect(DutySlot(.weeklyInspection, period: Day("2026-09-02")!) == nil)
        #expect(DutySlot(.sampleRetention, period: Day("2026-09-02")!) == nil)
        #expect(DutySlot(.dailyControl, period: Day("2026-09-02")!, meal: .lunch) == nil)
        #expect(DutySlot(.monthlyMeeting, period: Day("2026-09-02")!) == nil)
    }

    @Test func `each day is judged by the plan that held on it, and none counts before the first`() {
        var boarding = DutyPlan.standard
        boarding.meals = [.breakfast: 420, .lunch: 690, .dinner: 1050]
        let schedule = Self.schedule([("2026-09-07", .standard), ("2026-09-09", boarding)])
        #expect(schedule.due(on: Day("2026-09-03")!).allSatisfy { !$0.counts })
        #expect(schedule.due(on: Day("2026-09-08")!).count == 5 && schedule.due(on: Day("2026-09-09")!).count == 11)
        let samples = schedule.due(on: Day("2026-09-09")!).filter { $0.slot.duty == .sampleRetention }
        #expect(samples.map(\.slot.meal) == [.breakfast, .lunch, .dinner])
    }

    @Test func `what can be done on a day is its own, its week's and its month's`() {
        let open = Self.schedule().open(on: Day("2026-09-02")!)
        #expect(Set(open.map(\.slot.duty)) == Set(SchoolDuty.allCases) && open.count == 7)
        #expect(open.last?.slot.duty == .monthlyMeeting)
        // On a Sunday the week's is over and can be entered late.
        #expect(
            Self.schedule().open(on: Day("2026-09-06")!).map(\.slot.duty) == [.weeklyInspection, .monthlyMeeting])
    }

    @Test(arguments: [
        (nil, 99, DutyState.open), (nil, 100, .open), (nil, 101, .missed), (100, 500, .done), (101, 500, .late),
    ])
    func `in time, late, left out, or still open`(first: Int64?, now: Int64, state: DutyState) {
        let due = UTCTime(milliseconds: 100)
        #expect(
            DutyState(first: first.map(UTCTime.init(milliseconds:)), due: due, now: UTCTime(milliseconds: now)) == state
        )
    }

    @Test func `a plan has a time for each duty and meals in their order`() {
        #expect(DutyPlan.standard.isValid)
        var plan = DutyPlan.standard
        plan.meals = [:]
        #expect(!plan.isValid)
        plan.meals = [.breakfast: 700, .lunch: 690]
        #expect(!plan.isValid)
        plan = .standard
        plan.dueMinutes[.disinfection] = nil
        #expect(!plan.isValid)
        plan.dueMinutes[.disinfection] = 721
        #expect(!plan.isValid)
    }
}
