/// Puts UDP packets back into order. Packets in order never enter it.
struct ReorderBuffer {
    static let maximumPackets = 64
    static let maximumWait = Duration.milliseconds(100)

    private struct Waiting {
        let sequence: UInt16
        let bytes: [UInt8]
        let arrived: Duration
    }

    /// Sorted by distance from `expected`.
    private var waiting: [Waiting] = []
    private var expected: UInt16?

    var isEmpty: Bool { waiting.isEmpty }
    var count: Int { waiting.count }

    /// Takes a packet; hands out those whose turn it is.
    mutating func take(sequence: UInt16, bytes: Span<UInt8>, now: Duration, _ body: (Span<UInt8>) -> Void) {
        guard let expected else {
            self.expected = sequence &+ 1
            return body(bytes)
        }
        let ahead = Int16(bitPattern: sequence &- expected)
        if ahead == 0 {
            self.expected = sequence &+ 1
            body(bytes)
            return drain(body)
        }
        // Late and far-off packets go through: the sequence tracker tells old from restarted.
        guard ahead > 0, ahead < 1000 else {
            if ahead >= 1000 || ahead <= -1000 {
                flush(body)
                self.expected = sequence &+ 1
            }
            return body(bytes)
        }
        insert(Waiting(sequence: sequence, bytes: bytes.withUnsafeBufferPointer { Array($0) }, arrived: now))
        if waiting.count > Self.maximumPackets { skip(body) }
    }

    /// Gives up on packets that have been waited for too long.
    mutating func expire(now: Duration, _ body: (Span<UInt8>) -> Void) {
        while let oldest = waiting.lazy.map(\.arrived).min(), now - oldest > Self.maximumWait { skip(body) }
    }

    mutating func removeAll() { self = ReorderBuffer() }

    private mutating func insert(_ packet: Waiting) {
        guard let expected else { return }
        let distance = packet.sequence &- expected
        let index = waiting.firstIndex { $0.sequence &- expected >= distance } ?? waiting.count
        if index < waiting.count, waiting[index].sequence == packet.sequence { return }
        waiting.insert(packet, at: index)
    }

    /// The missing packets before the first that waits are lost.
    private mutating func skip(_ body: (Span<UInt8>) -> Void) {
        guard let first = waiting.first else { return }
        expected = first.sequence
        drain(body)
    }

    private mutating func drain(_ body: (Span<UInt8>) -> Void) {
        while let first = waiting.first, first.sequence == expected {
            waiting.removeFirst()
            expected = first.sequence &+ 1
            body(first.bytes.span)
        }
    }

    private mutating func flush(_ body: (Span<UInt8>) -> Void) {
        while !waiting.isEmpty { skip(body) }
    }
}
