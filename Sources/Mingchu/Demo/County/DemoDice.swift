import Domain
import Foundation

/// Chance that is the same each time: every matter throws its own dice, so that one more throw here changes nothing there.
struct DemoDice: RandomNumberGenerator {
    private var state: UInt64

    /// - Parameter matter: What the dice are for: another text, other throws.
    init(seed: UInt64, _ matter: String) {
        // FNV-1a.
        state = matter.utf8.reduce(0xCBF2_9CE4_8422_2325 ^ seed) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }

    /// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, 2014).
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0 ≤ unit < 1.
    mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

    mutating func chance(_ share: Double) -> Bool { unit() < share }

    mutating func between(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

    mutating func whole(_ range: ClosedRange<Int>) -> Int {
        range.lowerBound + Int(unit() * Double(range.count))
    }

    /// Mostly short, sometimes long.
    mutating func exponential(mean: Double) -> Double { -log(1 - unit()) * mean }

    /// How often something rare happened.
    mutating func count(mean: Double) -> Int {
        var (count, product) = (0, unit())
        let floor = exp(-mean)
        while product > floor {
            count += 1
            product *= unit()
        }
        return count
    }

    mutating func pick<Element>(_ all: [Element]) -> Element { all[Int(unit() * Double(all.count))] }

    mutating func pick<Element>(weighted all: [(Element, Double)]) -> Element {
        var left = unit() * all.reduce(0) { $0 + $1.1 }
        for (element, weight) in all {
            left -= weight
            if left < 0 { return element }
        }
        return all[all.count - 1].0
    }
}
