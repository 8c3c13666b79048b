/// The source pixels, with their shares, that make each pixel of a resized row or column.
///
/// Bilinear; when the source is larger than the target the triangle grows with it, so that every source pixel counts.
/// Beyond the picture its edge goes on. Reused from one patch to the next without allocation.
struct AxisFilter {
    /// Source pixels for each target pixel.
    private(set) var taps = 1
    /// `count × taps`.
    private(set) var sources: [Int32] = []
    private(set) var shares: [Float] = []
    /// All sources lie in it.
    private(set) var range = 0..<0

    /// - Parameters:
    ///   - start: In source pixels; may lie outside of the picture.
    ///   - length: In source pixels.
    ///   - count: Of target pixels.
    ///   - limit: The source's size.
    mutating func fit(start: Double, length: Double, count: Int, limit: Int) {
        let step = length / Double(count)
        let reach = max(step, 1)
        taps = Int(reach.rounded(.up)) * 2 + 1
        sources.removeAll(keepingCapacity: true)
        shares.removeAll(keepingCapacity: true)
        var (least, greatest) = (limit - 1, 0)
        for index in 0..<count {
            let centre = start + (Double(index) + 0.5) * step
            let first = Int((centre - reach).rounded(.down))
            var total: Float = 0
            for tap in 0..<taps {
                let share = Float(max(0, 1 - abs(Double(first + tap) + 0.5 - centre) / reach))
                let source = min(max(first + tap, 0), limit - 1)
                total += share
                sources.append(Int32(source))
                shares.append(share)
                if share > 0 {
                    least = min(least, source)
                    greatest = max(greatest, source)
                } else {
                    sources[sources.count - 1] = Int32(min(max(Int(centre), 0), limit - 1))
                }
            }
            for tap in shares.count - taps..<shares.count { shares[tap] /= total }
        }
        range = least..<greatest + 1
    }
}
