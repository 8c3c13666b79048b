import Domain
import Foundation
import Store
import Supervision
import TestSupport
import Testing

@testable import Mingchu

/// The demo county is made by the use cases themselves, and holds before whatever checks real work.
struct CountyDemoTests {
    @Test(.timeLimit(.minutes(10))) func `a young county is whole, checks clean, and shows its shape`() async throws {
        let (county, accounts) = try await DemoCounty.young.value
        #expect(
            accounts.map(\.account) == ["admin", "supervisor", "township", "education", "school", "leader", "hall"])
        let supervision = county.supervision

        let evidence = try await EvidenceCheck(
            captures: supervision.captures, samples: supervision.samples,
            folder: EvidenceFolder(root: county.settings.evidenceFolder, zone: county.settings.zone)
        ).run()
        #expect(evidence.findings == [])
        #expect(evidence.files > 100 && evidence.samples > 0)
        let cases = try await CaseCheck(cases: supervision.cases, shelf: county.settings.attachments).run()
        #expect(cases.findings == [])
        #expect(cases.files > 0)
        #expect(try await supervision.ledger.verify(for: .console).fault == nil)
        let checkpoints = try await county.folder.checkpoints(of: county.store, time: county.time.source)
            .verify(for: .console)
        #expect(checkpoints.findings.isEmpty && checkpoints.checkpoints >= 4)

        let all = TimeSpan(start: UTCTime(milliseconds: 0), end: county.time.now)
        let figures = try await supervision.cases.figures(all, for: .console)
        #expect(figures.analysis.records > 2000 && figures.analysis.schools == 6)
        #expect(figures.opened > 10 && figures.closed > 0 && figures.opened > figures.closed)
        #expect((figures.visits ?? 0) > 50)
        for judged in CaptureFilter.Judged.allCases where judged != .duplicate {
            let count = try await supervision.captures.count(CaptureFilter(judged: judged), for: .console)
            #expect(judged == .waiting || count.value > 3, "\(judged.rawValue)")
        }
        // Nothing goes on in a year that is over.
        #expect(try await supervision.captures.unfinished().isEmpty)
        #expect(try await supervision.cases.escalate().unreadable.isEmpty)
    }

    @Test(.timeLimit(.minutes(10))) func `schools were visited, guests came, people asked, and rules warned`()
        async throws
    {
        let (county, _) = try await DemoCounty.young.value
        let supervision = county.supervision

        let inspections = try await supervision.inspections.list(for: .console)
        let states = Set(inspections.map(\.inspection.state))
        #expect(states.isSuperset(of: [.planned, .begun, .handedIn, .confirmed]))
        #expect(inspections.contains { !$0.inspection.cases.isEmpty })
        let draws = try await supervision.draws.list(for: .console)
        #expect(draws.map { $0.made != nil } == [false, true])

        let activities = try await supervision.activities.list(for: .console)
        #expect(Set(activities.map(\.activity.state)).isSuperset(of: [.published, .reported]))
        #expect(activities.contains { $0.waiting > 0 } && activities.contains { $0.came.total > 8 })

        let first = try #require(try await supervision.places.tree(for: .console).first).school
        let week = DaySpan(
            Day(of: county.time.now, in: .shanghai) - 14, through: Day(of: county.time.now, in: .shanghai))
        let book = try await supervision.duties.book(of: first.id, week, for: .console)
        #expect(book.entries.count > 40)
        let neglected = CountyPlan.standard.schools[CountyPlan.neglecting].name
        var missed: [(name: String, count: Int)] = []
        for school in try await supervision.places.tree(for: .console).map(\.school) {
            let standings = try await supervision.duties.book(of: school.id, week, for: .console).standings
            missed.append((school.name, standings.count(where: \.isMissed)))
        }
        #expect(missed.max { $0.count < $1.count }?.name == neglected)
        let papers = try await supervision.papers.expiring(ExpiryRule(daysBefore: [30]))
        #expect(Set(papers.values.joined().map(\.hasExpired)) == [true, false])

        let concerns = try await supervision.concerns.list(limit: 1000, for: .console)
        #expect(concerns.contains { $0.state == .closed } && concerns.count { $0.state == .received } == 3)
        #expect(try await supervision.registers.list(.staff, for: .console).entries.count > 10)

        let warnings = try await supervision.warnings.list(limit: 200, for: .console).map(\.file)
        #expect(warnings.contains { $0.ended != nil } && warnings.contains { $0.ended == nil })
        #expect(try await supervision.warnings.rules(for: .console).count == 8)
        #expect(try await supervision.warnings.check().faults == [])
        let issues = try await supervision.reports.list(for: .console).issues
        #expect(issues.contains { $0.kind == .month } && issues.contains { $0.kind == .week })
    }

    @Test(.timeLimit(.minutes(10))) func `only the first school's kitchens are switched on, and passwords open`()
        async throws
    {
        let county = try await DemoCounty()
        let accounts = try #require(try await county.make(days: 3))
        let schools = try await county.supervision.places.tree(for: .console)
        #expect(schools.count == 6)
        let lit = schools.filter { $0.areas.contains { $0.cameras.contains(where: \.isEnabled) } }
        #expect(lit.map(\.school.name) == [CountyPlan.standard.schools[0].name])
        for account in accounts {
            let session = try await county.supervision.signIn.signIn(
                account: account.account, password: account.password, from: "192.0.2.1")
            #expect(session.person.mustChangePassword)
        }
        // The second start finds it whole, and changes nothing.
        let before = try await county.chronicle().count
        #expect(try await county.make(days: 3) == nil)
        #expect(try await county.chronicle().count == before)
    }

    @Test(.timeLimit(.minutes(10))) func `the same seed makes the same county, another makes another`() async throws {
        let (one, same, other) = (try await DemoCounty(), try await DemoCounty(), try await DemoCounty())
        _ = try await one.make(days: 5)
        _ = try await same.make(days: 5)
        _ = try await other.make(days: 5, seed: 1)
        let chronicle = try await one.chronicle()
        #expect(chronicle.count > 100)
        #expect(try await same.chronicle() == chronicle)
        #expect(try await other.chronicle() != chronicle)
    }

    @Test func `a half-made county is refused, with what to do, and so is a folder with schools`() async throws {
        let county = try await DemoCounty()
        let marker = CountyMarker(folder: county.folder)
        try marker.requireWhole()
        try marker.set(.making)
        #expect(throws: CountyMarker.HalfMade.self) { try marker.requireWhole() }
        await #expect(throws: CountyMarker.HalfMade.self) { try await county.make(days: 1) }
        #expect("\(CountyMarker.HalfMade(folder: "data"))".contains("Delete that folder"))
        // What a power cut left of the marker is no county either.
        try Data().write(to: URL(fileURLWithPath: county.folder.path + "/demo-county"))
        #expect(marker.state == .making)

        let real = try await DemoCounty()
        _ = try await real.supervision.places.addSchool("实验小学", by: .console)
        await #expect(throws: CountyDemo.NotEmpty.self) { try await real.make(days: 1) }
        #expect(CountyMarker(folder: real.folder).state == nil)
    }
}
