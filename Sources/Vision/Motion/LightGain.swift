/// How much brighter the whole picture is than the background: lamps, clouds, the camera's own exposure.
enum LightGain {
    private static let block = 16

    /// The median over blocks of 16 × 16 pixels, 8 bits after the point, 128…512. A few people don't move a median.
    static func measure(_ grid: LumaGrid, against mean: [UInt16]) -> Int {
        var ratios: [Int] = []
        ratios.reserveCapacity((grid.width / block + 1) * (grid.height / block + 1))
        grid.pixels.withUnsafeBufferPointer { pixels in
            mean.withUnsafeBufferPointer { mean in
                for top in stride(from: 0, to: grid.height - block + 1, by: block) {
                    for left in stride(from: 0, to: grid.width - block + 1, by: block) {
                        var now = 0
                        var usual = 0
                        for y in top..<top + block {
                            let row = y * grid.width
                            for x in left..<left + block {
                                now &+= Int(pixels[row &+ x])
                                usual &+= Int(mean[row &+ x])
                            }
                        }
                        // Black stays black in every light.
                        if usual > 24 << 16 { ratios.append(now << 16 / usual) }
                    }
                }
            }
        }
        guard !ratios.isEmpty else { return 256 }
        ratios.sort()
        return min(max(ratios[ratios.count / 2], 128), 512)
    }
}
