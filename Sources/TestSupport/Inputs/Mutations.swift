/// Broken variants of a good input, for parsers: every one must be read or refused, never crash and never hang.
///
///     for broken in Mutations(of: header, count: 5000, seed: 1) { _ = try? Header(broken) }
public struct Mutations: Sequence, Sendable {
    private let original: [UInt8]
    private let count: Int
    private let seed: UInt64

    /// - Parameter count: how many variants; the same seed makes the same ones.
    public init(of original: [UInt8], count: Int = 2000, seed: UInt64 = 1) {
        self.original = original
        self.count = count
        self.seed = seed
    }

    public func makeIterator() -> Iterator { Iterator(original: original, left: count, seed: seed) }

    public struct Iterator: IteratorProtocol {
        private let original: [UInt8]
        private var left: Int
        private var generator: SeededGenerator

        init(original: [UInt8], left: Int, seed: UInt64) {
            self.original = original
            self.left = left
            generator = SeededGenerator(seed: seed)
        }

        public mutating func next() -> [UInt8]? {
            guard left > 0 else { return nil }
            left -= 1
            var bytes = original
            for _ in 0..<Int.random(in: 1...4, using: &generator) { change(&bytes) }
            return bytes
        }

        private mutating func change(_ bytes: inout [UInt8]) {
            guard !bytes.isEmpty else {
                bytes = generator.bytes(Int.random(in: 1...8, using: &generator))
                return
            }
            let at = Int.random(in: bytes.indices, using: &generator)
            let length = Int.random(in: 1...Swift.min(16, bytes.count - at), using: &generator)
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            case 1: bytes[at] = UInt8.random(in: 0...255, using: &generator)
            // Lengths and counts: nothing, all, and the signs between.
            case 2: bytes.replaceSubrange(at..<at + length, with: repeatElement(edge(), count: length))
            case 3: bytes.removeSubrange(at..<at + length)
            case 4: bytes.insert(contentsOf: generator.bytes(length), at: at)
            case 5: bytes.insert(contentsOf: bytes[at..<at + length], at: at)
            case 6: bytes.removeSubrange(at...)
            default: bytes.swapAt(at, Int.random(in: bytes.indices, using: &generator))
            }
        }

        private mutating func edge() -> UInt8 { [0, 0xFF, 0x7F, 0x80].randomElement(using: &generator)! }
    }
}

/// The input cut off before each of its bytes: `count` variants, the empty one first, the whole not among them.
public func truncations(of bytes: [UInt8]) -> some Sequence<[UInt8]> {
    bytes.indices.lazy.map { Array(bytes[..<$0]) }
}
