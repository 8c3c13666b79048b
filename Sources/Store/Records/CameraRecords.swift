public import Domain

/// Cameras, with their credentials unsealed.
public struct CameraRecords {
    let connection: any Connection
    let key: SealingKey

    /// Those that are there, ordered by area, then by name; of a territory of nil, none.
    public func all(in territory: Territory? = .county) throws -> [Camera] {
        try connection.all(
            """
            select \(columns) from camera where removed_ms is null
              and area_id in (select area.id from area where \(SQL.areaLies(in: territory)))
            order by area_id, name, id
            """, decode)
    }

    public func camera(_ id: CameraID) throws -> Camera? {
        try connection.first("select \(columns) from camera where id = \(id) and removed_ms is null", decode)
    }

    public func areHere(in area: AreaID) throws -> Bool {
        try connection.exists("select 1 from camera where area_id = \(area) and removed_ms is null limit 1")
    }

    /// Whether footage of any camera of the area, also of a removed one, is still kept.
    public func haveFootage(in area: AreaID) throws -> Bool {
        try connection.exists(
            """
            select 1 from camera join recorded_file on recorded_file.camera_id = camera.id
            where camera.area_id = \(area) limit 1
            """)
    }

    public func add(_ camera: Camera, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into camera (id, area_id, name, main_address, sub_address, credentials_sealed, transport, client,
              verifies_certificate, is_enabled, is_recorded, retention_days, created_ms)
            values (\(camera.id), \(camera.area), \(camera.name), \(camera.main.stored), \(camera.sub?.stored),
              \(sealed(camera)), \(camera.transport), \(camera.client), \(camera.verifiesCertificate),
              \(camera.isEnabled), \(camera.isRecorded), \(camera.retentionDays), \(time))
            """)
    }

    public func change(_ camera: Camera) throws {
        try connection.execute(
            """
            update camera set area_id = \(camera.area), name = \(camera.name), main_address = \(camera.main.stored),
              sub_address = \(camera.sub?.stored), credentials_sealed = \(sealed(camera)),
              transport = \(camera.transport), client = \(camera.client),
              verifies_certificate = \(camera.verifiesCertificate), is_enabled = \(camera.isEnabled),
              is_recorded = \(camera.isRecorded), retention_days = \(camera.retentionDays)
            where id = \(camera.id)
            """)
    }

    /// Its row stays as long as it has footage, without credentials.
    public func remove(_ id: CameraID, at time: UTCTime) throws {
        try connection.execute(
            """
            update camera set credentials_sealed = null, is_enabled = 0,
              removed_ms = case when created_ms > \(time) then created_ms else \(time) end
            where id = \(id)
            """)
    }

    /// Forgets the removed cameras of an area; none of them may have footage.
    public func forgetRemoved(in area: AreaID) throws {
        try connection.execute("delete from camera where area_id = \(area) and removed_ms is not null")
    }

    private func sealed(_ camera: Camera) throws -> [UInt8]? {
        try camera.credentials.map { try key.seal($0, for: camera.id) }
    }

    private func decode(_ row: borrowing Row) throws -> Camera {
        let id: CameraID = try row.value(0)
        let sub: String? = try row.value(4)
        let sealed: [UInt8]? = try row.value(5)
        return Camera(
            id: id, area: try row.value(1), name: try row.value(2),
            main: try SourceAddress.stored(try row.value(3)), sub: try sub.map(SourceAddress.stored),
            credentials: try sealed.map { try key.openCredentials($0, for: id) }, transport: try row.value(6),
            client: try row.value(7), verifiesCertificate: try row.value(8), isEnabled: try row.value(9),
            isRecorded: try row.value(10), retentionDays: try row.value(11))
    }
}

private let columns: SQL = """
    id, area_id, name, main_address, sub_address, credentials_sealed, transport, client, verifies_certificate,
    is_enabled, is_recorded, retention_days
    """

extension SourceAddress {
    /// A file's path may hold any character, `%` and blanks at its ends too, so it is kept as it is.
    fileprivate var stored: String { scheme == .file ? "file:\(path)" : description }

    fileprivate static func stored(_ text: String) throws(StoreError) -> SourceAddress {
        if text.hasPrefix("file:") { return SourceAddress(scheme: .file, host: "", path: String(text.dropFirst(5))) }
        do {
            return try parse(text).address
        } catch {
            throw StoreError(.badValue, doing: "reading a camera's address")
        }
    }

    /// Whether the database gives back exactly this address.
    public var isStorable: Bool { (try? Self.stored(stored)) == self }
}
