import Domain
import Supervision

extension CountyChapter {
    /// Supervisors and township offices look at kitchens by turns. (巡查)
    static let patrols = CountyChapter { stage in
        let offices = stage.people.offices
        stage.each(dayAt: 9 * 60 + 20) { stage, day in
            var dice = stage.dice("patrols \(day)")
            for township in stage.townships {
                guard let office = offices[township.id], dice.chance(0.8) else { continue }
                let own = stage.schools.filter { $0.school.township == township.id }
                guard !own.isEmpty else { continue }
                // Of a few that come to mind, the one that nobody has looked at for longest.
                let few = (0..<3).map { _ in dice.pick(own) }
                guard let school = few.min(by: { stage.lastLook(at: $0) < stage.lastLook(at: $1) }) else { continue }
                stage.lastLooks[school.school.id] = day
                let person = dice.chance(0.3) ? dice.pick(stage.people.supervisors) : office
                let note = dice.pick(weighted: [("", 9), ("台面有积水，已提醒", 1), ("留样柜温度偏高，已提醒", 0.7)])
                let time = stage.later(by: dice.between(1, 150))
                let look = PatrolVisit(
                    school: school, camera: dice.pick(school.cameras), person: person, note: note,
                    seconds: dice.whole(60...240), opensCase: !note.isEmpty && dice.chance(0.4))
                stage.agenda.add(at: time) { try await look.begin($0) }
            }
        }
        stage.each(dayAt: 18 * 60) { stage, _ in try await stage.supervision.footage.settleViewings(all: true) }
    }

    /// Those who supervise sign in to their day's work. (登录平台)
    static let visits = CountyChapter { stage in
        let accounts = stage.people.everybody.filter { CountyFigures.supervisingRoles.contains($0.role) }
        stage.each(dayAt: 7 * 60 + 50) { stage, day in
            var dice = stage.dice("visits \(day)")
            for person in accounts {
                let share = person.role == .education ? 0.35 : 0.85
                guard dice.chance(share), let password = stage.people.passwords[person.account] else { continue }
                let host = dice.whole(2...200)
                stage.agenda.add(at: stage.now + .seconds(dice.whole(0...3000))) { stage in
                    _ = try await stage.supervision.signIn.signIn(
                        account: person.account, password: password, from: "192.0.2.\(host)")
                }
            }
        }
    }

    /// Deadlines that pass without anybody's doing. (升级)
    static let escalations = CountyChapter { stage in
        for hour in stride(from: 8, through: 20, by: 2) {
            stage.each(dayAt: hour * 60, onlySchoolDays: false) { stage, _ in
                _ = try await stage.supervision.cases.escalate()
            }
        }
    }

    /// What the ledger was is signed each week. (检查点)
    static let checkpoints = CountyChapter { stage in
        stage.each(dayAt: 23 * 60, onlySchoolDays: false) { stage, day in
            if day.weekday == 7 { _ = try await stage.checkpoints.make() }
        }
    }
}

/// Somebody watches a kitchen live, says so, and sometimes opens a case for what no program captures.
private struct PatrolVisit {
    let school: CountySchool
    let camera: Camera
    let person: Principal
    let note: String
    let seconds: Int
    let opensCase: Bool

    func begin(_ stage: CountyStage) async throws {
        let span = TimeSpan(start: stage.now, duration: .seconds(seconds))
        try await stage.supervision.footage.noteViewing(of: camera.id, span: span, kind: .live, by: person)
        stage.agenda.add(at: span.end) { try await end($0) }
    }

    private func end(_ stage: CountyStage) async throws {
        try await stage.supervision.patrols.look(at: school.school.id, note: note, by: person)
        guard opensCase else { return }
        let seen = CaseOpening.Patrol(camera: camera.id, time: stage.now, isLive: true)
        let opened = try await stage.supervision.cases.open(
            CaseDraft(.patrol(seen, .other(String(note.prefix { $0 != "，" })), .three)),
            by: stage.people.supervisors[0])
        await CaseLife(stage: stage, id: opened.id).begin(opened)
    }
}
