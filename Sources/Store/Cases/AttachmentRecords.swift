public import Domain

/// Files of cases.
public struct AttachmentRecords {
    let connection: any Connection

    public func add(_ file: AttachmentFile, at time: UTCTime) throws {
        let attachment = file.attachment
        guard let sha256 = attachment.sha256Bytes else {
            throw StoreError(.check, doing: "keeping a file", detail: "its SHA-256 has 64 digits")
        }
        try connection.execute(
            """
            insert into attachment (id, case_id, kind, name, media_type, size_bytes, sha256, path, added_ms)
            values (\(attachment.id), \(file.caseID), \(attachment.kind), \(file.name), \(file.mediaType),
              \(file.sizeBytes), \(sha256), \(file.path), \(time))
            """)
    }

    public func file(_ id: AttachmentID) throws -> AttachmentFile? {
        try connection.first(
            "select \(AttachmentFile.columns) from attachment where id = \(id)", AttachmentFile.init(row:))
    }

    /// In the order in which they came.
    public func files(of id: CaseID) throws -> [AttachmentFile] {
        try connection.all(
            "select \(AttachmentFile.columns) from attachment where case_id = \(id) order by id",
            AttachmentFile.init(row:))
    }
}

extension Attachment {
    /// nil when it is no SHA-256.
    var sha256Bytes: [UInt8]? {
        let digits = Array(sha256.utf8)
        guard digits.count == 64 else { return nil }
        var bytes: [UInt8] = []
        for index in stride(from: 0, to: digits.count, by: 2) {
            guard let byte = UInt8(String(decoding: digits[index..<index + 2], as: UTF8.self), radix: 16) else {
                return nil
            }
            bytes.append(byte)
        }
        return bytes
    }
}

extension AttachmentFile {
    static let columns: SQL = "id, case_id, kind, name, media_type, size_bytes, sha256, path"

    init(row: borrowing Row) throws {
        let sha256: [UInt8] = try row.value(6)
        self.init(
            Attachment(id: try row.value(0), kind: try row.value(2), sha256: sha256.hexadecimal),
            of: try row.value(1), name: try row.value(3), mediaType: try row.value(4), sizeBytes: try row.value(5),
            path: try row.value(7))
    }
}
