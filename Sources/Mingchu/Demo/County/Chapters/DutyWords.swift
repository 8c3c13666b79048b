import Domain

/// What a school writes into its own records.
struct DutyWords {
    let stage: CountyStage
    /// The school's place in the county's list.
    let index: Int
    let day: Day

    func record(_ duty: SchoolDuty, _ dice: inout DemoDice) -> DutyRecord {
        switch duty {
        case .dailyControl: .dailyControl(list(DutyChecklist.daily, &dice))
        case .weeklyInspection: .weeklyInspection(list(DutyChecklist.weekly, &dice))
        case .monthlyMeeting: .monthlyMeeting(meeting(&dice))
        case .morningHealthCheck: .morningHealthCheck(health(&dice))
        case .accompaniedMeal: .accompaniedMeal(meal(&dice))
        case .sampleRetention: .sampleRetention(samples(&dice))
        case .disinfection: .disinfection(disinfection(&dice))
        }
    }

    private func list(_ points: [DutyChecklist.Point], _ dice: inout DemoDice) -> DutyChecklist {
        var list = DutyChecklist.clean(points)
        guard dice.chance(0.07) else { return list }
        let known = points.compactMap { point in Self.findings[point].map { (point, $0) } }
        guard !known.isEmpty else { return list }
        let (point, words) = dice.pick(known)
        list.findings = [DutyChecklist.Finding(point, what: words.0, remedy: words.1)]
        return list
    }

    private static let findings: [DutyChecklist.Point: (String, String)] = [
        .clothing: ("一名切配人员头发外露", "当场整理，班前会提醒"),
        .delivery: ("一筐青菜有黄叶", "退回供货商，换货"),
        .storage: ("调料未盖盖", "当场盖好并贴标签"),
        .cooling: ("二号冰柜显示 9 ℃", "调低温度，两小时后复测 4 ℃"),
        .premises: ("洗消区地面湿滑", "拖干并放置警示牌"),
        .pests: ("纱窗有一处破损", "当日更换"),
        .dailyControls: ("周三日管控迟报", "提醒安全员按时填报"),
        .papers: ("一张健康证两月内到期", "已预约体检"),
        .suppliers: ("粮油供货商年检证明未更新", "已联系补交"),
        .equipment: ("蒸箱密封条老化", "已报修，三日内更换"),
    ]

    private func meeting(_ dice: inout DemoDice) -> DutyMeeting {
        let open = dice.whole(0...2)
        return DutyMeeting(
            attendees: "校长、食品安全总监、食品安全员、食堂负责人",
            agenda: "本月日管控、周排查情况，明厨亮灶抓拍问题整改情况，家长意见。",
            decisions: open == 0 ? "继续保持，重点抓好冬季食材贮存。" : "未完成的 \(open) 项由食堂负责人下月 10 日前完成。", openIssues: open)
    }

    private func health(_ dice: inout DemoDice) -> HealthCheck {
        HealthCheck(
            staff: KitchenStaff.names(at: index).map { name in
                dice.chance(0.004)
                    ? .init(name: name, isFit: false, tenths: 376, symptom: "发热，已离岗就医")
                    : .init(name: name, isFit: true, tenths: dice.whole(361...369))
            })
    }

    private func meal(_ dice: inout DemoDice) -> AccompaniedMeal {
        let isFair = dice.chance(0.08)
        return AccompaniedMeal(
            companion: dice.pick(["校长", "副校长", "教导主任", "德育主任"]), parents: dice.chance(0.15) ? dice.whole(1...4) : 0,
            quality: isFair ? .fair : .good, remark: isFair ? "青菜偏咸，已反馈厨师。" : "")
    }

    private func samples(_ dice: inout DemoDice) -> SampleRetention {
        let taken = stage.now - .seconds(dice.whole(60...300))
        return SampleRetention(
            samples: MenuWeekPlan.dishes(on: day, at: index).map {
                .init($0.name, grams: dice.pick([125, 130, 150, 160]))
            },
            taken: taken, keptUntil: taken + SampleRetention.leastKept,
            fridgeTenths: dice.chance(0.01) ? 95 : dice.whole(24...58))
    }

    private func disinfection(_ dice: inout DemoDice) -> Disinfection {
        index.isMultiple(of: 3)
            ? Disinfection(
                method: .infrared, strength: dice.whole(122...130), minutes: dice.whole(15...25), items: "餐盘、筷子、汤碗")
            : Disinfection(method: .steam, strength: 100, minutes: dice.whole(12...20), items: "餐盘、筷子、刀板")
    }
}
