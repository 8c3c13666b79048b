public import Domain

/// What people said of captures.
extension CaptureRecords {
    /// nil = it waits to be judged.
    public func judgement(of id: CaptureID) throws -> Judgement? {
        try connection.first(
            """
            select v.capture_id, v.kind, v.reason, v.other_id, v.person_id, v.judged_ms from verdict as v
            where v.capture_id = \(id)
            """
        ) { row in try Judgement(row: row, from: 0) } ?? nil
    }

    /// What lists take for the verdict; nil = there is no such capture.
    public func listedJudgement(of id: CaptureID) throws -> CaptureFilter.Judged? {
        try connection.value("select judgement from capture where id = \(id)", as: String.self)
            .flatMap(CaptureFilter.Judged.init(rawValue:))
    }

    /// What figures take for the state of its case; nil = it is part of none.
    public func listedCaseState(of id: CaptureID) throws -> CaseState? {
        try connection.value("select case_state from capture where id = \(id)", as: String?.self)?
            .flatMap(CaseState.init(rawValue:))
    }

    /// Takes the place of an earlier one.
    public func set(_ judgement: Judgement) throws {
        let parts = judgement.verdict.parts
        try connection.execute(
            """
            insert into verdict (capture_id, kind, reason, other_id, person_id, judged_ms)
            values (\(judgement.capture), \(parts.kind), \(parts.reason), \(parts.other), \(judgement.by),
              \(judgement.time))
            on conflict (capture_id) do update set kind = excluded.kind, reason = excluded.reason,
              other_id = excluded.other_id, person_id = excluded.person_id, judged_ms = excluded.judged_ms
            """)
        try connection.execute(
            """
            update capture set judgement = \(CaptureFilter.Judged(judgement.verdict).rawValue)
            where id = \(judgement.capture)
            """)
    }

    /// The capture waits again.
    public func removeJudgement(of id: CaptureID) throws {
        try connection.execute("delete from verdict where capture_id = \(id)")
        try connection.execute(
            "update capture set judgement = \(CaptureFilter.Judged.waiting.rawValue) where id = \(id)")
    }

    /// Score and truth of what has been judged, duplicates left out: by camera, item and time, of captures since `start`.
    public func judged(
        since start: UTCTime, in territory: Territory?
    ) throws -> [(camera: CameraID, item: CaptureItem, time: UTCTime, judged: ThresholdAdvice.Judged)] {
        // Along the time, whose index holds the scores: an expression is looked up in no index.
        try connection.all(
            """
            select c.camera_id, c.item, c.met_ms, c.score, case when c.judgement = 'rejected' then 0 else 1 end
            from capture as c
            where c.judgement || '' in ('confirmed', 'rejected') and c.met_ms >= \(start) and \(SQL.ofWatched(territory))
            """
        ) { row in
            (
                try row.value(0), try row.value(1), try row.value(2),
                ThresholdAdvice.Judged(score: try row.value(3), isTrue: try row.value(4))
            )
        }
    }
}

extension Judgement {
    /// Six columns, of which the first is null where there is no verdict.
    init?(row: borrowing Row, from first: Int) throws {
        guard let capture: CaptureID = try row.value(first) else { return nil }
        let kind: String = try row.value(first + 1)
        let reason: String? = try row.value(first + 2)
        let other: String? = try row.value(first + 3)
        guard let verdict = Verdict(kind: kind, reason: reason, other: other) else {
            throw row.badValue(first + 1, "a verdict")
        }
        self.init(of: capture, verdict, by: try row.value(first + 4), at: try row.value(first + 5))
    }
}

extension Verdict {
    fileprivate init?(kind: String, reason: String?, other: String?) {
        switch kind {
        case "confirmed": self = .confirmed
        case "rejected":
            guard let reason = reason.flatMap(Rejection.init(rawValue:)) else { return nil }
            self = .rejected(reason: reason)
        case "duplicate":
            guard let capture = other.flatMap({ CaptureID($0) }) else { return nil }
            self = .duplicate(of: capture)
        case "merged":
            guard let case_ = other.flatMap({ CaseID($0) }) else { return nil }
            self = .merged(into: case_)
        default: return nil
        }
    }
}
