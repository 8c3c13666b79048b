/// Something that happens once and that others wait for.
final class StopSignal: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() { (stream, continuation) = AsyncStream.makeStream(of: Never.self) }

    func fire() { continuation.finish() }

    /// Returns when it was fired, or the task is cancelled. For one waiter.
    func wait() async { for await _ in stream {} }
}
