import Domain
import Testing

@testable import Store

struct GridMigrationTests {
    /// A row in every table that migration 4 makes anew or that refers to one of those.
    private static func old(_ engine: Engine) -> [String] {
        let id = (1...9).map { String(repeating: "\($0)", count: 36) }
        let token = engine == .sqlite ? "zeroblob(32)" : "decode(repeat('00', 32), 'hex')"
        return [
            "insert into school (id, name, created_ms) values ('\(id[0])', 'Primary School', 5)",
            "insert into area (id, school_id, kind, name, created_ms) values ('\(id[1])', '\(id[0])', 'cooking', '', 6)",
            """
            insert into camera (id, area_id, name, main_address, transport, client, verifies_certificate, is_enabled,
              is_recorded, created_ms)
            values ('\(id[2])', '\(id[1])', 'Stove', 'rtsp://10.0.0.1/', 'tcp', 'native', 0, 1, 1, 7)
            """,
            """
            insert into person (id, account, account_folded, name, role, school_id, is_enabled, must_change_password,
              password_hash, created_ms)
            values ('\(id[3])', 'Head', 'head', 'Head', 'school', '\(id[0])', 1, 0, '$scrypt$x', 8),
              ('\(id[4])', 'Chief', 'chief', 'Chief', 'administrator', null, 0, 1, '$scrypt$y', 9)
            """,
            """
            insert into session (token_sha256, person_id, remote_address, created_ms, expires_ms)
            values (\(token), '\(id[3])', '192.0.2.1', 10, 11)
            """,
        ]
    }

    private static let questions = [
        "select id || name || created_ms from school", "select id || school_id || kind || name || created_ms from area",
        "select id || area_id || name || main_address || created_ms from camera",
        """
        select id || account || account_folded || name || role || coalesce(school_id, '-') || is_enabled
          || must_change_password || password_hash || created_ms from person order by id
        """, "select person_id || remote_address || created_ms || expires_ms from session",
    ]

    @Test(arguments: Engine.all) func `a database of before the grid keeps every row`(engine: Engine) async throws {
        try await withTemporaryStore(engine) { temporary in
            let database = try await temporary.openDatabase()
            try await Migration.apply(Array(Migration.all.prefix(3)), to: database, at: TemporaryStore.now)
            let raw = try temporary.openRaw()
            for statement in Self.old(engine) { try raw.run(statement) }
            let before = try Self.questions.map { try raw.texts($0) }
            try await Migration.apply(to: database, at: TemporaryStore.now)
            let after = try temporary.openRaw()
            #expect(try Self.questions.map { try after.texts($0) } == before)
            #expect(before.map(\.count) == [1, 1, 1, 2, 1])
            // What referred to the tables that were made anew still does.
            #expect(throws: (any Error).self) { try after.run("delete from area") }
            #expect(throws: (any Error).self) { try after.run("update session set person_id = 'nobody'") }
            try after.run("update person set role = 'hall', school_id = null where account = 'Chief'")
            try raw.close()
            try after.close()
            try await database.close()
        }
    }
}
