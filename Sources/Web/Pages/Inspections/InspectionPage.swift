import Domain
import Supervision

/// One inspection: what was found, what came of it, and what to do now.
struct InspectionPage: Page {
    struct Photo: Sendable {
        let address: String
        let thumbnail: String
        let sha256: String
    }

    struct Item: Sendable {
        let code: String
        let title: String
        let requirement: String
        let law: String
        let outcome: String
        let style: String
        let points: String?
        let note: String?
        let photos: [Photo]
        let hasPhotos: Bool
        let caseNumber: String?
        let caseAddress: String?
        let wasRevoked: Bool
        let mayBeRevoked: Bool
    }

    struct Signature: Sendable {
        let who: String
        let name: String
        let image: String?
    }

    struct Word: Sendable {
        let what: String
        let who: String
        let time: Moment
        let text: String?
    }

    struct Supplement: Sendable {
        let who: String
        let time: Moment
        let result: String
        let items: [Item]
    }

    static let template = "inspection"
    let school: String
    let from: String
    let state: String
    let stateStyle: String
    let fault: String?
    let done: String?
    let finding: String
    let grade: String?
    let gradeWord: String
    let standing: String?
    let failed: [Item]
    let others: [Item]
    let hasFailed: Bool
    let hasOthers: Bool
    let othersTitle: String
    let remark: String?
    let signatures: [Signature]
    let hasReport: Bool
    let facts: [Fact]
    let words: [Word]
    let supplements: [Supplement]
    let hasSupplements: Bool
    let action: String
    let fillAddress: String?
    let documentAddress: String?
    let casesAddress: String?
    let mayConfirm: Bool
    let mayDispute: Bool
    let mayDecide: Bool
    let mayWithdraw: Bool
    let hasMoves: Bool
    let typed: String

    init(_ sheet: InspectionSheet, fault: String?, done: String?, typed: String, _ wording: Wording) {
        let (inspection, template, w) = (sheet.inspection, sheet.template, wording.words)
        let view = InspectionItems(sheet, wording)
        school = sheet.summary.school.name
        from = sheet.summary.plan?.title ?? w("inspection.fromDraw")
        state = w(inspection.state)
        stateStyle = inspection.state.rawValue
        self.fault = fault
        self.done = done
        let result = sheet.summary.result
        grade = result?.grade.rawValue
        gradeWord = result.map { w($0.grade) } ?? ""
        finding =
            result.map { result in
                result.failures.isEmpty
                    ? w("inspection.found.none", ["count": wording.count(result.conforming)])
                    : w(
                        "inspection.found",
                        [
                            "failed": wording.count(result.failures.count), "points": wording.count(result.points),
                            "conforming": wording.count(result.conforming),
                        ])
            } ?? w("inspection.found.\(inspection.state.rawValue)", ["day": "\(inspection.due)"])
        standing = sheet.standing.map { standing in
            switch standing {
            case .provisional(let end): w("inspection.standing.provisional", ["time": wording.exactMinute(end)])
            case .underReview: w("inspection.standing.underReview")
            case .final: w("inspection.standing.final")
            }
        }
        let all = inspection.report.map { report in template.items.compactMap { view.item($0, report) } } ?? []
        failed = all.filter { $0.style == "fails" }
        others = all.filter { $0.style != "fails" }
        (hasFailed, hasOthers) = (!failed.isEmpty, !others.isEmpty)
        othersTitle = w("inspection.others", ["count": wording.count(others.count)])
        remark = inspection.report.flatMap { $0.remark.isEmpty ? nil : $0.remark }
        signatures = inspection.report.map { view.signatures($0) } ?? []
        hasReport = inspection.report != nil
        facts = view.facts
        words = view.history
        supplements = inspection.supplements.map { report in
            Supplement(
                who: sheet.people[report.by] ?? "–", time: wording.moment(report.received),
                result: view.result(of: report), items: template.items.compactMap { view.item($0, report) })
        }
        hasSupplements = !supplements.isEmpty
        let id = inspection.id
        action = SiteURL.inspection(.act(.value(id))).path
        let moves = sheet.moves
        fillAddress = moves.contains(.fillIn) ? "\(SiteURL.inspection(.field).path)#\(id)" : nil
        documentAddress = hasReport ? SiteURL.inspection(.document(.value(id))).path : nil
        casesAddress = moves.contains(.openCases) ? SiteURL.inspection(.cases(.value(id))).path : nil
        mayConfirm = moves.contains(.confirm)
        mayDispute = moves.contains(.dispute)
        mayDecide = moves.contains(.decide)
        mayWithdraw = moves.contains(.withdraw)
        hasMoves = mayConfirm || mayDispute || mayDecide || mayWithdraw
        self.typed = typed
    }
}

extension InspectionGrade {
    /// As a style's name: `a` … `d`.
    var style: String { rawValue.lowercased() }
}
