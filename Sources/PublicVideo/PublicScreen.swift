import Domain
import ISOBMFF
public import NIOCore
import Synchronization

/// Why nothing of a public picture is given out.
public enum PublicScreenError: Error, Hashable, Sendable {
    /// A stage has failed or is late, or the stream was ended: closed when in doubt.
    case closed
    /// No such file, or it has left the window.
    case gone
    /// Too many cameras are watched at once.
    case busy
}

/// The newest seconds of one camera's public picture, made once for all who watch. (公开画面)
///
/// HLS with fragmented MP4 (RFC 8216): files never change under their name, so that any cache may keep them.
public final class PublicScreen: Sendable {
    private struct State {
        var initialization: ByteBuffer?
        var segments: [Segment] = []
        var nextNumber = 0
        var lastWanted: Duration
        /// When the last picture was finished; nil = none yet.
        var lastBeat: Duration?
        let start: Duration
        var isEnded = false

        /// Reading the models takes a while, once; after that every picture must come in time.
        func isOpen(at now: Duration) -> Bool {
            guard let lastBeat else { return !isEnded && now - start <= PublicScreenSettings.longestStart }
            return !isEnded && now - lastBeat <= PublicScreenSettings.stall
        }
    }

    private struct Segment {
        let number: Int
        let bytes: ByteBuffer
        /// Seconds.
        let duration: Double
    }

    /// Twelve seconds: three target durations behind the newest are what a player keeps (RFC 8216 §6.3.3).
    private static let window = 6
    /// Stands in all names, so that a cache never mixes two streams.
    let epoch: String
    private let time: TimeSource
    private let state: Mutex<State>

    init(epoch: String, time: TimeSource) {
        self.epoch = epoch
        self.time = time
        let now = time.monotonic()
        state = Mutex(State(lastWanted: now, start: now))
    }

    // MARK: The readers' side

    /// The media playlist; nil while the first segment is being made.
    public func playlist() throws(PublicScreenError) -> String? {
        let now = time.monotonic()
        let (segments, isOpen) = state.withLock { state in
            state.lastWanted = now
            return (state.segments, state.isOpen(at: now))
        }
        guard isOpen else { throw .closed }
        guard let first = segments.first else { return nil }
        let target = Int((segments.map(\.duration).max() ?? 2).rounded(.up))
        var text = """
            #EXTM3U
            #EXT-X-VERSION:7
            #EXT-X-TARGETDURATION:\(target)
            #EXT-X-MEDIA-SEQUENCE:\(first.number)
            #EXT-X-INDEPENDENT-SEGMENTS
            #EXT-X-MAP:URI="\(epoch)-init.mp4"

            """
        for segment in segments {
            let milliseconds = Int((segment.duration * 1000).rounded())
            let rest = milliseconds % 1000
            let fraction = String(repeating: "0", count: rest < 10 ? 2 : rest < 100 ? 1 : 0) + "\(rest)"
            text += "#EXTINF:\(milliseconds / 1000).\(fraction),\n\(epoch)-\(segment.number).m4s\n"
        }
        return text
    }

    /// A file that the playlist names.
    public func file(_ name: String) throws(PublicScreenError) -> ByteBuffer {
        let now = time.monotonic()
        let (initialization, segments, isOpen) = state.withLock { state in
            (state.initialization, state.segments, state.isOpen(at: now))
        }
        guard isOpen else { throw .closed }
        guard name.hasPrefix(epoch + "-") else { throw .gone }
        let rest = name.dropFirst(epoch.count + 1)
        if rest == "init.mp4", let initialization { return initialization }
        guard rest.hasSuffix(".m4s"), let number = Int(rest.dropLast(4)),
            let segment = segments.first(where: { $0.number == number })
        else { throw .gone }
        return segment.bytes
    }

    // MARK: The worker's side

    func begin(_ initialization: [UInt8]) { state.withLock { $0.initialization = ByteBuffer(bytes: initialization) } }

    func publish(_ part: Part) {
        let bytes = ByteBuffer(bytes: part.bytes)
        state.withLock { state in
            guard !state.isEnded else { return }
            state.segments.append(
                Segment(number: state.nextNumber, bytes: bytes, duration: part.duration.seconds))
            state.nextNumber += 1
            if state.segments.count > Self.window { state.segments.removeFirst() }
        }
    }

    /// All stages have done their work for this picture.
    func beat() { state.withLock { $0.lastBeat = time.monotonic() } }

    /// Nothing is given out any more, not even what was made.
    func end() {
        state.withLock { state in
            state.isEnded = true
            state.segments = []
            state.initialization = nil
        }
    }

    var isEnded: Bool { state.withLock { $0.isEnded } }

    /// Its thread will not come back: another is begun when somebody asks.
    var isStuck: Bool {
        let now = time.monotonic()
        return state.withLock { now - ($0.lastBeat ?? $0.start) > PublicScreenSettings.idle }
    }

    var isWanted: Bool {
        let now = time.monotonic()
        return state.withLock { !$0.isEnded && now - $0.lastWanted <= PublicScreenSettings.idle }
    }
}
