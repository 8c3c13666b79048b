/// Which packets of a source came, and which did not (RFC 3550 §A.1, §A.3).
struct SequenceTracker {
    enum Verdict: Hashable, Sendable {
        /// The first packet, or the next one.
        case next
        /// So many packets before this one are missing.
        case gap(Int)
        /// Came before, or too late.
        case old
        /// The source began anew with other numbers.
        case jump
    }

    /// RFC 3550 §A.1: a step ahead is loss up to here, a restart beyond.
    private static let maximumDropout = 3000
    private static let maximumMisorder = 100

    private var last: UInt16?
    /// Of the highest sequence number: how often it wrapped.
    private var cycles: UInt32 = 0
    private var base: UInt32 = 0
    private(set) var received: UInt32 = 0
    /// Old packets in a row: more than a few are a restart that happened to land just behind.
    private var oldInRow = 0

    private var expectedPrior: UInt32 = 0
    private var receivedPrior: UInt32 = 0

    var highest: UInt32 { cycles << 16 | UInt32(last ?? 0) }
    var next: UInt16? { last.map { $0 &+ 1 } }

    mutating func take(_ sequence: UInt16) -> Verdict {
        guard let last else {
            start(at: sequence)
            return .next
        }
        let step = Int(sequence &- last)
        if step == 0 || step >= 65_536 - Self.maximumMisorder {
            oldInRow += 1
            guard oldInRow > Self.maximumMisorder else { return .old }
            start(at: sequence)
            return .jump
        }
        oldInRow = 0
        guard step < Self.maximumDropout else {
            start(at: sequence)
            return .jump
        }
        if sequence < last { cycles &+= 1 }
        self.last = sequence
        received &+= 1
        return step == 1 ? .next : .gap(step - 1)
    }

    private mutating func start(at sequence: UInt16) {
        self = SequenceTracker()
        last = sequence
        base = UInt32(sequence)
        received = 1
    }

    /// For a receiver report: what was lost since the one before (of 256), and in all.
    mutating func loss() -> (fraction: UInt8, total: Int32) {
        guard last != nil else { return (0, 0) }
        let expected = highest &- base &+ 1
        let total = Int64(expected) - Int64(received)
        let expectedNow = Int64(expected &- expectedPrior)
        let lostNow = expectedNow - Int64(received &- receivedPrior)
        expectedPrior = expected
        receivedPrior = received
        let fraction = expectedNow > 0 && lostNow > 0 ? UInt8(clamping: lostNow * 256 / expectedNow) : 0
        return (fraction, Int32(clamping: min(max(total, -0x80_0000), 0x7F_FFFF)))
    }
}
