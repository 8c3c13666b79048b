import Domain
import Supervision

extension CountyChapter {
    /// Licences and certificates, of which one runs out soon and one has, and what is served. (证照、食谱)
    static let papers = CountyChapter { stage in
        let first = stage.dutyDays.first
        stage.once(on: first - 1, at: 15 * 60) { stage in
            for index in stage.schools.indices { try await SchoolPapers(stage: stage, index: index).enter() }
        }
        // Each Friday for the next week, and once for the week that runs.
        stage.once(on: first - 1, at: 16 * 60) { stage in try await MenuWeekPlan(stage: stage).set(week: stage.today) }
        stage.each(dayAt: 16 * 60, onlySchoolDays: false, from: first) { stage, day in
            guard day.weekday == 5 else { return }
            try await MenuWeekPlan(stage: stage).set(week: day + 7)
        }
    }
}

private struct SchoolPapers {
    let stage: CountyStage
    let index: Int

    func enter() async throws {
        let school = stage.schools[index]
        let papers = stage.supervision.papers
        var dice = stage.dice("papers \(school.plan.name)")
        let last = stage.days.last
        var drafts = [
            PaperDraft(
                .foodLicence, number: "JY3341\(56_000_000 + index * 7919)",
                validThrough: last + (index == 3 ? 26 : dice.whole(120...1500))),
            PaperDraft(
                .training, number: "SPAQ\(20_250_000 + index * 31)", holder: KitchenStaff.manager(of: index),
                validThrough: last + dice.whole(90...300)),
        ]
        for (place, name) in KitchenStaff.names(at: index).enumerated() {
            let days =
                switch (index, place) {
                // Runs out soon, and has run out.
                case (0, 1): 12
                case (4, 2): -3
                default: dice.whole(75...350)
                }
            drafts.append(
                PaperDraft(
                    .healthCertificate, number: "3405\(80_000_000 + index * 1009 + place * 131)", holder: name,
                    validThrough: last + days))
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for draft in drafts {
                group.addTask { try await papers.add(draft, to: school.school.id, by: school.officer) }
            }
            try await group.waitForAll()
        }
    }
}

/// What the county's canteens serve: the same nutritionist's plan for all, turned by school.
struct MenuWeekPlan {
    let stage: CountyStage

    /// - Parameter day: Any day of the week.
    func set(week day: Day) async throws {
        let monday = SchoolDuty.weeklyInspection.period(of: day)
        let menus = stage.supervision.menus
        let open = (0...6).map { monday + $0 }.filter { stage.calendar.isSchoolDay($0) }
        guard !open.isEmpty else { return }
        let schools = stage.schools.enumerated().map { (index: $0.offset, school: $0.element) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, school) in schools {
                let week = open.map { Menu($0, .lunch, Self.dishes(on: $0, at: index)) }
                let (id, officer) = (school.school.id, school.officer)
                group.addTask { try await menus.set(week, week: monday, of: id, by: officer) }
            }
            try await group.waitForAll()
        }
    }

    static func dishes(on day: Day, at school: Int) -> [Menu.Dish] {
        let turn = day.number + school
        return [
            meat[turn % meat.count], vegetables[turn % vegetables.count], others[turn % others.count],
            soups[turn % soups.count], Menu.Dish(turn.isMultiple(of: 3) ? "二米饭" : "米饭"),
        ]
    }

    private static let meat = [
        Menu.Dish("红烧鸡块", ingredients: "鸡肉、土豆"), Menu.Dish("糖醋里脊", ingredients: "猪肉、小麦粉"),
        Menu.Dish("萝卜烧牛肉", ingredients: "牛肉、白萝卜"), Menu.Dish("香菇蒸鸡", ingredients: "鸡肉、香菇"),
        Menu.Dish("红烧狮子头", ingredients: "猪肉、鸡蛋"), Menu.Dish("清蒸鲈鱼", ingredients: "鱼"),
        Menu.Dish("木须肉", ingredients: "猪肉、鸡蛋、木耳"),
    ]
    private static let vegetables = ["清炒小白菜", "蒜蓉西兰花", "醋溜包菜", "炒菠菜", "素炒莴笋"].map { Menu.Dish($0) }
    private static let others = [
        Menu.Dish("番茄炒蛋", ingredients: "鸡蛋、番茄"), Menu.Dish("麻婆豆腐", ingredients: "大豆"),
        Menu.Dish("家常豆腐", ingredients: "大豆"), Menu.Dish("蒸水蛋", ingredients: "鸡蛋"),
    ]
    private static let soups = ["紫菜虾皮汤（虾皮）", "冬瓜排骨汤", "番茄蛋汤（鸡蛋）"].compactMap { Menu.Dish(line: $0) }
}
