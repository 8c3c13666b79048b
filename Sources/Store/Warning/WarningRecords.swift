public import Domain

/// What the early warning gave, and what came of it.
public struct WarningRecords {
    let connection: any Connection

    static let columns: SQL = """
        w.id, w.place, w.township_id, w.school_id, w.reason, w.given_ms, w.over_ms, w.ending, w.ended_by, w.ended_ms
        """

    /// False when the same is current already.
    public func add(_ file: WarningFile) throws -> Bool {
        try connection.execute(
            """
            insert into warning (id, key, place, township_id, school_id, kind, reason, given_ms)
            values (\(file.id), \(file.warning.key), \(file.warning.place.description), \(file.path.township),
              \(file.path.school), \(file.warning.reason.kind), \(try Self.text(of: file.warning.reason)),
              \(file.givenAt))
            on conflict (key) where over_ms is null do nothing
            """) > 0
    }

    /// False when it was over already.
    public func setOver(_ id: WarningID, at time: UTCTime) throws -> Bool {
        try connection.execute("update warning set over_ms = \(time) where id = \(id) and over_ms is null") > 0
    }

    /// False when somebody was faster.
    public func end(_ id: WarningID, _ ended: WarningFile.Ended) throws -> Bool {
        try connection.execute(
            """
            update warning set ending = \(try Self.text(of: ended.ending)), ended_by = \(ended.by),
              ended_ms = \(ended.time)
            where id = \(id) and ending is null
            """) > 0
    }

    public func warning(_ id: WarningID) throws -> WarningFile? {
        try connection.first("select \(Self.columns) from warning as w where w.id = \(id)", WarningFile.init(row:))
    }

    /// Those of a kind whose state lasts.
    public func current(_ kind: WarningRule.Kind) throws -> [WarningFile] {
        try connection.all(
            "select \(Self.columns) from warning as w where w.kind = \(kind) and w.over_ms is null order by w.id",
            WarningFile.init(row:))
    }

    /// Given since a moment.
    public func given(_ kind: WarningRule.Kind, since time: UTCTime) throws -> [Warning] {
        try connection.all(
            "select \(Self.columns) from warning as w where w.kind = \(kind) and w.given_ms >= \(time)"
        ) { row in try WarningFile(row: row).warning }
    }

    /// As the column and the ledger keep it: the same reason, the same text.
    public static func text(of reason: WarningReason) throws -> String { try JSONColumn.text(reason) }
    public static func text(of ending: WarningEnding) throws -> String { try JSONColumn.text(ending) }
}

extension WarningFile {
    init(row: borrowing Row) throws {
        let place: String = try row.value(1)
        guard let place = Territory(place) else { throw row.badValue(1, "a place") }
        var ended: WarningFile.Ended?
        if let time: UTCTime = try row.value(9) {
            ended = WarningFile.Ended(try row.json(7), by: try row.value(8), at: time)
        }
        self.init(
            id: try row.value(0), Warning(place, try row.json(4)),
            at: PlacePath(township: try row.value(2), school: try row.value(3)), givenAt: try row.value(5),
            overAt: try row.value(6), ended: ended)
    }
}
