/// The planes of the picture being drawn, lent by it for as long as that takes.
struct Canvas {
    let width: Int
    let height: Int
    let lumaStride: Int
    let chromaStride: Int
    let y: UnsafeMutablePointer<UInt8>
    let u: UnsafeMutablePointer<UInt8>
    let v: UnsafeMutablePointer<UInt8>

    /// A soft round patch of one colour, strongest in the middle, behind what is nearer than `inverseDepth` in the backdrop.
    struct Patch {
        /// Pixels.
        var x: Float
        var y: Float
        var radiusX: Float
        var radiusY: Float
        /// Video signal.
        var colour: (y: UInt8, u: UInt8, v: UInt8)
        /// 0…1 in the middle.
        var opacity: Float
        /// 1/m.
        var inverseDepth: Float
    }

    func blend(_ patch: Patch, behind depths: UnsafePointer<UInt16>) {
        let left = max(Int(patch.x - patch.radiusX), 0) & ~1
        let right = min(Int(patch.x + patch.radiusX) + 1, width)
        let top = max(Int(patch.y - patch.radiusY), 0) & ~1
        let bottom = min(Int(patch.y + patch.radiusY) + 1, height)
        guard left < right, top < bottom else { return }
        let depth = UInt16(min(max(patch.inverseDepth * Raster.depthScale, 0), 65_535))
        let strength = Int32(patch.opacity * 256)
        let toX = 1 / patch.radiusX
        let toY = 1 / patch.radiusY
        for row in top..<bottom {
            let fromMiddleY = (Float(row) + 0.5 - patch.y) * toY
            let squaredY = fromMiddleY * fromMiddleY
            let behind = depths + row * 2 * width * 2
            guard squaredY < 1 else { continue }
            let line = y + row * lumaStride
            let lineU = u + row / 2 * chromaStride
            let lineV = v + row / 2 * chromaStride
            let half = (1 - squaredY).squareRoot() * patch.radiusX
            let first = max(Int(patch.x - half), left)
            let end = min(Int(patch.x + half) + 1, right)
            guard first < end else { continue }
            for column in first..<end where behind[column * 2] <= depth {
                let fromMiddleX = (Float(column) + 0.5 - patch.x) * toX
                let rest = max(1 - squaredY - fromMiddleX * fromMiddleX, 0)
                let share = (Int32(rest * rest * 256) * strength) >> 8
                line[column] = Self.mixed(line[column], patch.colour.y, share)
                if (row | column) & 1 == 0 {
                    lineU[column / 2] = Self.mixed(lineU[column / 2], patch.colour.u, share)
                    lineV[column / 2] = Self.mixed(lineV[column / 2], patch.colour.v, share)
                }
            }
        }
    }

    /// Darkens the floor, and only the floor.
    func shade(
        x: Float, y: Float, radiusX: Float, radiusY: Float, strength: Float, floor: UnsafePointer<UInt8>
    ) {
        let left = max(Int(x - radiusX), 0)
        let right = min(Int(x + radiusX) + 1, width)
        let top = max(Int(y - radiusY), 0)
        let bottom = min(Int(y + radiusY) + 1, height)
        guard left < right, top < bottom else { return }
        for row in top..<bottom {
            let fromMiddleY = (Float(row) + 0.5 - y) / radiusY
            let line = self.y + row * lumaStride
            let isFloor = floor + row * width
            for column in left..<right where isFloor[column] > 0 {
                let fromMiddleX = (Float(column) + 0.5 - x) / radiusX
                let rest = 1 - fromMiddleX * fromMiddleX - fromMiddleY * fromMiddleY
                guard rest > 0 else { continue }
                let darker = strength * rest * rest * Float(isFloor[column]) * 0.25
                line[column] = UInt8(Float(line[column]) - max(Float(line[column]) - 16, 0) * darker)
            }
        }
    }

    @inline(__always)
    private static func mixed(_ old: UInt8, _ new: UInt8, _ share: Int32) -> UInt8 {
        UInt8(truncatingIfNeeded: Int32(old) + ((Int32(new) - Int32(old)) * share + 128) >> 8)
    }
}
