public import Domain

/// Schools and areas; townships and canteens are in an extension. In a territory of nil there is nothing.
public struct PlaceRecords {
    let connection: any Connection

    /// Ordered by name.
    public func schools(in territory: Territory? = .county) throws -> [School] {
        try connection.all(
            "select \(schoolColumns) from school where \(SQL.schoolTouches(territory)) order by name, id",
            School.init(row:))
    }

    public func school(_ id: SchoolID, in territory: Territory? = .county) throws -> School? {
        try connection.first(
            "select \(schoolColumns) from school where id = \(id) and \(SQL.schoolTouches(territory))",
            School.init(row:))
    }

    /// In the order in which food goes through a kitchen, then by name.
    public func areas(in territory: Territory? = .county) throws -> [Area] {
        try connection.all(
            "select \(areaColumns) from area where \(SQL.areaLies(in: territory)) \(areaOrder)", Area.init(row:))
    }

    public func areas(of school: SchoolID) throws -> [Area] { try areas(in: .school(school)) }

    public func area(_ id: AreaID, in territory: Territory? = .county) throws -> Area? {
        try connection.first(
            "select \(areaColumns) from area where id = \(id) and \(SQL.areaLies(in: territory))", Area.init(row:))
    }

    /// Where a camera hangs; also of a removed one.
    public func path(of camera: CameraID) throws -> PlacePath? {
        try connection.first(
            """
            select school.township_id, school.id, area.canteen_id, area.id
            from camera join area on area.id = camera.area_id join school on school.id = area.school_id
            where camera.id = \(camera)
            """
        ) { row in
            PlacePath(
                township: try row.value(0), school: try row.value(1), canteen: try row.value(2), area: try row.value(3),
                camera: camera)
        }
    }

    /// When the school came in.
    public func since(_ school: SchoolID) throws -> UTCTime? {
        try connection.value("select created_ms from school where id = \(school)")
    }

    /// Whether anybody's account belongs to the school.
    public func hasPeople(_ school: SchoolID) throws -> Bool {
        try connection.exists("select 1 from person where school_id = \(school) limit 1")
    }

    /// Whether there ever was a case at the school.
    public func hasCases(_ school: SchoolID) throws -> Bool {
        try connection.exists("select 1 from case_file where school_id = \(school) limit 1")
    }

    public func add(_ school: School, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into school (id, name, created_ms, township_id, kind)
            values (\(school.id), \(school.name), \(time), \(school.township), \(school.kind?.rawValue))
            """)
    }

    public func change(_ school: School) throws {
        try connection.execute(
            """
            update school set name = \(school.name), township_id = \(school.township),
              kind = \(school.kind?.rawValue)
            where id = \(school.id)
            """)
    }

    public func remove(_ school: SchoolID) throws {
        try connection.execute("delete from school where id = \(school)")
    }

    public func add(_ area: Area, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into area (id, school_id, kind, name, created_ms, canteen_id)
            values (\(area.id), \(area.school), \(area.kind), \(area.name), \(time), \(area.canteen))
            """)
    }

    public func change(_ area: Area) throws {
        try connection.execute(
            """
            update area set kind = \(area.kind), name = \(area.name), canteen_id = \(area.canteen)
            where id = \(area.id)
            """)
    }

    public func remove(_ area: AreaID) throws {
        try connection.execute("delete from area where id = \(area)")
    }
}

private let schoolColumns: SQL = "id, name, township_id, kind"
private let areaColumns: SQL = "id, school_id, kind, name, canteen_id"
private let areaOrder: SQL = """
    order by case kind when 'preparation' then 1 when 'washing' then 2 when 'cooking' then 3 else 4 end, name, id
    """

extension School {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), name: try row.value(1), township: try row.value(2), kind: try row.kind(3))
    }
}

extension Row {
    /// A school's kind, or null.
    func kind(_ index: Int) throws(StoreError) -> School.Kind? {
        let text: String? = try value(index)
        guard let text else { return nil }
        guard let kind = School.Kind(rawValue: text) else { throw badValue(index, "a school's kind") }
        return kind
    }
}

extension Area {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), school: try row.value(1), canteen: try row.value(4), kind: try row.value(2),
            name: try row.value(3))
    }
}
