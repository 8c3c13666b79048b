import Domain
import Store
import Testing

@testable import Supervision

struct DutiesTests {
    @Test(arguments: Engine.all)
    func `what a school enters in time is done, later late, and what it leaves out is missed`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let canteen = try await Canteen(office)
            let day = try await canteen.duties.day(of: office.school.id, for: office.head)
            #expect(day.isSchoolDay && day.dueToday.map(\.state) == Array(repeating: .open, count: 5))
            let entry = try await canteen.enter(.disinfection(Disinfection(items: "餐盘")))
            #expect(entry.version == 1 && entry.time == office.clock.now && entry.by == office.head.person.id)
            office.clock.advance(by: .seconds(86_400))
            let late = try await canteen.enter(
                .dailyControl(.clean(DutyChecklist.daily)), on: canteen.day)
            #expect(late.version == 1)
            let week = try await canteen.duties.week(of: canteen.day, for: office.supervisor)
            let row = try #require(week.rows.first { $0.school.id == office.school.id })
            #expect(row.counts[.disinfection]?.done == 1 && row.counts[.dailyControl]?.late == 1)
            #expect(row.counts[.accompaniedMeal]?.missed == 1)
            #expect(week.rows.map(\.school.name) == ["Primary School 2", "Primary School 1"])
            let missed = try await canteen.duties.missed(DaySpan(canteen.day, through: canteen.day))
            #expect(missed.count { $0.place.school == office.school.id } == 3)
            #expect(missed.count { $0.place.school == office.otherSchool.id } == 5)
            let facts = try await canteen.duties.facts(DaySpan(canteen.day, through: canteen.day))
            #expect(facts[office.school.id]?[.disinfection]?.map(\.isDone) == [true])
            #expect(facts[office.school.id]?[.dailyControl]?.map(\.isDone) == [false])
            let rule = DutyRule(.accompaniedMeal, missed: 1, of: 1)
            #expect(rule.met(by: facts[office.school.id]?[.accompaniedMeal] ?? []).map(\.last) == [canteen.day])
        }
    }

    @Test(arguments: Engine.all) func `a correction is a new version with a reason, and the old one stays`(
        engine: Engine
    )
        async throws
    {
        try await withOffice(on: engine) { office in
            let canteen = try await Canteen(office)
            let wrong = DutyRecord.accompaniedMeal(AccompaniedMeal(companion: "李老师"))
            let right = DutyRecord.accompaniedMeal(AccompaniedMeal(companion: "王校长", quality: .fair))
            try await canteen.enter(wrong)
            #expect(try await refusal { try await canteen.enter(right) } == .conflict(.changedMeanwhile))
            #expect(
                try await refusal { try await canteen.enter(right, seen: 1) }
                    == .invalid(.reason, .tooShort(minimum: 2)))
            let second = try await canteen.enter(right, seen: 1, reason: "写错了人")
            #expect(second.version == 2)
            // The same once more changes nothing.
            #expect(try await canteen.enter(right, seen: 2, reason: "再存一次").version == 2)
            let sheet = try await canteen.duties.sheet(canteen.slot(right), of: office.school.id, for: office.head)
            #expect(sheet.versions.map(\.record) == [wrong, right] && sheet.versions.map(\.reason) == ["", "写错了人"])
            #expect(sheet.proposal == right && sheet.standing.state == .done)
            #expect(try await office.ledger(.dutyEntered).count == 1)
            let entry = try #require(try await office.ledger(.dutyCorrected).first)
            #expect(entry.payload.contains("写错了人") && !entry.payload.contains("王校长"))
        }
    }

    @Test func `who may not is refused, and a guessed school is not there`() async throws {
        let county = try await County()
        let office = county.office
        let canteen = try await Canteen(office)
        let record = DutyRecord.disinfection(Disinfection(items: "餐盘"))
        let (slot, school) = (canteen.slot(record), office.school.id)
        func enter(_ principal: Principal, _ school: SchoolID) async throws -> SupervisionError? {
            try await refusal { try await canteen.duties.enter(record, for: slot, of: school, seen: 0, by: principal) }
        }
        #expect(try await enter(county.supervisor, school) == .notPermitted)
        #expect(try await enter(county.otherHead, school) == .notFound)
        #expect(try await enter(county.head, SchoolID(at: county.clock.now)) == .notFound)
        #expect(try await refusal { try await canteen.duties.day(of: school, for: county.otherTownship) } == .notFound)
        #expect(try await canteen.duties.week(for: county.township).rows.map(\.school.id) == [school])
        #expect(try await canteen.duties.week(for: county.education).rows.count == 2)
        #expect(try await canteen.duties.week(for: county.head).rows.map(\.school.id) == [school])
        let tomorrow = try #require(DutySlot(.disinfection, period: canteen.day + 1, meal: .lunch))
        #expect(
            try await refusal {
                try await canteen.duties.enter(record, for: tomorrow, of: school, seen: 0, by: county.head)
            } == .invalid(.duty, .past))
        let short = DutyRecord.disinfection(Disinfection(minutes: 3, items: "餐盘"))
        #expect(
            try await refusal { try await canteen.enter(short) }
                == .invalid(.dutyMinutes, .outOfRange(minimum: 10, maximum: 240)))
        #expect(try await office.ledger(.dutyEntered).isEmpty)
    }

    @Test func `names of the ill are for those who need them`() async throws {
        let county = try await County()
        let canteen = try await Canteen(county.office)
        let record = DutyRecord.morningHealthCheck(
            HealthCheck(staff: [.init(name: "张三", isFit: true), .init(name: "李四", isFit: false, symptom: "发热")]))
        try await canteen.enter(record)
        let slot = canteen.slot(record)
        for (principal, seesNames) in [
            (county.head, true), (county.township, true), (county.supervisor, true), (county.education, false),
        ] {
            let sheet = try await canteen.duties.sheet(slot, of: county.office.school.id, for: principal)
            #expect("\(sheet.versions)".contains("李四") == seesNames)
            let days = DaySpan(canteen.day, through: canteen.day)
            let book = try await canteen.duties.book(of: county.office.school.id, days, for: principal)
            #expect("\(book.entries)".contains("李四") == seesNames && book.entries[slot]?.record.problems == 1)
        }
        #expect(try await !county.office.allPayloads.contains("李四"))
        // Tomorrow's form knows the people.
        county.clock.advance(by: .seconds(86_400))
        let next = try #require(DutySlot(.morningHealthCheck, period: canteen.day + 1))
        let sheet = try await canteen.duties.sheet(next, of: county.office.school.id, for: county.head)
        #expect(
            sheet.proposal
                == .morningHealthCheck(HealthCheck(staff: ["张三", "李四"].map { .init(name: $0, isFit: true) })))
    }

    @Test(arguments: Engine.all) func `samples begin with the menu, and have to go after two days`(engine: Engine)
        async throws
    {
        try await withOffice(on: engine) { office in
            let canteen = try await Canteen(office)
            let monday = canteen.day - (canteen.day.weekday - 1)
            try await office.supervision.menus.set(
                [Menu(canteen.day, .lunch, [.init("米饭"), .init("宫保鸡丁", ingredients: "花生")])], week: monday,
                of: office.school.id, by: office.head)
            let slot = try #require(DutySlot(.sampleRetention, period: canteen.day, meal: .lunch))
            let sheet = try await canteen.duties.sheet(slot, of: office.school.id, for: office.head)
            guard case .sampleRetention(let samples) = sheet.proposal else {
                Issue.record("no proposal")
                return
            }
            #expect(samples.samples == [.init("米饭"), .init("宫保鸡丁")])
            try await canteen.enter(.sampleRetention(samples))
            #expect(try await canteen.duties.day(of: office.school.id, for: office.head).samplesToGo.isEmpty)
            #expect(
                try await refusal { try await canteen.duties.dispose(slot, of: office.school.id, by: office.head) }
                    == .invalid(.dutyDisposed, .implausible))
            office.clock.advance(by: SampleRetention.leastKept)
            #expect(try await canteen.duties.day(of: office.school.id, for: office.head).samplesToGo.count == 1)
            try await canteen.duties.dispose(slot, of: office.school.id, by: office.head)
            #expect(try await canteen.duties.day(of: office.school.id, for: office.head).samplesToGo.isEmpty)
            #expect(try await office.ledger(.samplesDisposed).count == 1)
            #expect(try await office.ledger(.menuChanged).count == 1)
        }
    }

    @Test func `a holiday takes away what was missed on it, and a plan changes no day that is over`() async throws {
        let office = try await Office()
        let canteen = try await Canteen(office)
        let days = DaySpan(canteen.day, through: canteen.day)
        office.clock.advance(by: .seconds(86_400))
        #expect(try await canteen.duties.missed(days, in: .school(office.school.id)).count == 5)
        var plan = DutyPlan.standard
        plan.meals[.dinner] = 1050
        try await canteen.duties.change(plan, of: office.school.id, by: office.supervisor)
        #expect(try await canteen.duties.missed(days, in: .school(office.school.id)).count == 5)
        // The Tuesday after: no month ends on it.
        let tuesday = canteen.day + 5
        #expect(
            try await canteen.duties.day(tuesday, of: office.school.id, for: office.head).dueToday.count == 8)
        #expect(
            try await canteen.duties.day(tuesday, of: office.otherSchool.id, for: office.supervisor).dueToday.count
                == 5)
        #expect(try await refusal { try await canteen.duties.change(plan, by: office.head) } == .notPermitted)
        var calendar = SchoolCalendar()
        calendar.holidays = [.init("storm", days)]
        try await office.supervision.calendars.change(calendar, nil, by: .console)
        #expect(try await canteen.duties.missed(days).isEmpty)
        #expect(try await office.ledger(.dutyPlanChanged).map(\.subject) == ["school/\(office.school.id)", "county"])
    }

    @Test func `nothing counts before the first plan`() async throws {
        let office = try await Office()
        let today = Day(of: office.clock.now, in: .shanghai)
        office.clock.advance(by: .seconds(2 * 86_400))
        #expect(try await office.supervision.duties.missed(DaySpan(today, through: today + 1)).isEmpty)
        #expect(try await office.supervision.duties.week(for: office.supervisor).start == nil)
    }
}

/// The office's school on a Thursday at seven in the morning, with duties that count from that day on.
struct Canteen {
    let office: Office
    let day: Day

    var duties: Duties { office.supervision.duties }

    init(_ office: Office) async throws {
        self.office = office
        let today = Day(of: office.clock.now, in: .shanghai)
        day = today + (11 - today.weekday)
        office.clock.advance(by: day.time(minute: 420, in: .shanghai) - office.clock.now)
        try await office.supervision.duties.change(.standard, from: day, by: .console)
    }

    func slot(_ record: DutyRecord, on day: Day? = nil) -> DutySlot {
        DutySlot(
            record.duty, period: record.duty.period(of: day ?? self.day),
            meal: record.duty.rhythm == .meal ? .lunch : nil)!
    }

    @discardableResult
    func enter(_ record: DutyRecord, on day: Day? = nil, seen: Int = 0, reason: String = "") async throws -> DutyEntry {
        try await duties.enter(
            record, for: slot(record, on: day), of: office.school.id, seen: seen, reason: reason, by: office.head)
    }
}
