import Bitstream
import Domain
import Synchronization

/// One camera's access units on their way to the worker threads, and its analysis. (一路分析)
///
/// The queue is bounded: when the machine is too slow, whole groups of pictures are left out and counted.
final class AnalysisLane: Sendable {
    enum Item: Sendable {
        case unit(AccessUnit, wall: UTCTime, arrival: Int64)
        /// The connection was lost, or units were left out.
        case cut
    }

    /// 12 s at 25 pictures a second.
    static let capacity = 300
    /// While nothing moves, a worker comes for so many units at once: waking it for each costs more than the look.
    private static let batch = 6

    fileprivate struct Queue {
        var items: [Item] = []
        var isScheduled = false
        var isAwake = true
        var skipped = 0
        var received = 0
        var lastArrival: Int64?
        /// Units are left out until the next keyframe.
        var isCut = false
        var isClosed = false
        var snapshot = LaneSnapshot()
    }

    let camera: CameraID
    private let queue = Mutex(Queue())
    // A lane stands in the pool's line at most once (`isScheduled`), and the worker that takes it out alone uses this.
    // The queue's lock orders one worker's use before the next one's.
    nonisolated(unsafe) var work: LaneWork

    init(camera: CameraID, work: consuming LaneWork) {
        self.camera = camera
        self.work = work
    }

    /// Called by the source's thread; doesn't block.
    /// - Returns: whether a worker should come.
    func put(_ unit: AccessUnit, wall: UTCTime) -> Bool {
        let now = StageTimes.now
        return queue.withLock { queue in
            guard !queue.isClosed else { return false }
            queue.received += 1
            queue.lastArrival = now
            if queue.isCut {
                guard unit.isKey else {
                    queue.skipped += 1
                    return false
                }
                queue.isCut = false
            }
            if queue.items.count >= Self.capacity {
                queue.skipped += queue.items.count
                queue.items = [.cut]
                if !unit.isKey {
                    queue.isCut = true
                    queue.skipped += 1
                    return schedule(&queue)
                }
            }
            queue.items.append(.unit(unit, wall: wall, arrival: now))
            guard unit.isKey || queue.isAwake || queue.items.count >= Self.batch else { return false }
            return schedule(&queue)
        }
    }

    func interrupt() -> Bool {
        queue.withLock { queue in
            guard !queue.isClosed else { return false }
            queue.items.append(.cut)
            queue.lastArrival = nil
            return schedule(&queue)
        }
    }

    /// No more units; what waits is dropped.
    func close() -> Bool {
        queue.withLock { queue in
            queue.isClosed = true
            queue.items = [.cut]
            return schedule(&queue)
        }
    }

    /// What waits, for the worker that has the lane.
    func takeAll() -> [Item] {
        queue.withLock { queue in
            defer { queue.items = [] }
            return queue.items
        }
    }

    /// - Returns: true when more has come meanwhile and the lane stays scheduled.
    func release(_ snapshot: LaneSnapshot) -> Bool {
        queue.withLock { queue in
            let isAwake = snapshot.isAwake
            queue.isAwake = isAwake
            queue.snapshot = snapshot
            if queue.items.isEmpty || !isAwake && queue.items.count < Self.batch && !queue.hasKey {
                queue.isScheduled = false
                return false
            }
            return true
        }
    }

    /// As of the last time a worker was here.
    var health: AnalysisHealth {
        let now = StageTimes.now
        return queue.withLock { queue in
            var health = queue.snapshot.health
            let isSilent = queue.lastArrival.map { now - $0 > 10_000_000_000 } ?? true
            if health.state != .failed && isSilent { health.state = .waiting }
            if isSilent { health.framesPerSecond = 0 }
            health.received = queue.received
            health.skipped += queue.skipped
            health.queued = queue.items.count
            return health
        }
    }

    var reference: SceneReference { queue.withLock { $0.snapshot.reference } }

    var sample: DailyFrameSample? { queue.withLock { $0.snapshot.sample } }

    private func schedule(_ queue: inout Queue) -> Bool {
        guard !queue.isScheduled else { return false }
        queue.isScheduled = true
        return true
    }
}

extension AnalysisLane.Queue {
    fileprivate var hasKey: Bool {
        items.contains { item in
            switch item {
            case .unit(let unit, _, _): unit.isKey
            case .cut: true
            }
        }
    }
}
