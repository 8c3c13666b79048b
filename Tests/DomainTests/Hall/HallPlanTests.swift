import Testing

@testable import Domain

struct HallPlanTests {
    private static let zone = TerritoryZone.shanghai
    private static let kitchens = HallScene.kitchens.id
    private static let overview = HallScene.overview.id

    /// 2026-11-30 is a Monday.
    private static func time(_ day: Int, _ hour: Int, _ minute: Int) -> UTCTime {
        Day("2026-11-30")!.time(minute: 0, in: zone) + .seconds(day * 86_400 + hour * 3600 + minute * 60)
    }

    @Test func `the first turn that fits holds, else the standard scene`() {
        let plan = HallPlan(turns: [
            .init(Self.kitchens, weekdays: [1, 2], startMinute: 540, endMinute: 780),
            .init(HallScene.visitors.id, weekdays: [1], startMinute: 600, endMinute: 840),
        ])
        for (time, scene) in [
            (Self.time(0, 8, 59), Self.overview), (Self.time(0, 9, 0), Self.kitchens),
            (Self.time(0, 10, 30), Self.kitchens), (Self.time(0, 12, 59), Self.kitchens),
            (Self.time(0, 13, 0), HallScene.visitors.id), (Self.time(0, 14, 0), Self.overview),
            (Self.time(1, 10, 30), Self.kitchens), (Self.time(2, 10, 30), Self.overview),
            (Self.time(0, 23, 59), Self.overview),
        ] {
            #expect(plan.scene(at: time, in: Self.zone) == scene, "\(time)")
        }
    }

    @Test func `while visitors are there nothing else is shown, whatever is planned`() {
        var plan = HallPlan(turns: [.init(Self.kitchens, weekdays: Set(1...7), startMinute: 0, endMinute: 1440)])
        #expect(plan.scene(at: Self.time(3, 12, 0), in: Self.zone) == Self.kitchens)
        plan.visit = HallPlan.Visit(since: Self.time(3, 11, 0))
        #expect(plan.scene(at: Self.time(3, 12, 0), in: Self.zone) == HallScene.visitors.id)
    }

    @Test func `a plan that can't be meant is told why`() {
        let unknown = HallSceneID(at: UTCTime(milliseconds: 5))
        for (plan, flaws) in [
            (HallPlan(turns: [.init(Self.kitchens, weekdays: [], startMinute: 0, endMinute: 60)]), [.badTurn(0)]),
            (HallPlan(turns: [.init(Self.kitchens, weekdays: [8], startMinute: 0, endMinute: 60)]), [.badTurn(0)]),
            (HallPlan(turns: [.init(Self.kitchens, weekdays: [1], startMinute: 60, endMinute: 60)]), [.badTurn(0)]),
            (HallPlan(turns: [.init(Self.kitchens, weekdays: [1], startMinute: 60, endMinute: 1441)]), [.badTurn(0)]),
            (HallPlan(turns: [.init(unknown, weekdays: [1], startMinute: 0, endMinute: 60)]), [.unknownScene(0)]),
            (HallPlan(standard: unknown), [.unknownStandard]), (HallPlan(visitors: Self.kitchens), [.notForVisitors]),
            (HallPlan(visitors: unknown), [.notForVisitors]),
            (
                HallPlan(
                    turns: (0...20).map { _ in .init(Self.kitchens, weekdays: [1], startMinute: 0, endMinute: 1) }),
                [.tooManyTurns]
            ),
        ] as [(HallPlan, [HallPlan.Flaw])] {
            #expect(plan.flaws(HallScene.standard) == flaws)
        }
    }

    @Test(arguments: [
        (true, true, 3, 3, SchoolStanding.grave), (false, true, 1, 3, .overdue), (false, false, 2, 3, .cameraOff),
        (false, false, 3, 3, .fine), (false, false, 0, 0, .notConnected), (true, false, 0, 0, .grave),
    ])
    func `a school stands as the gravest that holds`(
        grave: Bool, overdue: Bool, live: Int, cameras: Int, standing: SchoolStanding
    ) {
        #expect(
            SchoolStanding(hasGrave: grave, hasOverdue: overdue, camerasLive: live, cameras: cameras) == standing)
    }
}
