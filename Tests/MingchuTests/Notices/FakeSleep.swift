import Logging
import Synchronization

/// Sleepers that wake when the test says so.
final class FakeSleep: Sendable {
    private struct State {
        var asked: [Duration] = []
        var next = 0
        var sleepers: [Int: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// What was asked for so far.
    var asked: [Duration] { state.withLock { $0.asked } }
    var sleepers: Int { state.withLock { $0.sleepers.count } }

    @Sendable func sleep(_ duration: Duration) async throws {
        let number = state.withLock { state in
            state.asked.append(duration)
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { sleeper in
                // Asked once: who is cancelled in between is woken by the handler, and by it alone.
                let isCancelled = state.withLock { state in
                    let isCancelled = Task.isCancelled
                    if !isCancelled { state.sleepers[number] = sleeper }
                    return isCancelled
                }
                if isCancelled { sleeper.resume() }
            }
        } onCancel: {
            state.withLock { $0.sleepers.removeValue(forKey: number) }?.resume()
        }
        try Task.checkCancellation()
    }

    func wake() {
        let sleepers = state.withLock { state in
            defer { state.sleepers = [:] }
            return state.sleepers.values
        }
        for sleeper in sleepers { sleeper.resume() }
    }
}

/// Keeps what is logged.
final class LogBook: Sendable {
    private let lines = Mutex<[String]>([])

    var entries: [String] { lines.withLock { $0 } }

    var logger: Logger { Logger(label: "test") { _ in Handler(book: self) } }

    private struct Handler: LogHandler {
        let book: LogBook
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            book.lines.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }
}
