import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

struct InsightsTests {
    private static let days = DaySpan(Day("2026-11-01")!, through: Day("2027-03-31")!)

    private func overview(_ insights: Insights, _ principal: Principal) async throws -> InsightOverview? {
        try await insights.warmUp()
        let question = try await insights.question(Self.days, for: principal)
        guard case .ready(let overview) = try await insights.overview(question) else { return nil }
        return overview
    }

    @Test(arguments: Engine.all)
    func `figures that follow the ledger are those that are read anew`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let insights = office.supervision.insights
            let first = try #require(try await overview(insights, county.supervisor))
            #expect(first.captures.total.all == 0 && first.cases.opened == 0)
            // Everything that may happen to a capture and a case, each seen by figures that were loaded before.
            let waiting = try await county.captured(.rodent)
            let rejected = try await county.captured(.noMask)
            try await office.supervision.captures.judge(
                rejected.id, .rejected(reason: .maskPresent), seen: nil, by: county.supervisor)
            let closed = try await county.closed()
            #expect(try await overview(insights, county.supervisor)?.cases.closed == 1)
            let again = try await county.captured(.phone)
            let judgement = try await office.supervision.captures.judge(
                again.id, .rejected(reason: .noPhone), seen: nil, by: county.supervisor)
            try await office.supervision.captures.takeBack(again.id, seen: judgement.time, by: county.supervisor)
            try await office.supervision.captures.countAnalysed(office.camera.id, office.clock.now)
            office.clock.advance(by: .seconds(60))
            let known = try #require(try await overview(insights, county.supervisor))
            #expect(known.captures.total.all == 4)
            #expect(known.captures.total[.waiting] == 2 && known.captures.total[.rejected] == 1)
            #expect(known.captures.total[.closed] == 1)
            #expect(known.captures.items[.rodent]?[.waiting] == 1)
            #expect(known.cases.opened == 1 && known.cases.inTime == 1)
            #expect(known.frames == 30 && known.records == 5)
            let steps = known.cases.steps
            #expect(steps[.close]?.count == 1 && steps[.submit]?.count == 1)
            let anew = Insights(
                store: office.store, time: office.clock.source, zone: .shanghai, cases: county.cases)
            let fresh = try #require(try await overview(anew, county.supervisor))
            #expect(fresh.captures.total == known.captures.total)
            #expect(fresh.captures.judges == known.captures.judges && fresh.captures.hours == known.captures.hours)
            #expect(fresh.cases == known.cases && fresh.trend == known.trend)
            _ = (waiting, closed)
        }
    }

    @Test(arguments: Engine.all)
    func `figures out of the facts are those out of the records`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let insights = office.supervision.insights
            _ = try await county.closed()
            _ = try await county.captured(.rodent)
            let rejected = try await county.captured(.noMask)
            try await office.supervision.captures.judge(
                rejected.id, .rejected(reason: .maskPresent), seen: nil, by: county.supervisor)
            _ = try await county.opened()
            try await office.supervision.captures.countAnalysed(office.camera.id, office.clock.now)
            let today = Day(of: office.clock.now, in: .shanghai)
            try await insights.warmUp()
            var told: [Int] = []
            for days in [
                DaySpan(today - 400, through: today), DaySpan(today, through: today),
                DaySpan(today - 90, through: today - 61), DaySpan(today + 1, through: today + 9),
            ] {
                let span = insights.span(days)
                for principal in [
                    county.supervisor, county.township, county.head, county.otherTownship, county.otherHead,
                    county.education,
                ] {
                    let fast = try await insights.figures(days, for: principal)
                    #expect(try await fast == county.cases.figures(span, for: principal))
                    told.append(fast.outcomes.captured + fast.closed + fast.analysis.frames)
                }
            }
            #expect(Set(told).count > 2 && told[0] > 5)
        }
    }

    @Test func `everybody is answered for their own part of the county, and a guessed place is not there`() async throws
    {
        let county = try await County()
        let insights = county.office.supervision.insights
        _ = try await county.closed()
        for (principal, count) in [
            (county.supervisor, 1), (county.township, 1), (county.head, 1), (county.otherTownship, 0),
            (county.otherHead, 0),
        ] {
            #expect(try await overview(insights, principal)?.captures.total.all == count)
        }
        let school = Territory.school(county.office.school.id)
        for outsider in [county.otherTownship, county.otherHead] {
            #expect(
                try await refusal { try await insights.question(Self.days, in: school, for: outsider) } == .notFound)
            #expect(
                try await refusal { try await insights.question(Self.days, in: .county, for: outsider) } == .notFound)
        }
        let asked = try await insights.question(Self.days, in: school, for: county.township)
        #expect(asked.territory == school)
    }

    @Test(arguments: Engine.all) func `a case's row keeps when each step was first reached`(engine: Engine) async throws
    {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let id = try await county.closed()
            let sheet = try await county.cases.sheet(id, for: county.supervisor)
            let fact = try #require(try await office.store.read { try $0.facts.case(id) })
            #expect(fact.steps == sheet.current.steps)
            let events = sheet.history.map(\.event)
            func time(_ act: LedgerAct) -> UTCTime? { events.first { $0.change.ledgerAct == act }?.time }
            #expect(fact.steps.dispatched == time(.caseDispatched) && fact.steps.submitted == time(.caseSubmitted))
            #expect(fact.steps.passed == time(.casePassed) && fact.steps.passed != nil)
            #expect(fact.lateFrom == nil)
            #expect(try await county.cases.proofs().map(\.faults) == [[]])
            try await office.tamper("update case_file set passed_ms = passed_ms - 1")
            #expect(try await county.cases.proofs().map(\.faults) == [[.rowDiffers(["steps"])]])
        }
    }

    @Test func `a deadline that was missed stays missed, and one that was kept is none`() async throws {
        let county = try await County()
        let id = try await county.opened()
        try await county.cases.dispatch(id, seen: 1, by: county.supervisor)
        func late() async throws -> UTCTime? {
            try await county.office.store.read { try $0.facts.case(id)?.lateFrom }
        }
        let due = try #require(try await late())
        #expect(due > county.clock.now)
        county.clock.advance(by: (due - county.clock.now) + .seconds(3600))
        try await county.cases.act(.submit(Submission(text: "late")), on: id, seen: 2, by: county.head)
        #expect(try await late() == due)
        let version = try await county.cases.sheet(id, for: county.township).current.version
        try await county.cases.act(.pass(Inspection(.onSite)), on: id, seen: version, by: county.township)
        #expect(try await late() == due)
    }
}

extension Captures {
    /// Thirty pictures, five of which showed something.
    fileprivate func countAnalysed(_ camera: CameraID, _ time: UTCTime) async throws {
        try await count(camera, hour: time, frames: 30, records: 5)
    }
}
