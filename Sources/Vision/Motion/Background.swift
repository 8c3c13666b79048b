/// The usual brightness of each grid pixel and how much it usually varies: learned slowly, so that flicker and noise are
/// usual and a person is not.
///
/// Fixed point, 8 bits after the point: 57,600 pixels are updated for every picture.
struct Background: Sendable {
    private(set) var mean: [UInt16] = []
    /// Mean absolute deviation.
    private(set) var deviation: [UInt16] = []
    private(set) var width = 0
    private(set) var height = 0

    var isEmpty: Bool { mean.isEmpty }

    mutating func restart(_ grid: LumaGrid) {
        width = grid.width
        height = grid.height
        mean = grid.pixels.map { UInt16($0) << 8 }
        deviation = [UInt16](repeating: 3 << 8, count: mean.count)
    }

    /// Marks in `foreground` what differs, and learns.
    ///
    /// - Parameters:
    ///   - gain: the picture's brightness over the background's, 8 bits after the point: 256 = the same light.
    ///   - learning: of the difference, what a usual pixel learns, in 1/4096.
    ///   - patience: the same for a pixel that differs.
    ///   - keep: pixels that belong to something known and are not learned at all; nil = none.
    mutating func compare(
        _ grid: LumaGrid, gain: Int, learning: Int32, patience: Int32, keep: [Bool]?, foreground: inout [Bool]
    ) {
        let scale = Int32(65_536 / max(gain, 1))
        let hasKeep = keep != nil
        let kept = keep ?? [false]
        mean.withUnsafeMutableBufferPointer { mean in
            deviation.withUnsafeMutableBufferPointer { deviation in
                foreground.withUnsafeMutableBufferPointer { foreground in
                    kept.withUnsafeBufferPointer { kept in
                        grid.pixels.withUnsafeBufferPointer { pixels in
                            for index in 0..<pixels.count {
                                let value = Int32(pixels[index]) &* scale
                                let usual = Int32(mean[index])
                                let difference = value &- usual
                                let size = abs(difference)
                                let spread = Int32(deviation[index])
                                let differs = size > max(11 << 8, spread &* 4)
                                foreground[index] = differs
                                if hasKeep && kept[index] { continue }
                                let rate = differs ? patience : learning
                                let next = usual &+ (difference &* rate) >> 12
                                mean[index] = UInt16(clamping: next)
                                // A passing thing is no reason to become blind for what comes after it.
                                let seen = min(size, spread &* 3 &+ 256)
                                let wider = spread &+ ((seen &- spread) &* (differs ? rate >> 1 : rate)) >> 12
                                deviation[index] = UInt16(clamping: min(max(wider, 128), 24 << 8))
                            }
                        }
                    }
                }
            }
        }
    }
}
