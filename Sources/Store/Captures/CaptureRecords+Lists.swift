public import Domain

/// `territory`: what may be looked at; nil = nothing.
extension CaptureRecords {
    /// Newest first, each with its place and its evidence, without sights and curve.
    /// - Parameter last: The last capture of the page before; nil = from the newest.
    public func list(
        _ filter: CaptureFilter, in territory: Territory?, after last: CaptureID? = nil, limit: Int
    ) throws -> [CaptureRecord] {
        var shown = "select c.id from capture as c where \(matching(filter, territory))" as SQL
        if let last {
            shown = shown + " and (c.met_ms, c.id) < (select l.met_ms, l.id from capture as l where l.id = \(last))"
        }
        // First which, along an index, then those alone with all they hold: a school has thousands to be put in order.
        return try records(
            """
            select \(Capture.columns), \(placeColumns) from \(placed)
            where c.id in (\(shown) order by c.met_ms desc, c.id desc limit \(limit))
            order by c.met_ms desc, c.id desc
            """, isWhole: false)
    }

    /// With everything that is known of it.
    public func record(_ id: CaptureID) throws -> CaptureRecord? {
        try records(
            "select \(Capture.columns), \(placeColumns) from \(placed) where c.id = \(id)", isWhole: true
        ).first
    }

    /// The captures of the same camera just before and just after one, both in the order of time.
    public func neighbours(of id: CaptureID, each limit: Int) throws -> (
        earlier: [CaptureRecord], later: [CaptureRecord]
    ) {
        func side(_ comparison: SQL, _ direction: SQL) throws -> [CaptureRecord] {
            try records(
                """
                select \(Capture.columns), \(placeColumns) from \(placed), capture as l
                where l.id = \(id) and c.camera_id = l.camera_id and (c.met_ms, c.id) \(comparison) (l.met_ms, l.id)
                order by c.met_ms \(direction), c.id \(direction) limit \(limit)
                """, isWhole: false)
        }
        return (try side("<", "desc").reversed(), try side(">", "asc"))
    }

    /// How many came after one, at most `limit`; 0 when there is no such capture.
    public func countLater(than id: CaptureID, in territory: Territory?, limit: Int) throws -> Int {
        try connection.value(
            """
            select count(*) from (select 1 from capture as c, capture as l
              where l.id = \(id) and (c.met_ms, c.id) > (l.met_ms, l.id) and \(SQL.ofWatched(territory)) limit \(limit)) as later
            """) ?? 0
    }

    public func count(_ filter: CaptureFilter, in territory: Territory?, limit: Int) throws -> LimitedCount {
        // Of everything the first that come along the cameras do; few of a kind are found by their kind.
        let isOfKind = filter.item != nil || filter.judged == .waiting || filter.isOngoing == true
        let matching = matching(filter, territory, isAlongTime: isOfKind)
        let found: Int? = try connection.value(
            "select count(*) from (select 1 from capture as c where \(matching) limit \(limit + 1)) as found")
        return LimitedCount(found: found ?? 0, limit: limit)
    }

    public func countByItem(_ filter: CaptureFilter, in territory: Territory?) throws -> [CaptureItem: Int] {
        let counts = try connection.all(
            "select c.item, count(*) from capture as c where \(matching(filter, territory)) group by c.item"
        ) { row in (try row.value(0, as: CaptureItem.self), try row.value(1, as: Int.self)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    /// Cameras with a capture that goes on, and how many.
    public func ongoing(in territory: Territory?) throws -> [CameraID: Int] {
        let counts = try connection.all(
            """
            select c.camera_id, count(*) from capture as c where c.end_ms is null and \(SQL.ofWatched(territory))
            group by c.camera_id
            """
        ) { row in (try row.value(0, as: CameraID.self), try row.value(1, as: Int.self)) }
        return Dictionary(uniqueKeysWithValues: counts)
    }

    private func records(_ sql: SQL, isWhole: Bool) throws -> [CaptureRecord] {
        let records = try connection.all(sql) { row in
            let school = School(
                id: try row.value(14), name: try row.value(15), township: try row.value(23), kind: try row.kind(24))
            let area = Area(
                id: try row.value(16), school: school.id, canteen: try row.value(25), kind: try row.value(17),
                name: try row.value(18))
            let firstBox: String? = try row.value(22)
            return CaptureRecord(
                capture: try Capture(row: row, isWhole: isWhole),
                firstBox: firstBox == nil ? nil : try row.json(22),
                school: school, area: area, cameraName: try row.value(19),
                isSimulated: try row.value(20), evidence: [], state: try row.value(21),
                judgement: try Judgement(row: row, from: 26))
        }
        return try records.map { record in
            var record = record
            record.evidence = try evidence(of: record.capture.id)
            return record
        }
    }
}

private let placed: SQL = """
    capture as c join camera on camera.id = c.camera_id join area on area.id = camera.area_id
      join school on school.id = area.school_id left join verdict as v on v.capture_id = c.id
    """

/// After ``Capture/columns``: 14…31.
private let placeColumns: SQL = """
    school.id, school.name, area.id, area.kind, area.name, camera.name,
    case when camera.main_address like 'sim://%' then 1 else 0 end, c.evidence, c.first_box,
    school.township_id, school.kind, area.canteen_id,
    v.capture_id, v.kind, v.reason, v.other_id, v.person_id, v.judged_ms
    """

private func matching(_ filter: CaptureFilter, _ territory: Territory?, isAlongTime: Bool = true) -> SQL {
    var sql = SQL.ofWatched(territory, isAlongTime: isAlongTime)
    if let school = filter.school { sql = sql + " and \(SQL.ofWatched(.school(school)))" }
    if let camera = filter.camera { sql = sql + " and c.camera_id = \(camera)" }
    // A school's captures are few and found by its cameras, whatever else is asked: an expression is looked up in no index.
    let isOfSchool =
        switch territory {
        case .school?, .canteen?: true
        case .township? where !isAlongTime: true
        default: filter.school != nil || filter.camera != nil
        }
    if let item = filter.item { sql = sql + (isOfSchool ? " and c.item || '' = \(item)" : " and c.item = \(item)") }
    if let span = filter.span { sql = sql + " and c.met_ms >= \(span.start) and c.met_ms < \(span.end)" }
    switch filter.isOngoing {
    // By the index of the few that are unfinished, not along the time of them all.
    case true?: sql = sql + " and c.id in (select o.id from capture as o where o.end_ms is null)"
    case false?: sql = sql + " and c.end_ms is not null"
    case nil: break
    }
    if let judged = filter.judged {
        sql = sql + " and c.judgement" + (isOfSchool ? " || ''" : "") + " = \(judged.rawValue)"
    }
    return sql
}
