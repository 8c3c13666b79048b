/// What a camera is doing now.
public struct CameraStatus: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// Switched off by its settings.
        case disabled
        case connecting
        case live
        /// Lost, with the reason; the next attempt is made at `retryAt`.
        case waiting(SourceFailure, retryAt: UTCTime)
    }

    public enum Recording: Hashable, Sendable {
        case off
        case running
        /// Recording is wanted and can't be done (disk full, disk failing); live goes on.
        case paused(RecordingGap.Reason)
    }

    public var state: State
    /// When `state` last went between live and not live.
    public var since: UTCTime
    public var recording: Recording
    /// Of the last ten seconds; nil before the first picture.
    public var picture: Picture?
    /// Access units since the session's start, and those lost by lost packets.
    public var received: Int
    public var damaged: Int

    public struct Picture: Hashable, Sendable {
        public var codec: String
        public var width: Int
        public var height: Int
        public var framesPerSecond: Double
        public var bitsPerSecond: Int
        public var keyframeInterval: Duration?
        /// Camera's clock minus ours; nil when the camera tells no time.
        public var clockOffset: Duration?

        public init(
            codec: String, width: Int, height: Int, framesPerSecond: Double, bitsPerSecond: Int,
            keyframeInterval: Duration?, clockOffset: Duration?
        ) {
            self.codec = codec
            self.width = width
            self.height = height
            self.framesPerSecond = framesPerSecond
            self.bitsPerSecond = bitsPerSecond
            self.keyframeInterval = keyframeInterval
            self.clockOffset = clockOffset
        }
    }

    public init(
        state: State, since: UTCTime, recording: Recording = .off, picture: Picture? = nil, received: Int = 0,
        damaged: Int = 0
    ) {
        self.state = state
        self.since = since
        self.recording = recording
        self.picture = picture
        self.received = received
        self.damaged = damaged
    }
}
