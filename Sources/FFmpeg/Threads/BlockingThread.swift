import CFFmpeg
import Glibc
import Synchronization

/// A thread of its own for work that blocks: Swift's pool has as many threads as there are cores, and none to spare.
public enum BlockingThread {
    /// Runs `work` on a new thread and waits for it without blocking a thread of Swift's pool.
    ///
    /// When the calling task is cancelled, the interruption given to `work` is, and the call still waits for `work` to end:
    /// what `work` owns is released when this returns.
    ///
    /// - Parameter name: Shown by `top -H`; the first 15 bytes count.
    public static func run<Value: Sendable, Failure: Error>(
        _ name: String, _ work: @escaping @Sendable (Interruption) throws(Failure) -> Value
    ) async throws(Failure) -> Value {
        let interruption = Interruption()
        let result: Result<Value, Failure> = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                start(name) {
                    let result: Result<Value, Failure>
                    do throws(Failure) {
                        result = .success(try work(interruption))
                    } catch {
                        result = .failure(error)
                    }
                    continuation.resume(returning: result)
                }
            }
        } onCancel: {
            interruption.cancel()
        }
        return try result.get()
    }

    /// Like ``run(_:_:)`` for work that can't be interrupted: when the calling task is cancelled this returns nil at once,
    /// and `work` goes on by itself until it ends; its result is dropped.
    public static func runAbandoning<Value: Sendable>(
        _ name: String, _ work: @escaping @Sendable () -> Value
    ) async -> Value? {
        let waiter = Waiter<Value>()
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                waiter.wait(continuation)
                start(name) { waiter.finish(work()) }
            }
        } onCancel: {
            waiter.finish(nil)
        }
    }

    /// Resumes its continuation once, with whatever comes first.
    private final class Waiter<Value: Sendable>: Sendable {
        private enum State {
            case idle
            case waiting(CheckedContinuation<Value?, Never>)
            case finished
        }

        private let state = Mutex(State.idle)

        func wait(_ continuation: CheckedContinuation<Value?, Never>) {
            let isCancelled = state.withLock { state in
                if case .finished = state { return true }
                state = .waiting(continuation)
                return false
            }
            if isCancelled { continuation.resume(returning: nil) }
        }

        func finish(_ value: Value?) {
            let previous = state.withLock { state in
                defer { state = .finished }
                return state
            }
            if case .waiting(let continuation) = previous { continuation.resume(returning: value) }
        }
    }

    /// A detached thread that runs `body` and ends.
    static func start(_ name: String, _ body: @escaping @Sendable () -> Void) {
        let box = Unmanaged.passRetained(Body(name: name, run: body))
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                let body = Unmanaged<Body>.fromOpaque(argument!).takeRetainedValue()
                shim_name_thread(body.name)
                body.run()
                return nil
            }, box.toOpaque())
        // The machine is out of threads or memory; nothing that needs a thread can go on.
        precondition(status == 0, "no thread for \(name): \(String(cString: strerror(status)))")
        pthread_detach(thread)
    }

    private final class Body: Sendable {
        let name: String
        let run: @Sendable () -> Void

        init(name: String, run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }
}
