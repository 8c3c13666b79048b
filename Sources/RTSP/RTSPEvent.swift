public import Bitstream

/// What a session tells while it runs.
public enum RTSPEvent: Sendable {
    case accessUnit(AccessUnit)
    /// So many access units could not be put together because packets were missing.
    case damaged(Int)
    /// The camera's clock minus ours, each time that a sender report tells it (every few seconds).
    case clockOffset(Duration)
}
