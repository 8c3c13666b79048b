import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

struct PatrolsTests {
    private func sheet(_ patrols: Patrols, _ principal: Principal) async throws -> PatrolSheet {
        for _ in 0..<100 {
            if case .ready(let sheet) = try await patrols.sheet(for: principal) { return sheet }
        }
        throw SupervisionError.notFound
    }

    @Test(arguments: Engine.all)
    func `who was looked at is off the list until school days have gone by`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let patrols = office.supervision.patrols
            office.clock.advance(by: .seconds(86_400))
            let first = try await sheet(patrols, county.supervisor)
            // The other school has no camera: there is nothing to look at.
            #expect(first.list.entries.map(\.school) == [office.school.id])
            #expect(first.neverLooked.contains(office.school.id))
            let look = try await patrols.look(at: office.school.id, note: "  all clean ", by: county.supervisor)
            #expect(look.note == "all clean")
            let second = try await sheet(patrols, county.supervisor)
            #expect(second.list.entries.isEmpty && second.looks == [look])
            #expect(second.people[look.by] == county.supervisor.person.name)
            #expect(try await office.ledger(.patrolLooked).map(\.subject) == ["school/\(office.school.id)"])
            office.clock.advance(by: .seconds(86_400))
            let third = try await sheet(patrols, county.supervisor)
            #expect(third.list.entries.map(\.schoolDaysSince) == [1] && third.looks.isEmpty)
            #expect(third.neverLooked.isDisjoint(with: [office.school.id]))
        }
    }

    @Test(arguments: Engine.all)
    func `what failed on the spot, concerns and cases that came again speak of a risk`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let patrols = office.supervision.patrols
            func parts() async throws -> [RiskEvidence.Kind: Int] {
                office.clock.advance(by: .seconds(1))
                let entry = try #require(try await sheet(patrols, county.supervisor).list.entries.first)
                return entry.risk.parts.reduce(into: [:]) { parts, part in
                    if case .evidence(let kind) = part.source { parts[kind] = part.events }
                }
            }
            office.clock.advance(by: .seconds(86_400))
            let inspection = try await county.inspection()
            try await office.supervision.inspections.begin(inspection, by: county.township)
            let report = try await county.report(
                of: inspection, failing: ["samples": 3, "waste": 1], by: county.township)
            try await office.supervision.inspections.handIn(report, for: inspection, by: county.township)
            try await office.supervision.publications.change(
                Publication(isOn: true, cameras: [office.camera.id]), of: office.school.id, by: office.supervisor)
            let page = try #require(
                try await office.supervision.publications.sheet(of: office.school.id, for: office.supervisor).code)
            _ = try await office.supervision.concerns.submit(ConcernDraft(text: "打饭时没有戴口罩"), to: page)
            let turnedDown = try await office.supervision.concerns.submit(ConcernDraft(text: "地上有积水没人管"), to: page)
            try await office.supervision.concerns.withdraw(turnedDown)
            _ = try await county.closed()
            let again = try await county.opened()
            let file = try await county.cases.sheet(again, for: county.supervisor)
            let known = try await parts()
            #expect(known[.inspectionFailed] == 2 && known[.concern] == 1)
            #expect(known[.caseReopened] ?? 0 == file.summary.round - 1)
        }
    }

    @Test func `a look is taken back for a minute, by whoever gave it`() async throws {
        let county = try await County()
        let patrols = county.office.supervision.patrols
        county.clock.advance(by: .seconds(86_400))
        let look = try await patrols.look(at: county.office.school.id, by: county.supervisor)
        #expect(try await refusal { try await patrols.takeBack(look.id, by: county.township) } == .notFound)
        try await patrols.takeBack(look.id, by: county.supervisor)
        #expect(try await sheet(patrols, county.supervisor).list.entries.count == 1)
        #expect(try await county.office.ledger(.patrolTakenBack).count == 1)
        let late = try await patrols.look(at: county.office.school.id, by: county.supervisor)
        county.clock.advance(by: .seconds(61))
        #expect(
            try await refusal { try await patrols.takeBack(late.id, by: county.supervisor) }
                == .conflict(.changedMeanwhile))
    }

    @Test func `only those who patrol a school may say so, and a guessed one is not there`() async throws {
        let county = try await County()
        let patrols = county.office.supervision.patrols
        let school = county.office.school.id
        #expect(try await refusal { try await patrols.look(at: school, by: county.head) } == .notPermitted)
        #expect(try await refusal { try await patrols.look(at: school, by: county.otherTownship) } == .notFound)
        #expect(
            try await refusal { try await patrols.look(at: SchoolID(at: county.clock.now), by: county.supervisor) }
                == .notFound)
        #expect(try await refusal { _ = try await patrols.sheet(for: county.education) } == .notPermitted)
        try await patrols.look(at: school, by: county.township)
        let long = String(repeating: "长", count: PatrolLook.longestNote + 1)
        #expect(
            try await refusal { try await patrols.look(at: school, note: long, by: county.supervisor) }
                == .invalid(.note, .tooLong(maximum: PatrolLook.longestNote)))
        #expect(try await county.office.ledger(.patrolLooked).count == 1)
    }

    @Test func `captures and missed deadlines are in a school's risk, false ones are not`() async throws {
        let county = try await County()
        let (office, patrols) = (county.office, county.office.supervision.patrols)
        let rejected = try await county.captured(.noMask)
        try await office.supervision.captures.judge(
            rejected.id, .rejected(reason: .maskPresent), seen: nil, by: county.supervisor)
        office.clock.advance(by: .seconds(86_400))
        func parts() async throws -> [SchoolRisk.Part] {
            try await sheet(patrols, county.supervisor).list.entries.first?.risk.parts ?? []
        }
        #expect(try await parts().map(\.source) == [.county])
        _ = try await county.captured(.rodent)
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        office.clock.advance(by: .seconds(20 * 86_400))
        let sources = try await parts().map(\.source)
        #expect(
            Set(sources) == [.county, .evidence(.captureOne), .evidence(.captureTwo), .evidence(.caseOverdue)])
    }
}
