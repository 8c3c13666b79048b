import Domain
import Synchronization
import TestSupport
import Testing

@testable import Store

/// What becomes of transactions when others interfere, connections break and servers go.
struct PostgreSQLFailureTests {
    @Test func `a write that another one got in the way of is run again and sees what that one did`() async throws {
        try await withTable { database, temporary in
            try await database.write { _ = try $0.execute("insert into t (a) values (1)") }
            let runs = Atomic(0)
            let seen = try await database.write { connection in
                let before = try connection.value("select a from t", as: Int.self) ?? 0
                // Somebody at an SQL shell, who does not wait for the turn to write.
                if runs.add(1, ordering: .relaxed).newValue <= 3 {
                    try temporary.openRaw().run("update t set a = a + 10")
                }
                try connection.execute("update t set a = \(before + 1)")
                return before
            }
            #expect(seen == 31 && runs.load(ordering: .relaxed) == 4)
            #expect(try await database.read { try $0.value("select a from t", as: Int.self) } == 32)
        }
    }

    @Test func `a write that others get in the way of for ever is given up, and says so`() async throws {
        try await withTable { database, temporary in
            try await database.write { _ = try $0.execute("insert into t (a) values (1)") }
            let error = await #expect(throws: StoreError.self) {
                try await database.write { connection in
                    _ = try connection.value("select a from t", as: Int.self)
                    try temporary.openRaw().run("update t set a = a + 1")
                    try connection.execute("update t set a = 0")
                }
            }
            #expect(error?.kind == .conflict)
            #expect(try await database.read { try $0.value("select a from t", as: Int.self) } == 10)
        }
    }

    @Test(arguments: [1, 8]) func `a body that hides a failure of the database is not kept`(together: Int) async throws
    {
        try await withTable { database, _ in
            try await database.write { try $0.run(script: "create unique index on t (a)") }
            let failures = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<together {
                    group.addTask {
                        do {
                            try await database.write { connection in
                                try connection.execute("insert into t (a) values (\(number))")
                                // Every fourth.
                                if number % 4 == 0 {
                                    _ = try? connection.execute("insert into t (a) values (\(number))")
                                }
                            }
                            return false
                        } catch {
                            return true
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(failures == (together + 3) / 4)
            #expect(
                try await database.read { try $0.value("select count(*) from t", as: Int.self) } == together - failures)
        }
    }

    @Test func `a read whose connection breaks is run again on a new one`() async throws {
        try await withTable { database, temporary in
            let runs = Atomic(0)
            let rows = try await database.read { connection in
                if runs.add(1, ordering: .relaxed).newValue == 1 { try end(connection, temporary) }
                return try connection.all("select generate_series(1, 3)") { row in try row.value(0, as: Int.self) }
            }
            #expect(rows == [1, 2, 3] && runs.load(ordering: .relaxed) == 2)
        }
    }

    @Test func `a read whose connection breaks among its rows is run again from its beginning`() async throws {
        try await withTable { database, temporary in
            let runs = Atomic(0)
            let count = try await database.read { connection in
                let backend = try connection.value("select pg_backend_pid()", as: Int.self) ?? 0
                let isFirst = runs.add(1, ordering: .relaxed).newValue == 1
                var count = 0
                try connection.forEach("select repeat('x', 1000) from generate_series(1, 100000)") { _ in
                    count += 1
                    if isFirst && count == 10 { try temporary.openRaw().endBackend(backend) }
                    return true
                }
                return count
            }
            #expect(count == 100_000 && runs.load(ordering: .relaxed) == 2)
        }
    }

    @Test func `a write whose connection breaks before the commit is run again, and kept once`() async throws {
        try await withTable { database, temporary in
            let runs = Atomic(0)
            try await database.write { connection in
                try connection.execute("insert into t (a) values (1)")
                if runs.add(1, ordering: .relaxed).newValue == 1 { try end(connection, temporary) }
                try connection.execute("insert into t (a) values (2)")
            }
            #expect(runs.load(ordering: .relaxed) == 2)
            #expect(try await database.read { try $0.value("select count(*) from t", as: Int.self) } == 2)
        }
    }

    @Test func `a write whose connection always breaks says that nothing was kept`() async throws {
        try await withTable { database, temporary in
            let error = await #expect(throws: StoreError.self) {
                try await database.write { connection in
                    try connection.execute("insert into t (a) values (1)")
                    try end(connection, temporary)
                    try connection.execute("insert into t (a) values (2)")
                }
            }
            #expect(error?.kind == .connectionLost)
            try await database.write { _ = try $0.execute("insert into t (a) values (3)") }
            #expect(try await database.read { try $0.value("select sum(a) from t", as: Int.self) } == 3)
        }
    }

    @Test func `a write whose connection breaks in the commit is never run again, and its error says why`() async throws
    {
        try await withTable { database, _ in
            try await database.write { connection in
                try connection.run(
                    script: """
                        create function hang_up() returns trigger language plpgsql as $$
                        begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
                        create constraint trigger hangs_up after insert on t deferrable initially deferred
                          for each row when (new.a = 13) execute function hang_up();
                        """)
            }
            let runs = Atomic(0)
            let error = await #expect(throws: StoreError.self) {
                try await database.write { connection in
                    runs.add(1, ordering: .relaxed)
                    try connection.execute("insert into t (a) values (13)")
                }
            }
            #expect(error?.kind == .outcomeUnknown && runs.load(ordering: .relaxed) == 1)
            #expect(error?.description.contains("it may have been kept or not") == true)
            try await database.write { _ = try $0.execute("insert into t (a) values (3)") }
            #expect(try await database.read { try $0.value("select sum(a) from t", as: Int.self) } == 3)
        }
    }

    @Test func `a server that goes and comes back is found again`() async throws {
        let server = try await PostgreSQLServer.start()
        let address = RecordsAddress.server(Secret(server.address("postgres")))
        let store = try await Store.open(at: address, key: TemporaryStore.key, now: TemporaryStore.now)
        let camera = try await store.addCamera()
        try await server.stop()
        for _ in 0..<2 {
            let reading = await #expect(throws: StoreError.self) { try await store.read { try $0.cameras.all() } }
            #expect(reading?.kind == .cannotConnect)
            let writing = await #expect(throws: StoreError.self) { _ = try await store.addCamera("Sink") }
            #expect(writing?.kind == .cannotConnect)
        }
        try await server.resume()
        #expect(try await store.read { try $0.cameras.all() } == [camera])
        _ = try await store.addCamera("Sink")
        // All connections are broken, and this time nobody notices before they are used again.
        try await server.stop()
        try await server.resume()
        _ = try await store.addCamera("Oven")
        #expect(try await store.read { try $0.cameras.all().count } == 3)
        try await store.close()
    }

    @Test func `a big result that nobody wants to the end is called off, and the snapshot lives on`() async throws {
        try await withTable { database, temporary in
            try await database.write { _ = try $0.execute("insert into t select generate_series(1, 3)") }
            let sums = try await database.read { connection in
                let before = try connection.value("select sum(a) from t", as: Int.self)
                try temporary.openRaw().run("insert into t values (100)")
                for last in [1, 10, 5000] {
                    var count = 0
                    // Would take hours.
                    try connection.forEach("select generate_series(1, 1000000000)") { row in
                        count += 1
                        let number: Int = try row.value(0)
                        #expect(number == count)
                        return count < last
                    }
                    #expect(count == last)
                }
                return [before, try connection.value("select sum(a) from t", as: Int.self)]
            }
            #expect(sums == [6, 6])
        }
    }

    @Test func `a write that stops reading early keeps what it has written`() async throws {
        try await withTable { database, _ in
            try await database.write { connection in
                try connection.execute("insert into t select generate_series(1, 20000)")
                let first = try connection.value("select a from t order by a", as: Int.self)
                #expect(first == 1)
                try connection.execute("delete from t where a = 1")
            }
            #expect(try await database.read { try $0.value("select count(*) from t", as: Int.self) } == 19_999)
        }
    }

    @Test func `a closed database refuses, and does not connect again`() async throws {
        try await withTemporaryStore(.postgreSQL) { temporary in
            let database = try await temporary.openDatabase()
            _ = try await database.read { try $0.value("select 1", as: Int.self) }
            try await database.close()
            await #expect(throws: StoreError.self) { try await database.read { _ in } }
            await #expect(throws: StoreError.self) { try await database.write { _ in } }
        }
    }

    @Test func `a statement inside of another one's rows is refused, and the transaction goes on`() async throws {
        try await withTable { database, _ in
            try await database.read { connection in
                try connection.forEach("select generate_series(1, 10)") { _ in
                    #expect(throws: StoreError.self) { try connection.value("select 1", as: Int.self) }
                    return false
                }
                let one: Int? = try connection.value("select 1")
                #expect(one == 1)
            }
        }
    }

    @Test func `more statements than are kept prepared all go on working`() async throws {
        try await withTable { database, _ in
            try await database.read { connection in
                for _ in 0..<2 {
                    for number in 0..<400 {
                        let sql = SQL(stringLiteral: "select \(number)")
                        let value: Int? = try connection.value(sql)
                        #expect(value == number)
                    }
                }
                let kept: Int? = try connection.value("select count(*) from pg_prepared_statements")
                #expect(kept == 256)
            }
        }
    }

    private func withTable(_ body: (any Database, TemporaryStore) async throws -> Void) async throws {
        try await withDatabase(.postgreSQL) { database, temporary in
            try await database.write { try $0.run(script: "create table t (a integer not null)") }
            try await body(database, temporary)
        }
    }

    /// Ends a connection from another one, and waits until the server has let go of it.
    private func end(_ connection: any Connection, _ temporary: TemporaryStore) throws {
        try temporary.openRaw().endBackend(try connection.value("select pg_backend_pid()", as: Int.self) ?? 0)
    }
}

extension RawDatabase {
    /// Returns when it is gone.
    fileprivate func endBackend(_ number: Int) throws {
        let isGone = try integer("select pg_terminate_backend(\(number), 10000)::int")
        #expect(isGone == 1)
    }
}
