public import Domain

/// Photographs and signatures.
extension InspectionRecords {
    public func file(_ id: InspectionFileID) throws -> InspectionFile? {
        try connection.first(
            "select \(InspectionFile.columns) from inspection_file where id = \(id)", InspectionFile.init(row:))
    }

    /// In the order in which they were made.
    public func files(of id: SpotInspectionID) throws -> [InspectionFile] {
        try connection.all(
            "select \(InspectionFile.columns) from inspection_file where inspection_id = \(id) order by id",
            InspectionFile.init(row:))
    }

    public func add(_ file: InspectionFile, at time: UTCTime) throws {
        guard let sha256 = [UInt8](hexadecimal: file.sha256) else {
            throw StoreError(.check, doing: "keeping a file", detail: "its SHA-256 has 64 digits")
        }
        try connection.execute(
            """
            insert into inspection_file
              (id, inspection_id, kind, name, media_type, size_bytes, sha256, path, person_id, added_ms)
            values (\(file.id), \(file.inspection), \(file.kind), \(file.name), \(file.mediaType), \(file.sizeBytes),
              \(sha256), \(file.path), \(file.by), \(time))
            """)
    }
}

extension InspectionFile {
    fileprivate static let columns: SQL =
        "id, inspection_id, kind, name, media_type, size_bytes, sha256, path, person_id"

    fileprivate init(row: borrowing Row) throws {
        let sha256: [UInt8] = try row.value(6)
        self.init(
            try row.value(0), of: try row.value(1), try row.value(2), name: try row.value(3),
            mediaType: try row.value(4), sizeBytes: try row.value(5), sha256: sha256.hexadecimal,
            path: try row.value(7), by: try row.value(8))
    }
}
