import Domain
import Foundation
import Testing

struct DutyRecordTests {
    private static let now = UTCTime(milliseconds: 1_788_000_000_000)

    private static func samples(
        _ samples: [SampleRetention.Sample] = [.init("米饭")], taken: UTCTime = now, hours: Int = 48, fridge: Int = 40,
        disposed: UTCTime? = nil
    ) -> DutyRecord {
        .sampleRetention(
            SampleRetention(
                samples: samples, taken: taken, keptUntil: taken + .seconds(hours * 3600), fridgeTenths: fridge,
                disposed: disposed))
    }

    private static func check(_ staff: HealthCheck.Worker...) -> DutyRecord { .morningHealthCheck(.init(staff: staff)) }

    private static let good: [DutyRecord] = [
        .dailyControl(.clean(DutyChecklist.daily)),
        .dailyControl(
            DutyChecklist(
                points: DutyChecklist.daily, findings: [.init(.pests, what: "挡鼠板松动", remedy: "已加固")])),
        .weeklyInspection(.clean(DutyChecklist.weekly)),
        .monthlyMeeting(DutyMeeting(attendees: "王校长", agenda: "9 月情况", decisions: "更换冰箱", openIssues: 1)),
        check(.init(name: "张三", isFit: true, tenths: 365), .init(name: "李四", isFit: false, symptom: "腹泻")),
        .accompaniedMeal(AccompaniedMeal(companion: "王校长", parents: 2)), samples(),
        samples(taken: now - .seconds(72 * 3600), disposed: now),
        .disinfection(Disinfection(items: "餐盘")),
        .disinfection(Disinfection(method: .chlorine, strength: 250, minutes: 5, items: "抹布")),
    ]

    @Test(arguments: good) func `a good record is taken and comes back from JSON as it was`(record: DutyRecord) throws {
        try record.check(at: Self.now)
        let text = try JSONEncoder().encode(record)
        #expect(try JSONDecoder().decode(DutyRecord.self, from: text) == record)
    }

    private static let bad: [(DutyRecord, DutyFlaw)] = [
        (.dailyControl(.clean(DutyChecklist.weekly)), DutyFlaw(.checks, .empty)),
        (
            .dailyControl(DutyChecklist(points: DutyChecklist.daily, findings: [.init(.pests, what: "", remedy: "x")])),
            DutyFlaw(.finding, .empty)
        ),
        (
            .dailyControl(DutyChecklist(points: DutyChecklist.daily, findings: [.init(.pests, what: "x", remedy: "")])),
            DutyFlaw(.remedy, .empty)
        ),
        (
            .weeklyInspection(
                DutyChecklist(points: DutyChecklist.weekly, findings: [.init(.pests, what: "x", remedy: "y")])),
            DutyFlaw(.checks, .implausible)
        ),
        (check(), DutyFlaw(.staff, .empty)), (check(.init(name: "", isFit: true)), DutyFlaw(.staff, .empty)),
        (check(.init(name: "A", isFit: true), .init(name: "A", isFit: true)), DutyFlaw(.staff, .twice)),
        (check(.init(name: "A", isFit: false)), DutyFlaw(.symptom, .empty)),
        (check(.init(name: "A", isFit: true, tenths: 373)), DutyFlaw(.temperature, .implausible)),
        (
            check(.init(name: "A", isFit: true, tenths: 36)),
            DutyFlaw(.temperature, .outOfRange(minimum: 340, maximum: 430))
        ),
        (samples([.init("米饭", grams: 124)]), DutyFlaw(.weight, .outOfRange(minimum: 125, maximum: 2000))),
        (samples([]), DutyFlaw(.dish, .empty)),
        (samples(hours: 47), DutyFlaw(.keptUntil, .outOfRange(minimum: 48, maximum: 720))),
        (samples(taken: now + .seconds(1)), DutyFlaw(.taken, .implausible)),
        (samples(disposed: now), DutyFlaw(.disposed, .implausible)),
        (
            .disinfection(Disinfection(strength: 99, items: "x")),
            DutyFlaw(.temperature, .outOfRange(minimum: 100, maximum: 140))
        ),
        (
            .disinfection(Disinfection(method: .chlorine, strength: 249, items: "x")),
            DutyFlaw(.strength, .outOfRange(minimum: 250, maximum: 1000))
        ),
        (
            .disinfection(Disinfection(minutes: 9, items: "x")),
            DutyFlaw(.minutes, .outOfRange(minimum: 10, maximum: 240))
        ),
        (.accompaniedMeal(AccompaniedMeal()), DutyFlaw(.companion, .empty)),
        (.accompaniedMeal(AccompaniedMeal(companion: "A", quality: .poor)), DutyFlaw(.remark, .empty)),
        (.monthlyMeeting(DutyMeeting(attendees: "A", agenda: "B")), DutyFlaw(.decisions, .empty)),
    ]

    @Test(arguments: bad.indices) func `what is missing or out of range is named`(index: Int) {
        let (record, flaw) = Self.bad[index]
        #expect(throws: flaw) { try record.check(at: Self.now) }
    }

    @Test func `problems are counted, and a warm refrigerator is one`() {
        #expect(Self.good.map(\.problems) == [0, 1, 0, 1, 1, 0, 0, 0, 0, 0])
        #expect(Self.samples(fridge: 81).problems == 1 && Self.samples(fridge: 80).problems == 0)
    }

    @Test func `the next form begins with the same people, and with nothing that has to be seen anew`() {
        let proposals = Self.good.map { $0.proposal(at: Self.now) }
        #expect(proposals[1] == .dailyControl(.clean(DutyChecklist.daily)))
        #expect(proposals[4] == Self.check(.init(name: "张三", isFit: true), .init(name: "李四", isFit: true)))
        #expect(proposals[5] == .accompaniedMeal(AccompaniedMeal(companion: "王校长")))
        #expect(proposals[8] == Self.good[8])
        #expect(Self.good[4].withoutPeople.problems == 1)
        #expect(!"\(Self.good[4].withoutPeople)".contains("李四"))
    }

    @Test(arguments: [
        ("宫保鸡丁（鸡肉、花生）", "宫保鸡丁", "鸡肉、花生"), ("  Soup (egg) ", "Soup", "egg"), ("米饭", "米饭", ""), ("（米）", "（米）", ""),
    ])
    func `a dish is read as people write it`(line: String, name: String, ingredients: String) throws {
        let dish = try #require(Menu.Dish(line: line))
        #expect(dish == Menu.Dish(name, ingredients: ingredients))
        #expect(Menu.Dish(line: dish.line) == dish && Menu.Dish(line: " \t") == nil)
    }

    @Test func `reminders come before something is over, and each step of a paper once`() throws {
        let rule = ReminderRule.standard
        let slot = try #require(DutySlot(.dailyControl, period: Day("2026-09-02")!))
        let schedule = DutySchedule(
            SchoolTime(calendar: SchoolCalendar()), DutyPlanHistory([.init(from: slot.period, .standard)]))
        let due = try #require(schedule.due(slot))
        func causes(_ minutes: Int, first: UTCTime? = nil) -> Int {
            let now = due.time - .seconds(minutes * 60)
            return rule.duties([DutyStanding(due, first: first, now: now)], at: now).count
        }
        #expect(causes(61) == 0 && causes(60) == 1 && causes(0) == 1 && causes(-1) == 0)
        #expect(causes(30, first: due.time - .seconds(7200)) == 0)
        let paper = SchoolPaper(
            id: SchoolPaperID(at: Self.now), school: SchoolID(at: Self.now), kind: .healthCertificate,
            number: "340521000001", holder: "张三", validThrough: Day("2026-11-30")!)
        let steps = [61, 60, 31, 30, 7, 0, -1, -9].map { rule.paper(paper, on: paper.validThrough - $0)?.cause }
        #expect(steps[0] == nil && steps[1] == steps[2] && steps[1] != steps[3] && steps[3] != steps[4])
        #expect(steps[4] == steps[5] && steps[6] == steps[7] && steps[5] != steps[6])
        #expect(!"\(String(describing: rule.paper(paper, on: paper.validThrough)))".contains("张三"))
    }
}
