/// Which of a camera's two streams is read along: the sub-stream where there is one, the main stream of the others and of
/// those whose sub-stream stays away.
public struct StreamChooser: Sendable {
    /// A sub-stream that gave nothing for so long is away.
    private static let patience = Duration.seconds(10)

    public let hasSub: Bool
    private var current: StreamKind
    /// Monotonic time of the newest unit of the sub-stream.
    private var lastSub: Duration

    public init(hasSub: Bool, now: Duration) {
        self.hasSub = hasSub
        current = hasSub ? .sub : .main
        lastSub = now
    }

    public func isCurrent(_ stream: StreamKind) -> Bool { current == stream }

    /// A unit of a stream has come.
    /// - Parameter isKey: a change begins with a keyframe.
    /// - Returns: whether it is read, and whether the stream is another than that of the unit read before.
    public mutating func choose(_ stream: StreamKind, isKey: Bool, now: Duration) -> (isChosen: Bool, hasSwitched: Bool)
    {
        if stream == .sub { lastSub = now }
        if stream == current { return (true, false) }
        guard isKey else { return (false, false) }
        let isBetter = stream == .sub || now - lastSub > Self.patience
        if isBetter { current = stream }
        return (isBetter, isBetter)
    }
}
