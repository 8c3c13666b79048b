import Testing

@testable import Domain

struct PermissionTests {
    static let mine = SchoolID(at: UTCTime(milliseconds: 1))
    static let other = SchoolID(at: UTCTime(milliseconds: 2))

    func person(_ role: Role, isEnabled: Bool = true) -> Person {
        Person(
            id: PersonID(at: UTCTime(milliseconds: 3)), account: "a", name: "b", role: role,
            school: role == .school ? Self.mine : nil, isEnabled: isEnabled)
    }

    @Test(arguments: [
        (Role.administrator, [true, true, true, true, true, true, true, true, true]),
        (Role.supervisor, [true, true, true, true, true, true, false, false, true]),
        (Role.school, [true, false, true, false, false, false, false, false, false]),
    ])
    func `each role may do what its work needs and nothing else`(role: Role, expected: [Bool]) {
        let asked: [Permission] = [
            .see(Self.mine), .see(Self.other), .watch(Self.mine), .watch(Self.other), .export(Self.mine),
            .export(Self.other), .configureCameras, .managePeople, .readLedger,
        ]
        #expect(asked.map { person(role).may($0) } == expected)
        #expect(asked.allSatisfy { !person(role, isEnabled: false).may($0) })
    }
}
