public import Domain

/// What of which school the public may see.
public struct PublicationRecords {
    let connection: any Connection

    /// One school's; nil = nobody has set anything there.
    public func publication(of school: SchoolID) throws -> (code: PublicCode, publication: Publication)? {
        try connection.first("select code, publication from publication where school_id = \(school)") { row in
            (try row.value(0), try row.json(1))
        }
    }

    public func school(of code: PublicCode) throws -> SchoolID? {
        try connection.first("select school_id from publication where code = \(code.description)") { try $0.value(0) }
    }

    public func all() throws -> [SchoolID: (code: PublicCode, publication: Publication)] {
        let rows = try connection.all("select school_id, code, publication from publication order by school_id") {
            row in
            (
                try row.value(0, as: SchoolID.self), try row.value(1, as: PublicCode.self),
                try row.json(2, as: Publication.self)
            )
        }
        return Dictionary(uniqueKeysWithValues: rows.map { ($0, ($1, $2)) })
    }

    public func set(_ publication: Publication, code: PublicCode, of school: SchoolID) throws {
        try connection.execute(
            """
            insert into publication (school_id, code, publication)
            values (\(school), \(code.description), \(try JSONColumn.text(publication)))
            on conflict (school_id) do update set code = excluded.code, publication = excluded.publication
            """)
    }
}
