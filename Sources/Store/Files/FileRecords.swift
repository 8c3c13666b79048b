public import Domain

/// Files of everything but captures and cases: what each must be, for checking them all alike.
public struct FileRecords {
    let connection: any Connection

    /// Some files, and where the next page begins; nil = these were the last.
    public struct Page: Sendable {
        public var files: [FileProof]
        public var next: String?
    }

    /// - Parameters:
    ///   - last: `next` of the page before; nil = from the first.
    ///   - limit: Of rows; a row of a concern may have several files.
    public func page(of owner: FileOwner, after last: String?, limit: Int) throws -> Page {
        let start = last ?? ""
        switch owner {
        case .inspection: return try page(owner, "inspection_file", "inspection_id", after: start, limit)
        case .register: return try page(owner, "register_file", "entry_id", after: start, limit)
        case .activity: return try page(owner, "activity_photo", "activity_id", after: start, limit)
        case .school: return try page(owner, "school_file", "school_id", after: start, limit)
        case .report: return try reports(after: start, limit: limit)
        case .concern: return try concernPhotos(after: start, limit: limit)
        }
    }

    private func page(
        _ owner: FileOwner, _ table: SQL, _ reference: SQL, after last: String, _ limit: Int
    ) throws -> Page {
        var page = Page(files: [], next: nil)
        var count = 0
        let columns: SQL = "select id, " + reference + ", path, size_bytes, sha256 from " + table
        try connection.forEach(columns + " where id > \(last) order by id limit \(limit)") { row in
            page.next = try row.value(0)
            count += 1
            let sha256: String =
                owner == .school ? try row.value(4) : (try row.value(4, as: [UInt8].self)).hexadecimal
            page.files.append(
                FileProof(
                    owner, try row.value(1), path: try row.value(2), sizeBytes: try row.value(3), sha256: sha256))
            return true
        }
        if count < limit { page.next = nil }
        return page
    }

    /// Their bytes are in the records.
    private func reports(after last: String, limit: Int) throws -> Page {
        var page = Page(files: [], next: nil)
        var count = 0
        try connection.forEach(
            "select id, length(document), sha256 from report_issue where id > \(last) order by id limit \(limit)"
        ) { row in
            let id: String = try row.value(0)
            page.next = id
            count += 1
            page.files.append(
                FileProof(
                    .report, id, path: nil, sizeBytes: try row.value(1),
                    sha256: (try row.value(2, as: [UInt8].self)).hexadecimal))
            return true
        }
        if count < limit { page.next = nil }
        return page
    }

    /// They stand in the first step of their concern.
    private func concernPhotos(after last: String, limit: Int) throws -> Page {
        var page = Page(files: [], next: nil)
        var count = 0
        try connection.forEach(
            """
            select concern_id, change from concern_step where version = 1 and concern_id > \(last)
            order by concern_id limit \(limit)
            """
        ) { row in
            let id: String = try row.value(0)
            page.next = id
            count += 1
            guard case .received(_, let photos) = try row.json(1, as: ConcernChange.self) else { return true }
            page.files += photos.map {
                FileProof(.concern, id, path: $0.path, sizeBytes: $0.sizeBytes, sha256: $0.sha256)
            }
            return true
        }
        if count < limit { page.next = nil }
        return page
    }
}
