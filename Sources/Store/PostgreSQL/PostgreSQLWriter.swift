/// Runs writes one after the other; those that wait at the same moment share one commit, each under its own savepoint.
///
/// Every transaction begins by waiting for the turn to write, a lock that all processes share. What a body has read is
/// therefore still so when it is committed, as with SQLite.
final class PostgreSQLWriter: Sendable {
    private let lanes: Lanes
    private let waiting = WaitingWrites()

    init(_ lanes: Lanes) { self.lanes = lanes }

    func run<T: Sendable>(_ body: @escaping @Sendable (any Connection) throws -> T) async throws -> T {
        try await waiting.run(body) { lanes.submit { [self] lane in drain(lane) } }
    }

    private func drain(_ lane: Lane) {
        while let group = waiting.nextGroup() {
            do {
                try keep(group, lane)
                for write in group { write.finish() }
            } catch {
                for write in group { write.fail(error) }
            }
        }
    }

    private func keep(_ group: [any PendingWrite], _ lane: Lane) throws {
        var rerun = Rerun()
        while true {
            let session = try lane.connected()
            do {
                try session.beginWriting()
                if group.count == 1 { try runAlone(group[0], session) } else { try runTogether(group, session) }
                return try session.commit()
            } catch let error as StoreError where error.kind == .outcomeUnknown {
                throw error
            } catch {
                session.rollBack()
                guard rerun.isDue(after: session) else { throw error }
            }
        }
    }

    private func runAlone(_ write: any PendingWrite, _ session: PostgreSQLSession) throws {
        guard !write.run(PostgreSQLConnection(session: session)), let error = write.failure else { return }
        throw error
    }

    private func runTogether(_ group: [any PendingWrite], _ session: PostgreSQLSession) throws {
        let connection = PostgreSQLConnection(session: session)
        for write in group {
            try session.run("savepoint one_write", doing: "keeping records")
            let isDone = write.run(connection)
            // The whole transaction must be run again then.
            if session.isLost || session.hasConflict { throw write.failure ?? Self.failed }
            if isDone && !session.hasFailed {
                try session.run("release savepoint one_write", doing: "keeping records")
            } else {
                if isDone { write.reject(Self.failed) }
                try session.run(
                    "rollback to savepoint one_write; release savepoint one_write", doing: "keeping records")
            }
        }
    }

    private static let failed = StoreError(.failed, doing: "keeping records", detail: "a statement of it had failed")
}
