/// The way to the nominal frame rate in a sequence parameter set of H.265: it stands behind nearly everything else.
extension BitReader {
    /// Reads on behind `sps_max_latency_increase_plus1` (ITU-T H.265 §7.3.2.2.1).
    ///
    /// - Parameter orderBits: bits of `slice_pic_order_cnt_lsb`, 4…16.
    /// - Returns: nil when the set doesn't tell, or no rate that a camera has.
    mutating func framesPerSecond(orderBits: Int) throws(BitstreamError) -> Double? {
        for _ in 0..<6 { _ = try unsigned() }  // Block sizes and depths.
        if try bit(), try bit() { try skipScalingLists() }
        try skip(2)
        if try bit() {
            try skip(8)
            _ = try unsigned()
            _ = try unsigned()
            try skip(1)
        }
        try skipShortTermReferences()
        if try bit() {
            for _ in 0..<(try unsigned("num_long_term_ref_pics_sps", in: 0...32)) { try skip(orderBits + 1) }
        }
        try skip(2)
        return try bit() ? try usabilityTiming() : nil
    }

    /// §7.3.4
    private mutating func skipScalingLists() throws(BitstreamError) {
        for size in 0..<4 {
            for _ in 0..<(size == 3 ? 2 : 6) {
                guard try bit() else {
                    _ = try unsigned()
                    continue
                }
                if size > 1 { _ = try signed() }
                for _ in 0..<min(64, 1 << (4 + 2 * size)) { _ = try signed() }
            }
        }
    }

    /// §7.3.7. A set may be told by its difference from the one before: distances have to be kept.
    private mutating func skipShortTermReferences() throws(BitstreamError) {
        /// Picture order counts relative to the current picture: negative ones first, then positive ones, nearest first.
        var distances: [Int] = []
        for index in 0..<(try unsigned("num_short_term_ref_pic_sets", in: 0...64)) {
            if index > 0, try bit() {
                distances = try predictedDistances(from: distances)
            } else {
                distances = try listedDistances()
            }
            guard distances.count <= 16 else { throw .invalid("short-term reference pictures in SPS") }
        }
    }

    private mutating func listedDistances() throws(BitstreamError) -> [Int] {
        let before = try unsigned("num_negative_pics", in: 0...16)
        let after = try unsigned("num_positive_pics", in: 0...16)
        var distances: [Int] = []
        for (count, sign) in [(before, -1), (after, 1)] {
            var distance = 0
            for _ in 0..<count {
                distance += sign * (try unsigned("delta_poc_minus1", in: 0...0x7FFF) + 1)
                distances.append(distance)
                try skip(1)
            }
        }
        return distances
    }

    /// Equations 7-61 and 7-62.
    private mutating func predictedDistances(from known: [Int]) throws(BitstreamError) -> [Int] {
        let isNegative = try bit()
        let magnitude = try unsigned("abs_delta_rps_minus1", in: 0...0x7FFF) + 1
        var distances: [Int] = []
        for distance in known + [0] {
            let isUsed = try bit()
            let isKept = isUsed ? true : try bit()
            let moved = distance + (isNegative ? -magnitude : magnitude)
            if isKept, moved != 0 { distances.append(moved) }
        }
        return distances.filter { $0 < 0 }.sorted(by: >) + distances.filter { $0 > 0 }.sorted()
    }

    /// §E.2.1, as far as the timing.
    private mutating func usabilityTiming() throws(BitstreamError) -> Double? {
        if try bit(), try bits(8) == 255 { try skip(32) }  // Aspect ratio.
        if try bit() { try skip(1) }  // Overscan.
        if try bit() {
            try skip(4)
            if try bit() { try skip(24) }
        }
        if try bit() {
            _ = try unsigned()
            _ = try unsigned()
        }
        try skip(1)
        let isFields = try bit()
        try skip(1)
        if try bit() { for _ in 0..<4 { _ = try unsigned() } }  // Display window.
        guard try bit() else { return nil }
        let unit = try bits(32)
        let scale = try bits(32)
        return nominalRate(scale: scale, unit: unit, picturesPerFrame: isFields ? 2 : 1)
    }
}

/// Frames a second out of `time_scale` and `num_units_in_tick`; nil for what no camera does.
func nominalRate(scale: UInt32, unit: UInt32, picturesPerFrame: Int) -> Double? {
    guard unit > 0 else { return nil }
    let rate = Double(scale) / Double(unit) / Double(picturesPerFrame)
    return (0.1...240).contains(rate) ? rate : nil
}
