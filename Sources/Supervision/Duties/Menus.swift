import Crypto
public import Domain
import Store

/// What canteens serve. (食谱)
public struct Menus: Sendable {
    let store: Store
    let time: TimeSource
    let zone: TerritoryZone

    /// Menus are written so far back and ahead.
    public static let reachDays = 70

    /// A week's menus, with the school days and meals for which there may be one.
    /// - Parameter day: In the week; nil = today.
    public func week(of day: Day? = nil, at id: SchoolID, for principal: Principal) async throws -> MenuWeek {
        let day = day ?? Day(of: time.now(), in: zone)
        let monday = SchoolDuty.weeklyInspection.period(of: day)
        return try await store.read { [zone] records in
            let school = try records.school(id, .readDuties, for: principal)
            let days = DaySpan(monday, through: monday + 6)
            let menus = try records.menus.menus(of: id, days: days)
            let last = try records.menus.menus(of: id, days: DaySpan(monday - 7, through: monday - 1))
            let calendar = try records.rules.time(of: id, in: zone).calendar
            let plans = try records.duties.plans().plans(of: id)
            let open = (0...6).map { monday + $0 }.filter { day in
                calendar.isSchoolDay(day) || menus.contains { $0.day == day }
            }
            return MenuWeek(
                school: school, monday: monday, days: open,
                meals: Meal.allCases.filter { (plans.plan(on: monday + 6) ?? .standard).meals[$0] != nil },
                menus: menus, lastWeek: last,
                revision: try .last(.menuChanged, of: "school/\(id)", records))
        }
    }

    /// Sets a week at once: a meal without dishes is not served.
    /// - Parameter menus: Of days of the week of `monday`, each meal of a day at most once; others stay.
    public func set(_ menus: [Menu], week monday: Day, of id: SchoolID, by principal: Principal) async throws {
        let now = time.now()
        let week = DaySpan(monday, through: monday + 6)
        guard monday.weekday == 1, abs(monday - Day(of: now, in: zone)) <= Self.reachDays,
            menus.allSatisfy({ week.contains($0.day) })
        else { throw SupervisionError.invalid(.menuDay, .implausible) }
        for menu in menus { try Self.check(menu) }
        try await store.write { records in
            let school = try records.school(id, .enterDuties, for: principal)
            try principal.require(Permission(.enterDuties, at: school.path), records)
            let before = try records.menus.menus(of: id, days: week)
            for menu in menus { try records.menus.set(menu, of: id) }
            let after = try records.menus.menus(of: id, days: week)
            guard before != after else { return }
            let lines = after.flatMap { menu in ["\(menu.day) \(menu.meal.rawValue)"] + menu.dishes.map(\.line) }
            try records.ledger.append(
                .menuChanged, to: "school/\(id)", by: principal.actor, at: now,
                payload: [
                    "week": .string(monday.description),
                    "dishes": .int(Int64(after.reduce(0) { $0 + $1.dishes.count })),
                    "record": .string(Array(SHA256.hash(data: Array(lines.joined(separator: "\n").utf8))).hexadecimal),
                ])
        }
    }

    private static func check(_ menu: Menu) throws {
        guard menu.dishes.count <= Menu.mostDishes else {
            throw SupervisionError.invalid(.menuDishes, .outOfRange(minimum: 0, maximum: Menu.mostDishes))
        }
        for dish in menu.dishes {
            guard !dish.name.isEmpty else { throw SupervisionError.invalid(.menuDishes, .empty) }
            guard dish.name.unicodeScalars.count <= Menu.longestName else {
                throw SupervisionError.invalid(.menuDishes, .tooLong(maximum: Menu.longestName))
            }
            guard dish.ingredients.unicodeScalars.count <= Menu.longestIngredients else {
                throw SupervisionError.invalid(.menuDishes, .tooLong(maximum: Menu.longestIngredients))
            }
            guard !Names.hasControlCharacter(dish.name + dish.ingredients) else {
                throw SupervisionError.invalid(.menuDishes, .forbiddenCharacter)
            }
        }
    }
}

/// A week of a canteen.
public struct MenuWeek: Sendable, Hashable {
    public var school: School
    public var monday: Day
    /// School days, and others on which something is served.
    public var days: [Day]
    public var meals: [Meal]
    public var menus: [Menu]
    /// Of the week before, to be copied.
    public var lastWeek: [Menu]
    public var revision: Revision
}
