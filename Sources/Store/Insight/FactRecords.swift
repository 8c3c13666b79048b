public import Domain

/// Captures and cases as figures need them, and what of them has changed since.
public struct FactRecords {
    let connection: any Connection

    private static let captureColumns: SQL = """
        c.id, c.camera_id, c.item, c.met_ms, c.judgement, c.case_state, v.person_id, v.judged_ms
        """

    /// In the order of time and identifier, after one.
    public func captures(
        after last: CaptureFact?, limit: Int, each body: (CaptureFact) -> Void
    ) throws {
        var sql: SQL = """
            select \(Self.captureColumns) from capture as c left join verdict as v on v.capture_id = c.id
            """
        if let last { sql = sql + " where (c.met_ms, c.id) > (\(last.metAt), \(last.id))" }
        try connection.forEach(sql + " order by c.met_ms, c.id limit \(limit)") { row in
            body(try CaptureFact(row: row))
            return true
        }
    }

    public func capture(_ id: CaptureID) throws -> CaptureFact? {
        try connection.first(
            """
            select \(Self.captureColumns) from capture as c left join verdict as v on v.capture_id = c.id
            where c.id = \(id)
            """, CaptureFact.init(row:))
    }

    private static let caseColumns: SQL = """
        id, number, matter, grade, state, school_id, township_id, canteen_id, area_id, round, opened_ms, closed_ms,
        dispatched_ms, acknowledged_ms, submitted_ms, passed_ms, late_ms
        """

    public func cases() throws -> [CaseFact] {
        try connection.all("select \(Self.caseColumns) from case_file order by opened_ms, id", CaseFact.init(row:))
    }

    public func `case`(_ id: CaseID) throws -> CaseFact? {
        try connection.first("select \(Self.caseColumns) from case_file where id = \(id)", CaseFact.init(row:))
    }

    /// Of all cameras that ever were, with where they hang.
    public func cameraPlaces() throws -> [CameraID: CameraPlace] {
        var places: [CameraID: CameraPlace] = [:]
        try connection.forEach(
            """
            select camera.id, school.township_id, school.id, area.canteen_id, area.id, area.kind
            from camera join area on area.id = camera.area_id join school on school.id = area.school_id
            """
        ) { row in
            let camera: CameraID = try row.value(0)
            let kind: String = try row.value(5)
            guard let kind = Area.Kind(rawValue: kind) else { throw row.badValue(5, "a kind of area") }
            places[camera] = CameraPlace(
                PlacePath(
                    township: try row.value(1), school: try row.value(2), canteen: try row.value(3),
                    area: try row.value(4), camera: camera), kind)
            return true
        }
        return places
    }

    public func areaKinds() throws -> [AreaID: Area.Kind] {
        var kinds: [AreaID: Area.Kind] = [:]
        try connection.forEach("select id, kind from area") { row in
            kinds[try row.value(0)] = Area.Kind(rawValue: try row.value(1))
            return true
        }
        return kinds
    }

    /// How often each person looked at a school and said so, in a span.
    public func looks(in span: TimeSpan) throws -> [PersonID: Int] {
        var looks: [PersonID: Int] = [:]
        try connection.forEach(
            """
            select person_id, count(*) from patrol_look where looked_ms >= \(span.start) and looked_ms < \(span.end)
            group by person_id
            """
        ) { row in
            looks[try row.value(0)] = try row.value(1)
            return true
        }
        return looks
    }

    /// What was analysed, by camera and day of the zone, from hours that begin at a moment or later.
    public func analysed(
        from: UTCTime, in zone: TerritoryZone, each body: (AnalysedDay) -> Void
    ) throws {
        let offset = Int64(zone.offsetMinutes) * 60_000
        try connection.forEach(
            """
            select camera_id, cast((hour_ms + \(offset)) / 86400000 as bigint), cast(sum(frame_count) as bigint),
              cast(sum(record_count) as bigint)
            from analysis_count where hour_ms >= \(from) group by 1, 2 order by 2
            """
        ) { row in
            body(
                AnalysedDay(
                    camera: try row.value(0), day: Day(number: try row.value(1)), frames: try row.value(2),
                    records: try row.value(3)))
            return true
        }
    }

    /// The ledger's last entry: what was read in the same snapshot holds all that came before it.
    public func lastSequence() throws -> Int64 { try LedgerRecords(connection: connection).lastSequence }

    /// Captures and cases of which an entry came after one.
    public func changes(after sequence: Int64) throws -> (captures: Set<CaptureID>, cases: Set<CaseID>) {
        var found: (captures: Set<CaptureID>, cases: Set<CaseID>) = ([], [])
        try connection.forEach(
            """
            select subject from ledger where chain = \(LedgerRecords.chain) and sequence > \(sequence)
            """
        ) { row in
            let subject: String = try row.value(0)
            let parts = subject.split(separator: "/", maxSplits: 1)
            guard parts.count == 2 else { return true }
            switch parts[0] {
            case "capture": if let id = CaptureID(String(parts[1])) { found.captures.insert(id) }
            case "case": if let id = CaseID(String(parts[1])) { found.cases.insert(id) }
            default: break
            }
            return true
        }
        return found
    }

    /// Spans in which cameras could not watch: what the program captured of the cameras themselves, unless judged false.
    /// - Parameter items: Which states count as blind.
    public func blindSpans(
        _ items: [CaptureItem], in span: TimeSpan, now: UTCTime
    ) throws -> [(camera: CameraID, span: TimeSpan)] {
        var list: SQL = "''"
        for item in items { list = list + ", \(item.rawValue)" }
        return try connection.all(
            """
            select camera_id, start_ms, coalesce(end_ms, \(now)) from capture
            where item in (\(list)) and judgement not in ('rejected', 'duplicate') and met_ms < \(span.end)
              and coalesce(end_ms, \(now)) > \(span.start) and start_ms < coalesce(end_ms, \(now))
            """
        ) { row in
            (
                camera: try row.value(0),
                span: TimeSpan(start: try row.value(1), end: try row.value(2))
            )
        }
    }

    /// Sessions that each person began in a span.
    public func visits(in span: TimeSpan) throws -> [PersonID: Int] {
        var visits: [PersonID: Int] = [:]
        // Counted here: grouped by actor, the database would go through everything that these people ever did.
        try connection.forEach(
            """
            select l.actor from ledger as l where l.chain = \(LedgerRecords.chain) and l.act = \(LedgerAct.signedIn)
              and l.time_ms >= \(span.start) and l.time_ms < \(span.end)
            """
        ) { row in
            if case .person(let person) = LedgerActor(try row.value(0, as: String.self)) {
                visits[person, default: 0] += 1
            }
            return true
        }
        return visits
    }
}

extension CaptureFact {
    fileprivate init(row: borrowing Row) throws {
        let judgement: String = try row.value(4)
        let state: CaseState? = try row.value(5, as: String?.self).flatMap(CaseState.init(rawValue:))
        let judge: PersonID? = try row.value(6)
        let judged: UTCTime? = try row.value(7)
        self.init(
            id: try row.value(0), camera: try row.value(1), item: try row.value(2), metAt: try row.value(3),
            outcome: state.map { CaptureOutcome(nil, $0) } ?? CaptureOutcome(rawValue: judgement) ?? .waiting,
            judgement: judge.flatMap { person in judged.map { .init(by: person, at: $0) } })
    }
}

extension CaseFact {
    fileprivate init(row: borrowing Row) throws {
        let matter: String = try row.value(2)
        let grade: Int = try row.value(3)
        guard let matter = CaseMatter(matter) else { throw row.badValue(2, "a matter") }
        guard let grade = Grade(rawValue: grade) else { throw row.badValue(3, "a grade") }
        self.init(
            id: try row.value(0), number: try row.value(1), matter: matter, grade: grade, state: try row.value(4),
            school: try row.value(5), office: try row.value(6), canteen: try row.value(7), area: try row.value(8),
            round: try row.value(9), openedAt: try row.value(10), closedAt: try row.value(11),
            steps: CaseSteps(
                dispatched: try row.value(12), acknowledged: try row.value(13), submitted: try row.value(14),
                passed: try row.value(15)), lateFrom: try row.value(16))
    }
}
