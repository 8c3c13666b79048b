import Domain
public import NIOCore
import Synchronization

/// Why a live resource can't be had.
public enum LiveError: Error, Hashable, Sendable {
    /// The camera is not live, or the part has left the window.
    case gone
    case badRequest(String)
}

// Low-Latency HLS (draft-pantos-hls-rfc8216bis-15): parts, preload hint and blocking playlist reload.
extension LiveStream {
    /// The media playlist. With `mediaSequence` (and `part`) it is held back until that segment (part) is in it.
    ///
    /// - Throws: ``LiveError/badRequest(_:)`` for a place too far ahead (§6.2.5.2), ``LiveError/gone`` when the camera is
    ///   not live or nothing new came within three target durations.
    public func playlist(mediaSequence: Int?, part: Int?) async throws(LiveError) -> String {
        if part != nil, mediaSequence == nil { throw .badRequest("_HLS_part needs _HLS_msn") }
        let deadline = time.monotonic() + .seconds(30)
        state.withLock { $0.playlistWantedUntil = time.monotonic() + .seconds(60) }
        while true {
            let step: Step = state.withLock { state in
                guard state.isOpen || !state.segments.isEmpty else { return .failed(.gone) }
                guard let mediaSequence else {
                    return state.segments.isEmpty ? .wait(state.nextPart) : .playlist(state.playlist())
                }
                if mediaSequence > state.nextMediaSequence + 1 {
                    return .failed(.badRequest("_HLS_msn is too far ahead"))
                }
                if state.holds(mediaSequence: mediaSequence, part: part) { return .playlist(state.playlist()) }
                return state.isOpen ? .wait(state.nextPart) : .failed(.gone)
            }
            switch step {
            case .playlist(let text): return text
            case .failed(let error): throw error
            case .wait(let next):
                await wait(for: next)
                if Task.isCancelled || time.monotonic() > deadline { throw .gone }
            }
        }
    }

    private enum Step {
        case playlist(String)
        case wait(Int)
        case failed(LiveError)
    }

    /// A file that the playlist names: `init-<generation>.mp4`, `<msn>.m4s`, `<msn>.<part>.m4s`. A part that is only
    /// announced (EXT-X-PRELOAD-HINT) is waited for.
    public func resource(_ name: String) async throws(LiveError) -> ByteBuffer {
        if name.hasPrefix("init-"), name.hasSuffix(".mp4"), let generation = Int(name.dropFirst(5).dropLast(4)) {
            guard let bytes = state.withLock({ $0.initializationSegments[generation] }) else { throw .gone }
            return bytes
        }
        guard name.hasSuffix(".m4s") else { throw .badRequest("no such file") }
        let numbers = name.dropLast(4).split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
        guard (1...2).contains(numbers.count), let mediaSequence = numbers[0], mediaSequence >= 0 else {
            throw .badRequest("no such file")
        }
        if numbers.count == 1 {
            guard
                let segment = state.withLock({ state in
                    state.segments.first { $0.mediaSequence == mediaSequence && $0.isComplete }
                })
            else { throw .gone }
            var whole = ByteBuffer()
            whole.reserveCapacity(segment.byteCount)
            for part in segment.parts { whole.writeImmutableBuffer(part.bytes) }
            return whole
        }
        guard let part = numbers[1], part >= 0 else { throw .badRequest("no such file") }
        return try await self.part(part, of: mediaSequence)
    }

    private func part(_ index: Int, of mediaSequence: Int) async throws(LiveError) -> ByteBuffer {
        while true {
            let (bytes, next): (ByteBuffer?, Int?) = state.withLock { state in
                guard let segment = state.segments.first(where: { $0.mediaSequence == mediaSequence }) else {
                    // The hint may name the first part of the segment after the newest.
                    let isAnnounced = state.isOpen && mediaSequence == state.nextMediaSequence && index == 0
                    return (nil, isAnnounced ? state.nextPart : nil)
                }
                if index < segment.parts.count { return (segment.parts[index].bytes, nil) }
                let isAnnounced = state.isOpen && !segment.isComplete && index == segment.parts.count
                return (nil, isAnnounced ? state.nextPart : nil)
            }
            if let bytes { return bytes }
            guard let next else { throw .gone }
            await wait(for: next)
            if Task.isCancelled { throw .gone }
        }
    }
}

extension LiveStream.State {
    func holds(mediaSequence: Int, part: Int?) -> Bool {
        guard let last = segments.last else { return false }
        if mediaSequence < last.mediaSequence { return true }
        guard mediaSequence == last.mediaSequence else { return false }
        guard let part else { return last.isComplete }
        return part < last.parts.count || last.isComplete
    }

    func playlist() -> String {
        let target = Int(max(longestSegment, segments.map(\.duration).max() ?? 1).rounded(.up))
        let partTarget = (longestPart * 1000).rounded(.up) / 1000
        var text = """
            #EXTM3U
            #EXT-X-VERSION:9
            #EXT-X-TARGETDURATION:\(target)
            #EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=\(decimal(partTarget * 3))
            #EXT-X-PART-INF:PART-TARGET=\(decimal(partTarget))
            #EXT-X-MEDIA-SEQUENCE:\(segments.first?.mediaSequence ?? nextMediaSequence)
            #EXT-X-DISCONTINUITY-SEQUENCE:\(droppedDiscontinuities)

            """
        var generation = 0
        for (index, segment) in segments.enumerated() {
            if segment.followsDiscontinuity { text += "#EXT-X-DISCONTINUITY\n" }
            if segment.generation != generation {
                generation = segment.generation
                text += "#EXT-X-MAP:URI=\"live/init-\(generation).mp4\"\n"
            }
            text += "#EXT-X-PROGRAM-DATE-TIME:\(utc.iso8601(segment.start))\n"
            // §4.4.4.9: parts further back than three target durations may be left out.
            if index >= segments.count - 3 {
                for (number, part) in segment.parts.enumerated() {
                    text += "#EXT-X-PART:DURATION=\(decimal(part.duration))"
                    text += ",URI=\"live/\(segment.mediaSequence).\(number).m4s\""
                    text += part.isIndependent ? ",INDEPENDENT=YES\n" : "\n"
                }
            }
            if segment.isComplete {
                text += "#EXTINF:\(decimal(segment.duration)),\nlive/\(segment.mediaSequence).m4s\n"
            }
        }
        if isOpen {
            let open = segments.last.flatMap { $0.isComplete ? nil : $0 }
            let hint = open.map { "\($0.mediaSequence).\($0.parts.count)" } ?? "\(nextMediaSequence).0"
            text += "#EXT-X-PRELOAD-HINT:TYPE=PART,URI=\"live/\(hint).m4s\"\n"
        }
        return text
    }
}

private let utc = TerritoryZone(name: "UTC", offsetMinutes: 0)

/// Seconds with up to five decimals, as playlists want them, without exponents.
func decimal(_ value: Double) -> String {
    let scaled = Int64((value * 100_000).rounded())
    let fraction = String(scaled % 100_000)
    return "\(scaled / 100_000).\(String(repeating: "0", count: 5 - fraction.count))\(fraction)"
}
