import Domain
import Supervision

/// How far a plan has come, township by township, and what is left.
struct InspectionPlanPage: Page {
    struct Part: Sendable {
        let name: String
        let done: String
        let share: Int
    }

    static let template = "inspection-plan"
    let title: String
    let finding: String
    let facts: [String]
    let parts: [Part]
    let hasParts: Bool
    let rows: [InspectionRow]
    /// Where its checklist is brought up to date; nil = it is.
    let renewAction: String?
    let newer: String

    init(
        _ sheet: InspectionPlanSheet, _ inspections: [InspectionSummary], mayPlan: Bool, today: Day, _ wording: Wording
    ) {
        let words = wording.words
        let (plan, progress) = (sheet.plan, sheet.progress)
        title = plan.title
        let left = progress.total - progress.done
        finding =
            left == 0
            ? words("plan.finding.done", ["total": wording.count(progress.total)])
            : words(
                plan.due < today ? "plan.finding.late" : "plan.finding",
                [
                    "left": wording.count(left), "total": wording.count(progress.total),
                    "days": wording.count(abs(plan.due - today)),
                ])
        facts = [
            words("plan.season.\(plan.season.rawValue)"), words("inspection.dueBy", ["day": "\(plan.due)"]),
            words("plan.version", ["version": "\(plan.template.number)"]),
            words(
                "plan.by", ["name": sheet.maker?.name ?? "–", "day": String(wording.exact(plan.created).prefix(10))]),
        ]
        let townships = Dictionary(grouping: inspections) { $0.township?.name ?? words("inspection.county") }
        parts = townships.sorted { $0.key < $1.key }.map { name, rows in
            let progress = InspectionProgress(
                Dictionary(grouping: rows, by: \.inspection.state).mapValues(\.count))
            return Part(
                name: name,
                done: words(
                    "inspection.planDone",
                    ["done": wording.count(progress.done), "total": wording.count(progress.total)]),
                share: Int(progress.share * 100))
        }
        hasParts = parts.count > 1
        rows = inspections.map { InspectionRow($0, today: today, wording) }
        renewAction =
            mayPlan && sheet.newer != nil && left > 0 ? SiteURL.inspection(.renewPlan(.value(plan.id))).path : nil
        newer = sheet.newer.map { words("plan.newer", ["version": "\($0)", "count": wording.count(left)]) } ?? ""
    }
}

struct InspectionPlanFormPage: Page {
    static let template = "inspection-plan-form"
    let fault: String?
    let title: String
    let due: String
    let seasons: [Choice]
    let territories: [Choice]
    let templates: [Choice]

    /// - Parameter territory: The asker's own; a plan lies in it.
    init(
        _ typed: FormFields?, fault: String?, territory: Territory, townships: [Township],
        templates: [InspectionTemplate], today: Day, _ wording: Wording
    ) {
        let words = wording.words
        self.fault = fault
        // Spring term begins in February or March, autumn term in September.
        let month = Int("\(today)".dropFirst(5).prefix(2)) ?? 9
        let season: InspectionPlan.Season = month <= 6 ? .springStart : .autumnStart
        let chosen = typed?["season"] ?? season.rawValue
        title =
            typed?["title"]
            ?? words("plan.title.\(season.rawValue)", ["year": String("\(today)".prefix(4))])
        due = typed?["due"] ?? "\(today + 21)"
        seasons = InspectionPlan.Season.allCases.map {
            Choice(value: $0.rawValue, label: words("plan.season.\($0.rawValue)"), isSelected: $0.rawValue == chosen)
        }
        let place = typed?["territory"] ?? "\(territory)"
        let all: [(Territory, String)] =
            (territory == .county ? [(.county, words("plan.wholeCounty"))] : [])
            + townships.map { (.township($0.id), $0.name) }
        territories = all.map { Choice(value: "\($0)", label: $1, isSelected: "\($0)" == place) }
        let template = typed?["template"]
        self.templates = templates.map {
            Choice(
                value: "\($0.version.id)",
                label: words(
                    "plan.templateOf",
                    ["name": words($0.name), "version": "\($0.version.number)", "count": wording.count($0.items.count)]),
                isSelected: "\($0.version.id)" == template)
        }
    }
}
