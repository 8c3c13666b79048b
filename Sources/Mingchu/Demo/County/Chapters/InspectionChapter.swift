import Domain
import Supervision

extension CountyChapter {
    /// The county's own checklist, every school at the start of a term, schools by lot, and what inspectors bring back.
    /// (现场检查)
    static let inspections = CountyChapter { stage in
        let desk = InspectionDesk(stage: stage)
        try await desk.adoptChecklist()
        for term in stage.calendar.terms where stage.days.contains(term.days.first) {
            // A term that had begun before the county's year did is no start of one.
            let isStart = term.days.first > stage.days.first
            let season: InspectionPlan.Season =
                !isStart ? .other : term.name.contains("春季") ? .springStart : .autumnStart
            stage.once(on: term.days.first + 1, at: 9 * 60) { stage in
                try await InspectionDesk(stage: stage).plan(
                    "\(term.name)\(isStart ? "开学检查" : "食堂专项检查")", season, withinDays: 24)
            }
        }
        stage.once(on: stage.days.last - 18, at: 9 * 60) { stage in
            try await InspectionDesk(stage: stage).plan("学校食堂食品安全“回头看”", .other, withinDays: 28)
        }
        for (ago, title) in [(150, "第一次双随机抽查"), (24, "第二次双随机抽查")] {
            stage.once(on: stage.days.last - ago, at: 9 * 60 + 30) { stage in
                let draw = try await InspectionDesk(stage: stage).fixDraw(title)
                stage.agenda.add(at: stage.now + .seconds(1800)) { stage in
                    try await InspectionDesk(stage: stage).make(draw.id)
                }
            }
        }
        // Waits for its witness.
        stage.once(on: stage.days.last - 1, at: 15 * 60) { stage in
            _ = try await InspectionDesk(stage: stage).fixDraw("第三次双随机抽查")
        }
    }
}

/// Plans and draws inspections, and sends inspectors out.
private struct InspectionDesk {
    let stage: CountyStage

    private var supervisor: Principal { stage.people.supervisors[0] }

    /// As the standard one, with a picture of what passed only where the county wants to see it each time.
    func adoptChecklist() async throws {
        var checklist = InspectionTemplate.standard
        for index in checklist.items.indices where checklist.items[index].photo == .always {
            let isWanted = ["licence", "separation", "samples"].contains(checklist.items[index].code)
            checklist.items[index].photo = isWanted ? .always : .whenFailing
        }
        try await stage.supervision.inspections.change(checklist, by: supervisor)
    }

    func plan(_ title: String, _ season: InspectionPlan.Season, withinDays days: Int) async throws {
        let inspections = stage.supervision.inspections
        let plan = try await inspections.add(
            InspectionPlanDraft(
                title: title, season: season, territory: .county, template: InspectionTemplate.standardID,
                due: stage.today + days), by: supervisor)
        let made = try await inspections.plan(plan.id, for: supervisor).inspections
        for (index, school) in stage.schools.enumerated() {
            guard let own = made.first(where: { $0.school.id == school.school.id }) else { continue }
            var dice = stage.dice("inspection \(title) \(school.plan.name)")
            // In no order of names; one in a dozen is late.
            let turn = (index * 7 + 3) % stage.schools.count
            let share = Double(turn) / Double(stage.schools.count) + (dice.chance(0.08) ? 0.3 : 0)
            let day = stage.schoolDay(from: stage.today + 1 + Int(share * Double(days - 4)))
            let person = dice.chance(0.65) ? school.handler : dice.pick(stage.people.inspectors)
            let visit = InspectionVisit(
                stage: stage, id: own.inspection.id, school: school, inspector: person, dice: dice)
            visit.plan(on: day)
        }
        // Somebody has just set out when the year ends.
        stage.once(on: stage.days.last, at: 8 * 60 + 20) { stage in
            let open = try await stage.supervision.inspections.plan(plan.id, for: stage.people.supervisors[0])
                .inspections
            for school in stage.schools {
                guard open.contains(where: { $0.school.id == school.school.id && $0.inspection.state == .planned }),
                    let own = open.first(where: { $0.school.id == school.school.id })
                else { continue }
                try await stage.supervision.inspections.begin(own.inspection.id, by: school.handler)
                return
            }
        }
    }

    /// A third of the schools, two inspectors each; of whom one has a relative at a school. (回避)
    func fixDraw(_ title: String) async throws -> InspectionDraw {
        let people = stage.people.inspectors.compactMap(\.personID)
        let schools = stage.schools.map(\.school.id)
        return try await stage.supervision.draws.fix(
            DrawPlan(
                title: title, schools: schools.map { DrawPlan.Candidate($0) }, inspectors: people,
                conflicts: [DrawPlan.Conflict(people[people.count - 1], schools[0])],
                drawnSchools: max(1, schools.count / 3)),
            template: InspectionTemplate.standardID, due: stage.today + 30, by: supervisor)
    }

    func make(_ id: InspectionDrawID) async throws {
        let draws = stage.supervision.draws
        let draw = try await draws.make(id, witness: "中国福利彩票 3D 当期开奖号码 4 0 9，纪检组周组长见证", by: supervisor)
        let sheet = try await draws.sheet(id, for: supervisor)
        for (index, visit) in (draw.made?.outcome.visits ?? []).enumerated() {
            guard let school = stage.schools.first(where: { $0.school.id == visit.school }),
                let inspection = sheet.inspections[visit.school],
                let inspector = stage.people.inspectors.first(where: { $0.personID == visit.inspectors.first })
            else { continue }
            InspectionVisit(
                stage: stage, id: inspection.id, school: school, inspector: inspector,
                dice: stage.dice("draw \(draw.plan.title) \(index)")
            ).plan(on: stage.schoolDay(from: stage.today + 2 + index * 4))
        }
    }
}

extension Principal {
    fileprivate var personID: PersonID? {
        if case .person(let person) = self { person.id } else { nil }
    }
}
