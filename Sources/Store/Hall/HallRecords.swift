public import Domain

/// The hall's screen: scenes, plan, and what its map is drawn from.
public struct HallRecords {
    let connection: any Connection

    /// What the county has made or changed, the oldest first.
    public func scenes() throws -> [HallScene] {
        try connection.all("select scene from hall_scene order by id") { try $0.json(0) }
    }

    public func scene(_ id: HallSceneID) throws -> HallScene? {
        try connection.first("select scene from hall_scene where id = \(id)") { try $0.json(0) }
    }

    public func set(_ scene: HallScene) throws {
        try connection.execute(
            """
            insert into hall_scene (id, scene) values (\(scene.id), \(try JSONColumn.text(scene)))
            on conflict (id) do update set scene = excluded.scene
            """)
    }

    public func remove(_ id: HallSceneID) throws {
        try connection.execute("delete from hall_scene where id = \(id)")
    }

    /// nil = nobody has changed anything yet.
    public func plan() throws -> HallPlan? {
        try connection.first("select plan from hall_plan where id = 1") { try $0.json(0) }
    }

    public func set(_ plan: HallPlan) throws {
        try connection.execute(
            """
            insert into hall_plan (id, plan) values (1, \(try JSONColumn.text(plan)))
            on conflict (id) do update set plan = excluded.plan
            """)
    }

    public func outline() throws -> CountyOutline? {
        try connection.first("select outline from county_outline where id = 1") { try $0.json(0) }
    }

    /// - Parameter outline: nil = there is none any more.
    public func set(_ outline: CountyOutline?) throws {
        guard let outline else {
            try connection.execute("delete from county_outline")
            return
        }
        try connection.execute(
            """
            insert into county_outline (id, outline) values (1, \(try JSONColumn.text(outline)))
            on conflict (id) do update set outline = excluded.outline
            """)
    }

    public func positions() throws -> [SchoolID: GeoPoint] {
        var positions: [SchoolID: GeoPoint] = [:]
        try connection.forEach("select school_id, latitude, longitude from school_position") { row in
            positions[try row.value(0)] = GeoPoint(latitude: try row.value(1), longitude: try row.value(2))
            return true
        }
        return positions
    }

    /// - Parameter position: nil = it is not on the map any more.
    public func set(_ position: GeoPoint?, of school: SchoolID) throws {
        guard let position else {
            try connection.execute("delete from school_position where school_id = \(school)")
            return
        }
        try connection.execute(
            """
            insert into school_position (school_id, latitude, longitude)
            values (\(school), \(position.latitude), \(position.longitude))
            on conflict (school_id) do update set latitude = excluded.latitude, longitude = excluded.longitude
            """)
    }
}
