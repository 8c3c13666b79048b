import Domain
import Supervision

/// The day itself: people are let in, look, find something, have their picture taken, and say what it was like.
struct ActivityHolding {
    let stage: CountyStage
    let id: ActivityID
    let code: PublicCode
    let schools: [CountySchool]
    let number: Int

    private var organiser: Principal { stage.people.supervisors[0] }
    private var dice: DemoDice { stage.dice("activity \(number)") }

    func open() async throws {
        var dice = dice
        let activities = stage.supervision.activities
        _ = try await activities.handle(.begin, id, by: organiser)
        let sheet = try await activities.sheet(of: id, for: organiser)
        let expected = sheet.guests.signUps.filter { $0.state == .confirmed }.sorted { $0.guest.name < $1.guest.name }
        let there = expected.filter { _ in dice.chance(0.9) }
        for (index, signUp) in there.enumerated() {
            stage.agenda.add(at: stage.now + .seconds(index * 55)) { stage in
                try await stage.supervision.activities.checkIn([signUp.id], of: id, by: organiser)
            }
        }
        stage.agenda.add(at: stage.now + .seconds(2400)) { stage in
            do {
                try await stage.supervision.activities.walkIn(
                    Guest("临时到场家长", as: .parent), to: id, by: organiser)
            } catch SupervisionError.activity {
                // No place is left.
            }
        }
        stage.agenda.add(at: stage.now + .seconds(4500)) { [dice] _ in try await look(dice) }
        stage.agenda.add(at: stage.now + .seconds(9600)) { [dice] stage in
            _ = try await stage.supervision.activities.handle(.finish, id, by: organiser)
            voices(of: there, dice)
        }
    }

    private func look(_ chances: DemoDice) async throws {
        var dice = chances
        let activities = stage.supervision.activities
        for school in schools {
            for (matter, note, grade, isMended) in ActivityWords.findings(number, &dice) {
                let area = dice.pick(school.cameras).area
                let finding = try await activities.add(
                    Activities.FindingDraft(
                        school: school.school.id, area: area, matter: matter, grade: grade, note: note,
                        isMended: isMended), to: id, by: organiser)
                guard !isMended else { continue }
                stage.agenda.add(at: stage.later(by: dice.between(200, 400))) { stage in
                    let opened = try await stage.supervision.activities.openCase(of: finding.id, in: id, by: organiser)
                    await CaseLife(stage: stage, id: opened.id).begin(opened)
                }
            }
            for caption in ["参观烹饪区", "查看洗消流程"] {
                let kind: Area.Kind = caption.contains("洗消") ? .washing : .cooking
                guard let pair = stage.pictures.pair(kind, .inOrder, &dice) else { continue }
                let photo = try PhotoShelf(beside: stage.attachments).keep(
                    pair.first.jpeg, of: id, finding: nil, caption: caption, at: stage.now)
                try await activities.add(photo, by: organiser)
                try await activities.setPublic(true, photo.id, of: id, by: organiser)
            }
        }
    }

    /// In the evening, with the code that each has.
    private func voices(of signUps: [SignUp], _ chances: DemoDice) {
        var dice = chances
        for (index, signUp) in signUps.enumerated() where dice.chance(0.6) {
            let stars = dice.pick(weighted: [(5, 6), (4, 3), (3, 0.6)])
            let words = stars == 3 ? "希望增加开放次数，时间安排在周末。" : dice.pick(ActivityWords.praise)
            stage.agenda.add(at: stage.now + .seconds(dice.whole(3600...30_000))) { stage in
                try await stage.supervision.activities.rate(
                    signUp.code, stars: stars, words: words, from: "192.0.2.\(index + 1)")
            }
        }
        stage.agenda.add(at: stage.later(by: 600)) { stage in
            let activities = stage.supervision.activities
            let sheet = try await activities.sheet(of: id, for: organiser)
            for voice in sheet.feedback.filter({ !$0.words.isEmpty }).prefix(6) {
                try await activities.setPublic(true, feedbackOf: voice.signUp, of: id, by: organiser)
            }
            _ = try await activities.handle(
                .report(ActivityWords.report(schools.map(\.plan.name), came: sheet.guests.came.total)), id,
                by: organiser)
        }
    }
}
