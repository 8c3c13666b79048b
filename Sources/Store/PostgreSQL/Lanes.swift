import Dispatch
import Synchronization

/// A few lanes that take jobs in the order in which they were given.
///
/// The queue of jobs is as long as what is waited for: every job belongs to a caller that awaits it.
final class Lanes: Sendable {
    typealias Job = @Sendable (Lane) -> Void

    private struct State {
        var idle: [Lane]
        var jobs: [Job] = []
        var running = 0
        var closing: CheckedContinuation<Void, Never>?
    }

    private let lanes: [Lane]
    private let state: Mutex<State>

    init(_ name: String, count: Int, connect: @escaping @Sendable () throws(StoreError) -> PostgreSQLSession) {
        let lanes = (1...count).map { Lane("\(name).\($0)", connect: connect) }
        self.lanes = lanes
        state = Mutex(State(idle: lanes))
    }

    func run<T: Sendable>(_ job: @escaping @Sendable (Lane) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            submit { lane in continuation.resume(with: Result { try job(lane) }) }
        }
    }

    func submit(_ job: @escaping Job) {
        let lane: Lane? = state.withLock { state in
            // The one used last: its connection is the likeliest to stand.
            guard let lane = state.idle.popLast() else {
                state.jobs.append(job)
                return nil
            }
            state.running += 1
            return lane
        }
        if let lane { lane.queue.async { [self] in work(lane, job) } }
    }

    private func work(_ lane: Lane, _ first: Job) {
        var job = first
        while true {
            job(lane)
            guard let next = next(lane) else { return }
            job = next
        }
    }

    private func next(_ lane: Lane) -> Job? {
        let (job, closing) = state.withLock { state -> (Job?, CheckedContinuation<Void, Never>?) in
            guard state.jobs.isEmpty else { return (state.jobs.removeFirst(), nil) }
            state.idle.append(lane)
            state.running -= 1
            return (nil, state.running == 0 ? state.closing.take() : nil)
        }
        closing?.resume()
        return job
    }

    /// Waits for what was given so far, then closes all connections.
    func close() async {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                if state.running > 0 { state.closing = continuation }
                return state.running == 0
            }
            if isIdle { continuation.resume() }
        }
        for lane in lanes {
            await withCheckedContinuation { continuation in
                lane.queue.async {
                    lane.close()
                    continuation.resume()
                }
            }
        }
    }
}
