import Domain
import Supervision

extension CountyChapter {
    /// What parents and others report through the schools' public pages, and what is answered. (群众反映)
    static let concerns = CountyChapter { stage in
        let pages = try await stage.supervision.publications.list(for: stage.people.supervisors[0])
        var open: [(school: CountySchool, code: PublicCode)] = []
        for school in stage.schools {
            guard let page = pages.first(where: { $0.tree.school.id == school.school.id }), page.publication.isOn,
                let code = page.code
            else { continue }
            open.append((school, code))
        }
        guard !open.isEmpty else { return }
        var dice = stage.dice("concerns")
        var number = 0
        for day in stage.days.first.number..<stage.days.last.number {
            guard dice.chance(stage.calendar.isSchoolDay(Day(number: day)) ? 0.17 : 0.04) else { continue }
            let (school, code) = dice.pick(open)
            ConcernLife(stage: stage, school: school, page: code, number: number)
                .plan(at: Day(number: day).time(minute: dice.whole(400...1320), in: stage.zone))
            number += 1
        }
        // These wait when the year ends: one too long.
        for (index, hours) in [27, 7, 2].enumerated() {
            let (school, code) = open[index % open.count]
            ConcernLife(stage: stage, school: school, page: code, number: number + index, isLeft: true)
                .plan(at: stage.end - .seconds(hours * 3600))
        }
        stage.each(dayAt: 6 * 60 + 30, onlySchoolDays: false) { stage, _ in
            _ = try await stage.supervision.concerns.keepUp()
        }
    }
}

/// One concern from the first word to the last.
private struct ConcernLife {
    let stage: CountyStage
    let school: CountySchool
    let page: PublicCode
    let number: Int
    /// Nobody has come to it yet.
    var isLeft = false

    private var story: ConcernStory { ConcernStory.all[number * 5 % ConcernStory.all.count] }

    func plan(at time: UTCTime) {
        guard time >= stage.now else { return }
        stage.agenda.add(at: time) { _ in try await send() }
    }

    private func send() async throws {
        var dice = stage.dice("concern \(number)")
        let concerns = stage.supervision.concerns
        try await concerns.admit(to: page, from: "198.51.100.\(number % 250 + 1)")
        var draft = ConcernDraft(
            text: story.text, contact: dice.chance(0.55) ? "1380000\(2000 + number)" : "")
        if dice.chance(0.3), let pair = stage.pictures.pair(dice.pick(CountyPictures.kinds), .inOrder, &dice) {
            draft.photos = [try ConcernShelf(beside: stage.attachments).keep(pair.best.jpeg, at: stage.now)]
        }
        let code = try await concerns.submit(draft, to: page)
        guard !isLeft else { return }
        // Its sender knows the code only; offices find it in their list.
        guard let id = try await concerns.list(limit: 1000, for: .node).map(\.id).max() else { return }
        let handler = dice.chance(0.6) ? school.handler : dice.pick(stage.people.supervisors)
        stage.agenda.add(at: stage.later(by: 5 + dice.exponential(mean: 60))) { [dice] _ in
            try await take(id, code, by: handler, dice)
        }
    }

    private func take(_ id: ConcernID, _ code: ConcernCode, by handler: Principal, _ chances: DemoDice) async throws {
        var dice = chances
        let concerns = stage.supervision.concerns
        try await concerns.take(id, by: handler)
        let supervisor = stage.people.supervisors[0]
        switch story.end {
        case .rejected(let reason):
            stage.agenda.add(at: stage.later(by: dice.between(20, 120))) { stage in
                try await stage.supervision.concerns.reject(reason, on: id, by: handler)
            }
        case .asked(let question, let reply):
            stage.agenda.add(at: stage.later(by: dice.between(5, 40))) { stage in
                try await stage.supervision.concerns.askBack(question, on: id, by: handler)
            }
            let time = stage.later(by: 60) + .seconds(dice.whole(3600...20_000))
            stage.agenda.add(at: time) { stage in
                try await stage.supervision.concerns.add(reply, to: code)
                answer(id, by: handler, after: 90)
            }
        case .case(let matter, let grade):
            stage.agenda.add(at: stage.later(by: dice.between(30, 160))) { stage in
                let opened = try await stage.supervision.concerns.openCase(
                    .other(matter), grade, note: story.text, from: id, by: supervisor)
                await CaseLife(stage: stage, id: opened.id).begin(opened)
                answer(id, by: handler, after: 30)
            }
        case .answered: answer(id, by: handler, after: dice.between(20, dice.chance(0.1) ? 900 : 180))
        }
    }

    private func answer(_ id: ConcernID, by handler: Principal, after minutes: Double) {
        stage.agenda.add(at: stage.later(by: minutes)) { stage in
            try await stage.supervision.concerns.answer(story.answer, on: id, by: handler)
        }
    }
}
