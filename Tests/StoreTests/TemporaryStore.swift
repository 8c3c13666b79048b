import Domain
import Foundation

@testable import Store

/// A database file in a folder of its own, deleted at the end.
final class TemporaryStore: Sendable {
    let folder: URL
    static let key = SealingKey(bytes: Array(1...32))
    static let now = UTCTime(milliseconds: 1_795_000_000_000)

    var path: String { folder.appendingPathComponent("mingchu.db").path }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    func open(key: SealingKey = TemporaryStore.key) async throws -> Store {
        try await Store.open(at: path, key: key, now: Self.now)
    }
}

/// Runs `body` with a fresh store.
func withStore<T>(_ body: (Store, TemporaryStore) async throws -> T) async throws -> T {
    let temporary = try TemporaryStore()
    let store = try await temporary.open()
    let result = try await body(store, temporary)
    try await store.close()
    return result
}

/// Runs `body` with a fresh database without our tables.
func withDatabase<T>(_ body: (SQLiteDatabase, TemporaryStore) async throws -> T) async throws -> T {
    let temporary = try TemporaryStore()
    let database = try await SQLiteDatabase.open(at: temporary.path)
    let result = try await body(database, temporary)
    try await database.close()
    return result
}

/// The same sequence for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
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
