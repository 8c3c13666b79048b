import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

/// Both engines give the same answers.
struct EnginesTests {
    @Test(arguments: Engine.all, 0..<4)
    func `any value comes back as it was, from a parameter and from a table`(engine: Engine, seed: Int) async throws {
        var random = SeededGenerator(seed: UInt64(seed))
        let rows = (0..<150).map { _ in (0..<4).map { Self.value($0, &random) } }
        try await withDatabase(engine) { database, _ in
            try await database.write { connection in
                let types =
                    engine == .sqlite
                    ? ["integer", "real", "text", "blob"] : ["bigint", "double precision", "text", "bytea"]
                let columns = zip("abcd", types).map { "\($0) \($1)" }.joined(separator: ", ")
                try connection.run(script: "create table v (n integer not null, \(columns))")
                for (number, row) in rows.enumerated() {
                    try connection.execute(
                        """
                        insert into v (n, a, b, c, d)
                        values (\(number), \(Bare(row[0])), \(Bare(row[1])), \(Bare(row[2])), \(Bare(row[3])))
                        """)
                    let direct = try connection.all(
                        "select \(Bare(row[0])), \(Bare(row[1])), \(Bare(row[2])), \(Bare(row[3]))", Self.values)
                    #expect(direct == [row])
                }
                // Nothing equals null.
                for (number, row) in rows.enumerated() where row[2] != .null {
                    let found = try connection.all("select n from v where c = \(Bare(row[2]))") { row in
                        try row.value(0, as: Int.self)
                    }
                    #expect(found.contains(number))
                }
            }
            let kept = try await database.read { try $0.all("select a, b, c, d from v order by n", Self.values) }
            #expect(kept == rows)
        }
    }

    @Test func `whole numbers are integers whatever the server calls them`() async throws {
        let sql: SQL = """
            select count(*), sum(a), cast(sum(a) as bigint), max(a), a / 2, 1, 3000000000, sum(b), coalesce(sum(c), 0)
            from (select 7 as a, 2.5 as b, cast(null as bigint) as c) as t group by a
            """
        let wanted: [SQLValue] = [
            .integer(1), .integer(7), .integer(7), .integer(7), .integer(3), .integer(1), .integer(3_000_000_000),
            .real(2.5), .integer(0),
        ]
        for engine in Engine.all {
            try await withDatabase(engine) { database, _ in
                let row = try await database.read { connection in
                    try connection.first(sql) { row in (0..<9).map { row.columns.value(at: $0) } }
                }
                #expect(row == wanted, "\(engine)")
            }
        }
    }

    @Test(arguments: [
        ("0", SQLValue.integer(0)), ("10000", .integer(10_000)),
        ("123456789012345678", .integer(123_456_789_012_345_678)),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)),
        ("9223372036854775808", .real(9_223_372_036_854_775_808)), ("-100000000", .integer(-100_000_000)),
        ("0.5", .real(0.5)), ("-1234.5678", .real(-1234.5678)), ("0.00000123", .real(0.00000123)),
        ("1e30", .real(1e30)), ("12345678901234.000001", .real(12_345_678_901_234.000001)), ("3.0", .real(3)),
    ])
    func `a numeric is read as the number it is`(text: String, wanted: SQLValue) async throws {
        try await withDatabase(.postgreSQL) { database, _ in
            let value = try await database.read { connection in
                try connection.first(SQL(stringLiteral: "select \(text)::numeric, false, true")) { row in
                    (0..<3).map { [columns = row.columns] in columns.value(at: $0) }
                }
            }
            #expect(value == [wanted, .integer(0), .integer(1)])
        }
    }

    @Test func `both engines sort texts alike, by their bytes, whatever the database's own order is`() async throws {
        let names = ["Zebra", "apple", "Ärger", "école", "厨房", "一食堂", "二食堂", "a b", "ab", "A", "🐀", "_", "10", "9"]
        let server = try await PostgreSQLServer.shared
        try await server.run(
            "create database chinese template template0 locale_provider icu icu_locale 'zh-CN' locale 'C.UTF-8'")
        let own = try await server.run(
            "select string_agg(a, ' ' order by a) from (values ('Zebra'), ('apple')) as t(a)", in: "chinese")
        #expect(own == "apple Zebra")
        try await withTemporaryStore(.sqlite) { temporary in
            for address in [temporary.address, .server(Secret(server.address("chinese")))] {
                let store = try await Store.open(at: address, key: TemporaryStore.key, now: TemporaryStore.now)
                try await store.write { records in
                    for name in names {
                        let school = School(id: SchoolID(at: TemporaryStore.now), name: name)
                        try records.places.add(school, at: TemporaryStore.now)
                    }
                }
                let order = try await store.read { try $0.places.schools().map(\.name) }
                #expect(order == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
                try await store.close()
            }
        }
    }

    @Test(arguments: Engine.all) func `what the schema forbids has a kind of its own`(engine: Engine) async throws {
        try await withStore(engine) { store, _ in
            let camera = try await store.addCamera()
            func kind(_ body: @escaping @Sendable (Records) throws -> Void) async -> StoreError.Kind? {
                await #expect(throws: StoreError.self) { try await store.write(body) }?.kind
            }
            let now = TemporaryStore.now
            func add(_ name: String) async -> StoreError.Kind? {
                await kind { try $0.places.add(School(id: SchoolID(at: now), name: name), at: now) }
            }
            #expect(await add("") == .check)
            #expect(await add("School of Stove") == .notUnique)
            #expect(await kind { try $0.places.remove(camera.area) } == .reference)
            #expect(
                await kind { records in
                    try records.places.add(Area(id: AreaID(at: now), school: SchoolID(at: now), kind: .other), at: now)
                } == .reference)
        }
    }

    private static func value(_ type: Int, _ random: inout SeededGenerator) -> SQLValue {
        guard Int.random(in: 0..<8, using: &random) > 0 else { return .null }
        let count = [0, 1, 3, 40, 5000].randomElement(using: &random)!
        switch type {
        case 0:
            let edges: [Int64] = [.min, .max, 0, -1, 1, Int64(Int32.max) + 1, Int64(Int32.min) - 1]
            let number = Int64(bitPattern: random.next())
            return .integer(Bool.random(using: &random) ? edges.randomElement(using: &random)! : number)
        case 1:
            let edges: [Double] = [0, -1.5, .infinity, -.infinity, .greatestFiniteMagnitude, .leastNonzeroMagnitude]
            let number = Double(bitPattern: random.next())
            return .real(Bool.random(using: &random) || number.isNaN ? edges.randomElement(using: &random)! : number)
        case 2:
            let characters = Array("a'\"\\$?%\n\t厨🐀é\u{1}\u{7F}")
            return .text(String((0..<count).map { _ in characters.randomElement(using: &random)! }))
        default: return .blob(random.bytes(count))
        }
    }

    @Sendable private static func values(_ row: borrowing Row) -> [SQLValue] {
        (0..<4).map { [columns = row.columns] in columns.value(at: $0) }
    }

    /// A value as it is, of whatever type.
    private struct Bare: SQLConvertible {
        let sqlValue: SQLValue
        init(_ value: SQLValue) { sqlValue = value }
        init?(sqlValue: SQLValue) { self.sqlValue = sqlValue }
    }
}
