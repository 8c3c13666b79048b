public import Domain

/// What was recorded, where it lies, and what proves it. (录像索引)
///
/// Each call is one transaction. All questions but those by path or age are about one camera.
public struct FootageIndex: Sendable {
    let database: any Database

    /// The files of which any part lies in the span, by start.
    public func files(of camera: CameraID, overlapping span: TimeSpan) async throws -> [RecordedFile] {
        try await database.read { connection in
            try connection.all(
                """
                select \(RecordedFile.columns) from recorded_file as f where \(inSpan(camera, span))
                order by f.start_ms, f.id
                """, RecordedFile.init(row:))
        }
    }

    public func file(at path: String) async throws -> RecordedFile? {
        try await database.read { connection in
            try connection.first(
                "select \(RecordedFile.columns) from recorded_file as f where f.path = \(path)", RecordedFile.init(row:)
            )
        }
    }

    /// The segments of which any part lies in the span, ordered by their file's start, then by place in the file.
    public func segments(
        of camera: CameraID, overlapping span: TimeSpan, limit: Int = .max
    ) async throws -> [RecordedSegment] {
        try await database.read { connection in
            try connection.all(
                """
                select f.path, s.start_ms, s.duration_us, s.byte_offset, s.byte_length, s.sha256
                from recorded_file as f join recorded_segment as s on s.file_id = f.id
                where \(inSpan(camera, span)) and s.start_ms < \(span.end)
                  and s.start_ms * 1000 + s.duration_us > \(span.start.milliseconds * 1000)
                order by f.start_ms, f.id, s.byte_offset limit \(limit)
                """
            ) { row in try RecordedSegment(camera: camera, row: row) }
        }
    }

    /// In the order in which they lie in the file; empty when there is no such file.
    public func segments(ofFile path: String) async throws -> [RecordedSegment] {
        try await database.read { connection in
            guard
                let (id, camera) = try connection.first(
                    "select id, camera_id from recorded_file where path = \(path)",
                    { row in (try row.value(0, as: Int64.self), try row.value(1, as: CameraID.self)) })
            else { return [] }
            return try connection.all(
                """
                select \(path), start_ms, duration_us, byte_offset, byte_length, sha256 from recorded_segment
                where file_id = \(id) order by byte_offset
                """
            ) { row in try RecordedSegment(camera: camera, row: row) }
        }
    }

    /// By start.
    public func gaps(of camera: CameraID, overlapping span: TimeSpan) async throws -> [RecordingGap] {
        try await database.read { connection in
            try connection.all(
                """
                select start_ms, end_ms, reason from recording_gap
                where camera_id = \(camera) and end_ms > \(span.start) and start_ms < \(span.end)
                order by start_ms, id
                """
            ) { row in
                RecordingGap(camera: camera, span: try TimeSpan(row: row, at: 0), reason: try row.value(2))
            }
        }
    }

    /// The days of the zone's calendar that begin in the span, or in which it begins, with any footage.
    public func days(of camera: CameraID, in span: TimeSpan, zone: TerritoryZone) async throws -> [CivilTime] {
        try await database.read { connection in
            var days: [CivilTime] = []
            var day = zone.day(of: span.start)
            while day.start < span.end {
                // At most two look-ups a day, however many files it has.
                let hasFootage = try connection.exists(
                    """
                    select 1 from recorded_file where camera_id = \(camera) and start_ms >= \(day.start)
                      and start_ms < \(day.end) and duration_us > 0 limit 1
                    """)
                let lastEnd: UTCTime? =
                    try hasFootage
                    ? nil
                    : connection.value(
                        """
                        select end_ms from recorded_file where camera_id = \(camera) and start_ms < \(day.start)
                        order by start_ms desc limit 1
                        """)
                if hasFootage || lastEnd.map({ $0 > day.start }) == true { days.append(zone.civil(day.start)) }
                day = zone.day(of: day.end)
            }
            return days
        }
    }

    /// Where a camera's newest footage ends; nil when there is none.
    public func lastEnd(of camera: CameraID) async throws -> UTCTime? {
        try await database.read { connection in
            try connection.value(
                "select end_ms from recorded_file where camera_id = \(camera) order by start_ms desc limit 1")
        }
    }

    /// The files that were being written when the program ended, or are being written now.
    public func unclosedFiles() async throws -> [RecordedFile] {
        try await database.read { connection in
            try connection.all(
                """
                select \(RecordedFile.columns) from recorded_file as f where f.is_closed = 0
                order by f.camera_id, f.start_ms, f.id
                """, RecordedFile.init(row:))
        }
    }

    /// All files of a camera in the order of their paths, in pages.
    /// - Parameter path: The last path of the page before; empty for the first page.
    public func allFiles(of camera: CameraID, after path: String = "", limit: Int = 1000) async throws -> [RecordedFile]
    {
        try await database.read { connection in
            try connection.all(
                """
                select \(RecordedFile.columns) from recorded_file as f
                where f.path > \(path) and f.camera_id = \(camera) order by f.path limit \(limit)
                """, RecordedFile.init(row:))
        }
    }

    /// Every camera of which there is any footage, removed cameras too.
    public func camerasWithFootage() async throws -> [CameraID] {
        try await database.read { connection in
            try connection.all("select camera_id from footage_total where file_count > 0 order by camera_id") { row in
                try row.value(0)
            }
        }
    }

    public func totalBytes() async throws -> Int64 {
        try await database.read { connection in
            try connection.value("select cast(coalesce(sum(size_bytes), 0) as bigint) from footage_total") ?? 0
        }
    }

    public func totalBytes(of camera: CameraID) async throws -> Int64 {
        try await database.read { connection in
            try connection.value("select size_bytes from footage_total where camera_id = \(camera)") ?? 0
        }
    }
}

/// Files `f` of the camera that share a moment with the span. The lower bound on the start lets the index begin the
/// search there; no file is longer than a day (schema.sql).
private func inSpan(_ camera: CameraID, _ span: TimeSpan) -> SQL {
    """
    f.camera_id = \(camera) and f.start_ms < \(span.end) and f.end_ms > \(span.start)
      and f.start_ms >= \(span.start.milliseconds - 86_400_000)
    """
}
