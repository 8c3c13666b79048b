import Domain
import Hummingbird
import Supervision

/// 自查安排: which meals are served, and until when each duty has to be done.
struct DutyPlanPages: Sendable {
    let site: Site
    private var duties: Duties { site.supervision.duties }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.duty(.plan).route) { request, context in
            try await show(nil, fault: nil, request, context)
        }
        routes.post(SiteURL.duty(.plan).route, use: change)
    }

    private func school(_ request: Request) throws(WebError) -> SchoolID? {
        guard let text = request.query.text("school") else { return nil }
        guard let id = SchoolID(text) else { throw .notFound }
        return id
    }

    private func show(
        _ typed: DutyPlan?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let wording = site.wording(context)
        let sheet = try await duties.plan(of: try school(request), for: try context.principal())
        let page = DutyPlanPage(
            sheet, typed ?? sheet.plan, fault: fault, done: request.query.text("done") != nil, wording)
        return site.page(
            page, title: wording.words("dutyPlan.title"), section: .duties, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func change(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let id = try school(request)
        _ = try await duties.plan(of: id, for: principal)
        let fields = try await request.form(context)
        var plan = DutyPlan(meals: [:], dueMinutes: [:])
        let served = Set(fields.all("meal"))
        for meal in Meal.allCases where served.contains(meal.rawValue) {
            plan.meals[meal] = fields.text("meal_\(meal.rawValue)").flatMap { CalendarForm.minute($0) } ?? -1
        }
        for duty in SchoolDuty.allCases {
            let text = fields.text("due_\(duty.rawValue)") ?? ""
            plan.dueMinutes[duty] = duty.rhythm == .meal ? Int(text) : CalendarForm.minute(text)
        }
        do {
            try await duties.change(plan, of: id, seen: fields.revision, by: principal)
        } catch {
            guard let fault = site.fault(error, context) else { throw error }
            return try await show(plan, fault: fault, request, context)
        }
        return .redirect(
            to: SiteURL.duty(.plan).with([("school", id.map { "\($0)" }), ("done", "saved")]))
    }
}

struct DutyPlanPage: Page {
    struct MealRow: Sendable {
        let value: String
        let label: String
        let isServed: Bool
        let start: String
    }

    struct DutyRow: Sendable {
        let value: String
        let label: String
        let due: String
        let isOfMeal: Bool
        let hint: String
    }

    static let template = "duty-plan"
    let place: String
    let action: String
    let fault: String?
    let done: String?
    let seen: String
    let start: String?
    let meals: [MealRow]
    let duties: [DutyRow]

    init(_ sheet: DutyPlanSheet, _ plan: DutyPlan, fault: String?, done: Bool, _ wording: Wording) {
        let words = wording.words
        place = sheet.school?.name ?? words("subject.county")
        action = SiteURL.duty(.plan).with([("school", sheet.school.map { "\($0.id)" })])
        self.fault = fault
        self.done = done && fault == nil ? words("dutyPlan.saved") : nil
        seen = "\(sheet.revision.number)"
        start = sheet.start.map { words("dutyPlan.since", ["day": "\($0)"]) }
        meals = Meal.allCases.map { meal in
            let minute = plan.meals[meal] ?? [.breakfast: 420, .lunch: 690, .dinner: 1050][meal] ?? 0
            return MealRow(
                value: meal.rawValue, label: words(meal), isServed: plan.meals[meal] != nil,
                start: minute < 0 ? "" : CalendarForm.clock(minute))
        }
        duties = SchoolDuty.allCases.map { duty in
            let minutes = plan.dueMinutes[duty]
            let isOfMeal = duty.rhythm == .meal
            let hint =
                switch duty.rhythm {
                case .schoolDay: words("dutyPlan.daily")
                case .week: words("dutyPlan.weekly")
                case .month: words("dutyPlan.monthly")
                case .meal: words("dutyPlan.afterMeal")
                }
            return DutyRow(
                value: duty.rawValue, label: words(duty),
                due: minutes.map { isOfMeal ? "\($0)" : CalendarForm.clock($0) } ?? "", isOfMeal: isOfMeal, hint: hint)
        }
    }
}
