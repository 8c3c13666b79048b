public import Domain

/// What canteens serve.
public struct MenuRecords {
    let connection: any Connection

    /// By day, in the order of the meals.
    public func menus(of school: SchoolID, days: DaySpan) throws -> [Menu] {
        try connection.all(
            """
            select day, meal, dishes from menu where school_id = \(school)
              and day >= \(days.first.description) and day <= \(days.last.description)
            order by day, case meal when 'breakfast' then 1 when 'lunch' then 2 else 3 end
            """
        ) { row in Menu(try row.day(0), try row.value(1), try row.json(2)) }
    }

    /// No dishes = nothing is served.
    public func set(_ menu: Menu, of school: SchoolID) throws {
        guard !menu.dishes.isEmpty else {
            try connection.execute(
                """
                delete from menu where school_id = \(school) and day = \(menu.day.description) and meal = \(menu.meal)
                """)
            return
        }
        try connection.execute(
            """
            insert into menu (school_id, day, meal, dishes)
            values (\(school), \(menu.day.description), \(menu.meal), \(try JSONColumn.text(menu.dishes)))
            on conflict (school_id, day, meal) do update set dishes = excluded.dishes
            """)
    }
}
