import Domain
import Supervision

extension CountyChapter {
    /// Townships, schools, kitchens and their cameras. (网格、点位)
    static let grid = CountyChapter { stage in
        let supervision = stage.supervision
        _ = try await supervision.signIn.createFirstAdministrator()
        guard let person = try await supervision.people.list(for: .node).first else { return }
        let administrator = Principal.person(person)
        stage.people.administrator = administrator
        for name in stage.plan.townships {
            stage.townships.append(try await supervision.places.addTownship(name, by: administrator))
        }
        var dice = stage.dice("cameras")
        for plan in stage.plan.schools {
            let school = try await supervision.places.addSchool(
                plan.name, township: stage.townships[plan.township].id, kind: plan.kind, by: administrator)
            var own = CountySchool(
                plan: plan, school: school, cameras: [], kinds: [:], officer: administrator, handler: administrator)
            for (kind, name, people) in [
                (Area.Kind.preparation, "切配区 1 号", 2), (.washing, "洗消区 1 号", 1), (.cooking, "烹饪区 1 号", 2),
            ] {
                let area = try await supervision.places.addArea(to: school.id, kind: kind, by: administrator)
                let camera = try await supervision.cameras.add(
                    CameraDraft(
                        area: area.id, name: name,
                        main: SourceAddress(
                            scheme: .sim, host: kind.rawValue, query: "people=\(people)&seed=\(dice.whole(1...9_999))")),
                    by: administrator)
                own.cameras.append(camera)
                own.kinds[camera.id] = kind
            }
            stage.schools.append(own)
        }
    }
}
