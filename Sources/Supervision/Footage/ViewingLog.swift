import Domain
import Store
import Synchronization

/// Enters into the ledger who watched what.
///
/// What waits for the next entry is in memory: a crash loses at most how long somebody went on watching in the last
/// ten minutes, never that they watched.
final class ViewingLog: Sendable {
    private let store: Store
    private let time: TimeSource
    private let viewings = Mutex(Viewings())

    init(store: Store, time: TimeSource) {
        self.store = store
        self.time = time
    }

    /// - Parameter check: Made only when an entry is due.
    func watch(_ span: TimeSpan, _ key: Viewings.Key, check: () async throws -> Void) async throws {
        let now = time.monotonic()
        if viewings.withLock({ $0.isDue(key, at: now) }) { try await check() }
        let (note, isFull) = viewings.withLock { ($0.watch(span, key, at: now), $0.isFull) }
        if let note {
            do {
                try await enter([note])
            } catch {
                viewings.withLock { $0.failed(note) }
                throw error
            }
        }
        if isFull { try await settle(all: true) }
    }

    func settle(all: Bool) async throws {
        let now = time.monotonic()
        let notes = viewings.withLock { $0.settle(all: all, at: now) }
        guard !notes.isEmpty else { return }
        do {
            try await enter(notes)
        } catch {
            viewings.withLock { viewings in for note in notes { viewings.failed(note) } }
            throw error
        }
    }

    private func enter(_ notes: [Viewings.Note]) async throws {
        let now = time.now()
        try await store.write { records in
            for note in notes {
                let spans = note.spans.spans.map { span -> JSON in
                    [.int(span.start.milliseconds), .int(span.end.milliseconds)]
                }
                var payload: [String: JSON] = ["kind": .string(note.key.kind.rawValue), "spans": .array(spans)]
                if let reason = note.key.reason { payload["reason"] = .object(reason.ledgerPayload) }
                try records.ledger.append(
                    .footageViewed, to: "camera/\(note.key.camera)", by: note.key.actor, at: now, payload: payload)
            }
        }
    }
}
