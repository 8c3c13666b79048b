public import Domain

/// Captures and what proves them.
public struct CaptureRecords {
    let connection: any Connection

    /// False when it is there already.
    public func add(_ capture: Capture) throws -> Bool {
        try connection.execute(
            """
            insert into capture (id, camera_id, item, grade, start_ms, met_ms, end_ms, best_ms, score, box,
              first_box, sights, curve, rule, models, evidence)
            values (\(capture.id), \(capture.camera), \(capture.item), \(capture.grade.rawValue), \(capture.start),
              \(capture.metAt), \(capture.end), \(capture.bestAt), \(capture.score),
              \(try capture.box.map(JSONColumn.text)), \(try capture.boxWhenMet.map(JSONColumn.text)),
              \(try JSONColumn.text(capture.sights)), \(try JSONColumn.text(capture.curve)), \(try JSONColumn.text(capture.rule)), \(capture.models),
              \(EvidenceState.awaited))
            on conflict do nothing
            """) > 0
    }

    /// Takes what an incident still learns while it goes on; camera, item, grade, start and rule stay.
    public func change(_ capture: Capture, state: EvidenceState) throws {
        try connection.execute(
            """
            update capture set end_ms = \(capture.end), best_ms = \(capture.bestAt), score = \(capture.score),
              box = \(try capture.box.map(JSONColumn.text)), sights = \(try JSONColumn.text(capture.sights)),
              curve = \(try JSONColumn.text(capture.curve)), models = \(capture.models), evidence = \(state)
            where id = \(capture.id)
            """)
    }

    /// False when the capture has evidence of this kind already: what is kept is never replaced.
    public func add(_ file: EvidenceFile, to capture: CaptureID) throws -> Bool {
        try connection.execute(
            """
            insert into evidence_file (capture_id, kind, path, size_bytes, sha256)
            values (\(capture), \(file.kind), \(file.path), \(file.sizeBytes), \(file.sha256))
            on conflict (capture_id, kind) do nothing
            """) > 0
    }

    public func capture(_ id: CaptureID) throws -> Capture? {
        try connection.first("select \(Capture.columns) from capture as c where c.id = \(id)") { row in
            try Capture(row: row)
        }
    }

    public func state(of id: CaptureID) throws -> EvidenceState? {
        try connection.first("select evidence from capture where id = \(id)") { row in try row.value(0) }
    }

    public func evidence(of id: CaptureID) throws -> [EvidenceFile] {
        let files = try connection.all(
            "select kind, path, size_bytes, sha256 from evidence_file where capture_id = \(id)"
        ) { row in
            EvidenceFile(
                kind: try row.value(0), path: try row.value(1), sizeBytes: try row.value(2), sha256: try row.value(3))
        }
        return EvidenceFile.Kind.allCases.compactMap { kind in files.first { $0.kind == kind } }
    }

    /// In their own order.
    public func identifiers(after last: CaptureID?, limit: Int) throws -> [CaptureID] {
        try connection.all(
            "select id from capture where id > \(last?.description ?? "") order by id limit \(limit)"
        ) { row in try row.value(0) }
    }

    public func countAll() throws -> Int { try connection.value("select count(*) from capture") ?? 0 }

    /// Those that have not ended or whose evidence is still to be cut, oldest first.
    public func unfinished() throws -> [Capture] {
        try connection.all(
            """
            select \(Capture.columns) from capture as c where c.end_ms is null or c.evidence = 'awaited'
            order by c.met_ms, c.id
            """
        ) { row in try Capture(row: row) }
    }

    public func areThere(of area: AreaID) throws -> Bool {
        try connection.exists(
            """
            select 1 from camera join capture on capture.camera_id = camera.id where camera.area_id = \(area) limit 1
            """)
    }
}

extension Capture {
    /// Of `capture as c`, in the order in which `init(row:)` reads them.
    static let columns: SQL = """
        c.id, c.camera_id, c.item, c.grade, c.start_ms, c.met_ms, c.end_ms, c.best_ms, c.score, c.box, c.rule,
        c.models, c.sights, c.curve
        """

    /// - Parameter isWhole: False leaves sights and curve empty; they are long and lists don't show them.
    init(row: borrowing Row, isWhole: Bool = true) throws {
        guard let grade = Grade(rawValue: try row.value(3)) else { throw row.badValue(3, "a grade") }
        let box: String? = try row.value(9)
        self.init(
            id: try row.value(0), camera: try row.value(1), item: try row.value(2), grade: grade,
            start: try row.value(4), metAt: try row.value(5), end: try row.value(6), bestAt: try row.value(7),
            score: try row.value(8), box: box == nil ? nil : try row.json(9), rule: try row.json(10),
            models: try row.value(11))
        if isWhole {
            sights = try row.json(12)
            curve = try row.json(13)
        }
    }
}
