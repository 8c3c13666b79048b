import Dispatch
import Domain

/// ``Database`` on a PostgreSQL server: one writer at a time among all processes, several readers.
final class PostgreSQLDatabase: Database {
    var engine: Engine { .postgreSQL }

    private let address: ServerAddress
    private let readers: Lanes
    private let writing: Lanes
    private let writer: PostgreSQLWriter

    private init(_ address: ServerAddress, lockTimeout: Duration) {
        self.address = address
        let connect: @Sendable () throws(StoreError) -> PostgreSQLSession = { () throws(StoreError) in
            try PostgreSQLSession.open(address, lockTimeout: lockTimeout)
        }
        readers = Lanes("mingchu.postgresql.read", count: 4, connect: connect)
        writing = Lanes("mingchu.postgresql.write", count: 1, connect: connect)
        writer = PostgreSQLWriter(writing)
    }

    /// - Parameter lockTimeout: Others have the turn to write only for the length of a transaction; longer is a fault.
    static func open(at uri: Secret, lockTimeout: Duration = .seconds(10)) async throws -> PostgreSQLDatabase {
        let database = PostgreSQLDatabase(try ServerAddress(uri), lockTimeout: lockTimeout)
        do {
            try await database.writing.run { lane in try makeTurn(lane.connected()) }
        } catch {
            try await database.close()
            throw error
        }
        return database
    }

    /// The table without columns that a writer locks: the only lock that a transaction can take before its snapshot.
    private static func makeTurn(_ session: PostgreSQLSession) throws(StoreError) {
        let doing = "opening the database"
        // Two processes that open a new database at once must not both find it missing. The number is our own.
        try session.run("select pg_advisory_lock(7956009372384)", doing: doing)
        try session.run(
            """
            do $$ begin
              if to_regclass('write_turn') is null then create table write_turn (); end if;
            end $$
            """, doing: doing)
        try session.run("select pg_advisory_unlock(7956009372384)", doing: doing)
    }

    func read<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await readers.run { lane in
            var rerun = Rerun()
            while true {
                let session = try lane.connected()
                do {
                    try session.beginReading()
                    let value = try body(PostgreSQLConnection(session: session))
                    try session.endReading()
                    return value
                } catch {
                    session.rollBack()
                    guard rerun.isDue(after: session) else { throw error }
                }
            }
        }
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await writer.run(body)
    }

    func backUp(to path: String) async throws {
        let dump = PostgreSQLDump(address: address)
        try await withCheckedThrowingContinuation { continuation in
            // May take minutes: on a thread that is no other's.
            DispatchQueue(label: "mingchu.postgresql.dump").async {
                continuation.resume(with: Result { try dump.write(to: path) })
            }
        }
    }

    func close() async throws {
        await readers.close()
        await writing.close()
    }
}
