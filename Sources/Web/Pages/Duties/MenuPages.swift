import Domain
import Hummingbird
import Supervision

/// 食谱: what is served, entered for a week at once.
struct MenuPages: Sendable {
    let site: Site
    private var menus: Menus { site.supervision.menus }

    func add(to routes: RouterGroup<WebContext>) {
        routes.get(SiteURL.duty(.menus).route) { request, context in
            guard let person = try? context.signedIn().person, person.role.may(.enterDuties), let school = person.school
            else { throw WebError.notPermitted }
            return try await show(school, typed: nil, fault: nil, request, context)
        }
        routes.get(SiteURL.duty(.menu(.key)).route) { request, context in
            try await show(try context.parameter("school"), typed: nil, fault: nil, request, context)
        }
        routes.post(SiteURL.duty(.menu(.key)).route, use: set)
    }

    private func show(
        _ school: SchoolID, typed: FormFields?, fault: String?, _ request: Request, _ context: WebContext
    ) async throws -> Response {
        let principal = try context.principal()
        try await site.supervision.duties.require(.readDuties, at: school, for: principal)
        var day: Day?
        if let text = request.query.text("week") {
            guard let asked = Day(text) else { throw WebError.badRequest("time") }
            day = asked
        }
        let wording = site.wording(context)
        let week = try await menus.week(of: day, at: school, for: principal)
        let page = MenuPage(
            week, typed: typed, copies: request.query.flag("copy"),
            mayEnter: principal.may(.enterDuties, at: week.school.path), fault: fault,
            isSaved: request.query.text("done") != nil && fault == nil, wording)
        return site.page(
            page, title: wording.words("menus.title"), section: .menus, request: request, context: context,
            status: fault == nil ? .ok : .unprocessableContent)
    }

    @Sendable private func set(request: Request, context: WebContext) async throws -> Response {
        let principal = try context.principal()
        let school: SchoolID = try context.parameter("school")
        try await site.supervision.duties.require(.enterDuties, at: school, for: principal)
        let fields = try await request.form(context)
        guard let monday = request.query.text("week").flatMap({ Day($0) }) else { throw WebError.badRequest("time") }
        var typed: [Menu] = []
        for (name, value) in fields.pairs where name.hasPrefix("dishes_") {
            let parts = name.split(separator: "_")
            guard parts.count == 3, let day = Day(String(parts[1])), let meal = Meal(rawValue: String(parts[2])) else {
                throw WebError.badRequest("form")
            }
            typed.append(
                Menu(day, meal, value.split(whereSeparator: \.isNewline).compactMap { Menu.Dish(line: $0) }))
        }
        do {
            try await menus.set(typed, week: monday, of: school, by: principal)
        } catch {
            guard let fault = site.fault(error, context) else { throw error }
            return try await show(school, typed: fields, fault: fault, request, context)
        }
        return .redirect(
            to: SiteURL.duty(.menu(.value(school))).with([("week", "\(monday)"), ("done", "saved")]))
    }
}

struct MenuPage: Page {
    struct Meal: Sendable {
        let field: String
        let label: String
        let text: String
        let dishes: [PublicDish]
        let hasDishes: Bool
    }

    struct Date: Sendable {
        let date: String
        let meals: [Meal]
    }

    static let template = "menu"
    let school: String
    let week: String
    let previous: String?
    let next: String?
    let copy: String?
    let action: String
    let fault: String?
    let done: String?
    let mayEnter: Bool
    let days: [Date]
    let hasDays: Bool
    let isCopied: Bool

    init(
        _ sheet: MenuWeek, typed: FormFields?, copies: Bool, mayEnter: Bool, fault: String?, isSaved: Bool,
        _ wording: Wording
    ) {
        let words = wording.words
        school = sheet.school.name
        week = words("duties.week", ["from": "\(sheet.monday)", "to": "\(sheet.monday + 6)"])
        let url = SiteURL.duty(.menu(.value(sheet.school.id)))
        let today = Day(of: wording.now, in: wording.zone)
        previous = today - sheet.monday < Menus.reachDays - 7 ? url.with([("week", "\(sheet.monday - 7)")]) : nil
        next = sheet.monday - today < Menus.reachDays - 7 ? url.with([("week", "\(sheet.monday + 7)")]) : nil
        let isCopied = copies && sheet.menus.isEmpty && typed == nil
        self.isCopied = isCopied
        copy =
            mayEnter && sheet.menus.isEmpty && !sheet.lastWeek.isEmpty && !isCopied
            ? url.with([("week", "\(sheet.monday)"), ("copy", "1")]) : nil
        action = url.with([("week", "\(sheet.monday)")])
        self.fault = fault
        done = isSaved ? words("menus.saved") : nil
        self.mayEnter = mayEnter
        let meals = Domain.Meal.allCases.filter { meal in
            sheet.meals.contains(meal) || sheet.menus.contains { $0.meal == meal }
        }
        days = sheet.days.map { day in
            Date(
                date: wording.date(day),
                meals: meals.map { meal in
                    let menu =
                        sheet.menus.first { $0.day == day && $0.meal == meal }
                        ?? (isCopied ? sheet.lastWeek.first { $0.day == day - 7 && $0.meal == meal } : nil)
                    let field = "dishes_\(day)_\(meal.rawValue)"
                    return Meal(
                        field: field, label: words(meal),
                        text: typed?[field] ?? menu?.dishes.map(\.line).joined(separator: "\n") ?? "",
                        dishes: menu?.dishes.map(PublicDish.init) ?? [], hasDishes: menu != nil)
                })
        }
        hasDays = !days.isEmpty
    }
}

/// A dish as everybody sees it.
struct PublicDish: Sendable {
    let name: String
    let ingredients: String?

    init(_ dish: Menu.Dish) {
        name = dish.name
        ingredients = dish.ingredients.isEmpty ? nil : dish.ingredients
    }
}
