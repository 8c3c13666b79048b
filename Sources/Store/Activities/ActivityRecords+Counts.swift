public import Domain

/// What counts of years are made of.
extension ActivityRecords {
    /// Of each activity that took place and began in the span.
    public func lines(
        in territory: Territory?, from start: UTCTime, until end: UTCTime
    ) throws -> [(id: ActivityID, kind: Activity.Kind, startsAt: UTCTime, line: ActivityCounts.Line)] {
        let took: SQL = """
            a.state in ('done', 'reported') and a.starts_ms >= \(start) and a.starts_ms < \(end)
            and \(Self.touches(territory))
            """
        var lines: [ActivityID: ActivityCounts.Line] = [:]
        let all = try connection.all("select a.id, a.kind, a.starts_ms from activity as a where \(took) order by a.id")
        {
            row in
            (
                try row.value(0, as: ActivityID.self), try row.value(1, as: Activity.Kind.self),
                try row.value(2, as: UTCTime.self)
            )
        }
        try connection.forEach(
            """
            select s.activity_id, s.came from sign_up as s join activity as a on a.id = s.activity_id
            where s.state = 'came' and \(took)
            """
        ) { row in
            lines[try row.value(0), default: .init()].came += try row.json(1)
            return true
        }
        try connection.forEach(
            """
            select f.activity_id, f.is_mended = 1 or coalesce(c.state, '') = 'closed', count(*)
            from activity_finding as f join activity as a on a.id = f.activity_id
            left join case_file as c on c.id = f.case_id where \(took)
            group by f.activity_id, f.is_mended = 1 or coalesce(c.state, '') = 'closed'
            """
        ) { row in
            let (id, count): (ActivityID, Int) = (try row.value(0), try row.value(2))
            lines[id, default: .init()].findings += count
            if try row.value(1) { lines[id, default: .init()].settled += count }
            return true
        }
        try connection.forEach(
            """
            select s.activity_id, cast(sum(f.stars) as bigint), count(*) from activity_feedback as f
            join sign_up as s on s.id = f.sign_up_id join activity as a on a.id = s.activity_id
            where \(took) group by s.activity_id
            """
        ) { row in
            let id: ActivityID = try row.value(0)
            lines[id, default: .init()].stars = try row.value(1)
            lines[id, default: .init()].voices = try row.value(2)
            return true
        }
        return all.map { id, kind, startsAt in
            var line = lines[id] ?? .init()
            line.activities = 1
            return (id, kind, startsAt, line)
        }
    }
}
