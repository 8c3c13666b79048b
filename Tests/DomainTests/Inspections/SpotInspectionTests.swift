import Domain
import Testing

struct SpotInspectionTests {
    private static let start = UTCTime(milliseconds: 1_795_000_000_000)
    private static let template = InspectionTemplate.standard
    private static let inspector = PersonID(at: start)
    private static let head = PersonID(at: start)

    private static func inspection() -> SpotInspection {
        SpotInspection(
            id: SpotInspectionID(at: start), of: SchoolID(at: start), template: template.version,
            due: Day("2026-12-01")!)
    }

    /// With a photograph wherever the template wants one.
    static func report(
        failing: [String: Int] = [:], notApplicable: Set<String> = [], by template: InspectionTemplate = template,
        at time: UTCTime = start
    ) -> InspectionReport {
        InspectionReport(
            id: InspectionReportID(at: time), by: inspector, received: time, begun: time, finished: time,
            template: template.version,
            answers: template.items.map { item in
                let extent = failing[item.code]
                let needsPhoto = item.photo == .always || (extent != nil && item.photo == .whenFailing)
                return InspectionAnswer(
                    item.code,
                    notApplicable.contains(item.code) ? .notApplicable : extent.map { .fails(extent: $0) } ?? .conforms,
                    photos: needsPhoto ? [InspectionFileID(at: time)] : [])
            }, inspectorSignature: InspectionFileID(at: time),
            schoolSignature: .signed(InspectionFileID(at: time), name: "王校长"))
    }

    @Test func `the standard checklist is whole, and asks for ten photographs`() throws {
        try Self.template.check()
        #expect(Self.template.items.count == 20)
        #expect(Self.template.items.count { $0.photo == .always } == 10)
        #expect(Self.template.items.allSatisfy { !$0.title.english.isEmpty && !$0.law.chinese.isEmpty })
        #expect(Self.template["samples"]?.requirement.chinese.contains("125") == true)
    }

    @Test(arguments: [
        ([:], 0, InspectionGrade.a), (["training": 5], 10, .a), (["training": 5, "waste": 1], 12, .b),
        (["clothing": 5, "training": 2], 29, .b), (["clothing": 5, "storage": 2], 35, .c),
        (["clothing": 5, "storage": 5, "cold": 5], 75, .d), (["samples": 2], 14, .b), (["samples": 3], 21, .c),
        (["expired": 5, "samples": 5], 70, .d),
    ])
    func `points are severity times extent, and a heavy serious one caps the grade`(
        failing: [String: Int], points: Int, grade: InspectionGrade
    ) {
        let result = InspectionResult(Self.report(failing: failing), by: Self.template)
        #expect(result.points == points)
        #expect(result.grade == grade)
        #expect(Set(result.failures.map(\.item)) == Set(failing.keys))
        #expect(result.failures.map(\.points) == result.failures.map(\.points).sorted(by: >))
        #expect(result.conforming == 20 - failing.count)
    }

    @Test func `what does not apply counts neither way`() {
        let report = Self.report(failing: ["cold": 1], notApplicable: ["additives", "waste"])
        let result = InspectionResult(report, by: Self.template)
        #expect((result.conforming, result.notApplicable, result.points) == (17, 2, 5))
    }

    @Test func `it goes from planned to decided, and says what follows`() throws {
        var inspection = Self.inspection()
        #expect(inspection.standing(at: Self.start) == nil)
        #expect(try inspection.apply(.begin(by: Self.inspector), at: Self.start) == [.enter(.inspectionBegun)])
        #expect(try inspection.apply(.begin(by: Self.inspector), at: Self.start) == [])
        let report = Self.report(failing: ["samples": 3, "waste": 1])
        let handed = try inspection.apply(.handIn(report, by: Self.template), at: Self.start)
        #expect(handed == [.enter(.inspectionHandedIn), .keep(report.files)])
        #expect(inspection.standing(at: Self.start) == .provisional(until: Self.start + SpotInspection.disputeTime))
        #expect(inspection.casesToOpen(by: Self.template).map(\.item) == ["samples", "waste"])
        _ = try inspection.apply(.dispute(items: ["samples"], reason: "样品在另一个柜", by: Self.head), at: Self.start)
        #expect(inspection.standing(at: Self.start) == .underReview)
        #expect(inspection.casesToOpen(by: Self.template).isEmpty)
        _ = try inspection.apply(.decide(revoked: ["samples"], reason: "属实", by: Self.inspector), at: Self.start)
        #expect(inspection.result(by: Self.template)?.points == 2)
        #expect(inspection.result(by: Self.template)?.grade == .a)
        #expect(inspection.standing(at: Self.start) == .final)
        let opened = ["waste": CaseID(at: Self.start)]
        _ = try inspection.apply(.open(opened, by: Self.template), at: Self.start)
        #expect(inspection.cases == opened)
        #expect(inspection.casesToOpen(by: Self.template).isEmpty)
        #expect(inspection.version == 6)
    }

    @Test func `the same report sent twice changes nothing, another one is refused and kept as a supplement`() throws {
        var inspection = Self.inspection()
        let report = Self.report()
        _ = try inspection.apply(.handIn(report, by: Self.template), at: Self.start)
        let before = inspection
        #expect(try inspection.apply(.handIn(report, by: Self.template), at: Self.start) == [])
        #expect(inspection == before)
        let other = Self.report(failing: ["cold": 2])
        #expect(throws: SpotInspectionRefusal.handedIn) {
            try inspection.apply(.handIn(other, by: Self.template), at: Self.start)
        }
        #expect(inspection == before)
        _ = try inspection.apply(.supplement(other), at: Self.start)
        #expect(inspection.report == report && inspection.supplements == [other])
        #expect(try inspection.apply(.supplement(other), at: Self.start) == [])
        #expect(inspection.result(by: Self.template)?.points == 0)
    }

    @Test func `a report by an older version is refused with the current one's number`() throws {
        var inspection = Self.inspection()
        var newer = Self.template
        newer.version.number = 2
        newer.items.removeLast()
        let report = Self.report()
        _ = try inspection.apply(.renew(newer.version), at: Self.start)
        #expect(throws: SpotInspectionRefusal.templateChanged(current: 2)) {
            try inspection.apply(.handIn(report, by: newer), at: Self.start)
        }
        _ = try inspection.apply(.handIn(Self.report(by: newer), by: newer), at: Self.start)
        #expect(throws: SpotInspectionRefusal.state(.handedIn)) {
            try inspection.apply(.renew(InspectionTemplate.Version(newer.version.id, 3)), at: Self.start)
        }
    }

    @Test func `a report that is not complete says what is missing`() throws {
        func fault(_ change: (inout InspectionReport) -> Void) -> InspectionReport.Fault? {
            var report = Self.report(failing: ["health": 1])
            change(&report)
            do throws(InspectionReport.Fault) { try report.check(by: Self.template) } catch { return error }
            return nil
        }
        #expect(fault { _ in } == nil)
        #expect(fault { $0.answers.removeLast() } == .unanswered(["cameras"]))
        #expect(fault { $0.answers[0].photos = [] } == .photoMissing(["licence"]))
        #expect(fault { $0.answers[1].photos = [] } == .photoMissing(["health"]))
        #expect(fault { $0.answers[1].outcome = .fails(extent: 6) } == .extent("health"))
        #expect(fault { $0.answers.append($0.answers[0]) } == .itemTwice("licence"))
        #expect(fault { $0.answers[0].item = "x" } == .unknownItem("x"))
        #expect(fault { $0.answers[0].note = String(repeating: "长", count: 501) } == .note("licence"))
        #expect(fault { $0.schoolSignature = .refused(reason: "") } == .signer)
        #expect(fault { $0.schoolSignature = .refused(reason: "拒绝签字") } == nil)
        #expect(fault { $0.answers[0].photos = [$0.inspectorSignature] } == .fileTwice)
        #expect(fault { $0.finished = $0.begun - .seconds(1) } == .times)
    }

    @Test func `a school disputes what failed, in time, and nothing else`() throws {
        var inspection = Self.inspection()
        func dispute(_ items: [String], after time: Duration = .zero) throws {
            var copy = inspection
            _ = try copy.apply(
                .dispute(items: items, reason: "说明", by: Self.head), at: Self.start + time)
        }
        #expect(throws: SpotInspectionRefusal.state(.planned)) { try dispute(["cold"]) }
        _ = try inspection.apply(.handIn(Self.report(failing: ["cold": 1]), by: Self.template), at: Self.start)
        #expect(throws: SpotInspectionRefusal.items) { try dispute(["waste"]) }
        #expect(throws: SpotInspectionRefusal.items) { try dispute([]) }
        #expect(throws: SpotInspectionRefusal.tooLate) { try dispute(["cold"], after: SpotInspection.disputeTime) }
        try dispute(["cold"], after: SpotInspection.disputeTime - .seconds(1))
        #expect(inspection.standing(at: Self.start + SpotInspection.disputeTime) == .final)
        #expect(throws: SpotInspectionRefusal.state(.handedIn)) {
            try inspection.apply(.withdraw(reason: "重复", by: Self.inspector), at: Self.start)
        }
    }

    /// Any events in any order: what is refused changes nothing, and what was handed in stays.
    @Test(arguments: 0..<200 as Range<UInt64>)
    func `no order of events loses a report`(seed: UInt64) {
        var random = SeededRandom(seed: seed)
        var inspection = Self.inspection()
        var accepted: [InspectionReportID] = []
        for step in 0..<30 {
            let now = Self.start + .seconds(step)
            let before = inspection
            let report = Self.report(failing: ["cold": Int.random(in: 1...5, using: &random)], at: now)
            let events: [SpotInspectionEvent] = [
                .begin(by: Self.inspector), .handIn(report, by: Self.template), .supplement(report),
                .confirm(by: Self.head), .dispute(items: ["cold"], reason: "说明", by: Self.head),
                .decide(revoked: ["cold"], reason: "属实", by: Self.inspector),
                .open(["cold": CaseID(at: now)], by: Self.template), .renew(Self.template.version),
                .withdraw(reason: "重复", by: Self.inspector),
            ]
            let event = events.randomElement(using: &random)!
            do {
                let effects = try inspection.apply(event, at: now)
                #expect(inspection.version == before.version + (effects.isEmpty ? 0 : 1))
                if effects.contains(.keep(report.files)) { accepted.append(report.id) }
            } catch {
                #expect(inspection == before)
            }
            let kept = (inspection.report.map { [$0.id] } ?? []) + inspection.supplements.map(\.id)
            #expect(kept == accepted)
            #expect((inspection.report != nil) == inspection.state.hasResult)
        }
    }
}
