import Domain
import Supervision

extension CountyChapter {
    /// The county's parents' level, and one school that has invited its classes. (家长专属查看)
    static let parents = CountyChapter { stage in
        let start = max(stage.days.first, stage.days.last - 42)
        stage.once(on: start, at: 9 * 60) { stage in
            try await stage.supervision.parents.setLevel(isOn: true, by: stage.people.supervisors[0])
            try await ParentCouncil(stage: stage, school: stage.schools[0]).invite()
        }
    }
}

private struct ParentCouncil {
    let stage: CountyStage
    let school: CountySchool

    private static let classes = [("大一班", 40), ("大二班", 40), ("中一班", 36)]
    private static let children = ["一诺", "子轩", "雨桐", "浩然", "梓涵", "欣怡", "宇航", "思远", "佳怡", "天佑", "若曦", "明哲"]

    /// Parents see one area more than the public does.
    func invite() async throws {
        let cameras = school.cameras.map(\.id)
        try await stage.supervision.publications.change(
            Publication(
                isOn: true, cameras: Set(cameras.dropLast()), hours: .standard,
                parents: ParentShowing(cameras: Set(cameras))),
            of: school.school.id, by: stage.people.supervisors[0])
        let parents = stage.supervision.parents
        let lastDay = SchoolYear.lastDay(of: Day(of: stage.now, in: stage.zone))
        var dice = stage.dice("parents")
        for (number, (name, most)) in Self.classes.enumerated() {
            let invitation = try await parents.invite(
                ParentInvitationDraft(className: name, mostUses: most, lastDay: lastDay), to: school.school.id,
                by: school.officer)
            let code = try await parents.invitation(
                invitation.id, of: school.school.id, for: school.officer
            ).code
            // The sheet hangs at the class's door: most come in during the first days.
            for place in 0..<dice.whole(4...9) {
                let child = Self.children[(number * 5 + place) % Self.children.count]
                let name = child + dice.pick(["妈妈", "爸爸", "奶奶", "外公"])
                let address = "203.0.113.\(number * 40 + place + 1)"
                stage.agenda.add(at: stage.now + .seconds(3600 * dice.whole(1...200))) { stage in
                    _ = try await stage.supervision.parents.join(
                        ParentDraft(name: name, consents: true), by: code, from: address)
                }
            }
        }
    }
}
