import Domain
import NIOCore

/// A run of parts that starts on a keyframe, in memory: what live viewers are served from.
struct LiveSegment {
    /// HLS media sequence number (RFC 8216 §4.3.3.2): counts up over format changes and reconnections.
    let mediaSequence: Int
    /// Which initialization segment its parts belong to.
    let generation: Int
    /// True when the stream was interrupted, or its format changed, just before it.
    let followsDiscontinuity: Bool
    let start: UTCTime
    var parts: [LivePart] = []
    var isComplete = false

    var duration: Double { parts.reduce(0) { $0 + $1.duration } }
    var byteCount: Int { parts.reduce(0) { $0 + $1.bytes.readableBytes } }
}

/// One movie fragment, shared by all its readers.
struct LivePart {
    /// Counts up over the stream's whole life: a reader's place is the number of the part that it wants next.
    let number: Int
    let bytes: ByteBuffer
    /// Seconds.
    let duration: Double
    /// Starts with a keyframe.
    let isIndependent: Bool
}
