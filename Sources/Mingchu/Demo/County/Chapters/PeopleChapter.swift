import Domain
import Supervision

extension CountyChapter {
    /// Everybody who has a part in the year. (人员)
    static let people = CountyChapter { stage in
        var entering = PeopleEntering(stage: stage)
        for (account, name) in [("supervisor", "王敏"), ("supervisor2", "李建国")] {
            let person = try await entering.add(account, name, .supervisor)
            stage.people.supervisors.append(.person(person))
        }
        stage.people.inspectors = stage.people.supervisors
        for (account, name) in [("inspector", "刘洋"), ("inspector2", "马丽娟")] {
            stage.people.inspectors.append(.person(try await entering.add(account, name, .supervisor)))
        }
        let heads = ["陈志强", "周丽", "吴海涛"]
        for (index, township) in stage.townships.enumerated() {
            let person = try await entering.add(
                index == 0 ? "township" : "township\(index + 1)", heads[index % heads.count], .township,
                township: township.id)
            stage.people.offices[township.id] = .person(person)
        }
        stage.people.education = .person(try await entering.add("education", "孙晓燕", .education))
        _ = try await entering.add("leader", "县政府分管领导", .viewer)
        _ = try await entering.add("hall", "智慧监管大厅", .hall)
        let surnames = ["赵", "钱", "郑", "冯", "褚", "卫", "蒋", "沈", "韩", "杨", "朱", "秦"]
        for index in stage.schools.indices {
            let school = stage.schools[index].school
            let person = try await entering.add(
                index == 0 ? "school" : "school\(index + 1)", "\(surnames[index % surnames.count])老师（\(school.name)）",
                .school, school: school.id)
            stage.schools[index].officer = .person(person)
            stage.schools[index].handler =
                school.township.flatMap { stage.people.offices[$0] } ?? stage.people.supervisors[0]
        }
        stage.people.everybody = try await stage.supervision.people.list(for: stage.people.administrator)
    }
}

private struct PeopleEntering {
    let stage: CountyStage

    mutating func add(
        _ account: String, _ name: String, _ role: Role, school: SchoolID? = nil, township: TownshipID? = nil
    ) async throws -> Person {
        let (person, password) = try await stage.supervision.people.add(
            account: account, name: name, role: role, school: school, township: township,
            by: stage.people.administrator)
        stage.people.passwords[account] = password
        return person
    }
}
