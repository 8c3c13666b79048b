import Domain
import Foundation
import Store
import TestSupport
import Testing

@testable import Supervision

struct InspectionDrawsTests {
    private func plan(_ county: County, conflicts: Set<DrawPlan.Conflict> = []) async throws -> DrawPlan {
        let candidates = try await county.office.supervision.draws.candidates(for: county.supervisor)
        let inspectors = candidates.inspectors.map(\.id).filter { $0 != county.otherTownship.person.id }
        return DrawPlan(
            title: "秋季双随机", schools: [DrawPlan.Candidate(county.office.school.id, lots: 3)], inspectors: inspectors,
            conflicts: conflicts, drawnSchools: 1)
    }

    private func due(_ county: County) -> Day { Day(of: county.clock.now, in: .shanghai) + 14 }

    @Test(arguments: Engine.all)
    func `the secret is shown after the witness has spoken, and the script draws the same`(engine: Engine) async throws
    {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let draws = office.supervision.draws
            let plan = try await plan(county)
            let fixed = try await draws.fix(
                plan, template: InspectionTemplate.standardID, due: due(county), by: county.supervisor)
            #expect(fixed.made == nil && fixed.record == nil)
            let entry = try #require(try await office.ledger(.drawFixed).first)
            #expect(entry.payload.contains(fixed.commitment) && entry.payload.contains(fixed.planSHA256))
            #expect(try await office.supervision.inspections.list(for: county.supervisor).isEmpty)
            let made = try await draws.make(fixed.id, witness: " 三粒骰子 2 5 6 ", by: county.supervisor)
            let outcome = try #require(made.made?.outcome)
            #expect(outcome.commitment == fixed.commitment)
            let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                .appendingPathComponent("../../docs/how-to/recompute-a-draw.py").standardizedFileURL.path
            let done = try await ChildProcess.run(["python3", script], input: made.record)
            #expect(done.ending.isSuccess, "\(done.errors)")
            #expect(String(decoding: done.output, as: UTF8.self) == outcome.text)
            let inspections = try await office.supervision.inspections.list(for: county.supervisor)
            #expect(inspections.map(\.inspection.inspectors) == outcome.visits.map(\.inspectors))
            #expect(inspections.map(\.inspection.draw) == [fixed.id])
            #expect(
                try await refusal { try await draws.make(fixed.id, witness: "again", by: county.supervisor) }
                    == .inspection(.made))
            let told = try #require(try await office.ledger(.drawMade).first)
            #expect(told.payload.contains(outcome.seed) && told.payload.contains(made.made?.secret ?? "-"))
        }
    }

    @Test func `only who was drawn inspects`() async throws {
        let county = try await County()
        let more = Principal.person(
            try await county.office.supervision.people.add(
                account: "second", name: "Second", role: .supervisor, school: nil, by: .console
            ).person)
        let draws = county.office.supervision.draws
        var plan = try await plan(county)
        plan.inspectors = [county.township.person.id, more.person.id]
        let fixed = try await draws.fix(
            plan, template: InspectionTemplate.standardID, due: due(county), by: county.supervisor)
        try await draws.make(fixed.id, witness: "骰子 1", by: county.supervisor)
        let inspections = county.office.supervision.inspections
        let row = try #require(try await inspections.list(for: county.supervisor).first)
        #expect(!row.isMine)
        let id = row.inspection.id
        #expect(try await refusal { try await inspections.begin(id, by: county.supervisor) } == .notPermitted)
        try await inspections.begin(id, by: more)
        #expect(try await inspections.sheet(id, for: county.township).moves.contains(.fillIn))
    }

    @Test func `a draw that can't be made is refused before it is fixed`() async throws {
        let county = try await County()
        let draws = county.office.supervision.draws
        func fault(_ change: (inout DrawPlan) -> Void) async throws -> SupervisionError? {
            var plan = try await plan(county)
            change(&plan)
            let changed = plan
            return try await refusal {
                try await draws.fix(
                    changed, template: InspectionTemplate.standardID, due: due(county), by: county.supervisor)
            }
        }
        let school = county.office.school.id
        #expect(try await fault { $0.title = "" } == .inspection(.drawPlan(.title)))
        #expect(try await fault { $0.inspectorsEach = 3 } == .inspection(.drawPlan(.tooFewInspectors(school))))
        // Of another township: may not inspect there.
        #expect(
            try await fault { $0.inspectors.append(county.otherTownship.person.id) }
                == .inspection(.drawPlan(.tooFewInspectors(school))))
        #expect(try await fault { $0.schools = [.init(SchoolID(at: county.clock.now))] } == .notFound)
        #expect(
            try await refusal {
                try await draws.fix(
                    try await plan(county), template: InspectionTemplate.standardID, due: due(county),
                    by: county.head)
            } == .notPermitted)
        #expect(try await county.office.ledger(.drawFixed).isEmpty)
        let fixed = try await draws.fix(
            try await plan(county), template: InspectionTemplate.standardID, due: due(county), by: county.supervisor)
        #expect(
            try await refusal { try await draws.make(fixed.id, witness: "a\nb", by: county.supervisor) }
                == .inspection(.witness))
        #expect(try await refusal { _ = try await draws.sheet(fixed.id, for: county.head) } == .notPermitted)
        #expect(try await refusal { _ = try await draws.sheet(fixed.id, for: county.otherTownship) } == .notFound)
        #expect(try await draws.list(for: county.education).count == 1)
    }
}
