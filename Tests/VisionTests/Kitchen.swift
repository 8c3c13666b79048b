import Domain
import TestSupport

@testable import Vision

/// A drawn low-resolution kitchen: tiles, counters, noise, and what a test puts into it.
struct Kitchen {
    static let width = 320
    static let height = 180
    var random: SeededGenerator
    var noise = 2
    /// Brightness over the usual.
    var light = 1.0
    /// Everything is shifted so many pixels to the right: the camera was turned.
    var shift = 0
    /// Side of the box over which the lens blurs.
    var blur = 1

    init(seed: UInt64 = 1) { random = SeededGenerator(seed: seed) }

    struct Thing {
        var x: Int
        var y: Int
        var width: Int
        var height: Int
        var brightness: Int
        /// A pattern of its own inside; without it the thing fades softly into its surroundings, as steam does.
        var isSolid = true
    }

    mutating func picture(_ things: [Thing] = []) -> LumaGrid {
        var pixels = [Double](repeating: 0, count: Self.width * Self.height)
        for y in 0..<Self.height {
            for x in 0..<Self.width { pixels[y * Self.width + x] = Self.room(x + shift, y) * light }
        }
        for thing in things {
            for y in max(thing.y, 0)..<min(thing.y + thing.height, Self.height) {
                for x in max(thing.x, 0)..<min(thing.x + thing.width, Self.width) {
                    let index = y * Self.width + x
                    if thing.isSolid {
                        pixels[index] = Double(thing.brightness + ((x / 3 + y / 3).isMultiple(of: 2) ? 0 : 24)) * light
                    } else {
                        let dx = Double(x - thing.x) / Double(thing.width) * 2 - 1
                        let dy = Double(y - thing.y) / Double(thing.height) * 2 - 1
                        pixels[index] += Double(thing.brightness) * max(0, 1 - dx * dx - dy * dy)
                    }
                }
            }
        }
        if blur > 1 { pixels = Self.blurred(pixels, by: blur) }
        let noisy = pixels.map { value in
            UInt8(min(max(value + Double(Int(random.next() % UInt64(noise * 2 + 1)) - noise), 16), 235))
        }
        return LumaGrid(width: Self.width, height: Self.height, pixels: noisy)
    }

    /// Tiles above, a counter with things on it, a darker floor: no two places alike.
    private static func room(_ x: Int, _ y: Int) -> Double {
        if y < 70 { return x % 23 == 0 || y % 17 == 0 ? 110 : 160 + Double(x % 97) * 0.2 }
        if y < 110 { return (x * 7 / 31) % 3 == 0 ? 60 : 130 }
        return 80 + Double((x / 40 + y / 30) % 2) * 30
    }

    private static func blurred(_ pixels: [Double], by side: Int) -> [Double] {
        var result = pixels
        for y in 0..<height {
            for x in 0..<width {
                var (sum, count) = (0.0, 0.0)
                for row in max(y - side, 0)...min(y + side, height - 1) {
                    for column in max(x - side, 0)...min(x + side, width - 1) {
                        sum += pixels[row * width + column]
                        count += 1
                    }
                }
                result[y * width + x] = sum / count
            }
        }
        return result
    }
}
