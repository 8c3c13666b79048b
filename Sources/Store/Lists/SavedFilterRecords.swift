public import Domain

/// Filters that people have kept under a name.
public struct SavedFilterRecords {
    let connection: any Connection

    public func filter(_ id: SavedFilterID) throws -> SavedFilter? {
        try connection.first("select \(columns) from saved_filter where id = \(id)", SavedFilter.init(row:))
    }

    /// The person's own, and what others have shared with the body, by name.
    public func filters(for list: SavedFilter.List, of person: PersonID, in body: Body?) throws -> [SavedFilter] {
        let shared: SQL = body.map { " or body = \($0.description)" } ?? ""
        return try connection.all(
            "select \(columns) from saved_filter where list = \(list.rawValue) and (person_id = \(person)" + shared
                + ") order by name, id", SavedFilter.init(row:))
    }

    public func count(of person: PersonID) throws -> Int {
        try connection.value("select count(*) from saved_filter where person_id = \(person)") ?? 0
    }

    public func add(_ filter: SavedFilter) throws {
        try connection.execute(
            """
            insert into saved_filter (id, person_id, list, name, terms, body)
            values (\(filter.id), \(filter.owner), \(filter.list.rawValue), \(filter.name),
              \(try JSONColumn.text(filter.terms)), \(filter.sharedWith?.description))
            """)
    }

    public func remove(_ id: SavedFilterID) throws {
        try connection.execute("delete from saved_filter where id = \(id)")
    }
}

private let columns: SQL = "id, person_id, list, name, terms, body"

extension SavedFilter {
    fileprivate init(row: borrowing Row) throws {
        let body: String? = try row.value(5)
        self.init(
            id: try row.value(0), owner: try row.value(1), list: try row.value(2, as: List.self),
            name: try row.value(3), terms: try row.json(4), sharedWith: body.flatMap { Body($0) })
    }
}
