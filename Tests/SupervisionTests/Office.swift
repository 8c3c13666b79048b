import Domain
import Foundation
import GRDB
import Store
import Synchronization
import TestSupport

@testable import Supervision

/// A fresh store with its use cases, a clock that tests move, and one person of each role.
final class Office: Sendable {
    let store: Store
    let supervision: Supervision
    let clock: FakeClock
    private let folder: TemporaryFolder
    /// Of the tests' own server; nil = a file.
    private let database: String?

    let school: School
    let otherSchool: School
    let area: Area
    let camera: Camera
    let administrator: Principal
    let supervisor: Principal
    let head: Principal

    /// A thousandth of the real cost: tests sign in hundreds of times.
    static let cheap = PasswordCost(logRounds: 4, blockSize: 8, parallelism: 1)

    init(database: String? = nil) async throws {
        folder = try TemporaryFolder()
        clock = FakeClock()
        self.database = database
        if let database {
            store = try await Store.open(
                at: .server(Secret(try await PostgreSQLServer.shared.address(database))),
                key: SealingKey(bytes: Array(1...32)), now: clock.now)
        } else {
            store = try await folder.openStore(at: clock.now)
        }
        supervision = Supervision(store: store, time: clock.source, passwordCost: Self.cheap)
        school = try await supervision.places.addSchool("Primary School 1", by: .console)
        otherSchool = try await supervision.places.addSchool("Primary School 2", by: .console)
        area = try await supervision.places.addArea(to: school.id, kind: .cooking, by: .console)
        camera = try await supervision.cameras.add(
            CameraDraft(
                area: area.id, name: "Stove",
                main: SourceAddress(scheme: .rtsp, host: "10.0.0.7", path: "/hidden-path", query: "token=hidden-query"),
                credentials: Credentials(user: "cam", password: Secret("hidden-password"))), by: .console)
        administrator = .person(
            try await supervision.people.add(
                account: "chief", name: "Chief", role: .administrator, school: nil, by: .console
            ).person)
        supervisor = .person(
            try await supervision.people.add(
                account: "super", name: "Super", role: .supervisor, school: nil, by: .console
            ).person)
        head = .person(
            try await supervision.people.add(
                account: "head", name: "Head", role: .school, school: school.id, by: .console
            ).person)
    }

    /// What somebody does who has the records and another program.
    func tamper(_ statements: String...) async throws {
        if let database {
            try await PostgreSQLServer.shared.run(statements.joined(separator: ";\n"), in: database)
            return
        }
        let queue = try DatabaseQueue(path: folder.database)
        try await queue.write { database in for statement in statements { try database.execute(sql: statement) } }
        try queue.close()
    }

    /// The same with entries of the ledger, whose triggers and checks are taken away first.
    func tamperWithLedger(_ statement: String) async throws {
        if database == nil {
            try await tamper(
                """
                drop trigger ledger_never_changed; drop trigger ledger_never_deleted; drop trigger ledger_continues;
                pragma ignore_check_constraints = 1
                """, statement)
        } else {
            try await tamper(
                """
                do $$ declare name text; begin
                  for name in
                    select conname from pg_constraint where conrelid = 'ledger'::regclass and contype in ('c', 'f')
                  loop
                    execute format('alter table ledger drop constraint %I', name);
                  end loop;
                end $$;
                alter table ledger disable trigger user
                """, statement)
        }
    }

    func ledger(_ act: LedgerAct) async throws -> [LedgerEntry] {
        try await supervision.ledger.page(LedgerFilter(act: act), for: .console)
    }

    var allPayloads: String {
        get async throws {
            try await supervision.ledger.page(limit: 1000, for: .console).map { "\($0.subject) \($0.payload)" }
                .joined(separator: "\n")
        }
    }
}

/// Where records are kept.
enum Engine: CaseIterable, Sendable {
    case sqlite
    case postgreSQL

    /// What tests run on whose promise is the database's to keep.
    static var all: [Engine] { allCases }
}

/// Runs `body` with an office over a fresh database, which is removed afterwards.
func withOffice(on engine: Engine, _ body: (Office) async throws -> Void) async throws {
    switch engine {
    case .sqlite: try await body(try await Office())
    case .postgreSQL:
        try await PostgreSQLServer.shared.withDatabase { name in
            let office = try await Office(database: name)
            try await body(office)
            try await office.store.close()
        }
    }
}

/// A folder of its own, deleted at the end.
final class TemporaryFolder: Sendable {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("office-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    var database: String { folder.appendingPathComponent("mingchu.db").path }

    func openStore(at time: UTCTime) async throws -> Store {
        try await Store.open(
            at: .file(database), key: SealingKey(bytes: Array(1...32)),
            now: time)
    }
}

/// The same sequence for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension Principal {
    var person: Person {
        guard case .person(let person) = self else { preconditionFailure("no person") }
        return person
    }
}

/// Both clocks of a machine, moved by the test.
final class FakeClock: Sendable {
    private let state = Mutex((wall: UTCTime(milliseconds: 1_795_000_000_000), monotonic: Duration.seconds(1000)))

    var source: TimeSource {
        TimeSource(now: { self.state.withLock(\.wall) }, monotonic: { self.state.withLock(\.monotonic) })
    }

    var now: UTCTime { state.withLock(\.wall) }

    func advance(by duration: Duration) {
        state.withLock { state in
            state.wall = state.wall + duration
            state.monotonic += duration
        }
    }
}

/// What a use case refused with; nil when it did not.
func refusal(_ body: () async throws -> some Any) async throws -> SupervisionError? {
    do {
        _ = try await body()
        return nil
    } catch let error as SupervisionError {
        return error
    }
}
