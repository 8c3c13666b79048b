import Bitstream
import Domain
import ISOBMFF
import NIOCore
import Synchronization

/// The newest seconds of a camera's stream in memory, and everybody who watches them.
///
/// Lives as long as the camera does: when the connection is lost, viewers of ``subscribe()`` are let go, while HLS
/// players wait for the next segment. Parts are shared, never copied for a reader. A reader who is slower than
/// the camera is skipped ahead to the newest keyframe, and the skip is counted; nobody ever waits for a reader.
public final class LiveStream: Sendable {
    struct State {
        var isOpen = false
        var generation = 0
        var initializationSegments: [Int: ByteBuffer] = [:]
        var segments: [LiveSegment] = []
        var nextPart = 0
        var nextMediaSequence = 0
        /// Discontinuities that have left the window (EXT-X-DISCONTINUITY-SEQUENCE).
        var droppedDiscontinuities = 0
        var pendingDiscontinuity = false
        var longestPart = 0.5
        var longestSegment = 1.0
        /// Monotonic time until which a longer window is kept, because an HLS player asked.
        var playlistWantedUntil: Duration = .zero
        var waiters: [Int: CheckedContinuation<Void, Never>] = [:]
        var nextWaiter = 0
        var viewers = 0
        var skippedGroups = 0
    }

    /// A segment is closed at the first keyframe after so many seconds; cameras with a keyframe each second would
    /// otherwise make players ask for a playlist each second.
    private static let shortestSegment = 1.5

    let state = Mutex(State())
    let time: TimeSource

    init(time: TimeSource) { self.time = time }

    /// Viewers of ``subscribe()`` at the moment.
    public var viewerCount: Int { state.withLock { $0.viewers } }

    /// Skips ahead since the start, over all viewers.
    public var skippedGroups: Int { state.withLock { $0.skippedGroups } }

    /// An endless fragmented MP4, from the last keyframe on; ends when the camera is lost.
    public func subscribe() -> LiveViewer {
        state.withLock { state in
            state.viewers += 1
            return LiveViewer(stream: self, next: state.newestIndependentPart ?? state.nextPart)
        }
    }

    // MARK: The camera's side

    /// A new format: everything after it needs another initialization segment.
    func begin(_ initializationSegment: [UInt8]) {
        state.withLock { state in
            state.closeSegment()
            if state.generation > 0 { state.pendingDiscontinuity = true }
            state.generation += 1
            state.initializationSegments[state.generation] = ByteBuffer(bytes: initializationSegment)
            state.isOpen = true
        }
    }

    func publish(_ part: Part, start: UTCTime) {
        let bytes = ByteBuffer(bytes: part.bytes)
        let now = time.monotonic()
        let waiters = state.withLock { state in
            if part.isIndependent,
                state.segments.last.map({ $0.isComplete || $0.duration >= Self.shortestSegment }) ?? true
            {
                state.closeSegment()
                state.segments.append(
                    LiveSegment(
                        mediaSequence: state.nextMediaSequence, generation: state.generation,
                        followsDiscontinuity: state.pendingDiscontinuity, start: start))
                state.nextMediaSequence += 1
                state.pendingDiscontinuity = false
                state.trim(forPlaylists: now < state.playlistWantedUntil)
            }
            guard let last = state.segments.indices.last, !state.segments[last].isComplete else {
                return [CheckedContinuation<Void, Never>]()  // No keyframe yet.
            }
            state.segments[last].parts.append(
                LivePart(
                    number: state.nextPart, bytes: bytes, duration: part.duration.seconds,
                    isIndependent: part.isIndependent))
            state.nextPart += 1
            state.longestPart = max(state.longestPart, part.duration.seconds)
            return state.takeWaiters()
        }
        for waiter in waiters { waiter.resume() }
    }

    /// The connection is lost, or the camera was switched off.
    func interrupt() {
        let waiters = state.withLock { state in
            state.closeSegment()
            state.pendingDiscontinuity = state.generation > 0
            state.isOpen = false
            return state.takeWaiters()
        }
        for waiter in waiters { waiter.resume() }
    }

    // MARK: The readers' side

    enum Taken {
        case bytes(ByteBuffer)
        case wait
        case ended
    }

    /// What a reader at `position` gets next. Moves the position on.
    func take(_ position: inout LiveViewer.Position) -> Taken {
        state.withLock { state in
            guard state.isOpen else { return .ended }
            if let first = state.segments.first?.parts.first, position.part < first.number {
                state.skippedGroups += 1
                position.part = state.newestIndependentPart ?? state.nextPart
            }
            guard position.part < state.nextPart,
                let segment = state.segments.last(where: { ($0.parts.first?.number ?? .max) <= position.part })
            else { return .wait }
            if position.generation != segment.generation {
                // The other format's remaining parts are gone for this reader: begin where the new one begins.
                guard let initialization = state.initializationSegments[segment.generation] else { return .ended }
                position.generation = segment.generation
                return .bytes(initialization)
            }
            let part = segment.parts[position.part - segment.parts[0].number]
            position.part += 1
            return .bytes(part.bytes)
        }
    }

    /// Returns as soon as something has changed that a reader at `part` could be waiting for, or the task is cancelled.
    func wait(for part: Int) async {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    guard state.isOpen, state.nextPart <= part, !Task.isCancelled else { return false }
                    state.waiters[ticket] = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: ticket) }
            waiter?.resume()
        }
    }

    func leave() { state.withLock { $0.viewers -= 1 } }
}

extension LiveStream.State {
    var newestIndependentPart: Int? {
        for segment in segments.reversed() where segment.generation == generation {
            if let part = segment.parts.last(where: \.isIndependent) { return part.number }
        }
        return nil
    }

    mutating func closeSegment() {
        guard let last = segments.indices.last, !segments[last].isComplete else { return }
        segments[last].isComplete = true
        longestSegment = max(longestSegment, segments[last].duration)
    }

    /// Four seconds are kept: enough to begin at a keyframe and to forgive a slow reader. While HLS players ask, three
    /// target durations (RFC 8216bis §6.2.2). Never more than 16 MiB, whatever the camera's keyframe interval.
    mutating func trim(forPlaylists: Bool) {
        var duration = segments.reduce(0) { $0 + $1.duration }
        var bytes = segments.reduce(0) { $0 + $1.byteCount }
        let wanted = forPlaylists ? max(8, 3 * longestSegment.rounded(.up)) : 4
        while segments.count > 2, duration - segments[0].duration >= wanted || bytes > 16 << 20 {
            let dropped = segments.removeFirst()
            duration -= dropped.duration
            bytes -= dropped.byteCount
            if dropped.followsDiscontinuity { droppedDiscontinuities += 1 }
        }
        let oldest = segments.first?.generation ?? generation
        initializationSegments = initializationSegments.filter { $0.key >= oldest }
    }

    mutating func takeWaiters() -> [CheckedContinuation<Void, Never>] {
        defer { waiters.removeAll(keepingCapacity: true) }
        return Array(waiters.values)
    }
}
