import Domain
import Store
import Testing

@testable import Supervision

struct LedgerReadingTests {
    @Test func `a school's people don't read the ledger`() async throws {
        let office = try await Office()
        let ledger = office.supervision.ledger
        #expect(try await refusal { try await ledger.page(for: office.head) } == .notPermitted)
        #expect(try await refusal { try await ledger.verify(for: office.head) } == .notPermitted)
        #expect(try await ledger.page(limit: 2, for: office.supervisor).count == 2)
        #expect(try await ledger.page(limit: -5, for: office.supervisor).count == 1)
    }

    @Test func `ten thousand acts of all kinds keep the chain whole`() async throws {
        let office = try await Office()
        try await withThrowingTaskGroup(of: Void.self) { group in
            for seed in 0..<8 as Range<UInt64> {
                group.addTask { try await office.act(times: 1250, seed: seed) }
            }
            try await group.waitForAll()
        }
        let verdict = try await office.supervision.ledger.verify(for: .console)
        #expect(verdict.fault == nil)
        #expect(verdict.entries > 3000)
        #expect(
            try await office.supervision.people.list(for: .console).contains {
                $0.role == .administrator && $0.isEnabled
            })
    }
}

extension Office {
    /// Does random things, as anybody, to anything; most of them are refused for one reason or another.
    fileprivate func act(times: Int, seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        for number in 0..<times {
            let principal = [administrator, supervisor, head, .console].randomElement(using: &random)!
            let name = "\(seed)-\(Int.random(in: 0..<5, using: &random))"
            let action = Int.random(in: 0..<9, using: &random)
            let pick = Int.random(in: 0..<1000, using: &random)
            _ = try await refusal {
                switch action {
                case 0: try await supervision.places.addSchool(name, by: principal)
                case 1:
                    let schools = try await supervision.places.tree(for: principal)
                    try await supervision.places.removeSchool(schools[pick % schools.count].school.id, by: principal)
                case 2: try await supervision.places.addArea(to: school.id, kind: .washing, name: name, by: principal)
                case 3:
                    _ = try await supervision.cameras.add(
                        CameraDraft(area: area.id, name: name, main: camera.main), by: principal)
                case 4:
                    let all = try await supervision.cameras.all()
                    var changed = all[pick % all.count]
                    changed.isEnabled.toggle()
                    try await supervision.cameras.change(changed, by: principal)
                case 5:
                    let all = try await supervision.cameras.all()
                    let other = all[pick % all.count]
                    if other.id != camera.id { try await supervision.cameras.remove(other.id, by: principal) }
                case 6:
                    clock.advance(by: .seconds(60))
                    try await supervision.footage.noteViewing(
                        of: camera.id, span: TimeSpan(start: clock.now, duration: .seconds(5)),
                        kind: ViewingKind.allCases[pick % 3], by: principal)
                case 7:
                    try await supervision.footage.noteExport(
                        of: camera.id, span: TimeSpan(start: clock.now, duration: .seconds(Int64(number))),
                        by: principal)
                default:
                    let everybody = try await supervision.people.list(for: .console)
                    var person = everybody[pick % everybody.count]
                    person.role = pick.isMultiple(of: 2) ? .administrator : .supervisor
                    person.school = nil
                    person.isEnabled.toggle()
                    if person.account != "chief" { try await supervision.people.change(person, by: .console) }
                }
                return ()
            }
        }
    }
}
