public import Domain

/// What a look at a source showed.
public struct ProbeReport: Sendable {
    public struct Stream: Sendable {
        /// `H.264` or `H.265`
        public var codec: String
        /// RFC 6381, as in `avc1.64001F`.
        public var codecs: String
        public var width: Int
        public var height: Int
        public var framesPerSecond: Double
        public var bitsPerSecond: Int
        /// nil when fewer than two keyframes came while we looked.
        public var keyframeInterval: Duration?
        public var jpeg: [UInt8]?
    }

    /// Something worth changing on the camera.
    public enum Advice: Hashable, Sendable {
        /// Over four seconds: live pictures start late and seeking is coarse.
        case longKeyframeInterval(Duration)
        case noSubStream
        /// Over five seconds.
        case clockOff(Duration)
        /// Our client could not talk to it, FFmpeg's could.
        case useCompatibleClient
        /// H.265: many browsers can't play it.
        case notPlayableInBrowsers
    }

    public var main: Stream
    public var sub: Stream?
    /// Why the sub-stream could not be looked at.
    public var subFailure: SourceFailure?
    /// Camera's clock minus ours.
    public var clockOffset: Duration?
    public var advice: [Advice]
}
