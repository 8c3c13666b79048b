import Domain
import Testing

@testable import Store

struct SQLTests {
    @Test(
        arguments: Engine.all,
        [
            "'; drop table person; --", "\" or 1=1", "a'b", "?1", "\\", "%_", "", "🐀", "$1 :name @x",
        ])
    func `whatever is interpolated is a value and comes back as it was`(engine: Engine, text: String) async throws {
        try await withDatabase(engine) { database, _ in
            let back = try await database.write { connection in
                try connection.run(script: "create table t (a text, b text)")
                try connection.execute("insert into t (a, b) values (\(text), \(text))")
                return try connection.first("select a, b from t where a = \(text) and b = \(text)") { row in
                    [try row.value(0, as: String.self), try row.value(1, as: String.self)]
                }
            }
            #expect(back == [text, text])
        }
    }

    @Test func `a fragment carries its own values in their places`() {
        let condition: SQL = "b = \(2) and c = \("x")"
        let sql: SQL = "select a from t where a = \(1) and (\(condition)) and d = \(true)" + " limit \(9)"
        #expect(
            sql.texts.joined(separator: "?") == "select a from t where a = ? and (b = ? and c = ?) and d = ? limit ?")
        #expect(sql.values == [.integer(1), .integer(2), .text("x"), .integer(1), .integer(9)])
    }

    @Test func `a NUL in a text comes back from SQLite, and is refused as such for PostgreSQL`() async throws {
        let text = "厨房\u{0}x"
        let back = try await withDatabase(.sqlite) { database, _ in
            try await database.read { try $0.value("select \(text)", as: String.self) }
        }
        #expect(back == text)
        try await withDatabase(.postgreSQL) { database, _ in
            let error = await #expect(throws: StoreError.self) {
                try await database.read { try $0.value("select \(text)", as: String.self) }
            }
            #expect(error?.kind == .textWithNUL)
            #expect(error?.description.contains("厨房") == false)
        }
    }

    @Test(arguments: Engine.all)
    func `null, numbers, bytes and times come back as they were`(engine: Engine) async throws {
        let now = TemporaryStore.now
        let id = CameraID(at: now)
        try await withDatabase(engine) { database, _ in
            try await database.read { connection in
                let none: Int64? = nil
                let sql: SQL =
                    "select \(none), \(Int64.min), \([0, 255, 7] as [UInt8]), \([] as [UInt8]), \(id), \(now), \(false)"
                let values = try connection.first(sql) { row in
                    (
                        try row.value(0, as: Int64?.self), try row.value(1, as: Int64.self),
                        try row.value(2, as: [UInt8].self), try row.value(3, as: [UInt8].self),
                        try row.value(4, as: CameraID.self), try row.value(5, as: UTCTime.self),
                        try row.value(6, as: Bool.self)
                    )
                }
                let (null, integer, bytes, empty, identifier, time, bool) = try #require(values)
                #expect(null == nil && integer == .min && bytes == [0, 255, 7] && empty == [])
                #expect(identifier == id && time == now && bool == false)
            }
        }
    }

    @Test(arguments: Engine.all)
    func `a column of another type is an error that shows no value`(engine: Engine) async throws {
        try await withDatabase(engine) { database, _ in
            let error = await #expect(throws: StoreError.self) {
                try await database.read { connection in
                    try connection.value("select \("hunter2")", as: Int64.self)
                }
            }
            #expect(error?.kind == .badValue)
            #expect(error?.description.contains("hunter2") == false)
        }
    }
}
