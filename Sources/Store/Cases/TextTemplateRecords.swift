public import Domain

/// Words for acts of cases.
public struct TextTemplateRecords {
    let connection: any Connection

    /// In the order in which they were added.
    public func all() throws -> [TextTemplate] {
        try connection.all("select id, move, text from text_template order by id", TextTemplate.init(row:))
    }

    public func template(_ id: TextTemplateID) throws -> TextTemplate? {
        try connection.first("select id, move, text from text_template where id = \(id)", TextTemplate.init(row:))
    }

    public func set(_ template: TextTemplate) throws {
        try connection.execute(
            """
            insert into text_template (id, move, text)
            values (\(template.id), \(template.move.rawValue), \(template.text))
            on conflict (id) do update set text = excluded.text
            """)
    }

    public func remove(_ id: TextTemplateID) throws {
        try connection.execute("delete from text_template where id = \(id)")
    }
}

extension TextTemplate {
    fileprivate init(row: borrowing Row) throws {
        self.init(id: try row.value(0), move: try row.value(1, as: CaseMove.self), text: try row.value(2))
    }
}
