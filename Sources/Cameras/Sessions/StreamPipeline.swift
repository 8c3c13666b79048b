import Bitstream
import Domain
import ISOBMFF
import Synchronization

/// One stream of one camera: access units in; fragments out, to live viewers and (main stream) to the recorder.
///
/// `receive` is called by the source's thread or event loop, one call at a time; nothing in it blocks.
final class StreamPipeline: Sendable {
    fileprivate struct State {
        var statistics = StreamStatistics()
        var clock = StreamClock()
        var writer: FragmentWriter?
        /// Wall-clock time of the first access unit of the part being written.
        var partStart: UTCTime?
        var cut: RecordingGap.Reason?
        var lastKey: AccessUnit?
    }

    let live: LiveStream
    private let track: RecordingTrack?
    private let time: TimeSource
    private let tap: Tap?
    private let state = Mutex(State())

    /// Who reads along, and as what.
    struct Tap {
        let reader: any StreamTap
        let camera: CameraID
        let stream: StreamKind
    }

    init(live: LiveStream, track: RecordingTrack?, tap: Tap? = nil, time: TimeSource) {
        self.live = live
        self.track = track
        self.tap = tap
        self.time = time
    }

    func receive(_ event: SourceEvent) {
        switch event {
        case .accessUnit(let unit): receive(unit)
        case .damaged(let count): state.withLock { $0.statistics.addDamaged(count) }
        case .clockOffset(let offset): state.withLock { $0.statistics.clockOffset = offset }
        }
    }

    /// The connection ended. What is in the fragmenter is written out, viewers are let go.
    func interrupt(_ reason: RecordingGap.Reason) {
        let last = state.withLock { state in
            let part = state.finishPart()
            state.writer = nil
            state.cut = nil
            state.clock = StreamClock()
            state.lastKey = nil
            state.statistics.restart()
            return part
        }
        if let last { publish(last) }
        live.interrupt()
        track?.interrupt(reason)
        if let tap { tap.reader.interrupt(tap.camera, tap.stream) }
    }

    var picture: CameraStatus.Picture? { state.withLock { $0.statistics.picture } }
    var counts: (received: Int, damaged: Int) {
        state.withLock { ($0.statistics.received, $0.statistics.damaged) }
    }
    /// Monotonic time of the newest access unit of this connection.
    var lastArrival: Duration? { state.withLock { $0.statistics.lastArrival } }
    /// The newest keyframe, for still pictures.
    var lastKey: AccessUnit? { state.withLock { $0.lastKey } }

    fileprivate struct Closed {
        let part: Part
        let format: VideoFormat
        let start: UTCTime
        /// The time line was cut before this part.
        let cut: RecordingGap.Reason?
    }

    private func receive(_ unit: AccessUnit) {
        let now = time.now()
        let monotonic = time.monotonic()
        let (closed, newFormat, wall, isCut) = state.withLock { state -> ([Closed], VideoFormat?, UTCTime?, Bool) in
            state.statistics.add(unit, at: monotonic)
            if unit.isKey { state.lastKey = unit }
            let (wall, cut) = state.clock.wallTime(of: unit, now: now, monotonic: monotonic)
            var closed: [Closed] = []
            var newFormat: VideoFormat?
            if state.writer?.format != unit.format {
                guard unit.isKey else { return ([], nil, nil, false) }
                if let last = state.finishPart() { closed.append(last) }
                newFormat = unit.format
                state.writer = FragmentWriter(format: unit.format)
            }
            if let cut {
                if let last = state.finishPart() { closed.append(last) }
                state.cut = cut == .clockStepped ? .clockStepped : .streamRestarted
                state.partStart = nil
            }
            if let part = state.writer?.append(unit) {
                closed.append(state.close(part))
                state.partStart = wall
            }
            if state.partStart == nil { state.partStart = wall }
            return (closed, newFormat, wall, cut != nil)
        }
        // Parts of the old format go out before the new initialization segment.
        for part in closed { publish(part) }
        if let newFormat { live.begin(InitializationSegment(format: newFormat).bytes) }
        if let tap, let wall {
            if isCut { tap.reader.interrupt(tap.camera, tap.stream) }
            tap.reader.receive(unit, of: tap.camera, tap.stream, wall: wall)
        }
    }

    private func publish(_ closed: Closed) {
        live.publish(closed.part, start: closed.start)
        track?.append(closed.part, format: closed.format, start: closed.start, cut: closed.cut)
    }
}

extension StreamPipeline.State {
    fileprivate mutating func finishPart() -> StreamPipeline.Closed? {
        guard let part = writer?.finish() else { return nil }
        defer { partStart = nil }
        return close(part)
    }

    fileprivate mutating func close(_ part: Part) -> StreamPipeline.Closed {
        defer { cut = nil }
        // A part is closed by the unit after it, so its start is known by then.
        return StreamPipeline.Closed(
            part: part, format: writer!.format, start: partStart ?? UTCTime(milliseconds: 0), cut: cut)
    }
}
