import Synchronization

/// Everybody who wants to hear of a kind of thing at once.
final class Subscribers<Event: Sendable>: Sendable {
    private struct State {
        var next = 0
        var streams: [Int: AsyncStream<Event>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func stream() -> AsyncStream<Event> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: Event.self, bufferingPolicy: .bufferingNewest(1024))
        let number = state.withLock { state in
            state.next += 1
            state.streams[state.next] = continuation
            return state.next
        }
        continuation.onTermination = { [weak self] _ in
            self?.state.withLock { _ = $0.streams.removeValue(forKey: number) }
        }
        return stream
    }

    func tell(_ event: Event) {
        // Not under the lock: whoever is told may end its stream at that moment.
        for stream in state.withLock({ Array($0.streams.values) }) { stream.yield(event) }
    }
}
