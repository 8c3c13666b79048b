public import NIOCore
import Synchronization

/// One reader of a ``LiveStream``: its own place in the shared parts. Read by one task at a time.
public final class LiveViewer: Sendable {
    struct Position {
        /// The number of the part wanted next.
        var part: Int
        /// The initialization segment that the reader has; 0 = none yet.
        var generation = 0
    }

    private let stream: LiveStream
    private let position: Mutex<Position>

    init(stream: LiveStream, next part: Int) {
        self.stream = stream
        position = Mutex(Position(part: part))
    }

    deinit { stream.leave() }

    /// The next bytes to send; waits for the camera. nil when the camera is lost.
    ///
    /// - Throws: `CancellationError`.
    public func next() async throws -> ByteBuffer? {
        while true {
            switch position.withLock({ stream.take(&$0) }) {
            case .bytes(let bytes): return bytes
            case .ended: return nil
            case .wait:
                await stream.wait(for: position.withLock { $0.part })
                try Task.checkCancellation()
            }
        }
    }
}
