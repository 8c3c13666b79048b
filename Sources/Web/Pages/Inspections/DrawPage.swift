import Domain
import Supervision

struct DrawListPage: Page {
    struct Row: Sendable {
        let title: String
        let address: String
        let state: String
        let stateStyle: String
        let scope: String
        let day: String
    }

    static let template = "draws"
    let rows: [Row]
    let hasRows: Bool
    let newAddress: String?

    init(_ draws: [InspectionDraw], mayPlan: Bool, _ wording: Wording) {
        let words = wording.words
        rows = draws.map { draw in
            Row(
                title: draw.plan.title, address: SiteURL.inspection(.draw(.value(draw.id))).path,
                state: words(draw.made == nil ? "draw.state.fixed" : "draw.state.made"),
                stateStyle: draw.made == nil ? "opened" : "closed",
                scope: words(
                    "draw.scope",
                    [
                        "drawn": wording.count(draw.plan.drawnSchools),
                        "schools": wording.count(draw.plan.schools.count),
                        "each": "\(draw.plan.inspectorsEach)", "inspectors": wording.count(draw.plan.inspectors.count),
                    ]), day: String(wording.exact(draw.made?.time ?? draw.fixed).prefix(10)))
        }
        hasRows = !rows.isEmpty
        newAddress = mayPlan ? SiteURL.inspection(.newDraw).path : nil
    }
}

struct DrawFormPage: Page {
    struct Conflict: Sendable {
        let inspectors: [Choice]
        let schools: [Choice]
    }

    static let template = "draw-form"
    let fault: String?
    let title: String
    let schools: String
    let most: String
    let inspectorsEach: String
    let isByGrade: Bool
    let due: String
    let territories: [Choice]
    let templates: [Choice]
    let inspectors: [Choice]
    let conflicts: [Conflict]
    let hasConflicts: Bool

    init(
        _ form: DrawForm, _ candidates: InspectionDrawCandidates, fault: String?, templates: [InspectionTemplate],
        today: Day, _ wording: Wording
    ) {
        let words = wording.words
        self.fault = fault
        title = form.title
        schools = form.schools
        most = "\(candidates.schools.count)"
        inspectorsEach = form.inspectorsEach
        isByGrade = form.isByGrade
        due = form.due.isEmpty ? "\(today + 14)" : form.due
        territories =
            [Choice(value: "", label: words("draw.allSchools"), isSelected: form.territory.isEmpty)]
            + candidates.townships.map {
                let value = "\(Territory.township($0.id))"
                return Choice(value: value, label: $0.name, isSelected: value == form.territory)
            }
        self.templates = templates.map {
            Choice(
                value: "\($0.version.id)",
                label: words(
                    "plan.templateOf",
                    ["name": words($0.name), "version": "\($0.version.number)", "count": wording.count($0.items.count)]),
                isSelected: "\($0.version.id)" == form.template)
        }
        inspectors = candidates.inspectors.map {
            Choice(
                value: "\($0.id)", label: "\($0.name) · \(words("role.\($0.role.rawValue)"))",
                isSelected: form.inspectors.contains("\($0.id)"))
        }
        conflicts = (0..<DrawForm.conflictRows).map { index in
            let chosen = form.conflicts.indices.contains(index) ? form.conflicts[index] : ("", "")
            return Conflict(
                inspectors: candidates.inspectors.map {
                    Choice(value: "\($0.id)", label: $0.name, isSelected: "\($0.id)" == chosen.0)
                },
                schools: candidates.schools.map {
                    Choice(value: "\($0.id)", label: $0.name, isSelected: "\($0.id)" == chosen.1)
                })
        }
        hasConflicts = form.conflicts.contains { !$0.inspector.isEmpty || !$0.school.isEmpty }
    }
}

/// From the plan to the outcome, and how to draw again.
struct DrawPage: Page {
    struct Visit: Sendable {
        let number: String
        let school: String
        let inspectors: String
        let state: String?
        let address: String?
    }

    static let template = "draw"
    let title: String
    let finding: String
    let fault: String?
    let scope: String
    let isMade: Bool
    let mayMake: Bool
    let action: String
    let witness: String
    let commitment: String
    let planHash: String
    let fixedAt: String
    let fixedBy: String
    let entry: String
    let visits: [Visit]
    let seed: String
    let spoken: String
    let madeAt: String
    let record: String
    let recordAddress: String
    let plan: String

    init(_ sheet: InspectionDrawSheet, fault: String?, witness: String, _ wording: Wording) {
        let (draw, words) = (sheet.draw, wording.words)
        title = draw.plan.title
        self.fault = fault
        self.witness = witness
        isMade = draw.made != nil
        mayMake = sheet.mayMake
        finding =
            draw.made.map { words("draw.finding.made", ["count": wording.count($0.outcome.visits.count)]) }
            ?? words("draw.finding.fixed")
        scope = words(
            "draw.scope",
            [
                "drawn": wording.count(draw.plan.drawnSchools), "schools": wording.count(draw.plan.schools.count),
                "each": "\(draw.plan.inspectorsEach)", "inspectors": wording.count(draw.plan.inspectors.count),
            ])
        action = SiteURL.inspection(.draw(.value(draw.id))).path
        commitment = draw.commitment
        planHash = draw.planSHA256
        fixedAt = wording.exact(draw.fixed)
        fixedBy = sheet.people[draw.by] ?? "–"
        entry = sheet.fixedEntry.map { "\($0.sequence)" } ?? "–"
        visits = (draw.made?.outcome.visits ?? []).enumerated().map { index, visit in
            let inspection = sheet.inspections[visit.school]
            return Visit(
                number: "\(index + 1)", school: sheet.schools[visit.school]?.name ?? words("draw.goneSchool"),
                inspectors: visit.inspectors.map { sheet.people[$0] ?? "–" }.joined(separator: words("list.comma")),
                state: inspection.map { words($0.state) },
                address: inspection.map { SiteURL.inspection(.sheet(.value($0.id))).path })
        }
        seed = draw.made?.outcome.seed ?? ""
        spoken = draw.made?.witness ?? ""
        madeAt = draw.made.map { wording.exact($0.time) } ?? ""
        record = draw.record ?? ""
        recordAddress = SiteURL.inspection(.drawRecord(.value(draw.id))).path
        plan = draw.plan.text
    }
}
