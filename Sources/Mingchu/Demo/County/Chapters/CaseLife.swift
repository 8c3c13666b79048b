import Domain
import Supervision

/// What is remembered of the cases that run.
struct CaseLives {
    struct Life {
        var dice: DemoDice
        var hasAppealed = false
        var hasAskedForTime = false
        var returns = 0
    }

    var lives: [CaseID: Life] = [:]
}

/// A case on its way: whoever has the ball does something after a while, until it is closed or withdrawn. (办案)
struct CaseLife {
    let stage: CountyStage
    let id: CaseID

    func begin(_ opened: CaseOpened) async {
        let number =
            switch opened {
            case .opened(_, let number), .reopened(_, let number): number
            }
        if stage.lives.lives[id] == nil {
            stage.lives.lives[id] = CaseLives.Life(dice: stage.dice("case \(number)"))
        }
        stage.lives.lives[id]?.hasAppealed = false
        next(after: .opened, passedAt: nil, reinspections: 0, isOffender: false)
    }

    /// Puts the next act on the agenda.
    private func next(after state: CaseState, passedAt: UTCTime?, reinspections: Int, isOffender: Bool) {
        guard var life = stage.lives.lives[id] else { return }
        let time: UTCTime
        switch state {
        case .opened: time = stage.later(by: life.dice.chance(0.05) ? 300 : 3 + life.dice.exponential(mean: 35))
        case .dispatched:
            let isLate = life.dice.chance(isOffender ? 0.4 : 0.07)
            time = stage.later(by: isLate ? life.dice.between(150, 700) : 2 + life.dice.exponential(mean: 22))
        case .acknowledged: time = stage.later(by: 10 + life.dice.exponential(mean: 60))
        case .rectifying:
            let isLate = life.dice.chance(isOffender ? 0.55 : 0.06)
            time = stage.later(by: isLate ? life.dice.between(1900, 5200) : 30 + life.dice.exponential(mean: 330))
        case .submitted: time = stage.later(by: 20 + life.dice.exponential(mean: 180))
        case .appealed: time = stage.later(by: 30 + life.dice.exponential(mean: 240))
        case .reinspection:
            // On its day or one of the next, when the kitchen works.
            let days = CasePolicy.standard.reinspectionDays
            let day = Day(of: passedAt ?? stage.now, in: stage.zone) + days[min(reinspections, days.count - 1)]
            let found = stage.office.schoolDays(after: day - 1, count: life.dice.chance(0.06) ? 5 : 2)
            time = max(
                stage.now,
                (life.dice.chance(0.5) ? found[0] : found[found.count - 1])
                    .time(minute: life.dice.whole(560...990), in: stage.zone))
        case .closed, .withdrawn: return
        }
        stage.lives.lives[id] = life
        stage.agenda.add(at: time) { [id] stage in try await CaseLife(stage: stage, id: id).act() }
    }

    private func act() async throws {
        guard var life = stage.lives.lives[id] else { return }
        let cases = stage.supervision.cases
        let summary = try await cases.summary(id, for: .node)
        guard let school = stage.schools.first(where: { $0.school.id == summary.school.id }) else { return }
        let supervisor = life.dice.pick(stage.people.supervisors)
        var isOffender = false
        if case .repeats = school.plan.character { isOffender = true }
        if summary.state == .opened {
            try await cases.dispatch(
                id, message: CaseWords.dispatch(summary.matter), seen: summary.version, by: supervisor)
            stage.lives.lives[id] = life
            if life.dice.chance(0.6) { arrive(at: school.handler) }
            if life.dice.chance(0.5) { arrive(at: stage.people.education) }
            return next(after: .dispatched, passedAt: nil, reinspections: 0, isOffender: isOffender)
        }
        guard
            let (command, person, files) = try await CaseActs(stage: stage, school: school, id: id).choose(
                summary, &life, supervisor: supervisor)
        else { return }
        stage.lives.lives[id] = life
        let after = try await cases.act(command, on: id, seen: summary.version, files: files, by: person)
        let state: CaseState = after.state == .acknowledged && life.dice.chance(0.4) ? .rectifying : after.state
        next(
            after: state, passedAt: after.passedAt, reinspections: after.reinspectionsPassed, isOffender: isOffender)
    }

    /// A body that got a copy says so.
    private func arrive(at body: Principal) {
        guard var life = stage.lives.lives[id] else { return }
        let time = stage.later(by: 5 + life.dice.exponential(mean: 50))
        stage.lives.lives[id] = life
        stage.agenda.add(at: time) { [id] stage in
            let cases = stage.supervision.cases
            let summary = try await cases.summary(id, for: body)
            do {
                try await cases.act(.acknowledge, on: id, seen: summary.version, by: body)
            } catch SupervisionError.refused {
                // Ended or begun anew meanwhile: there is nothing to say then.
            }
        }
    }
}
