public import Domain

/// Registers that the law asks for, each entry with all its versions.
public struct RegisterRecords {
    let connection: any Connection

    public func add(_ entry: RegisterEntry, by actor: LedgerActor) throws {
        try connection.execute(
            """
            insert into register_entry (id, kind, school_id, version, changed_ms, one_per_school)
            values (\(entry.id), \(entry.kind), \(entry.school), 1, \(entry.changedAt),
              \(entry.kind.isOnePerSchool ? entry.school : nil))
            """)
        try addVersion(of: entry, by: actor)
    }

    /// - Returns: false when somebody was faster.
    public func change(_ entry: RegisterEntry, by actor: LedgerActor) throws -> Bool {
        let rows = try connection.execute(
            """
            update register_entry set version = \(entry.version), changed_ms = \(entry.changedAt)
            where id = \(entry.id) and version = \(entry.version - 1)
            """)
        guard rows == 1 else { return false }
        try addVersion(of: entry, by: actor)
        return true
    }

    public func entry(_ id: RegisterEntryID) throws -> RegisterEntry? {
        guard var entry = try connection.first("\(select) where e.id = \(id)", RegisterEntry.init(row:)) else {
            return nil
        }
        entry.files = try files(of: id)
        return entry
    }

    /// Changed last, first. Those of the county's own belong to no school and are only in the county's territory.
    public func entries(_ kind: RegisterKind, in territory: Territory?) throws -> [RegisterEntry] {
        let place: SQL
        switch territory {
        case nil: place = "1 = 0"
        case .county?: place = "1 = 1"
        case let territory?:
            place = "e.school_id in (select school.id from school where \(SQL.schoolTouches(territory)))"
        }
        var entries = try connection.all(
            "\(select) where e.kind = \(kind) and \(place) order by e.changed_ms desc, e.id desc",
            RegisterEntry.init(row:))
        var files: [RegisterEntryID: [KeptFile]] = [:]
        try connection.forEach(
            """
            select f.entry_id, f.id, f.kind, f.name, f.media_type, f.size_bytes, f.sha256, f.path
            from register_file as f join register_entry as e on e.id = f.entry_id
            where e.kind = \(kind) and \(place) order by f.id
            """
        ) { row in
            files[try row.value(0), default: []].append(try KeptFile(row: row, from: 1))
            return true
        }
        for index in entries.indices { entries[index].files = files[entries[index].id] ?? [] }
        return entries
    }

    /// Newest first.
    public func versions(of id: RegisterEntryID) throws -> [RegisterVersion] {
        try connection.all(
            """
            select version, fields, time_ms, actor from register_version where entry_id = \(id) order by version desc
            """
        ) { row in
            guard let actor = LedgerActor(try row.value(3, as: String.self)) else { throw row.badValue(3, "an actor") }
            return RegisterVersion(
                number: try row.value(0), values: try row.json(1), time: try row.value(2), actor: actor)
        }
    }

    public func add(_ file: KeptFile, to id: RegisterEntryID, at time: UTCTime) throws {
        guard let sha256 = file.attachment.sha256Bytes else {
            throw StoreError(.check, doing: "keeping a file", detail: "its SHA-256 has 64 digits")
        }
        try connection.execute(
            """
            insert into register_file (id, entry_id, kind, name, media_type, size_bytes, sha256, path, added_ms)
            values (\(file.attachment.id), \(id), \(file.attachment.kind), \(file.name), \(file.mediaType),
              \(file.sizeBytes), \(sha256), \(file.path), \(time))
            """)
    }

    private func files(of id: RegisterEntryID) throws -> [KeptFile] {
        try connection.all(
            """
            select id, kind, name, media_type, size_bytes, sha256, path from register_file
            where entry_id = \(id) order by id
            """
        ) { row in try KeptFile(row: row, from: 0) }
    }

    private func addVersion(of entry: RegisterEntry, by actor: LedgerActor) throws {
        try connection.execute(
            """
            insert into register_version (entry_id, version, fields, time_ms, actor)
            values (\(entry.id), \(entry.version), \(try JSONColumn.text(entry.values)), \(entry.changedAt),
              \(actor.description))
            """)
    }

    private var select: SQL {
        """
        select e.id, e.kind, e.school_id, e.version, v.fields, e.changed_ms
        from register_entry as e join register_version as v on v.entry_id = e.id and v.version = e.version
        """
    }
}

extension RegisterEntry {
    fileprivate init(row: borrowing Row) throws {
        self.init(
            id: try row.value(0), kind: try row.value(1), school: try row.value(2), version: try row.value(3),
            values: try row.json(4), changedAt: try row.value(5))
    }
}

extension KeptFile {
    fileprivate init(row: borrowing Row, from first: Int) throws {
        let sha256: [UInt8] = try row.value(first + 5)
        self.init(
            Attachment(
                id: try row.value(first), kind: try row.value(first + 1), sha256: sha256.hexadecimal),
            name: try row.value(first + 2), mediaType: try row.value(first + 3), sizeBytes: try row.value(first + 4),
            path: try row.value(first + 6))
    }
}
