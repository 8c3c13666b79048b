import Domain
import Synchronization

/// Everybody who wants to hear of captures at once.
final class CaptureSubscribers: Sendable {
    private struct State {
        var next = 0
        var streams: [Int: AsyncStream<CaptureID>.Continuation] = [:]
    }

    private let state = Mutex(State())

    func stream() -> AsyncStream<CaptureID> {
        let (stream, continuation) = AsyncStream.makeStream(
            of: CaptureID.self, bufferingPolicy: .bufferingNewest(1024))
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

    func tell(_ id: CaptureID) {
        // Not under the lock: whoever is told may end its stream at that moment.
        for stream in state.withLock({ Array($0.streams.values) }) { stream.yield(id) }
    }
}
