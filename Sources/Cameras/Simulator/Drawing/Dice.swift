/// Chance without memory: the same keys always throw the same, so that any frame can be drawn without those before it.
struct Dice {
    private var state: UInt64

    init(seed: UInt64) { state = Self.mixed(seed &+ 0x9E37_79B9_7F4A_7C15) }

    /// Another die for a part of what this one stands for.
    func with(_ key: Int) -> Dice {
        var dice = self
        dice.state = Self.mixed(state ^ (UInt64(bitPattern: Int64(key)) &* 0xD6E8_FEB8_6659_FD93))
        return dice
    }

    var bits: UInt64 { state }

    /// 0 ≤ unit < 1.
    var unit: Float { Float(state >> 40) * 0x1p-24 }

    func between(_ low: Float, _ high: Float) -> Float { low + (high - low) * unit }

    /// 0 ..< count.
    func index(below count: Int) -> Int { Int((state >> 33) % UInt64(count)) }

    /// A permutation of 0 ..< count.
    func permutation(of count: Int) -> [Int] {
        var order = Array(0..<count)
        for last in stride(from: count - 1, to: 0, by: -1) {
            order.swapAt(last, with(last).index(below: last + 1))
        }
        return order
    }

    /// The output function of SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    private static func mixed(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}
