import Crypto
import Domain
import Store
import TestSupport
import Testing

@testable import Supervision

/// One inspection after the other, as people and phones have them.
struct InspectionsTests {
    @Test(arguments: Engine.all)
    func `an inspection goes from the plan to the grade, each step in the ledger`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let inspections = office.supervision.inspections
            let plan = try await county.planned(.county, by: county.supervisor)
            let all = try await inspections.list(for: county.supervisor)
            #expect(Set(all.map(\.school.id)) == [office.school.id, office.otherSchool.id])
            #expect(all.allSatisfy { $0.isMine && $0.inspection.state == .planned && $0.plan == plan })
            let id = try #require(all.first { $0.school.id == office.school.id }).inspection.id
            try await inspections.begin(id, by: county.township)
            let report = try await county.report(of: id, failing: ["samples": 3, "waste": 1], by: county.township)
            let sheet = try await inspections.handIn(report, for: id, by: county.township)
            #expect(sheet.inspection.state == .handedIn)
            #expect(sheet.summary.result?.grade == .c && sheet.summary.result?.points == 23)
            #expect(sheet.inspection.report?.by == county.township.person.id)
            #expect(try await inspections.plans(for: county.supervisor).map(\.progress.done) == [1])
            try await inspections.dispute(
                id, items: ["waste"], reason: "桶有盖，只是开着", by: county.head)
            #expect(try await inspections.grades(of: office.school.id).map(\.standing) == [.underReview])
            try await inspections.decide(id, revoked: ["waste"], reason: "照片上看得到盖子", by: county.supervisor)
            let grades = try await inspections.grades(of: office.school.id)
            #expect(grades.map(\.grade) == [.c] && grades.map(\.points) == [21] && grades.map(\.standing) == [.final])
            #expect(try await inspections.latestGrades() == [office.school.id: grades[0]])
            // The school is told of the result and of the decision, the office of the objection.
            func told(_ principal: Principal) async throws -> Set<Affair.Kind?> {
                Set(try await county.cases.news(for: principal).map(\.news.affair?.kind))
            }
            #expect(try await told(county.head) == [.inspectionDecided, .inspectionHandedIn])
            #expect(try await told(county.township) == [.inspectionDisputed])
            #expect(try await told(county.otherHead).isEmpty)
            let opened = try await inspections.openCases(id, by: county.supervisor)
            #expect(opened.count == 1)
            let file = try await county.cases.sheet(try #require(opened.first).id, for: county.supervisor)
            #expect(file.current.opening.finding?.reference == "\(id)")
            #expect(file.current.opening.matter == .other("食品留样不符合要求") && file.current.opening.grade == .one)
            let after = try await inspections.sheet(id, for: county.supervisor)
            #expect(after.cases == [opened[0].id: 1] && after.moves.isEmpty)
            for (act, count) in [
                (LedgerAct.inspectionTemplateChanged, 1), (.inspectionPlanned, 1), (.inspectionBegun, 1),
                (.inspectionFileKept, 13), (.inspectionHandedIn, 1), (.inspectionDisputed, 1), (.inspectionDecided, 1),
                (.inspectionCasesOpened, 1),
            ] {
                #expect(try await office.ledger(act).count == count, "\(act)")
            }
            #expect(try await office.store.verifyLedger().fault == nil)
        }
    }

    @Test(arguments: Engine.all)
    func `a report and its files arrive once, however often they are sent`(engine: Engine) async throws {
        try await withOffice(on: engine) { office in
            let county = try await County(office)
            let inspections = office.supervision.inspections
            let id = try await county.inspection()
            let report = try await county.report(of: id, by: county.township)
            for photo in report.files {
                let known = try #require(
                    try await inspections.expect(photo, of: id, for: county.township))
                #expect(try await inspections.keep(known, by: county.township).isNew == false)
                var other = known
                other.sha256 = String(repeating: "0", count: 64)
                let changed = other
                #expect(try await refusal { try await inspections.keep(changed, by: county.township) } == .keyUsed)
            }
            try await inspections.handIn(report, for: id, by: county.township)
            office.clock.advance(by: .seconds(3 * 86_400))
            let again = try await inspections.handIn(report, for: id, by: county.township)
            #expect(again.inspection.version == 2)
            #expect(try await office.ledger(.inspectionHandedIn).count == 1)
            #expect(try await office.ledger(.inspectionFileKept).count == report.files.count)
        }
    }

    @Test func `who comes second is told, and loses nothing`() async throws {
        let county = try await County()
        let inspections = county.office.supervision.inspections
        let id = try await county.inspection()
        let mine = try await county.report(of: id, failing: ["cold": 2], by: county.supervisor)
        let theirs = try await county.report(of: id, by: county.township)
        try await inspections.handIn(theirs, for: id, by: county.township)
        #expect(
            try await refusal { try await inspections.handIn(mine, for: id, by: county.supervisor) }
                == .inspection(.refused(.handedIn)))
        let sheet = try await inspections.handIn(mine, for: id, asSupplement: true, by: county.supervisor)
        #expect(sheet.inspection.supplements.map(\.id) == [mine.id])
        #expect(sheet.inspection.report?.id == theirs.id && sheet.summary.result?.points == 0)
        #expect(try await county.office.ledger(.inspectionSupplemented).count == 1)
    }

    @Test func `a newer checklist is taken over by the plan, and an older report is refused`() async throws {
        let county = try await County()
        let inspections = county.office.supervision.inspections
        let id = try await county.inspection()
        let old = try await county.report(of: id, by: county.township)
        var template = try #require(try await inspections.templates(for: county.supervisor).first)
        template.items.removeLast()
        template.items[0].severity = .minor
        let newer = try await inspections.change(template, by: county.supervisor)
        #expect(newer.version.number == 2)
        let stale = template
        #expect(
            try await refusal { try await inspections.change(stale, by: county.supervisor) }
                == .conflict(.changedMeanwhile))
        let plan = try #require(try await inspections.plans(for: county.supervisor).first)
        #expect(plan.newer == 2)
        // Until somebody says so, the plan goes on with what it has.
        #expect(try await inspections.sheet(id, for: county.township).template.version.number == 1)
        try await inspections.renew(plan.plan.id, by: county.supervisor)
        #expect(try await inspections.sheet(id, for: county.township).template == newer)
        #expect(
            try await refusal { try await inspections.handIn(old, for: id, by: county.township) }
                == .inspection(.refused(.templateChanged(current: 2))))
        let fresh = try await county.report(of: id, by: county.township)
        #expect(try await inspections.handIn(fresh, for: id, by: county.township).summary.result?.conforming == 19)
        let entry = try #require(try await county.office.ledger(.inspectionTemplateChanged).first)
        #expect(entry.payload.contains(#""items":["licence"]"#) && entry.payload.contains(#""removed":["cameras"]"#))
    }

    @Test func `a school isn't told before, and sees its own result only`() async throws {
        let county = try await County()
        let inspections = county.office.supervision.inspections
        let id = try await county.inspection()
        #expect(try await inspections.list(for: county.head).isEmpty)
        #expect(try await refusal { try await inspections.sheet(id, for: county.head) } == .notFound)
        #expect(try await refusal { _ = try await inspections.plans(for: county.head) } == .notPermitted)
        #expect(try await inspections.list(for: county.education).count == 2)
        let report = try await county.report(of: id, failing: ["cold": 1], by: county.township)
        try await inspections.handIn(report, for: id, by: county.township)
        #expect(try await inspections.list(for: county.head).map(\.inspection.id) == [id])
        #expect(try await inspections.sheet(id, for: county.head).moves == [.confirm, .dispute])
        #expect(try await inspections.sheet(id, for: county.supervisor).moves == [.openCases])
        for other in [county.otherHead, county.otherTownship] {
            #expect(try await refusal { try await inspections.sheet(id, for: other) } == .notFound)
            #expect(try await refusal { try await inspections.confirm(id, by: other) } == .notFound)
            #expect(
                try await refusal { try await inspections.file(report.files[0], of: id, for: other) } == .notFound)
        }
        #expect(try await refusal { try await inspections.confirm(id, by: county.supervisor) } == .notPermitted)
        #expect(try await refusal { try await inspections.openCases(id, by: county.township) } == .notPermitted)
        #expect(try await refusal { try await inspections.begin(id, by: county.education) } == .notPermitted)
        try await inspections.confirm(id, by: county.head)
        #expect(try await inspections.grades(of: county.office.school.id).map(\.standing) == [.final])
        let unknown = SpotInspectionID(at: county.clock.now)
        #expect(try await refusal { try await inspections.sheet(unknown, for: county.supervisor) } == .notFound)
    }

    @Test func `a township office plans in its territory only`() async throws {
        let county = try await County()
        let inspections = county.office.supervision.inspections
        let east = try #require(county.township.person.township)
        #expect(try await refusal { try await county.planned(.county, by: county.township) } == .notFound)
        try await county.planned(.township(east), by: county.township)
        #expect(try await inspections.list(for: county.supervisor).map(\.school.id) == [county.office.school.id])
        #expect(try await inspections.list(for: county.otherTownship).isEmpty)
        #expect(try await refusal { try await county.planned(.county, by: county.education) } == .notPermitted)
        #expect(
            try await refusal { try await county.planned(.county, by: county.supervisor, daysAhead: -1) }
                == .invalid(.span, .past))
        #expect(
            try await refusal { try await inspections.change(.standard, by: county.township) } == .notPermitted)
        #expect(
            try await refusal {
                try await county.office.supervision.places.removeSchool(county.office.school.id, by: .console)
            } == .conflict(.notEmpty))
    }

    @Test func `a report without its files, or with another's, is refused`() async throws {
        let county = try await County()
        let inspections = county.office.supervision.inspections
        let id = try await county.inspection()
        var report = try await county.report(of: id, by: county.township)
        report.answers[0].photos = [InspectionFileID(at: county.clock.now)]
        let wrong = report
        #expect(
            try await refusal { try await inspections.handIn(wrong, for: id, by: county.township) }
                == .invalid(.attachment, .unknown))
        report.answers[0].photos = []
        let bare = report
        #expect(
            try await refusal { try await inspections.handIn(bare, for: id, by: county.township) }
                == .inspection(.refused(.report(.photoMissing(["licence"])))))
        #expect(try await county.office.ledger(.inspectionHandedIn).isEmpty)
    }

    @Test func `what is withdrawn is not to be done any more`() async throws {
        let county = try await County()
        let inspections = county.office.supervision.inspections
        let id = try await county.inspection()
        try await inspections.withdraw(id, reason: "学校停办", by: county.supervisor)
        #expect(
            try await refusal { try await inspections.begin(id, by: county.township) }
                == .inspection(.refused(.state(.withdrawn))))
        #expect(try await inspections.plans(for: county.supervisor).map(\.progress.total) == [1])
    }
}

extension County {
    @discardableResult
    func planned(
        _ territory: Territory, by principal: Principal, daysAhead: Int = 14
    ) async throws -> InspectionPlan {
        try await office.supervision.inspections.add(
            InspectionPlanDraft(
                title: "2026 秋季开学检查", season: .autumnStart, territory: territory,
                template: InspectionTemplate.standardID, due: Day(of: clock.now, in: .shanghai) + daysAhead),
            by: principal)
    }

    /// Of the first school, planned by the county.
    func inspection() async throws -> SpotInspectionID {
        try await planned(.county, by: supervisor)
        let all = try await office.supervision.inspections.list(for: supervisor)
        return try #require(all.first { $0.school.id == office.school.id }).inspection.id
    }

    /// Complete, by its template, with its files on the shelf.
    func report(
        of id: SpotInspectionID, failing: [String: Int] = [:], by principal: Principal
    ) async throws -> InspectionReport {
        let inspections = office.supervision.inspections
        let template = try await inspections.sheet(id, for: principal).template
        func file(_ kind: InspectionFile.Kind) async throws -> InspectionFileID {
            let file = InspectionFileID(at: clock.now)
            _ = try await inspections.keep(
                InspectionFile(
                    file, of: id, kind, name: "IMG.jpg", mediaType: "image/jpeg", sizeBytes: 3,
                    sha256: Array(SHA256.hash(data: Array("\(file)".utf8))).hexadecimal, path: "2026-11/\(file).jpg",
                    by: principal.person.id), by: principal)
            return file
        }
        var answers: [InspectionAnswer] = []
        for item in template.items {
            let extent = failing[item.code]
            let isPhotoNeeded = item.photo == .always || (extent != nil && item.photo == .whenFailing)
            answers.append(
                InspectionAnswer(
                    item.code, extent.map { .fails(extent: $0) } ?? .conforms,
                    photos: isPhotoNeeded ? [try await file(.photo)] : []))
        }
        return InspectionReport(
            id: InspectionReportID(at: clock.now), by: principal.person.id, received: clock.now, begun: clock.now,
            finished: clock.now, template: template.version, answers: answers,
            inspectorSignature: try await file(.signature),
            schoolSignature: .signed(try await file(.signature), name: "王校长"))
    }
}
