import Crypto
import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

struct MigrationTests {
    /// What each shipped file is, for ever: what it made is in people's databases. Add a line for a new file; never
    /// change one after its release.
    private static let shipped: [Int: [Engine: String]] = [
        1: [
            .sqlite: "95c8dfedde4c14b0de030fb9cf2088446455e59b7247eb6c2e9aecf45a2cf7fe",
            .postgreSQL: "a0944c0def7e874ae383d5992742d6780b31511a3b84a61371753c04c8a85b1a",
        ],
        2: [
            .sqlite: "48c8577b9ed5bb73c6585aea7766fc1c0fba3387a8ae48fcdc0a646416793334",
            .postgreSQL: "0a967e92df2121575c9a204a90c5bdf7e14d0815be015cfec75f2e317f2f60b3",
        ],
        3: [
            .sqlite: "1e6e07e50fc35b8404af239c4da67cfb6849b23cb409c0b86c6f461fc13b3d72",
            .postgreSQL: "4df7940a28e1b3f6b964ad99051fcd721e2ffa3162a30d4c4fc398b02c0e4efb",
        ],
        4: [
            .sqlite: "8b96ad628f67889e3b97aaeae0d15cf847e27ff658f0f3688b7eaf8adda2828e",
            .postgreSQL: "7d6df25c631e6d868e4aadc4178c0a2876abf0000173cf971b099723c46aaa8e",
        ],
    ]

    @Test(arguments: Engine.all) func `shipped migrations have not been edited`(engine: Engine) {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        for migration in Migration.all {
            let hash = Array(SHA256.hash(data: Data(migration.script(for: engine).utf8))).hexadecimal
            #expect(hash == Self.shipped[migration.number]?[engine], "\(migration.number) \(migration.name)")
        }
    }

    @Test(arguments: 0...Migration.all.count)
    func `every old version becomes what schema.sql says`(version: Int) async throws {
        let documented = try await withDatabase(.sqlite) { database, temporary in
            let text = String(decoding: PackageResources.schema_sql, as: UTF8.self)
            try await database.write { try $0.run(script: text) }
            return try Self.schema(of: temporary)
        }
        let migrated = try await withDatabase(.sqlite) { database, temporary in
            try await Migration.apply(Array(Migration.all.prefix(version)), to: database, at: TemporaryStore.now)
            try await Migration.apply(to: database, at: TemporaryStore.now)
            return try Self.schema(of: temporary)
        }
        #expect(migrated == documented)
    }

    @Test func `every table and column of schema.sql has a comment before it or speaks for itself`() {
        let text = String(decoding: PackageResources.schema_sql, as: UTF8.self)
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        for (index, line) in lines.enumerated() where line.hasPrefix("create table") {
            #expect(lines[index - 1].hasPrefix("--"), "\(line)")
        }
    }

    @Test(arguments: Engine.all)
    func `a database of a newer version is refused and left alone`(engine: Engine) async throws {
        try await withTemporaryStore(engine) { temporary in
            try await temporary.open().close()
            let raw = try temporary.openRaw()
            try raw.run("insert into schema_migration (number, name, applied_ms) values (9999, 'future', 0)")
            try raw.close()
            let error = await #expect(throws: StoreError.self) { _ = try await temporary.open() }
            #expect(error?.kind == .newerSchema(found: 9999, known: Migration.all.count))
            #expect(error?.description.contains("newer version") == true)
        }
    }

    @Test(arguments: Engine.all)
    func `processes that open a new database at once make it once`(engine: Engine) async throws {
        try await withTemporaryStore(engine) { temporary in
            try await withThrowingTaskGroup(of: Store.self) { group in
                for _ in 0..<6 { group.addTask { try await temporary.open() } }
                for try await store in group { try await store.close() }
            }
            let raw = try temporary.openRaw()
            #expect(try raw.integer("select count(*) from schema_migration") == Int64(Migration.all.count))
            try raw.close()
        }
    }

    @Test func `both engines have the same tables and columns in the same order`() async throws {
        let sqlite = try await withStore(.sqlite) { _, temporary in
            let raw = try temporary.openRaw()
            defer { try? raw.close() }
            return try raw.texts(
                """
                select t.name || '.' || c.name || case when c."notnull" = 1 then '' else '?' end
                from pragma_table_list() as t, pragma_table_xinfo(t.name) as c
                where t.type = 'table' and t.name not like 'sqlite%' order by t.name, c.cid
                """)
        }
        let postgreSQL = try await withStore(.postgreSQL) { _, temporary in
            try temporary.openRaw().texts(
                """
                select table_name || '.' || column_name || case when is_nullable = 'NO' then '' else '?' end
                from information_schema.columns where table_schema = 'public'
                order by table_name collate "C", ordinal_position
                """)
        }
        #expect(sqlite == postgreSQL)
        #expect(sqlite.count > 100)
    }

    @Test func `every text of PostgreSQL is ordered byte by byte, as SQLite does`() async throws {
        try await withStore(.postgreSQL) { _, temporary in
            let raw = try temporary.openRaw()
            let wrong = try raw.texts(
                """
                select table_name || '.' || column_name from information_schema.columns where table_schema = 'public'
                  and (data_type not in ('text', 'bigint', 'bytea', 'double precision')
                    or data_type = 'text' and collation_name is distinct from 'C')
                """)
            #expect(wrong == [])
        }
    }

    /// Each thing's statement without comments and spacing, by name.
    private static func schema(of temporary: TemporaryStore) throws -> [String] {
        let raw = try temporary.openRaw()
        defer { try? raw.close() }
        return try raw.texts("select sql from sqlite_master where sql is not null order by type, name").map { sql in
            let lines = sql.split(separator: "\n").map { line in
                line.prefix(upTo: line.firstRange(of: "--")?.lowerBound ?? line.endIndex)
            }
            let words = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
            // SQLite puts an added column after whatever stood before the last bracket.
            return words.replacing("( ", with: "(").replacing(" )", with: ")").replacing(" ,", with: ",")
        }
    }
}
