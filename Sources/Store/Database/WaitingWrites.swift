import Synchronization

/// Writes that wait for the one writer, handed out in groups that share a commit.
///
/// A commit waits for the disk once or twice; with many cameras' index rows that wait is shared.
/// As long as what is waited for: every entry belongs to a caller that awaits it.
final class WaitingWrites: Sendable {
    private struct State {
        var waiting: [any PendingWrite] = []
        var isDraining = false
    }

    private let state = Mutex(State())
    /// Bounds how long the first of a group waits for the last, and stays below the 64 savepoints of which a server of
    /// PostgreSQL keeps note in fast memory.
    private static let largestGroup = 48

    /// - Parameter startDraining: Called when nobody drains: whoever is told must call ``nextGroup()`` until it is nil.
    func run<T: Sendable>(
        _ body: @escaping @Sendable (any Connection) throws -> T, startDraining: () -> Void
    ) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            let write = WriteOf(body, continuation)
            let mustStart = state.withLock { state in
                state.waiting.append(write)
                defer { state.isDraining = true }
                return !state.isDraining
            }
            if mustStart { startDraining() }
        }
    }

    func nextGroup() -> [any PendingWrite]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
    }
}

/// One caller's write. Only touched on the writer's thread.
protocol PendingWrite: Sendable {
    /// False when the body threw. May be run again; the last run counts.
    func run(_ connection: any Connection) -> Bool
    var failure: (any Error)? { get }
    /// What its body made counts for nothing, although the body did not throw.
    func reject(_ error: any Error)
    /// The commit has been made: hands the body's result or error to the caller.
    func finish()
    func fail(_ error: any Error)
}

/// `@unchecked`: `result` is only touched on the writer's thread, between `run` and `finish`.
private final class WriteOf<T: Sendable>: PendingWrite, @unchecked Sendable {
    private let body: @Sendable (any Connection) throws -> T
    private let continuation: CheckedContinuation<T, any Error>
    private var result: Result<T, any Error>?

    init(_ body: @escaping @Sendable (any Connection) throws -> T, _ continuation: CheckedContinuation<T, any Error>) {
        self.body = body
        self.continuation = continuation
    }

    func run(_ connection: any Connection) -> Bool {
        let result = Result { try body(connection) }
        self.result = result
        return failure == nil
    }

    var failure: (any Error)? {
        guard case .failure(let error) = result else { return nil }
        return error
    }

    func reject(_ error: any Error) { result = .failure(error) }

    func finish() {
        guard let result else { preconditionFailure("finished before it ran") }
        continuation.resume(with: result)
    }

    func fail(_ error: any Error) { continuation.resume(throwing: error) }
}
