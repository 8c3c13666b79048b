public import Domain

/// Which pictures of the blind sample wait to be looked at, and what people saw.
extension FrameSampleRecords {
    /// The first that waits from a code on, and after the last the first again; nil = none waits.
    public func nextWaiting(from code: FrameCode, in territory: Territory?) throws -> FrameCode? {
        let later: SQL = "c.code >= \(code.description)"
        let earlier: SQL = "c.code < \(code.description)"
        for part in [later, earlier] {
            let found = try connection.first(
                """
                select c.code from frame_sample as c
                where c.state = 'waiting' and \(part) and \(SQL.ofWatched(territory, isAlongTime: false))
                order by c.code limit 1
                """
            ) { row in FrameCode(try row.value(0, as: String.self)) }
            if let found { return found }
        }
        return nil
    }

    public func countWaiting(in territory: Territory?, limit: Int) throws -> LimitedCount {
        let count: Int =
            try connection.value(
                """
                select count(*) from (select 1 from frame_sample as c
                  where c.state = 'waiting' and \(SQL.ofWatched(territory, isAlongTime: false)) limit \(limit + 1)) as w
                """) ?? 0
        return LimitedCount(found: count, limit: limit)
    }

    /// Items of which a capture on the camera spans the moment, whatever people said of it.
    public func captured(on camera: CameraID, at time: UTCTime) throws -> Set<CaptureItem> {
        // By the hour in which the rule was met: the index knows no other. Nothing goes on for longer than a day.
        let (start, end) = (time - .seconds(86_400), time + .seconds(86_400))
        return Set(
            try connection.all(
                """
                select distinct c.item from capture as c
                where c.camera_id = \(camera) and c.met_ms > \(start) and c.met_ms < \(end)
                  and c.start_ms <= \(time) and coalesce(c.end_ms, \(time)) >= \(time)
                """
            ) { try $0.value(0) })
    }

    /// - Parameter captured: See ``MissEstimate/Reviewed/captured``; of a decoy, what it shows.
    public func add(_ review: FrameReview, captured: Set<CaptureItem>) throws {
        let covered = CaptureItem.allCases.filter(captured.contains)
        try connection.execute(
            """
            insert into frame_review (code, camera_id, day, taken_ms, weight, items, captured, person_id, answered_ms)
            values (\(review.code.description), \(review.camera), \(review.day.description), \(review.time),
              \(review.weight), \(try review.answer.listed.map(JSONColumn.text)), \(try JSONColumn.text(covered)),
              \(review.by), \(review.answeredAt))
            """)
        try connection.execute(
            "update frame_sample set state = 'reviewed' where code = \(review.code.description)")
    }

    /// Of a camera's day, in the order of their codes.
    public func reviews(on day: Day, of camera: CameraID) throws -> [FrameReview] {
        try connection.all(
            """
            select code, camera_id, day, taken_ms, weight, items, person_id, answered_ms from frame_review
            where camera_id = \(camera) and day = \(day.description) order by code
            """
        ) { row in
            guard let code = FrameCode(try row.value(0, as: String.self)) else { throw row.badValue(0, "a code") }
            return FrameReview(
                of: code, camera: try row.value(1), day: try row.day(2), time: try row.value(3), try row.answer(5),
                weight: try row.value(4), by: try row.value(6), at: try row.value(7))
        }
    }

    /// What the estimate of misses is made from, of pictures taken since `start`; a decoy has no weight.
    public func reviewed(
        since start: UTCTime, in territory: Territory?
    ) throws -> [(answer: FrameAnswer, captured: Set<CaptureItem>, weight: Double?)] {
        try connection.all(
            """
            select c.items, c.captured, c.weight from frame_review as c
            where c.taken_ms >= \(start) and \(SQL.ofWatched(territory))
            """
        ) { row in
            (try row.answer(0), Set(try row.json(1, as: [CaptureItem].self)), try row.value(2))
        }
    }
}

extension Row {
    fileprivate func answer(_ index: Int) throws -> FrameAnswer {
        let text: String? = try value(index)
        return FrameAnswer(listed: text == nil ? nil : try json(index))
    }
}
