public import Domain

extension FootageIndex {
    /// Keeps what the recorder did since the last call: all of it, or nothing. What is told twice is kept once: after a
    /// connection broke at the wrong moment, the recorder can't know whether it was kept.
    /// - Throws: ``StoreError/Kind/unknownFile`` for a segment or the end of a file that was never opened,
    ///   ``StoreError/Kind/notUnique`` for a file or a segment where another one is.
    public func record(_ changes: [RecordingChange]) async throws {
        try await database.write { connection in
            var writing = RecordingWriter(connection: connection)
            for change in changes { try writing.write(change) }
        }
    }

    /// Puts what was found in a file in the place of what the index says about it, and into the ledger.
    /// - Parameter isClosed: False for a file that is still written.
    public func replaceFile(
        _ file: RecordedFile, segments: [RecordedSegment], isClosed: Bool = true, by actor: LedgerActor,
        at time: UTCTime
    ) async throws {
        try await database.write { connection in
            let digest = try SegmentDigest.ofFile(file.path, connection)
            try connection.execute(
                """
                insert into recorded_file (camera_id, path, start_ms, duration_us, size_bytes, init_bytes, codecs,
                  width, height, is_closed)
                values (\(file.camera), \(file.path), \(file.start), \(file.duration.inMicroseconds),
                  \(file.sizeBytes), \(file.initBytes), \(file.codecs), \(file.width), \(file.height), \(isClosed))
                on conflict (path) do update set start_ms = excluded.start_ms, duration_us = excluded.duration_us,
                  size_bytes = excluded.size_bytes, init_bytes = excluded.init_bytes, codecs = excluded.codecs,
                  width = excluded.width, height = excluded.height, is_closed = excluded.is_closed
                """)
            try connection.execute(
                "delete from recorded_segment where file_id = (select id from recorded_file where path = \(file.path))")
            var writing = RecordingWriter(connection: connection)
            for segment in segments { try writing.insert(segment) }
            let now = try SegmentDigest.ofFile(file.path, connection)
            try LedgerRecords(connection: connection).append(
                .indexRepaired, to: "camera/\(file.camera)", by: actor, at: time,
                payload: [
                    "path": .string(file.path), "before": digest?.json ?? .null, "after": now?.json ?? .null,
                ])
        }
    }
}

/// Writes the recorder's changes inside one transaction, looking each file up once.
private struct RecordingWriter {
    let connection: any Connection
    private var files: [String: (id: Int64, start: UTCTime)] = [:]

    init(connection: any Connection) { self.connection = connection }

    mutating func write(_ change: RecordingChange) throws {
        switch change {
        case .opened(let file): try open(file)
        case .segment(let segment): try append(segment)
        case .gap(let gap): try note(gap)
        case .closed(_, let path, let sizeBytes): try close(path, sizeBytes)
        }
    }

    private mutating func id(of path: String) throws -> (id: Int64, start: UTCTime) {
        if let file = files[path] { return file }
        let file = try connection.first("select id, start_ms from recorded_file where path = \(path)") { row in
            (id: try row.value(0, as: Int64.self), start: try row.value(1, as: UTCTime.self))
        }
        guard let file else { throw StoreError(.unknownFile, doing: "indexing a recording", detail: path) }
        files[path] = file
        return file
    }

    private func open(_ file: RecordedFile) throws {
        let count = try connection.execute(
            """
            insert into recorded_file (camera_id, path, start_ms, duration_us, size_bytes, init_bytes, codecs, width,
              height, is_closed)
            values (\(file.camera), \(file.path), \(file.start), \(file.duration.inMicroseconds), \(file.sizeBytes),
              \(file.initBytes), \(file.codecs), \(file.width), \(file.height), 0)
            on conflict (path) do update set codecs = excluded.codecs
              where recorded_file.camera_id = excluded.camera_id and recorded_file.start_ms = excluded.start_ms
                and recorded_file.init_bytes = excluded.init_bytes
            """)
        guard count == 1 else { throw StoreError(.notUnique, doing: "indexing a recording", detail: file.path) }
    }

    mutating func insert(_ segment: RecordedSegment) throws {
        let count = try connection.execute(
            """
            insert into recorded_segment (file_id, byte_offset, byte_length, start_ms, duration_us, sha256)
            values (\(id(of: segment.path).id), \(segment.offset), \(segment.length), \(segment.start),
              \(segment.duration.inMicroseconds), \(segment.sha256))
            on conflict (file_id, byte_offset) do update set sha256 = excluded.sha256
              where recorded_segment.sha256 = excluded.sha256
                and recorded_segment.byte_length = excluded.byte_length
                and recorded_segment.start_ms = excluded.start_ms
                and recorded_segment.duration_us = excluded.duration_us
            """)
        guard count == 1 else { throw StoreError(.notUnique, doing: "indexing a recording", detail: segment.path) }
    }

    private mutating func append(_ segment: RecordedSegment) throws {
        try insert(segment)
        let file = try id(of: segment.path)
        let duration = (segment.start - file.start).inMicroseconds + segment.duration.inMicroseconds
        let size = segment.offset + Int64(segment.length)
        try connection.execute(
            """
            update recorded_file set
              duration_us = case when duration_us > \(duration) then duration_us else \(duration) end,
              size_bytes = case when size_bytes > \(size) then size_bytes else \(size) end
            where id = \(file.id)
            """)
    }

    private mutating func close(_ path: String, _ sizeBytes: Int64) throws {
        try connection.execute(
            "update recorded_file set is_closed = 1, size_bytes = \(sizeBytes) where id = \(id(of: path).id)")
    }

    /// A gap that goes on where one with the same reason ends, or is told again while it grows, is one row.
    private func note(_ gap: RecordingGap) throws {
        guard !gap.span.isEmpty else { return }
        let grown = try connection.execute(
            """
            update recording_gap set end_ms = case when end_ms > \(gap.span.end) then end_ms else \(gap.span.end) end
            where id = (select id from recording_gap where camera_id = \(gap.camera) and end_ms >= \(gap.span.start)
              and start_ms <= \(gap.span.start) and reason = \(gap.reason) order by end_ms limit 1)
            """)
        guard grown == 0 else { return }
        try connection.execute(
            """
            insert into recording_gap (camera_id, start_ms, end_ms, reason)
            values (\(gap.camera), \(gap.span.start), \(gap.span.end), \(gap.reason))
            """)
    }
}
