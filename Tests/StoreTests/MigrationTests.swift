import Crypto
import Domain
import Foundation
import Testing

@testable import Store

struct MigrationTests {
    /// What each shipped file is, for ever: what it made is in people's databases. Add a line for a new file; never
    /// change one after its release.
    private static let shipped: [Int: String] = [
        1: "95c8dfedde4c14b0de030fb9cf2088446455e59b7247eb6c2e9aecf45a2cf7fe",
        2: "48c8577b9ed5bb73c6585aea7766fc1c0fba3387a8ae48fcdc0a646416793334",
    ]

    @Test func `shipped migrations have not been edited`() {
        #expect(Migration.all.map(\.number) == Array(1...Migration.all.count))
        for migration in Migration.all {
            let hash = Array(SHA256.hash(data: Data(migration.script.utf8))).hexadecimal
            #expect(hash == Self.shipped[migration.number], "\(migration.number) \(migration.name)")
        }
    }

    @Test(arguments: 0...Migration.all.count)
    func `every old version becomes what schema.sql says`(version: Int) async throws {
        let documented = try await withDatabase { database, temporary in
            let text = String(decoding: PackageResources.schema_sql, as: UTF8.self)
            try await database.write { try $0.run(script: text) }
            return try Self.schema(of: temporary)
        }
        let migrated = try await withDatabase { database, temporary in
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

    @Test func `a database of a newer version is refused and left alone`() async throws {
        let temporary = try TemporaryStore()
        try await temporary.open().close()
        let raw = try RawDatabase(temporary.path)
        try raw.run("insert into schema_migration (number, name, applied_ms) values (9999, 'future', 0)")
        try raw.close()
        let error = await #expect(throws: StoreError.self) { _ = try await temporary.open() }
        #expect(error?.kind == .newerSchema(found: 9999, known: Migration.all.count))
        #expect(error?.description.contains("newer version") == true)
    }

    @Test func `processes that open a new database at once make it once`() async throws {
        let temporary = try TemporaryStore()
        try await withThrowingTaskGroup(of: Store.self) { group in
            for _ in 0..<6 { group.addTask { try await temporary.open() } }
            for try await store in group { try await store.close() }
        }
        let raw = try RawDatabase(temporary.path)
        #expect(try raw.integer("select count(*) from schema_migration") == Int64(Migration.all.count))
    }

    /// Each thing's statement without comments and spacing, by name.
    private static func schema(of temporary: TemporaryStore) throws -> [String] {
        let raw = try RawDatabase(temporary.path)
        defer { try? raw.close() }
        return try raw.texts("select sql from sqlite_master where sql is not null order by type, name").map { sql in
            let lines = sql.split(separator: "\n").map { line in
                line.prefix(upTo: line.firstRange(of: "--")?.lowerBound ?? line.endIndex)
            }
            let words = lines.joined(separator: " ").split(whereSeparator: \.isWhitespace).joined(separator: " ")
            return words.replacing("( ", with: "(").replacing(" )", with: ")")
        }
    }
}
