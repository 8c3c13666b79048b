import Foundation

/// Many viewers on one thread. All sockets are looked at every 20 ms: at a few hundred viewers that is fewer system calls
/// than asking the kernel which of them are ready, and no viewer can tell.
final class Crowd {
    static let stallSeconds = 1.5
    /// Full-speed viewers that follow the stream: enough to see a fault, few enough to cost nothing.
    private static let checkingViewers = 8
    private static let tick = 0.02
    /// New viewers in each tick: they come one after the other, as people do, while those who are there go on watching.
    private static let arrivals = 10

    private let order: ViewerProcess.Order
    private let began = now
    private var viewers: [Viewer] = []
    private var report = ViewerReport()
    /// How much later than it wanted this process last came to look: on a busy machine no fault of the server.
    private var ownDelay = 0.0

    init(_ order: ViewerProcess.Order) { self.order = order }

    /// Until the process is killed.
    func watch(_ tell: (ViewerReport) -> Void) throws {
        var scratch = [UInt8](repeating: 0, count: Viewer.scratchBytes)
        var nextReport = Self.now + 1
        var due = Self.now
        while true {
            let started = Self.now
            ownDelay = max(0, started - due)
            report.longestOwnDelaySeconds = max(report.longestOwnDelaySeconds, ownDelay)
            for _ in 0..<Self.arrivals where viewers.count < order.viewers { try join() }
            for viewer in viewers where !viewer.isLost { read(viewer, into: &scratch) }
            if Self.now >= nextReport {
                nextReport += 1
                tell(summary())
            }
            due = max(Self.now, started + Self.tick)
            usleep(UInt32((due - Self.now) * 1e6))
        }
    }

    private func join() throws {
        let place = viewers.count
        let kind: Viewer.Kind =
            place < order.slowViewers ? .slow : place < order.slowViewers + Self.checkingViewers ? .checking : .counting
        viewers.append(try Viewer(kind, order: order, now: Self.now))
    }

    private func read(_ viewer: Viewer, into scratch: inout [UInt8]) {
        if viewer.kind == .slow {
            let isSlow = Self.now - began < order.slowSeconds
            let limit = isSlow ? Int(Double(order.slowBytesPerSecond) * Self.tick) : .max
            viewer.read(limit: limit, into: &scratch, now: Self.now)
            return
        }
        let (bytes, last) = (viewer.bytes, viewer.lastArrival)
        viewer.read(limit: .max, into: &scratch, now: Self.now)
        guard viewer.bytes > bytes, bytes > 0 else { return }
        let pause = viewer.lastArrival - last - ownDelay
        report.longestPauseSeconds = max(report.longestPauseSeconds, pause)
        if pause > Self.stallSeconds { report.stalls += 1 }
    }

    private func summary() -> ViewerReport {
        var report = report
        report.viewers = viewers.count
        for viewer in viewers {
            report.receiving += viewer.bytes > 0 ? 1 : 0
            report.lost += viewer.isLost ? 1 : 0
            report.bytes += viewer.bytes
            report.faults += viewer.watch.startsWithoutKeyframe + viewer.watch.wrongBoxes
            if viewer.kind == .slow {
                report.skipsOfSlowViewers += viewer.watch.skips
                report.slowViewersSkipped += viewer.watch.skips > 0 ? 1 : 0
            } else {
                report.skipsOfFastViewers += viewer.watch.skips
                // Those who have been waiting since, and wait still.
                let pause = Self.now - viewer.lastArrival - ownDelay
                report.longestPauseSeconds = max(report.longestPauseSeconds, pause)
                report.stalls += pause > Self.stallSeconds ? 1 : 0
            }
        }
        return report
    }

    private static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
