import Bitstream
import Domain
import Logging
import Synchronization

/// Keeps one stream of a camera connected: runs its source, watches that pictures come, and tries again.
final class StreamLoop: Sendable {
    /// No picture for so long and the connection is given up.
    static let stallTimeout = Duration.seconds(10)

    private struct Current {
        var state: CameraStatus.State
        var since: UTCTime
    }

    let pipeline: StreamPipeline
    private let makeSource: @Sendable () throws(SourceFailure) -> any Source
    private let time: TimeSource
    private let log: Logger
    private let current: Mutex<Current>
    private let isLive = Atomic(false)
    private let changed: @Sendable () -> Void

    init(
        pipeline: StreamPipeline, time: TimeSource, log: Logger,
        source: @escaping @Sendable () throws(SourceFailure) -> any Source,
        changed: @escaping @Sendable () -> Void
    ) {
        self.pipeline = pipeline
        self.makeSource = source
        self.time = time
        self.log = log
        self.changed = changed
        current = Mutex(Current(state: .connecting, since: time.now()))
    }

    var state: CameraStatus.State { current.withLock { $0.state } }
    var since: UTCTime { current.withLock { $0.since } }

    /// Runs until the task is cancelled.
    func run() async {
        var reconnection = Reconnection()
        var random = SystemRandomNumberGenerator()
        while !Task.isCancelled {
            if case .waiting = state {} else { enter(.connecting) }
            let failure = await runSource()
            let wasLive = isLive.exchange(false, ordering: .relaxed)
            if wasLive { reconnection.succeeded() }
            pipeline.interrupt(Task.isCancelled ? .switchedOff : .offline)
            if Task.isCancelled { break }
            let delay = reconnection.delay(now: time.monotonic(), using: &random)
            if wasLive || isNew(failure) {
                log.notice(
                    "camera lost", metadata: ["reason": "\(failure.kind.rawValue)", "detail": "\(failure.detail)"])
            }
            enter(.waiting(failure, retryAt: time.now() + delay))
            try? await Task.sleep(for: delay)
        }
    }

    private func runSource() async -> SourceFailure {
        let source: any Source
        do throws(SourceFailure) {
            source = try makeSource()
        } catch {
            return error
        }
        return await withTaskGroup(of: SourceFailure.self) { group in
            group.addTask { [self] in
                do throws(SourceFailure) {
                    try await source.run { [self] in receive($0) }
                    return SourceFailure(.ended)
                } catch {
                    return error
                }
            }
            group.addTask { [self] in await watch() }
            let first = await group.next() ?? SourceFailure(.ended)
            group.cancelAll()
            await group.waitForAll()
            return first
        }
    }

    private func receive(_ event: SourceEvent) {
        pipeline.receive(event)
        guard case .accessUnit = event else { return }
        if !isLive.exchange(true, ordering: .relaxed) { enter(.live) }
    }

    /// Returns when pictures stay away.
    private func watch() async -> SourceFailure {
        let started = time.monotonic()
        while !Task.isCancelled {
            try? await Task.sleep(for: .seconds(1))
            let last = pipeline.lastArrival ?? started
            // Connecting and the first keyframe may take longer than a pause later on.
            let limit = pipeline.lastArrival == nil ? Self.stallTimeout * 2 : Self.stallTimeout
            if time.monotonic() - last > limit { return SourceFailure(.stalled) }
        }
        return SourceFailure(.ended)
    }

    private func isNew(_ failure: SourceFailure) -> Bool {
        if case .waiting(let before, _) = state { return before.kind != failure.kind }
        return true
    }

    private func enter(_ state: CameraStatus.State) {
        let now = time.now()
        current.withLock { current in
            if (current.state == .live) != (state == .live) { current.since = now }
            current.state = state
        }
        if state == .live { log.info("camera live") }
        changed()
    }
}
