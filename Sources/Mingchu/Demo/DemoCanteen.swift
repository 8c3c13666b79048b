import Domain
import Supervision

/// A canteen of simulated kitchens and everybody who has a part in a case, so that a newcomer sees moving pictures at
/// once and can try the whole way from a capture to a closed case.
struct DemoCanteen {
    let supervision: Supervision

    /// Sets it up where there is no school yet; otherwise leaves everything as it is.
    /// - Returns: Who was given an account, with the initial passwords.
    func setUp() async throws -> [DemoAccount] {
        guard try await supervision.places.tree(for: .node).isEmpty else { return [] }
        let township = try await supervision.places.addTownship("示范镇（模拟）", by: .node)
        var school = try await supervision.places.addSchool("示范小学（模拟）", by: .node)
        school.township = township.id
        try await supervision.places.changeSchool(school, by: .node)
        let cameras: [(Area.Kind, String, String)] = [
            (.preparation, "切配区 1 号", "sim://preparation?people=2&seed=1"),
            (.washing, "洗消区 1 号", "sim://washing?people=1&seed=2"),
            (.cooking, "烹饪区 1 号", "sim://cooking?people=2&seed=3"),
        ]
        var shown: Set<CameraID> = []
        for (kind, name, address) in cameras {
            let area = try await supervision.places.addArea(to: school.id, kind: kind, by: .node)
            let draft = CameraDraft(area: area.id, name: name, main: try SourceAddress.parse(address).address)
            shown.insert(try await supervision.cameras.add(draft, by: .node).id)
        }
        try await supervision.publications.change(
            Publication(isOn: true, cameras: shown, hours: .standard), of: school.id, by: .node)
        try await supervision.duties.change(.standard, by: .node)
        let people: [(String, String, Role, SchoolID?, TownshipID?)] = [
            ("supervisor", "县局监管员（模拟）", .supervisor, nil, nil),
            ("township", "示范镇监管所（模拟）", .township, nil, township.id),
            ("education", "县教育局（模拟）", .education, nil, nil),
            ("school", "示范小学食堂（模拟）", .school, school.id, nil),
        ]
        var accounts: [DemoAccount] = []
        for (account, name, role, school, township) in people {
            let (_, password) = try await supervision.people.add(
                account: account, name: name, role: role, school: school, township: township, by: .node)
            accounts.append(DemoAccount(account: account, name: name, password: password))
        }
        return accounts
    }
}
