public import Domain

/// Schools and areas.
public struct PlaceRecords {
    let connection: any Connection

    /// Ordered by name.
    public func schools() throws -> [School] {
        try connection.all("select id, name from school order by name, id", School.init(row:))
    }

    public func school(_ id: SchoolID) throws -> School? {
        try connection.first("select id, name from school where id = \(id)", School.init(row:))
    }

    /// The areas of all schools, in the order in which food goes through a kitchen, then by name.
    public func areas() throws -> [Area] {
        try connection.all("select \(areaColumns) from area \(areaOrder)", Area.init(row:))
    }

    public func areas(of school: SchoolID) throws -> [Area] {
        try connection.all(
            "select \(areaColumns) from area where school_id = \(school) \(areaOrder)", Area.init(row:))
    }

    public func area(_ id: AreaID) throws -> Area? {
        try connection.first("select \(areaColumns) from area where id = \(id)", Area.init(row:))
    }

    /// The school in whose canteen a camera hangs; also of a removed camera.
    public func school(of camera: CameraID) throws -> SchoolID? {
        try connection.value(
            "select area.school_id from camera join area on area.id = camera.area_id where camera.id = \(camera)")
    }

    /// Whether anybody's account belongs to the school.
    public func hasPeople(_ school: SchoolID) throws -> Bool {
        try connection.exists("select 1 from person where school_id = \(school) limit 1")
    }

    public func add(_ school: School, at time: UTCTime) throws {
        try connection.execute(
            "insert into school (id, name, created_ms) values (\(school.id), \(school.name), \(time))")
    }

    public func change(_ school: School) throws {
        try connection.execute("update school set name = \(school.name) where id = \(school.id)")
    }

    public func remove(_ school: SchoolID) throws {
        try connection.execute("delete from school where id = \(school)")
    }

    public func add(_ area: Area, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into area (id, school_id, kind, name, created_ms)
            values (\(area.id), \(area.school), \(area.kind), \(area.name), \(time))
            """)
    }

    public func change(_ area: Area) throws {
        try connection.execute("update area set kind = \(area.kind), name = \(area.name) where id = \(area.id)")
    }

    public func remove(_ area: AreaID) throws {
        try connection.execute("delete from area where id = \(area)")
    }
}

private let areaColumns: SQL = "id, school_id, kind, name"
private let areaOrder: SQL = """
    order by case kind when 'preparation' then 1 when 'washing' then 2 when 'cooking' then 3 else 4 end, name, id
    """

extension School {
    fileprivate init(row: borrowing Row) throws {
        self.init(id: try row.value(0), name: try row.value(1))
    }
}

extension Area {
    fileprivate init(row: borrowing Row) throws {
        self.init(id: try row.value(0), school: try row.value(1), kind: try row.value(2), name: try row.value(3))
    }
}
