public import Domain

/// The blind sample while its days go on, and what is left of it when they are over.
public struct FrameSampleRecords {
    let connection: any Connection

    /// Of a day that goes on or that is over; nil = nothing was offered.
    public func day(_ day: Day, of camera: CameraID) throws -> (sample: FrameSample, isClosed: Bool)? {
        guard
            let row = try connection.first(
                """
                select size, offered, closed_ms from frame_sample_day
                where camera_id = \(camera) and day = \(day.description)
                """,
                { row in
                    (
                        size: try row.value(0, as: Int.self), offered: try row.value(1, as: Int.self),
                        closed: try row.value(2, as: UTCTime?.self)
                    )
                })
        else { return nil }
        let keys = try connection.all(
            """
            select draw from frame_sample
            where camera_id = \(camera) and day = \(day.description) and draw is not null order by draw
            """
        ) { try $0.value(0, as: Int64.self) }
        return (FrameSample(size: row.size, keys: keys, offered: row.offered), row.closed != nil)
    }

    /// As much as was counted; a count that is smaller than the known one changes nothing.
    public func count(_ sample: FrameSample, on day: Day, of camera: CameraID) throws {
        try connection.execute(
            """
            insert into frame_sample_day (camera_id, day, size, offered)
            values (\(camera), \(day.description), \(sample.size), \(sample.offered))
            on conflict (camera_id, day) do update set offered = excluded.offered
              where frame_sample_day.closed_ms is null and excluded.offered > frame_sample_day.offered
            """)
    }

    /// Whether there is already one with this draw on that day.
    public func isTaken(_ draw: Int64, on day: Day, of camera: CameraID) throws -> Bool {
        try connection.exists(
            """
            select 1 from frame_sample
            where camera_id = \(camera) and day = \(day.description) and draw = \(draw)
            """)
    }

    public func add(_ frame: SampledFrame) throws {
        let (draw, capture): (Int64?, CaptureID?) =
            switch frame.origin {
            case .drawn(let key): (key, nil)
            case .decoy(let capture): (nil, capture)
            }
        let file = capture == nil ? frame.file : nil
        try connection.execute(
            """
            insert into frame_sample (code, camera_id, day, taken_ms, draw, path, size_bytes, sha256, capture_id, state)
            values (\(frame.code.description), \(frame.camera), \(frame.day.description), \(frame.time), \(draw),
              \(file?.path), \(file?.sizeBytes), \(file?.sha256), \(capture), \(capture == nil ? "open" : "waiting"))
            """)
    }

    /// Those of a camera's day, decoys too, in the order of their codes.
    public func frames(on day: Day, of camera: CameraID) throws -> [SampledFrame] {
        try connection.all(
            """
            select \(SampledFrame.columns) where c.camera_id = \(camera) and c.day = \(day.description) order by c.code
            """, SampledFrame.init(row:))
    }

    public func frame(_ code: FrameCode) throws -> (frame: SampledFrame, isWaiting: Bool)? {
        try connection.first("select \(SampledFrame.columns) where c.code = \(code.description)") { row in
            (try SampledFrame(row: row), try row.value(9, as: String.self) == "waiting")
        }
    }

    public func remove(_ codes: [FrameCode]) throws {
        for code in codes { try connection.execute("delete from frame_sample where code = \(code.description)") }
    }

    /// Days before `day` that are not settled, the oldest first.
    public func openDays(before day: Day, limit: Int) throws -> [(camera: CameraID, day: Day)] {
        try connection.all(
            """
            select camera_id, day from frame_sample_day where closed_ms is null and day < \(day.description)
            order by day, camera_id limit \(limit)
            """
        ) { row in (try row.value(0), try row.day(1)) }
    }

    /// For how many frames each that was kept on a settled day stands, 1 or more; nil = for none.
    public func weight(on day: Day, of camera: CameraID) throws -> Double? {
        try connection.first(
            """
            select offered, kept from frame_sample_day
            where camera_id = \(camera) and day = \(day.description) and kept > 0
            """
        ) { row in Double(try row.value(0, as: Int.self)) / Double(try row.value(1, as: Int.self)) }
    }

    /// From then on the day's pictures wait for people.
    public func close(_ day: Day, of camera: CameraID, at time: UTCTime) throws {
        try connection.execute(
            """
            update frame_sample_day set closed_ms = \(time), kept = (select count(*) from frame_sample as c
                where c.camera_id = \(camera) and c.day = \(day.description) and c.draw is not null)
            where camera_id = \(camera) and day = \(day.description)
            """)
        try connection.execute(
            """
            update frame_sample set state = 'waiting'
            where camera_id = \(camera) and day = \(day.description) and state = 'open'
            """)
    }

    /// First pictures of confirmed captures of a camera that were no decoys yet, in the order of time.
    public func possibleDecoys(of camera: CameraID, since start: UTCTime) throws -> [(
        capture: CaptureID, time: UTCTime
    )] {
        let items = FrameAnswer.items.dropFirst().reduce("\(FrameAnswer.items[0])" as SQL) { $0 + ", \($1)" }
        return try connection.all(
            """
            select c.id, c.met_ms from capture as c
              join evidence_file as f on f.capture_id = c.id and f.kind = 'first'
            where c.camera_id = \(camera) and c.met_ms >= \(start) and c.judgement = 'confirmed'
              and c.item in (\(items))
              and not exists (select 1 from frame_sample as s where s.capture_id = c.id)
            order by c.met_ms, c.id limit 1000
            """
        ) { row in (try row.value(0), try row.value(1)) }
    }

    /// Of settled days before `day`, the oldest first.
    public func expired(before day: Day, limit: Int) throws -> [SampledFrame] {
        try connection.all(
            """
            select \(SampledFrame.columns) where c.day < \(day.description) and c.state <> 'open'
            order by c.day, c.code limit \(limit)
            """, SampledFrame.init(row:))
    }

    /// Days in their own order, for `mingchu check`.
    public func days(after last: (CameraID, Day)?, limit: Int) throws -> [(camera: CameraID, day: Day)] {
        var condition: SQL = ""
        if let last {
            condition = """
                where camera_id > \(last.0) or camera_id = \(last.0) and day > \(last.1.description)
                """
        }
        return try connection.all(
            "select camera_id, day from frame_sample_day \(condition) order by camera_id, day limit \(limit)"
        ) { row in (try row.value(0), try row.day(1)) }
    }

    public func areThere(of area: AreaID) throws -> Bool {
        try connection.exists(
            """
            select 1 from camera join frame_sample_day as d on d.camera_id = camera.id
            where camera.area_id = \(area) limit 1
            """)
    }
}

extension SampledFrame {
    fileprivate static let columns: SQL = """
        c.code, c.camera_id, c.day, c.taken_ms, c.draw, c.capture_id, coalesce(c.path, f.path),
        coalesce(c.size_bytes, f.size_bytes), coalesce(c.sha256, f.sha256), c.state
        from frame_sample as c left join evidence_file as f on f.capture_id = c.capture_id and f.kind = 'first'
        """

    fileprivate init(row: borrowing Row) throws {
        guard let code = FrameCode(try row.value(0, as: String.self)) else { throw row.badValue(0, "a code") }
        let origin: Origin
        if let draw: Int64 = try row.value(4) {
            origin = .drawn(key: draw)
        } else {
            origin = .decoy(try row.value(5))
        }
        self.init(
            code: code, camera: try row.value(1), day: try row.day(2), time: try row.value(3), origin: origin,
            file: EvidenceFile(
                kind: .first, path: try row.value(6), sizeBytes: try row.value(7), sha256: try row.value(8)))
    }
}

extension Row {
    func day(_ index: Int) throws -> Day {
        guard let day = Day(try value(index, as: String.self)) else { throw badValue(index, "a day") }
        return day
    }
}
