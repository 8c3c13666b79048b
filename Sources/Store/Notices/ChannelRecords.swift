public import Domain

/// Channels, with their addresses and keys unsealed.
public struct ChannelRecords {
    let connection: any Connection
    let key: SealingKey

    /// Ordered by owner, then by name.
    public func all() throws -> [NoticeChannel] {
        try connection.all("select \(columns) from channel order by owner, name, id", decode)
    }

    public func channel(_ id: ChannelID) throws -> NoticeChannel? {
        try connection.first("select \(columns) from channel where id = \(id)", decode)
    }

    /// Those that are switched on.
    public func enabled(of owner: NoticeChannel.Owner) throws -> [NoticeChannel] {
        try connection.all(
            "select \(columns) from channel where owner = \(owner.description) and is_enabled = 1 order by id", decode)
    }

    public func add(_ channel: NoticeChannel, at time: UTCTime) throws {
        try connection.execute(
            """
            insert into channel (id, owner, kind, name, target_sealed, scope, language, is_enabled, created_ms)
            values (\(channel.id), \(channel.owner.description), \(channel.kind), \(channel.name),
              \(try key.sealTarget(of: channel)), \(channel.scope), \(channel.language), \(channel.isEnabled), \(time))
            """)
    }

    public func change(_ channel: NoticeChannel) throws {
        try connection.execute(
            """
            update channel set owner = \(channel.owner.description), kind = \(channel.kind), name = \(channel.name),
              target_sealed = \(try key.sealTarget(of: channel)), scope = \(channel.scope),
              language = \(channel.language), is_enabled = \(channel.isEnabled)
            where id = \(channel.id)
            """)
    }

    /// How often it was used in this minute and on this day.
    public func use(of id: ChannelID, minute: Int64, day: Int) throws -> (inMinute: Int, inDay: Int) {
        try connection.first(
            """
            select case when minute = \(minute) then minute_count else 0 end,
              case when day = \(day) then day_count else 0 end from channel where id = \(id)
            """
        ) { row in (try row.value(0), try row.value(1)) } ?? (0, 0)
    }

    public func noteUse(of id: ChannelID, minute: Int64, day: Int) throws {
        try connection.execute(
            """
            update channel set minute_count = case when minute = \(minute) then minute_count else 0 end + 1,
              day_count = case when day = \(day) then day_count else 0 end + 1, minute = \(minute), day = \(day)
            where id = \(id)
            """)
    }

    private func decode(_ row: borrowing Row) throws -> NoticeChannel {
        let id: ChannelID = try row.value(0)
        guard let owner = NoticeChannel.Owner(try row.value(1, as: String.self)) else {
            throw row.badValue(1, "an owner")
        }
        let target = try key.openTarget(try row.value(4), of: id)
        return NoticeChannel(
            id: id, owner: owner, kind: try row.value(2), name: try row.value(3), address: target.address,
            key: target.key, scope: try row.value(5), language: try row.value(6), isEnabled: try row.value(7))
    }
}

private let columns: SQL = "id, owner, kind, name, target_sealed, scope, language, is_enabled"
