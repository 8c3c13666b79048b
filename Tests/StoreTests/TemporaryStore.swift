import Domain
import Foundation
import TestSupport

@testable import Store

extension Engine {
    /// What every test of records runs on.
    static let all: [Engine] = [.sqlite, .postgreSQL]
}

/// A database of a test's own, and a folder beside it.
struct TemporaryStore: Sendable {
    let engine: Engine
    let address: RecordsAddress
    private let directory: TemporaryDirectory
    static let key = SealingKey(bytes: Array(1...32))
    static let now = UTCTime(milliseconds: 1_795_000_000_000)

    init(_ engine: Engine, at address: RecordsAddress, beside directory: TemporaryDirectory) {
        self.engine = engine
        self.address = address
        self.directory = directory
    }

    var folder: URL { URL(fileURLWithPath: directory.path) }

    func open(key: SealingKey = TemporaryStore.key) async throws -> Store {
        try await Store.open(at: address, key: key, now: Self.now)
    }

    /// Without our tables, or with what is there.
    func openDatabase(lockTimeout: Duration = .seconds(10)) async throws -> any Database {
        switch address {
        case .file(let path): try await SQLiteDatabase.open(at: path, busyTimeout: lockTimeout)
        case .server(let uri): try await PostgreSQLDatabase.open(at: uri, lockTimeout: lockTimeout)
        }
    }

    func openRaw() throws -> any RawDatabase {
        switch address {
        case .file(let path): try RawSQLite(path)
        case .server(let uri): try RawPostgreSQL(uri)
        }
    }
}

/// Runs `body` with a database that is removed afterwards.
/// - Parameter isMigrated: True hands out a database that has our tables already, where that is quicker.
func withTemporaryStore<T>(
    _ engine: Engine, isMigrated: Bool = false, _ body: (TemporaryStore) async throws -> T
) async throws -> T {
    let directory = try TemporaryDirectory()
    switch engine {
    case .sqlite:
        return try await body(TemporaryStore(engine, at: .file(directory.file("mingchu.db")), beside: directory))
    case .postgreSQL:
        let server = try await PostgreSQLServer.shared
        return try await server.withDatabase(of: isMigrated ? ("migrated", makeMigrated) : nil) { name in
            try await body(TemporaryStore(engine, at: .server(Secret(server.address(name))), beside: directory))
        }
    }
}

@Sendable private func makeMigrated(_ address: String) async throws {
    try await Store.open(at: .server(Secret(address)), key: TemporaryStore.key, now: TemporaryStore.now).close()
}

/// Runs `body` with a fresh store.
func withStore<T>(_ engine: Engine, _ body: (Store, TemporaryStore) async throws -> T) async throws -> T {
    try await withTemporaryStore(engine, isMigrated: true) { temporary in
        let store = try await temporary.open()
        let result = try await body(store, temporary)
        try await store.close()
        return result
    }
}

/// Runs `body` with a fresh database without our tables.
func withDatabase<T>(
    _ engine: Engine, _ body: (any Database, TemporaryStore) async throws -> T
) async throws -> T {
    try await withTemporaryStore(engine) { temporary in
        let database = try await temporary.openDatabase()
        let result = try await body(database, temporary)
        try await database.close()
        return result
    }
}

extension Store {
    /// A school with one area and one camera in it.
    func addCamera(_ name: String = "Stove") async throws -> Camera {
        let now = TemporaryStore.now
        let school = School(id: SchoolID(at: now), name: "School of \(name)")
        let area = Area(id: AreaID(at: now), school: school.id, kind: .cooking)
        let camera = Camera(
            id: CameraID(at: now), area: area.id, name: name,
            main: SourceAddress(scheme: .rtsp, host: "10.0.0.1", path: "/main"))
        try await write { records in
            try records.places.add(school, at: now)
            try records.places.add(area, at: now)
            try records.cameras.add(camera, at: now)
        }
        return camera
    }
}
