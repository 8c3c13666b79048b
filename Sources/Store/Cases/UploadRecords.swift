public import Domain

/// Files of cases that wait for the act that names them.
public struct UploadRecords {
    let connection: any Connection

    public func add(_ file: AttachmentFile, by person: PersonID, at time: UTCTime) throws {
        let attachment = file.attachment
        guard let sha256 = attachment.sha256Bytes else {
            throw StoreError(.check, doing: "keeping a file", detail: "its SHA-256 has 64 digits")
        }
        try connection.execute(
            """
            insert into case_upload (id, case_id, person_id, kind, name, media_type, size_bytes, sha256, path, added_ms)
            values (\(attachment.id), \(file.caseID), \(person), \(attachment.kind), \(file.name), \(file.mediaType),
              \(file.sizeBytes), \(sha256), \(file.path), \(time))
            """)
    }

    public func count(of id: CaseID, by person: PersonID) throws -> Int {
        try connection.value("select count(*) from case_upload where case_id = \(id) and person_id = \(person)") ?? 0
    }

    /// nil when that person has sent none such to that case since then.
    public func file(
        _ upload: AttachmentID, of id: CaseID, by person: PersonID, since start: UTCTime
    ) throws -> AttachmentFile? {
        try connection.first(
            """
            select \(AttachmentFile.columns) from case_upload
            where id = \(upload) and case_id = \(id) and person_id = \(person) and added_ms > \(start)
            """, AttachmentFile.init(row:))
    }

    /// Those that nobody named until then, the oldest first.
    public func old(until time: UTCTime, limit: Int) throws -> [AttachmentFile] {
        try connection.all(
            """
            select \(AttachmentFile.columns) from case_upload where added_ms <= \(time) order by added_ms, id
            limit \(limit)
            """, AttachmentFile.init(row:))
    }

    public func remove(_ upload: AttachmentID) throws {
        try connection.execute("delete from case_upload where id = \(upload)")
    }
}
