import Bitstream
import Domain
import Glibc
import Logging
import NIOCore
import NIOPosix
import Synchronization
import TestSupport

@testable import RTSP

/// A source that runs in a task of its own, and what it has told so far.
final class Session: Sendable {
    private let told: Told
    private let task: Task<Void, Never>

    init(
        _ address: SourceAddress, credentials: Credentials? = nil, transport: Camera.Transport = .tcp,
        verifiesCertificate: Bool = false, stallTimeout: Duration = .seconds(10),
        responseTimeout: Duration = .seconds(5), time: TimeSource = .machine
    ) {
        let source = RTSPSource(
            address: address, credentials: credentials, transport: transport, verifiesCertificate: verifiesCertificate,
            stallTimeout: stallTimeout, responseTimeout: responseTimeout,
            eventLoopGroup: MultiThreadedEventLoopGroup.singleton, time: time, logger: Logger(label: "rtsp"))
        let told = Told()
        self.told = told
        task = Task {
            do throws(SourceFailure) {
                try await source.run { told.take($0) }
            } catch {
                told.state.withLock { $0.failure = error }
            }
            told.state.withLock { $0.isOver = true }
        }
    }

    var units: [AccessUnit] { told.state.withLock { $0.units } }
    var damaged: Int { told.state.withLock { $0.damaged } }
    var offsets: [Duration] { told.state.withLock { $0.offsets } }

    func units(_ count: Int) async throws -> [AccessUnit] {
        try await eventually("\(count) access units") {
            if let failure = self.told.state.withLock({ $0.failure }) { throw failure }
            return self.units.count >= count ? self.units : nil
        }
    }

    /// How it ended by itself; nil = it returned.
    func failure() async throws -> SourceFailure? {
        try await eventually("the end of the session") { self.told.state.withLock { $0.isOver } }
        return told.state.withLock { $0.failure }
    }

    /// How long it takes to stop.
    func cancel() async -> Duration {
        await ContinuousClock().measure {
            task.cancel()
            await task.value
        }
    }
}

private final class Told: Sendable {
    struct State {
        var units: [AccessUnit] = []
        var damaged = 0
        var offsets: [Duration] = []
        var failure: SourceFailure?
        var isOver = false
    }

    let state = Mutex(State())

    func take(_ event: RTSPEvent) {
        state.withLock { told in
            precondition(!told.isOver, "nothing is delivered after the end")
            switch event {
            case .accessUnit(let unit): told.units.append(unit)
            case .damaged(let count): told.damaged += count
            case .clockOffset(let offset): told.offsets.append(offset)
            }
        }
    }
}

extension TimeSource {
    static let machine = TimeSource(
        now: {
            var time = timespec()
            clock_gettime(CLOCK_REALTIME, &time)
            return UTCTime(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
        },
        monotonic: {
            var time = timespec()
            clock_gettime(CLOCK_MONOTONIC, &time)
            return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        })
}
