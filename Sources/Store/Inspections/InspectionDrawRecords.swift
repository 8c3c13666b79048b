public import Domain

/// Draws, with their secrets sealed until they are made.
public struct InspectionDrawRecords {
    let connection: any Connection
    let key: SealingKey

    public func draw(_ id: InspectionDrawID) throws -> InspectionDraw? {
        try connection.first("select draw from inspection_draw where id = \(id)") { try $0.json(0) }
    }

    /// Newest first.
    public func draws(limit: Int) throws -> [InspectionDraw] {
        try connection.all("select draw from inspection_draw order by id desc limit \(limit)") { try $0.json(0) }
    }

    public func add(_ draw: InspectionDraw, secret: [UInt8]) throws {
        try connection.execute(
            """
            insert into inspection_draw (id, draw, secret_sealed)
            values (\(draw.id), \(try JSONColumn.text(draw)), \(try key.seal(secret, purpose: "draw/\(draw.id)")))
            """)
    }

    /// nil once the draw was made, and for a secret of another key.
    public func secret(of id: InspectionDrawID) throws -> [UInt8]? {
        let sealed: [UInt8]? =
            try connection.first("select secret_sealed from inspection_draw where id = \(id)") {
                try $0.value(0, as: [UInt8]?.self)
            } ?? nil
        return sealed.flatMap { key.open($0, purpose: "draw/\(id)") }
    }

    /// It was made: its secret is no secret any more.
    public func set(_ draw: InspectionDraw) throws {
        try connection.execute(
            """
            update inspection_draw set draw = \(try JSONColumn.text(draw)), secret_sealed = null
            where id = \(draw.id)
            """)
    }
}
