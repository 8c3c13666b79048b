import Domain

extension RecordedFile {
    /// Of `recorded_file as f`, in the order in which `init(row:)` reads them.
    static let columns: SQL = """
        f.camera_id, f.path, f.start_ms, f.duration_us, f.size_bytes, f.init_bytes, f.codecs, f.width, f.height
        """

    init(row: borrowing Row) throws {
        self.init(
            camera: try row.value(0), path: try row.value(1), start: try row.value(2),
            duration: .microseconds(try row.value(3, as: Int64.self)), sizeBytes: try row.value(4),
            initBytes: try row.value(5), codecs: try row.value(6), width: try row.value(7), height: try row.value(8))
    }
}

extension RecordedSegment {
    /// Columns: path, start_ms, duration_us, byte_offset, byte_length, sha256.
    init(camera: CameraID, row: borrowing Row) throws {
        self.init(
            camera: camera, path: try row.value(0), start: try row.value(1),
            duration: .microseconds(try row.value(2, as: Int64.self)), offset: try row.value(3),
            length: try row.value(4), sha256: try row.value(5))
    }
}

extension TimeSpan {
    /// Two columns, `start_ms` and `end_ms`, of which the schema knows that they are in order.
    init(row: borrowing Row, at index: Int) throws {
        self.init(start: try row.value(index), end: try row.value(index + 1))
    }
}

extension Duration {
    /// Whole microseconds, rounded towards zero: what ``Time90k`` gives goes through the database unchanged.
    var inMicroseconds: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    }
}
