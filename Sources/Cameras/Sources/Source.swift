public import Bitstream
public import Domain

/// Something that yields a camera's pictures: an RTSP session, a file, the simulator.
public protocol Source: Sendable {
    /// Runs until the stream ends or fails, or the task is cancelled (then it returns within a second).
    ///
    /// Calls `deliver` on any thread, one call at a time, never after it has returned; `deliver` must not block.
    func run(deliver: @escaping @Sendable (SourceEvent) -> Void) async throws(SourceFailure)
}

public enum SourceEvent: Sendable {
    case accessUnit(AccessUnit)
    /// So many access units could not be put together because packets were missing.
    case damaged(Int)
    /// The camera's clock minus ours, as its sender reports tell it.
    case clockOffset(Duration)
}
