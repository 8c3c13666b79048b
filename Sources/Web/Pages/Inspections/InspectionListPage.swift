import Domain
import Store
import Supervision

struct InspectionListPage: Page {
    struct Plan: Sendable {
        let title: String
        let address: String
        let done: String
        let share: Int
        let due: String
        let isOver: Bool
    }

    struct Tab: Sendable {
        let label: String
        let count: String
        let address: String
        let isCurrent: Bool
    }

    static let template = "inspections"
    let finding: String
    let plans: [Plan]
    let tabs: [Tab]
    let rows: [InspectionRow]
    let hasPlans: Bool
    let hasRows: Bool
    /// Where the phone's page is; nil for those who don't inspect.
    let fieldAddress: String?
    let newPlanAddress: String?
    let checklistAddress: String?
    let emptyText: String

    init(
        _ all: [InspectionSummary], plans: [InspectionPlanSheet], stage: InspectionFilter.Stage?,
        mayInspect: Bool, mayPlan: Bool, foresees: Bool, today: Day, _ wording: Wording
    ) {
        let words = wording.words
        func isIn(_ stage: InspectionFilter.Stage?, _ row: InspectionSummary) -> Bool {
            switch stage {
            case nil: true
            case .open: row.inspection.state.isOpen
            case .handedIn: row.inspection.state.hasResult
            case .disputed: row.inspection.state == .disputed
            }
        }
        let open = all.count { isIn(.open, $0) }
        let disputed = all.count { isIn(.disputed, $0) }
        let done = all.count { isIn(.handedIn, $0) }
        finding =
            all.isEmpty
            ? words("inspection.finding.none")
            : !foresees
                ? words("inspection.finding.school", ["done": wording.count(done)])
                : words("inspection.finding", ["open": wording.count(open), "done": wording.count(done)])
        self.plans = plans.prefix(4).map { Plan($0, today: today, wording) }
        hasPlans = !plans.isEmpty
        var stages: [(InspectionFilter.Stage?, Int)] = [(nil, all.count)]
        if foresees { stages.append((.open, open)) }
        stages.append((.handedIn, done))
        if disputed > 0 { stages.append((.disputed, disputed)) }
        tabs = stages.map { one, count in
            Tab(
                label: words("inspection.stage.\(one?.rawValue ?? "all")"), count: wording.count(count),
                address: SiteURL.inspection(.list).with([("stage", one?.rawValue)]), isCurrent: one == stage)
        }
        rows = all.filter { isIn(stage, $0) }.map { InspectionRow($0, today: today, wording) }
        hasRows = !rows.isEmpty
        fieldAddress = mayInspect ? SiteURL.inspection(.field).path : nil
        newPlanAddress = mayPlan ? SiteURL.inspection(.newPlan).path : nil
        checklistAddress = foresees ? SiteURL.inspection(.checklist).path : nil
        emptyText = words(foresees ? "inspection.none" : "inspection.none.school")
    }
}

extension InspectionListPage.Plan {
    init(_ sheet: InspectionPlanSheet, today: Day, _ wording: Wording) {
        let progress = sheet.progress
        self.init(
            title: sheet.plan.title, address: SiteURL.inspection(.plan(.value(sheet.plan.id))).path,
            done: wording.words(
                "inspection.planDone",
                ["done": wording.count(progress.done), "total": wording.count(progress.total)]),
            share: Int(progress.share * 100), due: wording.words("inspection.dueBy", ["day": "\(sheet.plan.due)"]),
            isOver: sheet.plan.due < today && progress.done < progress.total)
    }
}

/// A row of a list of inspections.
struct InspectionRow: Sendable {
    let address: String
    let school: String
    let township: String
    let from: String
    let inspectors: String
    let state: String
    let stateStyle: String
    let due: String
    let dueStyle: String
    let grade: String?
    let points: String
    let failed: String

    init(_ row: InspectionSummary, today: Day, _ wording: Wording) {
        let words = wording.words
        let inspection = row.inspection
        address = SiteURL.inspection(.sheet(.value(inspection.id))).path
        school = row.school.name
        township = row.township?.name ?? words("inspection.county")
        from = row.plan?.title ?? words("inspection.fromDraw")
        let named = inspection.inspectors.isEmpty ? inspection.begun.map { [$0.by] } ?? [] : inspection.inspectors
        inspectors = named.compactMap { row.people[$0] }.joined(separator: words("list.comma"))
        state = words(inspection.state)
        stateStyle = inspection.state.rawValue
        let left = inspection.due - today
        if inspection.state.isOpen {
            due =
                left < 0
                ? words("inspection.overdue", ["days": wording.count(-left)])
                : left == 0 ? words("inspection.dueToday") : words("inspection.daysLeft", ["days": wording.count(left)])
            dueStyle = left < 0 ? "over" : left <= 2 ? "soon" : ""
        } else {
            due = inspection.report.map { String(wording.exact($0.received).prefix(10)) } ?? "–"
            dueStyle = ""
        }
        grade = row.result?.grade.rawValue
        points = row.result.map { words("inspection.points", ["points": wording.count($0.points)]) } ?? "–"
        failed = row.result.map { words("inspection.failedCount", ["count": wording.count($0.failures.count)]) } ?? "–"
    }
}
