import Bitstream
import Domain
import Synchronization

/// Access units that wait until it is their time: kept coded, a minute of a camera is a few megabytes. (延时缓冲)
///
/// Bounded: what doesn't fit is dropped together with all that needs it, and the public sees a notice meanwhile.
final class DelayedUnits: Sendable {
    enum Item: Sendable {
        case unit(AccessUnit, wall: UTCTime, arrival: Duration)
        /// The connection was lost, or units were left out: the next can be decoded from a keyframe on only.
        case cut
    }

    private struct State {
        var items: [Item] = []
        var byteCount = 0
        var isCut = true
    }

    private static let most = 3000
    private static let mostBytes = 48 << 20
    private let state = Mutex(State())

    /// Called by the source's thread; doesn't block.
    func put(_ unit: AccessUnit, wall: UTCTime, arrival: Duration) {
        state.withLock { state in
            if state.isCut {
                guard unit.isKey else { return }
                state.isCut = false
            }
            guard state.items.count < Self.most, state.byteCount + unit.data.count <= Self.mostBytes else {
                state.items = [.cut]
                state.byteCount = 0
                state.isCut = true
                return
            }
            state.items.append(.unit(unit, wall: wall, arrival: arrival))
            state.byteCount += unit.data.count
        }
    }

    func interrupt() {
        state.withLock { state in
            if !state.isCut { state.items.append(.cut) }
            state.isCut = true
        }
    }

    /// Those that arrived before a moment, in order.
    func take(before moment: Duration) -> [Item] {
        state.withLock { state in
            let count =
                state.items.firstIndex { item in
                    if case .unit(_, _, let arrival) = item { arrival >= moment } else { false }
                } ?? state.items.count
            let taken = Array(state.items.prefix(count))
            state.items.removeFirst(count)
            for case .unit(let unit, _, _) in taken { state.byteCount -= unit.data.count }
            return taken
        }
    }
}
