import Domain
import Foundation
import TestSupport
import Testing

@testable import Store

struct DatabaseTests {
    @Test func `a commit of SQLite is on the disk, foreign keys hold, readers don't wait`() async throws {
        try await withDatabase(.sqlite) { database, _ in
            let settings = try await database.write { connection in
                [
                    try connection.value("pragma synchronous", as: Int.self),
                    try connection.value("pragma foreign_keys", as: Int.self),
                ]
            }
            #expect(settings == [2, 1])
            let mode = try await database.read { try $0.value("pragma journal_mode", as: String.self) }
            #expect(mode == "wal")
        }
    }

    @Test func `a commit of PostgreSQL is on the disk whatever the server is set to`() async throws {
        #expect(try await PostgreSQLServer.shared.run("show synchronous_commit") == "off")
        try await withDatabase(.postgreSQL) { database, _ in
            let setting = try await database.write { try $0.value("show synchronous_commit", as: String.self) }
            #expect(setting == "on")
        }
    }

    @Test(arguments: Engine.all) func `a body that throws leaves nothing behind`(engine: Engine) async throws {
        struct Stop: Error {}
        try await withDatabase(engine) { database, _ in
            try await database.write { try $0.run(script: "create table t (a integer not null)") }
            await #expect(throws: Stop.self) {
                try await database.write { connection in
                    try connection.execute("insert into t (a) values (1)")
                    throw Stop()
                }
            }
            let count = try await database.read { try $0.value("select count(*) from t", as: Int.self) }
            #expect(count == 0)
        }
    }

    @Test(arguments: Engine.all)
    func `writes that wait together succeed and fail each by itself`(engine: Engine) async throws {
        try await withDatabase(engine) { database, _ in
            try await database.write { try $0.run(script: "create table t (a integer primary key not null)") }
            let outcomes = await withTaskGroup(of: (Int, Bool).self) { group in
                for number in 0..<500 {
                    group.addTask {
                        let value = number % 5 == 4 ? number - 1 : number
                        do {
                            try await database.write { connection in
                                // Every fifth takes a number that another takes too, after doing half of its work.
                                try connection.execute("insert into t (a) values (\(10_000 + number))")
                                try connection.execute("insert into t (a) values (\(value))")
                            }
                            return (number, true)
                        } catch {
                            #expect((error as? StoreError)?.kind == .notUnique)
                            return (number, false)
                        }
                    }
                }
                return await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
            let rows = try await database.read { connection in
                try connection.all("select a from t where a >= 10000") { row in try row.value(0, as: Int.self) }
            }
            #expect(Set(rows) == Set(outcomes.filter(\.value).map { $0.key + 10_000 }))
            #expect(outcomes.values.filter { $0 }.count == 400)
        }
    }

    @Test(arguments: Engine.all)
    func `two processes' connections write in turn and lose nothing`(engine: Engine) async throws {
        try await withTemporaryStore(engine) { temporary in
            let one = try await temporary.open()
            let other = try await temporary.open()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<200 {
                    let store = number.isMultiple(of: 2) ? one : other
                    group.addTask {
                        try await store.write { records in
                            _ = try records.ledger.append(
                                .nodeStarted, to: "node", by: .node, at: TemporaryStore.now,
                                payload: ["number": .int(Int64(number))])
                        }
                    }
                }
                try await group.waitForAll()
            }
            let verdict = try await one.verifyLedger()
            #expect(verdict.entries == 200 && verdict.fault == nil)
            try await one.close()
            try await other.close()
        }
    }

    @Test func `a full disk is told as such, fails that write whole, and writing goes on afterwards`() async throws {
        try await withDatabase(.sqlite) { database, _ in
            try await database.write { try $0.run(script: "create table t (a blob not null) strict") }
            try await database.write { connection in
                let pages = try connection.value("pragma page_count", as: Int.self) ?? 0
                try connection.run(script: "pragma max_page_count = \(pages + 20)")
            }
            let error = await #expect(throws: StoreError.self) {
                try await database.write { connection in
                    for _ in 0..<100 { try connection.execute("insert into t (a) values (zeroblob(4000))") }
                }
            }
            #expect(error?.kind == .diskFull)
            #expect(error?.description.contains("the disk is full") == true)
            try await database.write { connection in
                _ = try connection.execute("insert into t (a) values (zeroblob(4000))")
            }
            let count = try await database.read { try $0.value("select count(*) from t", as: Int.self) }
            #expect(count == 1)
        }
    }

    @Test(arguments: Engine.all) func `a lock that another process keeps is told as such`(engine: Engine) async throws {
        try await withTemporaryStore(engine) { temporary in
            let database = try await temporary.openDatabase(lockTimeout: .milliseconds(50))
            try await database.write { try $0.run(script: "create table t (a integer not null)") }
            let raw = try temporary.openRaw()
            try raw.holdLock {
                let done = DispatchSemaphore(value: 0)
                Task {
                    let error = await #expect(throws: StoreError.self) {
                        try await database.write { try $0.run(script: "insert into t values (1)") }
                    }
                    #expect(error?.kind == .locked)
                    done.signal()
                }
                done.wait()
            }
            try raw.close()
            try await database.write { try $0.run(script: "insert into t values (1)") }
            try await database.close()
        }
    }

    @Test func `a file that is no database, and a folder that is not there, are told as such`() async throws {
        try await withTemporaryStore(.sqlite) { temporary in
            let path = temporary.folder.appendingPathComponent("mingchu.db")
            try Data("this is a text file, not a database, and it is long enough".utf8)
                .write(to: path)
            let damaged = await #expect(throws: StoreError.self) { _ = try await temporary.open() }
            #expect(damaged?.kind == .damaged)
            let missing = await #expect(throws: StoreError.self) {
                _ = try await Store.open(
                    at: .file(path.path + "/nowhere/x.db"), key: TemporaryStore.key, now: TemporaryStore.now)
            }
            #expect(missing?.kind == .cannotOpen)
        }
    }

    @Test(arguments: Engine.all)
    func `a copy made while records are written is whole and proves itself`(engine: Engine) async throws {
        try await withStore(engine) { store, temporary in
            let copy = temporary.folder.appendingPathComponent("copy.db").path
            async let writing: Void = {
                for number in 0..<300 {
                    try await store.write { records in
                        _ = try records.ledger.append(
                            .nodeStarted, to: "node", by: .node, at: TemporaryStore.now,
                            payload: ["number": .int(Int64(number))])
                    }
                }
            }()
            try await store.backUp(to: copy)
            try await writing
            #expect(try FileManager.default.attributesOfItem(atPath: copy)[.size] as? Int ?? 0 > 1000)
            try await withRestored(copy, engine) { address in
                let restored = try await Store.open(at: address, key: TemporaryStore.key, now: TemporaryStore.now)
                let verdict = try await restored.verifyLedger()
                #expect(verdict.fault == nil)
                try await restored.close()
            }
            #expect(try await store.verifyLedger().entries == 300)
        }
    }

    private func withRestored(
        _ copy: String, _ engine: Engine, _ body: (RecordsAddress) async throws -> Void
    ) async throws {
        guard engine == .postgreSQL else { return try await body(.file(copy)) }
        let server = try await PostgreSQLServer.shared
        try await server.withDatabase { name in
            let done = try await ChildProcess.run(["pg_restore", "--exit-on-error", "-d", server.address(name), copy])
            #expect(done.ending.isSuccess, "\(done.errors)")
            try await body(.server(Secret(server.address(name))))
        }
    }
}
