import Bitstream
public import Domain
import Synchronization

/// Looks at a source for a few seconds and says what it is. The command line and the “add camera” form use it alike.
public struct Probe: Sendable {
    /// Enough for two keyframes of a camera that needs no advice.
    private static let longestLook = Duration.seconds(9)
    private static let shortestLook = Duration.seconds(2)

    private let sources: SourceFactory
    private let time: TimeSource

    public init(sources: SourceFactory, time: TimeSource) {
        self.sources = sources
        self.time = time
    }

    public func run(
        _ address: SourceAddress, sub: SourceAddress? = nil, credentials: Credentials? = nil,
        transport: Camera.Transport = .tcp, client: Camera.Client = .native, verifiesCertificate: Bool = false
    ) async throws(SourceFailure) -> ProbeReport {
        var camera = Camera(
            id: CameraID(at: time.now()), area: AreaID(at: time.now()), name: "probe", main: address, sub: sub,
            credentials: credentials, transport: transport, client: client, verifiesCertificate: verifiesCertificate)
        var advice: [ProbeReport.Advice] = []
        var seen: Seen
        do throws(SourceFailure) {
            seen = try await look(at: camera, .main)
        } catch {
            guard client == .native, error.kind == .protocolError || error.kind == .notVideo else { throw error }
            camera.client = .compatible
            do throws(SourceFailure) {
                seen = try await look(at: camera, .main)
            } catch _ {
                throw error  // Ours says more about what the camera answered.
            }
            advice.append(.useCompatibleClient)
        }
        var subStream: ProbeReport.Stream?
        var subFailure: SourceFailure?
        if sub != nil {
            do throws(SourceFailure) {
                subStream = try await stream(look(at: camera, .sub))
            } catch {
                subFailure = error
            }
        } else if address.scheme == .rtsp || address.scheme == .rtsps {
            advice.append(.noSubStream)
        }
        let main = try await stream(seen)
        if let interval = seen.keyframeInterval ?? seen.keylessFor, interval > .seconds(4) {
            advice.append(.longKeyframeInterval(interval))
        }
        if let offset = seen.clockOffset, offset > .seconds(5) || offset < .seconds(-5) {
            advice.append(.clockOff(offset))
        }
        if seen.key?.format.codec == .h265 { advice.append(.notPlayableInBrowsers) }
        return ProbeReport(
            main: main, sub: subStream, subFailure: subFailure, clockOffset: seen.clockOffset, advice: advice)
    }

    private struct Seen: Sendable {
        var picture: CameraStatus.Picture?
        var key: AccessUnit?
        var keyframeInterval: Duration?
        /// Since the only keyframe.
        var keylessFor: Duration?
        var clockOffset: Duration?
    }

    private func look(at camera: Camera, _ kind: StreamKind) async throws(SourceFailure) -> Seen {
        let observation = Observation(time: time)
        let source = try sources.source(camera, kind)
        let failure: SourceFailure? = await withTaskGroup(of: SourceFailure?.self) { group in
            group.addTask {
                do throws(SourceFailure) {
                    try await source.run { observation.receive($0) }
                    return SourceFailure(.ended)
                } catch {
                    return error
                }
            }
            group.addTask {
                let started = time.monotonic()
                while !Task.isCancelled {
                    try? await Task.sleep(for: .milliseconds(100))
                    let looked = time.monotonic() - started
                    if looked > Self.longestLook || looked > Self.shortestLook && observation.isEnough { break }
                }
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            await group.waitForAll()
            return first
        }
        let seen = observation.seen
        if seen.key == nil { throw failure ?? SourceFailure(.stalled, detail: "no keyframe") }
        return seen
    }

    private func stream(_ seen: Seen) async throws(SourceFailure) -> ProbeReport.Stream {
        guard let key = seen.key, let picture = seen.picture else { throw SourceFailure(.notVideo) }
        let jpeg = try? await Still.jpeg(of: key, maxWidth: 1280)
        return ProbeReport.Stream(
            codec: key.format.codec == .h264 ? "H.264" : "H.265", codecs: key.format.codecs, width: picture.width,
            height: picture.height, framesPerSecond: picture.framesPerSecond, bitsPerSecond: picture.bitsPerSecond,
            keyframeInterval: seen.keyframeInterval, jpeg: jpeg)
    }

    private final class Observation: Sendable {
        private struct State {
            var statistics = StreamStatistics()
            var key: AccessUnit?
            var firstKey: Time90k?
            var newest: Time90k?
        }

        private let state = Mutex(State())
        private let time: TimeSource

        init(time: TimeSource) { self.time = time }

        func receive(_ event: SourceEvent) {
            let now = time.monotonic()
            state.withLock { state in
                switch event {
                case .accessUnit(let unit):
                    state.statistics.add(unit, at: now)
                    state.newest = unit.decodeTime
                    if unit.isKey {
                        state.key = unit
                        if state.firstKey == nil { state.firstKey = unit.decodeTime }
                    }
                case .damaged(let count): state.statistics.addDamaged(count)
                case .clockOffset(let offset): state.statistics.clockOffset = offset
                }
            }
        }

        var isEnough: Bool { state.withLock { $0.statistics.keyframeInterval != nil } }

        var seen: Seen {
            state.withLock { state in
                var keyless: Duration?
                if let key = state.firstKey, let newest = state.newest { keyless = (newest - key).duration }
                return Seen(
                    picture: state.statistics.picture, key: state.key,
                    keyframeInterval: state.statistics.keyframeInterval?.duration, keylessFor: keyless,
                    clockOffset: state.statistics.clockOffset)
            }
        }
    }
}
