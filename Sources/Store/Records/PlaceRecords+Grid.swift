public import Domain

/// Townships, and the canteens of schools that have more than one.
extension PlaceRecords {
    /// Ordered by name; also those of which only a part is in the territory.
    public func townships(in territory: Territory? = .county) throws -> [Township] {
        let condition: SQL =
            switch territory {
            case .county?: "1 = 1"
            case .township(let id)?: "id = \(id)"
            default: "id in (select school.township_id from school where \(SQL.schoolTouches(territory)))"
            }
        return try connection.all("select id, name from township where \(condition) order by name, id") { row in
            Township(id: try row.value(0), name: try row.value(1))
        }
    }

    public func township(_ id: TownshipID) throws -> Township? {
        try connection.first("select id, name from township where id = \(id)") { row in
            Township(id: try row.value(0), name: try row.value(1))
        }
    }

    /// Whether any school or anybody's account belongs to the township.
    public func isUsed(_ township: TownshipID) throws -> Bool {
        if try connection.exists("select 1 from school where township_id = \(township) limit 1") { return true }
        if try connection.exists("select 1 from case_file where township_id = \(township) limit 1") { return true }
        return try connection.exists("select 1 from person where township_id = \(township) limit 1")
    }

    public func add(_ township: Township, at time: UTCTime) throws {
        try connection.execute(
            "insert into township (id, name, created_ms) values (\(township.id), \(township.name), \(time))")
    }

    public func change(_ township: Township) throws {
        try connection.execute("update township set name = \(township.name) where id = \(township.id)")
    }

    public func remove(_ township: TownshipID) throws {
        try connection.execute("delete from township where id = \(township)")
    }

    /// Ordered by name.
    public func canteens(in territory: Territory? = .county) throws -> [Canteen] {
        let condition: SQL =
            switch territory {
            case .canteen(let id)?: "id = \(id)"
            default: "school_id in (select school.id from school where \(SQL.schoolTouches(territory)))"
            }
        return try connection.all(
            "select id, school_id, name from canteen where \(condition) order by name, id", Canteen.init(row:))
    }

    public func canteen(_ id: CanteenID) throws -> Canteen? {
        try connection.first("select id, school_id, name from canteen where id = \(id)", Canteen.init(row:))
    }

    /// Whether any area or anybody's account belongs to the canteen.
    public func isUsed(_ canteen: CanteenID) throws -> Bool {
        if try connection.exists("select 1 from area where canteen_id = \(canteen) limit 1") { return true }
        return try connection.exists("select 1 from person where canteen_id = \(canteen) limit 1")
    }

    public func add(_ canteen: Canteen, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into canteen (id, school_id, name, created_ms)
            values (\(canteen.id), \(canteen.school), \(canteen.name), \(time))
            """)
    }

    public func change(_ canteen: Canteen) throws {
        try connection.execute("update canteen set name = \(canteen.name) where id = \(canteen.id)")
    }

    public func remove(_ canteen: CanteenID) throws {
        try connection.execute("delete from canteen where id = \(canteen)")
    }
}

extension Canteen {
    fileprivate init(row: borrowing Row) throws {
        self.init(id: try row.value(0), school: try row.value(1), name: try row.value(2))
    }
}
