/// Small irregularities of surfaces.
enum Grain {
    /// One value for each cell of a grid, -1…1.
    static func speck(_ x: Int, _ y: Int) -> Float {
        var bits = UInt32(truncatingIfNeeded: x) &* 0x8DA6_B343 ^ UInt32(truncatingIfNeeded: y) &* 0xD816_3841
        bits ^= bits >> 15
        bits = bits &* 0x2C1B_3C6D
        bits ^= bits >> 12
        bits = bits &* 0x297A_2D39
        bits ^= bits >> 15
        return Float(bits >> 8) * 0x1p-23 - 1
    }

    /// Smooth hills and valleys about one unit wide, 0…1.
    static func cloud(_ x: Float, _ y: Float) -> Float {
        let left = x.rounded(.down)
        let bottom = y.rounded(.down)
        let column = Int(left)
        let row = Int(bottom)
        let a = smoothstep(0, 1, x - left)
        let b = smoothstep(0, 1, y - bottom)
        let low = mix(speck(column, row), speck(column + 1, row), a)
        let high = mix(speck(column, row + 1), speck(column + 1, row + 1), a)
        return 0.5 + 0.5 * mix(low, high, b)
    }

    /// 1 for the first `share` of each period, else 0.
    static func stripe(_ x: Float, period: Float, share: Float) -> Float {
        let place = x / period
        return place - place.rounded(.down) < share ? 1 : 0
    }
}
