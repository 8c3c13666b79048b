import Domain
import Testing

@testable import Supervision

struct PublicRatingTests {
    private static func board(_ county: County) async throws -> PublicBoard {
        let publications = county.office.supervision.publications
        let school = county.office.school.id
        try await publications.change(
            Publication(isOn: true, cameras: [county.office.camera.id]), of: school, by: county.supervisor)
        let code = try #require(try await publications.sheet(of: school, for: county.supervisor).code)
        return try await publications.board(code)
    }

    @Test(arguments: Engine.all)
    func `a school is rated by what was closed, month by month`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            #expect(try await Self.board(county).rating.now == nil)
            office.clock.advance(by: .seconds(30 * 86_400))
            let clean = try await Self.board(county).rating
            #expect(clean.now?.letter == .a && clean.now?.points == 100 && !clean.isUnderReview)
            #expect(clean.months.map(\.letter) == [.a])
            let id = try await county.closed()
            let summary = try await county.cases.sheet(id, for: county.supervisor).summary
            let after = try await Self.board(county)
            let taken = RatingRule.standard[summary.grade]
            #expect(after.rating.now?.points == 100 - taken)
            #expect(
                after.rating.now?.deductions.map(\.event.kind)
                    == [.caseClosed(.item(.noHat), summary.grade, wasReopened: false)])
            #expect(after.handledCount == 1 && after.rating.months.count == 3)
            // A case that runs counts for nothing until it has ended.
            _ = try await county.cases.open(
                CaseDraft(.captures([try await county.captured(.rodent).id])), by: county.supervisor)
            #expect(try await Self.board(county).rating.now?.points == 100 - taken)
            // A county that finds this too strict says so from today on.
            var policy = CasePolicy.standard
            policy.rating.onePoints = 1
            policy.rating.twoPoints = 1
            policy.rating.threePoints = 1
            policy.rating.leastA = 100
            try await office.supervision.policies.change(policy, by: office.administrator)
            let milder = try await Self.board(county).rating
            #expect(milder.rule == policy.rating && milder.now?.points == 99 && milder.now?.letter == .b)
            #expect(milder.months.map(\.letter).dropLast() == after.rating.months.map(\.letter).dropLast())
            #expect(milder.months.last?.letter == .b)
        }
    }

    @Test(arguments: Engine.all)
    func `what failed on the spot counts once nobody can object, until it counts as a case`(
        engine: Engine
    ) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let inspections = office.supervision.inspections
            office.clock.advance(by: .seconds(30 * 86_400))
            let id = try await county.inspection()
            try await inspections.begin(id, by: county.township)
            let report = try await county.report(of: id, failing: ["samples": 3, "waste": 1], by: county.township)
            try await inspections.handIn(report, for: id, by: county.township)
            let provisional = try await Self.board(county)
            #expect(provisional.inspections.isEmpty && provisional.rating.now?.points == 100)
            try await inspections.confirm(id, by: county.head)
            let final = try await Self.board(county)
            #expect(final.inspections.map(\.grade) == [.c] && final.inspections.map(\.points) == [23])
            #expect(final.rating.now?.deductions.map(\.event.kind) == [.inspection(failedItems: 2)])
            #expect(final.rating.now?.points == 100 - 2 * RatingRule.standard.failedItemPoints)
            try await inspections.openCases(id, items: ["waste"], by: county.supervisor)
            let halved = try await Self.board(county)
            #expect(halved.rating.now?.deductions.map(\.event.kind) == [.inspection(failedItems: 1)])
            // After a year it is history.
            office.clock.advance(by: .seconds(366 * 86_400))
            let later = try await Self.board(county)
            #expect(later.inspections.isEmpty && later.rating.now?.points == 100)
        }
    }

    @Test func `while an objection is decided, the page says so and counts nothing`() async throws {
        let county = try await County()
        county.clock.advance(by: .seconds(40 * 86_400))
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        try await county.cases.act(.appeal(reason: "not ours", attachments: []), on: id, seen: 2, by: county.head)
        let rating = try await Self.board(county).rating
        #expect(rating.isUnderReview && rating.now?.points == 100)
        try await county.cases.act(
            .decideAppeal(isUpheld: true, reason: "so it is"), on: id, seen: 3, by: county.supervisor)
        let decided = try await Self.board(county).rating
        #expect(!decided.isUnderReview && decided.now?.points == 100)
    }
}
