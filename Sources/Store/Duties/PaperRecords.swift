public import Domain

/// Licences and certificates, and the files that belong to schools.
public struct PaperRecords {
    let connection: any Connection

    /// Those in use, of the schools of a territory: by school, then what runs out first.
    public func all(in territory: Territory?) throws -> [SchoolPaper] {
        try connection.all(
            """
            select \(columns) from school_paper as p where p.removed_ms is null
              and p.school_id in (select school.id from school where \(SQL.schoolTouches(territory)))
            order by p.school_id, p.valid_through, p.id
            """, SchoolPaper.init(row:))
    }

    /// nil also when it was put away.
    public func paper(_ id: SchoolPaperID) throws -> SchoolPaper? {
        try connection.first(
            "select \(columns) from school_paper as p where p.id = \(id) and p.removed_ms is null",
            SchoolPaper.init(row:))
    }

    public func add(_ paper: SchoolPaper) throws {
        try connection.execute(
            """
            insert into school_paper (id, school_id, kind, number, holder, valid_through, file_id)
            values (\(paper.id), \(paper.school), \(paper.kind), \(paper.number), \(paper.holder),
              \(paper.validThrough.description), \(paper.file))
            """)
    }

    public func change(_ paper: SchoolPaper) throws {
        try connection.execute(
            """
            update school_paper set number = \(paper.number), holder = \(paper.holder),
              valid_through = \(paper.validThrough.description), file_id = \(paper.file)
            where id = \(paper.id)
            """)
    }

    public func remove(_ id: SchoolPaperID, at time: UTCTime) throws {
        try connection.execute("update school_paper set removed_ms = \(time) where id = \(id)")
    }

    public func add(_ file: SchoolFile, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into school_file (id, school_id, is_personal, name, media_type, size_bytes, sha256, path, added_ms)
            values (\(file.id), \(file.school), \(file.isPersonal), \(file.name), \(file.mediaType),
              \(file.sizeBytes), \(file.sha256), \(file.path), \(time))
            """)
    }

    public func file(_ id: SchoolFileID, of school: SchoolID) throws -> SchoolFile? {
        try connection.first(
            """
            select id, school_id, is_personal, name, media_type, size_bytes, sha256, path from school_file
            where id = \(id) and school_id = \(school)
            """
        ) { row in
            SchoolFile(
                id: try row.value(0), school: try row.value(1), isPersonal: try row.value(2), name: try row.value(3),
                mediaType: try row.value(4), sizeBytes: try row.value(5), sha256: try row.value(6),
                path: try row.value(7))
        }
    }
}

private let columns: SQL = "p.id, p.school_id, p.kind, p.number, p.holder, p.valid_through, p.file_id"

extension SchoolPaper {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), school: try row.value(1), kind: try row.value(2), number: try row.value(3),
            holder: try row.value(4), validThrough: try row.day(5), file: try row.value(6))
    }
}
