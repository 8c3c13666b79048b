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
            .sqlite: "3480a95e1103e1143ae5a2d2acc498bc2d45d1f34104b57242885719255ff7a2",
            .postgreSQL: "60ee4bcc1c7b2c5150e0f887cbb6d13c6ce08ef962ff033c7da9076160e3686b",
        ],
        5: [
            .sqlite: "924950683265ce04a0c5042247720c0ed62e2389ccc6464a3b659ee3f4d2f181",
            .postgreSQL: "e029d741e8b4db72ea9727b944090ab560c57e15591f60e312e18a4ac9ac9346",
        ],
        6: [
            .sqlite: "87ebf8cc9efc765620cf681bb2eced17fde8b53261dfb29545773a05251f27c3",
            .postgreSQL: "544fdf9f8b8f0ba6a04b1d003a57a23a3bdac1f541d639b6de1119f61418eb93",
        ],
        7: [
            .sqlite: "831ca557e90254ea245059d5a5e443d96c707b22737938c95349cb43b11fb54e",
            .postgreSQL: "f6177520cd1263c1119128cff05f784c504fb94a68890c02a901a9d45e51a49a",
        ],
        8: [
            .sqlite: "7619fe0831cb16f3ca2e1f22b0de2290c37cfa312a074274f66d5235c1de694b",
            .postgreSQL: "8b3f8fde8e7c8a40a3859153746a3f3005dd0d4b7f87ee561667c07046dcd34d",
        ],
        9: [
            .sqlite: "8b96ad628f67889e3b97aaeae0d15cf847e27ff658f0f3688b7eaf8adda2828e",
            .postgreSQL: "7d6df25c631e6d868e4aadc4178c0a2876abf0000173cf971b099723c46aaa8e",
        ],
        10: [
            .sqlite: "b28839abc27177f22849c27ff88f69eefc2ce69f5cf5057c62846405839970ab",
            .postgreSQL: "9be8f1c2ec9e8e983ca8027811bd10ce02c6ee347c8fab89cb78c8b7d9655326",
        ],
        11: [
            .sqlite: "d137149a6ff2ab56dc57a18150fbee729d037b6520f49bc99ce9e154961b35e2",
            .postgreSQL: "af6e4bb24a7e0aefb7f1ee1b895e4a5ba2bb70de6f3af39de17c68fa889b632d",
        ],
        12: [
            .sqlite: "0a359afd47dc3dce27154ddd92cc82bdc13bc3232c46d0933ea9e7bdfde78c81",
            .postgreSQL: "d33b52346848e18c359d0687277fe0f9b8aad6dd0b6e6690b65f9dc3a8d10b1b",
        ],
        13: [
            .sqlite: "6a1c0cae4341df89ef64d997e13930b94fce1f2a134cb35ee4ca581ee2287813",
            .postgreSQL: "d83d184e46edaec84a2ac8c05b5986c420e5836d0b84a73147e595a95634f9f3",
        ],
        14: [
            .sqlite: "1d93189619cd9736ff80baee7c919c7764870e4f6f8321a08712e7b206196882",
            .postgreSQL: "cd1034d5f3c3d9d69cac318b5900880f1edd4f3320bb367b66388a6c863f8d9d",
        ],
        15: [
            .sqlite: "1fdc1d23147b7da27bc3c1bc4b081f715bae925cc56c3a2c365ea121b68a6b76",
            .postgreSQL: "88b507f8ec9fb2c90b0ad7df8be5665f7b2ec4dcfb5c45722afe7caf5e888431",
        ],
        16: [
            .sqlite: "6fda96ff3aeab171533c6004d7e4813b480313e0cc47a0717535c0cb54e5b970",
            .postgreSQL: "18926cbb487b3c3dd0383897d435d8aa1c379c37e223d6e3167d9e001516a8a5",
        ],
        17: [
            .sqlite: "7e469ab98de752862650da5611116afafe2125fc5a3740a1f5b886097b0f55be",
            .postgreSQL: "5df8d0cddf4ff73f1c3bc18519e1c13c08ad9275caf9f9b9e784054a1b90b0f5",
        ],
        18: [
            .sqlite: "48d92f7f587ded1635234aa9a4fb01119faea55e6168c55a5ed78e16ffdfd276",
            .postgreSQL: "37bee809344699da8bcfa4c5c819a55978f2617fc7f278cca6e3f19a968cbb5d",
        ],
        19: [
            .sqlite: "5331c87d15459e72aa3f2a319924e8d6780645520cb43f89b9b17c4343c51aab",
            .postgreSQL: "fb2729b584e0aa5e112a43ac1c15d5d1636b8bd50f41e8d87f949628a6b9ab8c",
        ],
        20: [
            .sqlite: "7155daf70852f6d22088fea4219ac6a7fa7111e27c4dd9ce86372ec18327abd8",
            .postgreSQL: "a07b53f762ee9118789aaf2dc6f9963e0f1a8df3f7c61c1f1d6ef87c8918518b",
        ],
        21: [
            .sqlite: "e7e3d7f2f6378f484292d649c3a00a88cb856087251988f5a03ddb28bb59b03b",
            .postgreSQL: "ff84003639beeb46f5d8a9951d5b55dc7aa76d221b33eac2117bcf8c786e00f0",
        ],
        22: [
            .sqlite: "0e9138182c9550a0f1e1fbc7cddd294d835b5ab22dcc2c62602ad95b432ff9a4",
            .postgreSQL: "245a4d8f5cb7af3847ee63d430871034edd1184b63f455592967cf6ddbf190d0",
        ],
        23: [
            .sqlite: "e11a79c029c8dd8d22b0f3a63e237147495df0b87bd749eb0f106a088e2be1b3",
            .postgreSQL: "3b34f65dbb4b2b47abdc950d6ad387cad2aa00e87e6d3e67729f0ff59e196e6d",
        ],
        24: [
            .sqlite: "3e3ec2ff73aac6db9601ed51711504b598776d1a8072cc25aacbe714f2d8c0d1",
            .postgreSQL: "cb021b50958f9b84e5f80f808fa9a0450828c98dddffee8fc3ef93350a1e910b",
        ],
        25: [
            .sqlite: "ed29c6e0fdbd58bd00eade942ad79c08765cc9370b50b7233da50dce559c8efa",
            .postgreSQL: "8c8f59cdfcf34842f699a247cd82e8e5f10a127f91f6bd18942f05381b81236c",
        ],
        26: [
            .sqlite: "5854a64ccff86b3cfff13125afb158efbd032a292954192d95861bf10ad7abb4",
            .postgreSQL: "00173a29bf41398d84df65ca3f5ba36f039961e8fc14607a7fd006108cac43c7",
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

    @Test(arguments: Engine.all) func `captures keep their verdicts when lists begin to hold them`(engine: Engine)
        async throws
    {
        try await withTemporaryStore(engine) { temporary in
            let database = try await temporary.openDatabase()
            try await Migration.apply(Array(Migration.all.prefix(9)), to: database, at: TemporaryStore.now)
            try await database.close()
            let raw = try temporary.openRaw()
            try raw.run(Self.judgedCaptures)
            try raw.close()
            let store = try await temporary.open()
            for (id, judged) in [
                ("a", CaptureFilter.Judged.waiting), ("b", .confirmed), ("c", .rejected), ("d", .duplicate),
                ("e", .confirmed),
            ] {
                let capture = try #require(CaptureID(Self.identifier(id)))
                #expect(try await store.read { try $0.captures.listedJudgement(of: capture) } == judged)
            }
            try await store.close()
        }
    }

    /// As version 9 wrote them: one of each verdict, and one without.
    private static var judgedCaptures: String {
        var script = """
            insert into school (id, name, created_ms) values ('\(identifier("1"))', 'S', 0);
            insert into area (id, school_id, kind, name, created_ms)
              values ('\(identifier("2"))', '\(identifier("1"))', 'cooking', '', 0);
            insert into camera (id, area_id, name, main_address, transport, client, verifies_certificate, is_enabled,
              is_recorded, created_ms)
              values ('\(identifier("3"))', '\(identifier("2"))', 'C', 'rtsp://10.0.0.1/', 'tcp', 'native', 1, 1, 1, 0);
            insert into person (id, account, account_folded, name, role, is_enabled, must_change_password, password_hash,
              created_ms) values ('\(identifier("4"))', 'head', 'head', 'H', 'administrator', 1, 0, '$scrypt$x', 0);
            """
        let verdicts: [(String, kind: String?, reason: String, other: String)] = [
            ("a", nil, "", ""), ("b", "confirmed", "null", "null"), ("c", "rejected", "'reflection'", "null"),
            ("d", "duplicate", "null", "'x'"), ("e", "merged", "null", "'y'"),
        ]
        for (name, kind, reason, other) in verdicts {
            script += """
                insert into capture (id, camera_id, item, grade, start_ms, met_ms, best_ms, score, sights, curve, rule,
                  models, evidence, is_judged) values ('\(identifier(name))', '\(identifier("3"))', 'noHat', 2, 0, 0, 0, 0.5,
                  '[]', '[]', '{}', '', 'complete', \(kind == nil ? 0 : 1));
                """
            guard let kind else { continue }
            script += """
                insert into verdict (capture_id, kind, reason, other_id, person_id, judged_ms)
                values ('\(identifier(name))', '\(kind)', \(reason), \(other), '\(identifier("4"))', 0);
                """
        }
        return script
    }

    private static func identifier(_ last: String) -> String { "01a208a6-57be-74d5-9e40-a8b0a555812\(last)" }

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
